using Postlotse.Letters;
using Postlotse.Reading.Paper;

namespace Postlotse.Reading;

/// <summary>
/// Reads the running text over all pages of the letter itself and the note of its enclosures (Anlagen). What lies behind
/// the letter — copies, forms, tables — is not its text.
/// </summary>
internal sealed class BodyReader
{
    private readonly LetterDraft _draft;
    private readonly string _sender;
    private readonly List<TextRow> _rows = [];
    private readonly List<TextRow> _enclosures = [];

    private BodyReader(LetterDraft draft, string sender) => (_draft, _sender) = (draft, sender);

    public static (ReadField? Body, string BodyText, ReadField? Enclosures, string EnclosuresText) Read(LetterDraft draft, string sender)
    {
        var reader = new BodyReader(draft, sender);
        reader.CollectRows();
        reader.DropSignaturePictures();
        var body = reader.Compose();
        var enclosures = reader.ComposeEnclosures();
        return (body.Field(LetterField.Body, 0.97), body.Text, enclosures.Field(LetterField.Enclosures, 0.95), enclosures.Text);
    }

    private void CollectRows()
    {
        var ended = false;
        IReadOnlyList<TextRow> previous = [];
        foreach (var sheet in _draft.Sheets.SkipWhile(s => s != _draft.First))
        {
            var isFirst = sheet == _draft.First;
            var rows = TextRow.Of(sheet, _draft, isFirst ? _draft.BodyTop : 0, _sender);
            if (rows.Count == 0) continue;
            if (!isFirst && ended) rows = Tail(previous, rows);
            else if (!isFirst && previous.Count > 0 && !Continues(previous, rows)) break;
            var wasEnded = ended;
            ended = TakePage(rows) || ended;
            previous = rows;
            if (wasEnded || rows.Count == 0) break;
        }
    }

    /// <summary>Takes a page's rows apart into text and enclosures; says whether the letter ends on it.</summary>
    private bool TakePage(IReadOnlyList<TextRow> rows)
    {
        var closing = LastClosing(rows);
        var note = EnclosureRow(rows, closing);
        var end = note < 0 ? rows.Count : note;
        _rows.AddRange(rows.Take(end));
        if (note >= 0)
        {
            var pitch = Pitch(rows);
            var last = note + 1;
            while (last < rows.Count && last - note < 12 && rows[last].Baseline - rows[last - 1].Baseline <= 1.35 * pitch) last++;
            _enclosures.AddRange(rows.Skip(note).Take(last - note));
            _rows.AddRange(rows.Skip(last));
        }

        return note >= 0 || closing >= 0 || EndsWithName(rows);
    }

    /// <summary>A word of farewell; words that may also stand inside a letter count only near the end of the page's text.</summary>
    private static int LastClosing(IReadOnlyList<TextRow> rows)
    {
        for (var i = rows.Count - 1; i >= Math.Max(0, rows.Count - 14); i--)
            if (rows[i].IsClosing && rows[i].Words.Count <= 9) return i;
        return -1;
    }

    private static int EnclosureRow(IReadOnlyList<TextRow> rows, int closing)
    {
        for (var i = 0; i < rows.Count; i++)
        {
            var match = TextWording.Enclosure.Match(rows[i].Text);
            if (!match.Success) continue;
            var isLate = closing >= 0 ? i > closing : i >= rows.Count - 4;
            var stands = i == 0 || rows[i].Baseline - rows[i - 1].Baseline > 1.2 * Pitch(rows) || rows[i - 1].EndsSentence;
            if (isLate && (closing >= 0 || match.Groups["colon"].Success || stands) || match.Groups["colon"].Success && stands
                && i > rows.Count / 2)
                return i;
        }

        return -1;
    }

    private bool EndsWithName(IReadOnlyList<TextRow> rows)
    {
        var names = _sender.Split('\n')[0].Split(' ', StringSplitOptions.RemoveEmptyEntries).Where(n => n.Length > 2).ToList();
        return names.Count > 0 && rows.TakeLast(3)
            .Any(r => r.Words.Count <= 6 && r.Text.Contains(names[^1], StringComparison.OrdinalIgnoreCase));
    }

    /// <summary>The name or the note of enclosures that the page's end cut off from the farewell.</summary>
    private static IReadOnlyList<TextRow> Tail(IReadOnlyList<TextRow> previous, IReadOnlyList<TextRow> rows)
    {
        var isShort = rows.Count <= 9 && rows.All(r => r.Words.Count <= 14);
        if (isShort && rows.Take(3).Any(r => TextWording.Enclosure.Match(r.Text).Groups["colon"].Success)) return rows;
        if (!previous[^1].IsClosing || previous[^1].Baseline < previous[^1].Page.Height * 0.8
            || TextWording.EnclosureHeading.IsMatch(rows[0].Text)) return [];
        return [.. rows.Take(4).TakeWhile(r => r.Words.Count <= 6)];
    }

    /// <summary>Whether a page goes on with the text of the page before, when no farewell was seen on that.</summary>
    private bool Continues(IReadOnlyList<TextRow> previous, IReadOnlyList<TextRow> next)
    {
        if (TextWording.EnclosureHeading.IsMatch(next[0].Text)) return false;
        var last = previous[^1];
        var height = last.Page.Height;
        if (!last.EndsSentence && last.Baseline > height * 0.8) return true;
        var sizes = (Before: Segment.Median(_rows.Select(r => r.Size)), After: Segment.Median(next.Select(r => r.Size)));
        var looksAlike = Math.Abs(sizes.Before - sizes.After) <= 0.12 * sizes.Before
            && Math.Abs(Segment.Median(previous.Select(r => r.Left)) - Segment.Median(next.Select(r => r.Left))) <= 5;
        var isTable = next.Count(r => r.Segments.Count > 1) > next.Count * 0.4;
        return last.Baseline > height * 0.74 && looksAlike && !isTable || LastClosing(next) >= 0 && looksAlike && !isTable;
    }

    /// <summary>A signature is a picture; what an engine takes it for is no text: large or hardly legible print around the name.</summary>
    private void DropSignaturePictures()
    {
        var size = Segment.Median(_rows.Select(r => r.Size));
        var from = Math.Max(1, _rows.Count - 7);
        for (var i = _rows.Count - 1; i >= from; i--)
            if (_rows[i].Words.Count <= 5 && !_rows[i].IsClosing && (_rows[i].Size > 1.35 * size || _rows[i].Confidence < 0.4))
                _rows.RemoveAt(i);
    }

    private FieldText Compose()
    {
        var text = new FieldText();
        double pitch = Pitch(_rows), margin = RightMargin(_rows);
        for (var i = 0; i < _rows.Count; i++)
        {
            var row = _rows[i];
            if (i == 0) text.Add(row.Page, row.Words);
            else if (StartsParagraph(_rows[i - 1], row, pitch)) text.AddParagraph(row.Page, row.Words);
            else if (BreaksLine(_rows[i - 1], row, margin)) text.AddLine(row.Page, row.Words);
            else text.AddWrapped(row.Page, row.Words);
        }

        return text;
    }

    private FieldText ComposeEnclosures()
    {
        var text = new FieldText();
        foreach (var (row, index) in _enclosures.Select((row, index) => (row, index)))
        {
            var words = index == 0 ? WithoutLabel(row) : row.Words;
            if (index > 0 && !text.IsEmpty && BreaksLine(_enclosures[index - 1], row, RightMargin([.. _rows, .. _enclosures])))
                text.AddLine(row.Page, words);
            else text.AddWrapped(row.Page, words);
        }

        if (text.IsEmpty && _enclosures.Count > 0) text.Add(_enclosures[0].Page, _enclosures[0].Words);
        return text;
    }

    private static IReadOnlyList<Word> WithoutLabel(TextRow row)
    {
        var length = TextWording.Enclosure.Match(row.Text).Length;
        var words = new List<Word>();
        var position = 0;
        foreach (var word in row.Words)
        {
            if (position >= length && word.Text is not ":" and not "-" and not "–" || words.Count > 0) words.Add(word);
            position += word.Text.Length + 1;
        }

        return words;
    }

    private static bool StartsParagraph(TextRow before, TextRow row, double pitch) =>
        before.Page.Number == row.Page.Number
            ? row.Baseline - before.Baseline > 1.27 * pitch
            : before.EndsSentence && !before.PartsWord;

    /// <summary>A line that ended although the next word had room, an item of a list, or a row of a table.</summary>
    private static bool BreaksLine(TextRow before, TextRow row, double margin)
    {
        if (row.StartsItem) return true;
        if (before.PartsWord && char.IsLower(row.Text[0])) return false;
        if (before.Segments.Count > 1 || row.Segments.Count > 1) return true;
        return before.Right + row.Words[0].Box.Width + 0.6 * row.Size + 2 < margin;
    }

    /// <summary>Distance of lines within a paragraph, millimetres; letters of short paragraphs have few of them.</summary>
    private static double Pitch(IReadOnlyList<TextRow> rows)
    {
        var steps = new List<double>();
        for (var i = 1; i < rows.Count; i++)
        {
            var step = rows[i].Baseline - rows[i - 1].Baseline;
            if (rows[i].Page.Number == rows[i - 1].Page.Number && step > 0 && step < 3.6 * Math.Max(rows[i].Size, 1.5)) steps.Add(step);
        }

        steps.Sort();
        return steps.Count == 0 ? 8 : Math.Min(steps[(int)(steps.Count * 0.15)], 2.3 * Segment.Median(rows.Select(r => r.Size)));
    }

    /// <summary>Where full lines end, millimetres; a few short lines cannot show it.</summary>
    private static double RightMargin(IReadOnlyList<TextRow> rows)
    {
        var rights = rows.Select(r => r.Right).Order().ToList();
        if (rights.Count == 0) return 0;
        var usual = rights[Math.Min(rights.Count - 1, (int)(rights.Count * 0.93))];
        return rights.Count >= 8 ? usual : Math.Max(usual, rows[0].Page.Width * 0.75);
    }
}
