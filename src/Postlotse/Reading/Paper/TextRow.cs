using System.Text.RegularExpressions;
using Postlotse.Letters;

namespace Postlotse.Reading.Paper;

/// <summary>A line of the letter's running text.</summary>
internal sealed class TextRow
{
    private static readonly Regex Bullet = Patterns.Pattern(@"^([-–—•*·»>+]|\(?[0-9]{1,2}[.)]|\(?[a-z]\)|[☐☒□■])$");

    public TextRow(IReadOnlyList<Segment> segments)
    {
        Segments = segments;
        Words = [.. segments.SelectMany(s => s.Words)];
        Text = string.Join(' ', Words.Select(w => w.Text));
        Size = Segment.Median(segments.SelectMany(s => s.Words.Select(_ => s.Size)));
        Confidence = segments.Sum(s => s.Confidence * s.Words.Count) / Words.Count;
    }

    public IReadOnlyList<Segment> Segments { get; }

    public IReadOnlyList<Word> Words { get; }

    public string Text { get; }

    public RecognisedPage Page => Segments[0].Page;

    public double Left => Segments[0].Box.X;

    public double Right => Segments[^1].Box.Right;

    public double Baseline => Segments[0].Baseline;

    public double Size { get; }

    public double Confidence { get; }

    public bool IsClosing => Words.Count <= 9 && TextWording.Closing.IsMatch(Text);

    public bool StartsItem => Words.Count > 1 && Bullet.IsMatch(Words[0].Text);

    public bool EndsSentence =>
        Text.TrimEnd('"', '“', '”', '«', '»', ')', ' ') is { Length: > 0 } text && text[^1] is '.' or '!' or '?' or ':';

    public bool PartsWord => Text.Length > 1 && Text[^1] is '-' or '\u00AD' or '‐' or '¬' && char.IsLetter(Text[^2]);

    /// <summary>Rows of a sheet that may be running text: without footers, page numbers, repeated letterheads and side columns.</summary>
    public static IReadOnlyList<TextRow> Of(Sheet sheet, LetterDraft draft, double from, string sender)
    {
        var height = sheet.Page.Height;
        var isFirst = sheet == draft.First;
        var segments = sheet.Segments.Where(s => s.Baseline > from && !draft.IsTaken(s) && (!isFirst || draft.IsRunningText(s))
            && !IsSideColumn(s, sheet, isFirst));
        var rows = Sheet.Rows(segments).Select(r => new TextRow(r)).Where(r => !r.IsPageNumber(height)).ToList();
        var footer = rows.FindIndex(r => r.Baseline > height * 0.88 && r.IsFooter(sheet.Size) && !TextWording.Enclosure.IsMatch(r.Text));
        if (footer >= 0) rows.RemoveRange(footer, rows.Count - footer);
        return isFirst ? rows : [.. rows.SkipWhile(r => r.Baseline < 48 && r.IsRunningHead(sender))];
    }

    private static bool IsSideColumn(Segment segment, Sheet sheet, bool isFirst) =>
        isFirst && segment.Box.X > sheet.Page.Width * 0.58 && segment.Size < 0.84 * sheet.Size && segment.Words.Count <= 7;

    private bool IsPageNumber(double height) =>
        TextWording.PageNumber.IsMatch(Text) && (Baseline < 45 || Baseline > height * 0.85);

    private bool IsFooter(double size) => Size < 0.8 * size || TextWording.Footer.IsMatch(Text);

    private bool IsRunningHead(string sender) =>
        TextWording.RunningHead.IsMatch(Text) || Text.Length > 4 && sender.Split('\n')
            .Any(l => string.Equals(l, Text, StringComparison.OrdinalIgnoreCase));
}
