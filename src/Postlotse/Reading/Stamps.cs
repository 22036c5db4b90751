using System.Text.RegularExpressions;

namespace Postlotse.Reading;

/// <summary>
/// Receipt stamps (Eingangsstempel): the day a letter arrived, printed anywhere over the page. What they say is not the
/// letter's own text and is kept out of all fields.
/// </summary>
internal static class Stamps
{
    /// <summary>Half the width and half the height of the area around the word "Eingang" that a stamp may take, millimetres.</summary>
    private const double Reach = 38, Rise = 19;

    private static readonly Regex Anchor = Make(
        @"^\W*(Post-?)?(Eing(ang|egangen|\.|,)?|E[il1]ng\.|Ging\.|Eingangsstempel|Posteingang|Eingangen)\b\W*(am|den|:)?\W*([0-9OIl]{1,2}\s?[.,].*|\p{Lu}\p{L}{2}\W.*)?$|^\W*(Zentrale\s)?Poststelle\W*$");

    private static readonly Regex Part = Make(
        @"^\W*(Stadt(verwaltung)?|Gemeinde(verwaltung)?|Landratsamt|Kreisverwaltung|Magistrat)\s+\p{L}[\p{L}\s.\-]*$|^\W*An[lti1]\.?\W*[0-9OIl]{0,2}(\W+Post\w*)?\W*$|Poststelle|Posteingang"
        + @"|^\W*[0-9OIl]{1,2}\s?[.,]\s?(\p{L}{3,9}\.?|[0-9]{1,2}\.)\s?((19|20)?[0-9]{2})\W*$|^\W*[0-9]{1,2}[:.][0-9]{2}(\sUhr)?\W*$|^\W*(Uhr|Hauptamt|Amt|Abt\.|Az\.?:?|Tgb\S*)\W*$|Eing");

    /// <summary>Segments of the page that belong to receipt stamps.</summary>
    public static IReadOnlySet<Segment> On(Sheet sheet)
    {
        var gone = new HashSet<Segment>();
        foreach (var anchor in sheet.Segments.Where(IsAnchor))
        {
            gone.Add(anchor);
            foreach (var near in sheet.Segments.Where(s => IsNear(anchor, s)))
                if (Part.IsMatch(near.Text) || near.Confidence < 0.5 && near.Words.Count <= 4) gone.Add(near);
        }

        return gone;
    }

    private static bool IsAnchor(Segment segment) => segment.Words.Count <= 6 && Anchor.IsMatch(segment.Text);

    /// <summary>Near, and not a line of an address or of running text beside it.</summary>
    private static bool IsNear(Segment anchor, Segment other) =>
        Math.Abs(Middle(anchor) - Middle(other)) <= Reach && Math.Abs(anchor.Baseline - other.Baseline) <= Rise && other.Words.Count <= 6;

    private static double Middle(Segment segment) => segment.Box.X + segment.Box.Width / 2;

    private static Regex Make(string pattern) =>
        new(pattern, RegexOptions.NonBacktracking | RegexOptions.CultureInvariant | RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture);
}
