using System.Globalization;
using System.Text.RegularExpressions;
using Postlotse.Letters;

namespace Postlotse.Recognition;

/// <summary>
/// What a person should know of a letter's scan (Befund): pages cut off, blurred, too dark or too light, half empty, missing, fed
/// together, or not readable in parts. Only what would be scanned again counts; a false alarm costs more than a silence.
/// </summary>
public static partial class PageFlags
{
    /// <summary>A page read better than this is good enough, however it looks.</summary>
    private const double ReadWell = 0.85;

    /// <summary>Millimetres between full black and full white at the edges of print; a good scan has 0.2 to 0.35.</summary>
    private const double Blurred = 0.5;

    /// <summary>Brightness of the paper, and what print differs from it; 0 is black, 1 white.</summary>
    private const double DarkPaper = 0.45, LeastContrast = 0.25;

    /// <summary>Millimetres from the edge within which print has been cut.</summary>
    private const double AtEdge = 0.8;

    /// <summary>So many words that nobody could read, and such a share of the page's, are handwriting or a spoiled area.</summary>
    private const int FewestUnsure = 8;

    private const double ShareUnsure = 0.1;

    /// <summary>A page so much longer than the others of its width has been fed with another.</summary>
    private const double DoubleLength = 1.25;

    /// <summary>Findings in the order of the pages, at most one of a kind for a page.</summary>
    public static IReadOnlyList<Finding> Of(IReadOnlyList<RecognisedPage> pages)
    {
        ArgumentNullException.ThrowIfNull(pages);
        var findings = new List<Finding>();
        foreach (var page in pages.Where(p => !p.Blank))
        {
            if (Look(page) is { } look) findings.Add(new(look, page.Number));
            if (IsCutOff(page)) findings.Add(new(FindingKind.PageCutOff, page.Number));
            if (EndsHalfway(page)) findings.Add(new(FindingKind.PageHalfEmpty, page.Number));
            if (IsPartlyUnreadable(page)) findings.Add(new(FindingKind.PartlyUnreadable, page.Number));
            if (IsTwoSheets(page, pages)) findings.Add(new(FindingKind.DoubleFeed, page.Number));
        }

        findings.AddRange(Missing(pages));
        return findings;
    }

    private static FindingKind? Look(RecognisedPage page)
    {
        if (page.Scan is not { } scan || page.MeanConfidence >= ReadWell) return null;
        if (scan.Paper - scan.Ink < LeastContrast) return scan.Paper < DarkPaper ? FindingKind.PageTooDark : FindingKind.PageTooLight;
        if (scan.Paper < DarkPaper) return FindingKind.PageTooDark;
        return scan.EdgeWidth > Blurred ? FindingKind.PageBlurred : null;
    }

    private static bool IsCutOff(RecognisedPage page)
    {
        var lines = page.Lines.Where(l => l.Words.Count >= 2).ToList();
        return lines.Count(l => l.Box.X < AtEdge) >= 3 || lines.Count(l => l.Box.Right > page.Width - AtEdge) >= 3
            || lines.Exists(l => (l.Box.Y < AtEdge || l.Box.Bottom > page.Height - AtEdge) && l.Words.Count(w => !w.IsUnsure) >= 3);
    }

    /// <summary>The last line is as long as the others, breaks off within a sentence, and the lower half of the sheet is blank.</summary>
    private static bool EndsHalfway(RecognisedPage page)
    {
        if (page.Lines.Count < 6 || page.Height < 200) return false;
        var last = page.Lines.MaxBy(l => l.Box.Bottom)!;
        var running = page.Lines.Where(l => l.Words.Count >= 6).ToList();
        return last.Box.Bottom < 0.55 * page.Height && running.Count >= 4 && last.Words.Count >= 6
            && last.Box.Width > 0.9 * running.Max(l => l.Box.Width) && last.Words.All(w => w.Confidence > 0.6)
            && last.Words[^1].Text is var end && (char.IsLower(end[^1]) || end[^1] is ',' or '-') && char.IsLower(end[0]);
    }

    private static bool IsPartlyUnreadable(RecognisedPage page)
    {
        var words = page.Lines.SelectMany(l => l.Words).Where(w => w.Text.Any(char.IsLetterOrDigit)).ToList();
        var unsure = words.Count(w => w.IsUnsure);
        return unsure >= FewestUnsure && unsure >= ShareUnsure * words.Count;
    }

    private static bool IsTwoSheets(RecognisedPage page, IReadOnlyList<RecognisedPage> pages)
    {
        var others = pages.Where(p => p.Number != page.Number && Math.Abs(p.Width - page.Width) < 0.05 * page.Width)
            .Select(p => p.Height).Order().ToList();
        return others.Count >= 2 && page.Height > DoubleLength * others[others.Count / 2];
    }

    /// <summary>
    /// Gaps in "Seite 2 von 4": between numbered pages, before the first and behind the last. Pages without a number may be those that
    /// would be missed; blank ones are backs.
    /// </summary>
    private static IEnumerable<Finding> Missing(IReadOnlyList<RecognisedPage> pages)
    {
        var printed = pages.Where(p => !p.Blank).ToList();
        (int At, int Number, int Of)? before = null;
        for (var i = 0; i < printed.Count; i++)
        {
            if (NumberOf(printed[i]) is not { } now) continue;
            var follows = before is { } b && b.Of == now.Of && now.Number > b.Number;
            if (!follows && before is { } end && EndsEarly(end, i)) yield return new(FindingKind.PageMissing, printed[end.At].Number);
            var gap = follows ? now.Number - before!.Value.Number > i - before.Value.At : now.Number - 1 > i - (before?.At + 1 ?? 0);
            if (gap) yield return new(FindingKind.PageMissing, printed[i].Number);
            before = (i, now.Number, now.Of);
        }

        if (before is { } last && EndsEarly(last, printed.Count)) yield return new(FindingKind.PageMissing, printed[last.At].Number);

        static bool EndsEarly((int At, int Number, int Of) page, int next) => page.Of - page.Number > next - page.At - 1;
    }

    /// <summary>"Seite 2 von 4" of one line that was read surely; a page that says two things says nothing.</summary>
    private static (int Number, int Of)? NumberOf(RecognisedPage page)
    {
        var found = page.Lines.Where(l => l.Words.Count <= 12 && l.Words.All(w => w.Confidence > 0.6))
            .Where(l => l.Box.Y < 0.2 * page.Height || l.Box.Bottom > 0.8 * page.Height)
            .Select(l => PageNumber().Match(string.Join(' ', l.Words.Select(w => w.Text)))).Where(m => m.Success)
            .Select(m => (Number: Int(m, "number"), Of: Int(m, "of"))).Distinct().ToList();
        return found is [{ Number: > 0 } one] && one.Number <= one.Of ? one : null;

        static int Int(Match match, string group) => int.Parse(match.Groups[group].ValueSpan, CultureInfo.InvariantCulture);
    }

    [GeneratedRegex(
        @"\b(Seite|Blatt|Page|S\.)\s*(?<number>\d{1,3})\s*(von|of|/)\s*(?<of>\d{1,3})\b",
        RegexOptions.ExplicitCapture | RegexOptions.IgnoreCase, 1000)]
    private static partial Regex PageNumber();
}
