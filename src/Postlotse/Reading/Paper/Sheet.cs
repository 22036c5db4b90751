using Postlotse.Letters;

namespace Postlotse.Reading.Paper;

/// <summary>A page as the readers see it: segments from top to bottom, without speckles, stamps and page numbers.</summary>
internal sealed class Sheet
{
    private Sheet(RecognisedPage page, IReadOnlyList<Segment> segments)
    {
        Page = page;
        Segments = segments;
        Size = Segment.Median(segments.SelectMany(s => s.Words.Select(_ => s.Size)));
    }

    public RecognisedPage Page { get; }

    /// <summary>From top to bottom, in a row from left to right.</summary>
    public IReadOnlyList<Segment> Segments { get; }

    /// <summary>Height of capital letters of most of the page's print, millimetres; 0 for an empty page.</summary>
    public double Size { get; }

    public static Sheet Of(RecognisedPage page)
    {
        var segments = Stamps.RemoveFrom([.. page.Lines.SelectMany(line => Split(page, line))]).Where(s => !IsSpeckle(s));
        return new(page, [.. Rows(segments).SelectMany(row => row)]);
    }

    /// <summary>Segments that stand on one line of print, rows from top to bottom, segments from left to right.</summary>
    public static IReadOnlyList<IReadOnlyList<Segment>> Rows(IEnumerable<Segment> segments)
    {
        var rows = new List<List<Segment>>();
        foreach (var segment in segments.OrderBy(s => s.Baseline).ThenBy(s => s.Box.X))
        {
            var row = rows.Count == 0 ? null : rows[^1];
            if (row is not null && row.Exists(segment.SharesRowWith) && !row.Exists(segment.OverlapsAcross)) row.Add(segment);
            else rows.Add([segment]);
        }

        return [.. rows.Select(row => (IReadOnlyList<Segment>)[.. row.OrderBy(s => s.Box.X)])];
    }

    private static IEnumerable<Segment> Split(RecognisedPage page, TextLine line)
    {
        var words = line.Words.Where(w => w.Text.Length > 0).OrderBy(w => w.Box.X).ToList();
        for (int start = 0, i = 1; i <= words.Count; i++)
        {
            if (i < words.Count && !IsWideGap(words[i - 1], words[i])) continue;
            yield return new(page, InReadingOrder(words[start..i]));
            start = i;
        }
    }

    /// <summary>A line of Arabic or Hebrew words runs from right to left.</summary>
    private static List<Word> InReadingOrder(List<Word> words)
    {
        if (words.Count(w => w.Text.Any(c => c is >= '\u0590' and <= '\u08ff')) * 2 > words.Count) words.Reverse();
        return words;
    }

    /// <summary>Words of justified print stand up to about 4 mm apart, columns further.</summary>
    private static bool IsWideGap(Word left, Word right) =>
        right.Box.X - left.Box.Right > Math.Max(5, 1.6 * Math.Min(left.Box.Height, right.Box.Height));

    /// <summary>Punch holes, staples, dirt: no letters, or few that hardly look like any.</summary>
    private static bool IsSpeckle(Segment segment)
    {
        var letters = segment.LetterCount;
        if (letters == 0) return segment.Words.Count == 1 || segment.Confidence < 0.6;
        var atTheEdge = segment.Box.Right < 15 || segment.Box.X > segment.Page.Width - 8;
        return letters <= 3 && (segment.Confidence < 0.35 || atTheEdge);
    }
}
