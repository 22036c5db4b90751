using Postlotse.Letters;
using Postlotse.Reading.Paper;

namespace Postlotse.Reading;

/// <summary>
/// Finds the letter's own date: a line of the head that says nothing else. Dates in sentences, references and stamps are not it.
/// </summary>
internal static class DateReader
{
    public static ReadField? Read(LetterDraft draft, out string text)
    {
        text = "";
        var (segment, words) = InHeader(draft) ?? AtTheEnd(draft) ?? default;
        if (segment is null) return null;
        draft.Take([segment]);
        var result = new FieldText().Add(segment.Page, words);
        text = result.Text;
        return result.Field(LetterField.Date, LetterDates.Parse(text) is null ? 0.6 : 0.97);
    }

    private static (Segment Segment, IReadOnlyList<Word> Words)? InHeader(LetterDraft draft)
    {
        var candidates = draft.FreeHeader().Select(s => (Segment: s, Words: DateWords(s))).Where(c => c.Words.Count > 0).ToList();
        if (candidates.Count == 0) return null;
        var labels = draft.FreeHeader().Where(s => ReferenceWording.DateLabel.IsMatch(s.Text)).ToList();
        draft.Take(labels);
        return candidates.OrderByDescending(c => labels.Exists(l => Labels(l, c.Segment)))
            .ThenByDescending(c => c.Words.Count < c.Segment.Words.Count)
            .ThenByDescending(c => c.Segment.Baseline).First();
    }

    private static bool Labels(Segment label, Segment value) =>
        label.SharesRowWith(value) && value.Box.X > label.Box.X
        || value.Baseline > label.Baseline && value.Baseline - label.Baseline < 3.2 * label.Size && Math.Abs(value.Box.X - label.Box.X) < 6;

    /// <summary>"Ort, den …" above or below the signature, as forms and older letters have it.</summary>
    private static (Segment Segment, IReadOnlyList<Word> Words)? AtTheEnd(LetterDraft draft)
    {
        foreach (var sheet in draft.Sheets.Reverse())
        {
            var from = sheet == draft.First ? draft.HeaderLimit : 0;
            foreach (var segment in sheet.Segments.Where(s => s.Baseline > from && s.Words.Count <= 6).Reverse())
                if (segment.Text.Contains(',', StringComparison.Ordinal) && DateWords(segment) is { Count: > 1 } words
                    && sheet == draft.First)
                    return (segment, words);
        }

        return null;
    }

    /// <summary>
    /// The words of a line that is nothing but a date with its place; none when it says more. A label "Datum:" is left out.
    /// </summary>
    private static IReadOnlyList<Word> DateWords(Segment segment)
    {
        if (segment.Words.Count > 8 || LetterDates.Find(segment.Text) is not { } found) return [];
        var text = segment.Text;
        if (text[found.End..].Trim(' ', '.', ',', '|', '-').Length > 0 || !ReferenceWording.BeforeDate.IsMatch(text[..found.Start]))
            return [];
        if (ReferenceWording.Label.IsMatch(text)) return [];
        return [.. segment.Words.SkipWhile(w => ReferenceWording.DateLabel.IsMatch(w.Text) || w.Text is ":")];
    }
}
