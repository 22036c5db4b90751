using System.Text.RegularExpressions;
using Postlotse.Letters;
using static Postlotse.Reading.Patterns;

namespace Postlotse.Reading.Paper;

/// <summary>
/// Receipt stamps (Eingangsstempel): the day a letter arrived, printed anywhere over the page. What they say is not the
/// letter's own text and is kept out of all fields.
/// </summary>
internal static class Stamps
{
    /// <summary>Area around the word "Eingang" that a stamp may take, millimetres: stamps are at most about 70 × 40.</summary>
    private const double Left = 40, Right = 66, Rise = 19;

    /// <summary>Print under a stamp is hardly legible; below this confidence it is the stamp's.</summary>
    private const double Illegible = 0.45;

    private static readonly Regex Arrival = Word(
        "(Post-?)?" + AnyOf(@"Eing(ang|egangen|ngen)?", "Ging", "Eingangsstempel", "Posteingang", "Zugegangen"));

    private static readonly Regex Remnant = Pattern(@"^\W*\p{L}?[il1]?ng[.,]$");
    private static readonly Regex MailRoom = Word(@"(Poststelle|Postst\w*|[FP]?[O0]\w?ststelle)");
    private static readonly Regex Enclosures = Word(@"An[lti1]\W*[0-9OIlı]{0,2}");

    private static readonly Regex Town = Word(
        AnyOf("Stadt(verwaltung)?", "Gemeinde(verwaltung)?", "Landratsamt", "Kreisverwaltung", "Magistrat", "Rathaus", "Bürgermeisteramt")
        + @"(\s+\p{L}[\p{L}.\-]*){0,3}");

    private static readonly Regex DateWord = Word(AnyOf(
        "[0-9OIl]{1,2}[.,]?", @"[0-9]{1,2}\.[0-9]{1,2}\.([0-9]{2,4})?", "(19|20)[0-9]{2}", "am", "Uhr", "[0-9]{1,2}[:.][0-9]{2}",
        @"(Jan|Feb|Mär|Mrz|Apr|Mai|Jun|Jul|Aug|Sep|Okt|Nov|Dez)\p{L}*[.,]?"));

    /// <summary>The page's segments without what stamps say.</summary>
    public static IReadOnlyList<Segment> RemoveFrom(IReadOnlyList<Segment> segments)
    {
        var anchors = segments.Where(s => IsAnchor(s)).ToList();
        return anchors.Count == 0 ? segments : [.. segments.Select(s => Remove(s, anchors)).OfType<Segment>()];
    }

    /// <summary>A line of a stamp: "Eing. 12. Nov. 2025", "EINGEGANGEN", "Anl. 2 Poststelle"; never a sentence.</summary>
    private static bool IsAnchor(Segment segment)
    {
        if (segment.Words.Count > 7) return false;
        if (segment.Words.Any(w => Arrival.IsMatch(w.Text))) return segment.Words.All(w => Arrival.IsMatch(w.Text) || IsStampOrRemnant(w));
        if (segment.Words.Count >= 3 && Remnant.IsMatch(segment.Words[0].Text))
            return segment.Words.Skip(1).All(w => DateWord.IsMatch(w.Text));
        return segment.Words.Any(w => MailRoom.IsMatch(w.Text))
            && (segment.Box.X > segment.Page.Width * 0.5 || segment.Words.Any(w => Enclosures.IsMatch(w.Text)));
    }

    private static Segment? Remove(Segment segment, List<Segment> anchors)
    {
        if (anchors.Contains(segment)) return null;
        var near = anchors.Where(a => Math.Abs(a.Baseline - segment.Baseline) <= Rise).ToList();
        if (near.Count == 0) return segment;
        if (Town.IsMatch(segment.Text) && near.Exists(a => IsInside(a, segment.Box) && segment.Size > 0.6 * a.Size)) return null;
        var kept = segment.Words.Where(w => !near.Exists(a => IsInside(a, w.Box)) || !IsCoveredBy(segment, w)).ToList();
        return kept.Count == segment.Words.Count ? segment : kept.Count == 0 ? null : new(segment.Page, kept);
    }

    private static bool IsCoveredBy(Segment segment, Letters.Word word)
    {
        if (word.Confidence < Illegible || Arrival.IsMatch(word.Text) || MailRoom.IsMatch(word.Text)) return true;
        return IsStampWord(word) && segment.Words.All(IsStampOrRemnant);
    }

    private static bool IsStampOrRemnant(Letters.Word word) => IsStampWord(word) || word.Confidence < Illegible || word.Text.Length < 3;

    private static bool IsStampWord(Letters.Word word) =>
        DateWord.IsMatch(word.Text) || Enclosures.IsMatch(word.Text) || MailRoom.IsMatch(word.Text);

    private static bool IsInside(Segment anchor, Box box)
    {
        var middle = box.X + box.Width / 2;
        return middle >= anchor.Box.X - Left && middle <= anchor.Box.X + Right && box.X >= anchor.Box.X - Left;
    }

    /// <summary>The whole word, whatever dirt stands around it.</summary>
    private static Regex Word(string pattern) => Pattern(@"^\W*" + pattern + @"\W*$");
}
