using Postlotse.Letters;
using Postlotse.Web.Shared;
using LetterReading = Postlotse.Letters.Reading;

namespace Postlotse.Web.Letters;

/// <summary>Where spans of a letter's text stand: as boxes on the paper and as pieces of the text. Pure.</summary>
public sealed class Highlights
{
    private readonly LetterReading? _reading;
    private readonly List<(string Id, TextSpan Span)> _spans = [];

    public Highlights(Letter letter)
    {
        _reading = letter.Reading;
        if (letter.Decision is not { } decision) return;
        for (var i = 0; i < decision.Reasons.Count; i++) Add(ReasonId(i), decision.Reasons[i].Spans);
        for (var i = 0; i < decision.RunnerUpReasons.Count; i++) Add(RunnerUpId(i), decision.RunnerUpReasons[i].Spans);
        for (var i = 0; i < decision.Flags.Count; i++) Add(FlagId(i), decision.Flags[i].Spans);
        for (var i = 0; i < decision.Deadlines.Count; i++) Add(DeadlineId(i), decision.Deadlines[i].Spans);
    }

    public static string ReasonId(int index) => "r" + Display.Plain(index);

    public static string RunnerUpId(int index) => "s" + Display.Plain(index);

    public static string FlagId(int index) => "f" + Display.Plain(index);

    public static string DeadlineId(int index) => "d" + Display.Plain(index);

    /// <summary>JSON array of [page, left, top, width, height], millimetres on the page as shown; words of a line in one box.</summary>
    public string BoxesOf(IReadOnlyList<TextSpan> spans) => BoxesOf(spans.SelectMany(WordsOf));

    /// <summary>The same of words.</summary>
    public static string BoxesOf(IEnumerable<PlacedWord> words)
    {
        var lines = new List<(int Page, Box Box)>();
        foreach (var word in words)
        {
            if (lines.Count > 0 && lines[^1].Page == word.Page && Continues(lines[^1].Box, word.Box))
                lines[^1] = (word.Page, Union(lines[^1].Box, word.Box));
            else
                lines.Add((word.Page, word.Box));
        }

        return "[" + string.Join(',', lines.Select(l => "[" + string.Join(
            ',', new[] { l.Page, l.Box.X, l.Box.Y, l.Box.Width, l.Box.Height }.Select(Display.Plain)) + "]")) + "]";
    }

    /// <summary>A reference by its words' place; the number counts those of the same owner.</summary>
    public static string ReferenceId(bool ours, int index) => (ours ? "o" : "t") + Display.Plain(index);

    /// <summary>The text of a field cut where spans begin and end; each piece with the ids of the spans it is in.</summary>
    public IReadOnlyList<TextPiece> PiecesOf(LetterField field)
    {
        var text = _reading?.Content[field] ?? "";
        var here = _spans.Where(s => s.Span.Field == field && s.Span.Start >= 0 && s.Span.Start + s.Span.Length <= text.Length).ToList();
        var cuts = here.SelectMany(s => new[] { s.Span.Start, s.Span.Start + s.Span.Length }).Append(0).Append(text.Length)
            .Distinct().Order().ToList();
        var pieces = new List<TextPiece>();
        for (var i = 0; i < cuts.Count - 1; i++)
        {
            var ids = here.Where(s => s.Span.Start < cuts[i + 1] && s.Span.Start + s.Span.Length > cuts[i]).Select(s => s.Id)
                .Distinct(StringComparer.Ordinal);
            var joined = string.Join(' ', ids);
            pieces.Add(new(text[cuts[i]..cuts[i + 1]], joined.Length == 0 ? null : joined));
        }

        return pieces;
    }

    private void Add(string id, IReadOnlyList<TextSpan> spans) => _spans.AddRange(spans.Select(span => (id, span)));

    private IEnumerable<PlacedWord> WordsOf(TextSpan span) =>
        _reading?.Fields.Where(f => f.Field == span.Field).SelectMany(f => f.Words)
            .Where(w => w.Start < span.Start + span.Length && w.Start + w.Length > span.Start) ?? [];

    private static bool Continues(Box line, Box word)
    {
        var middle = word.Y + word.Height / 2;
        return middle > line.Y && middle < line.Bottom && word.X >= line.X && word.X - line.Right < 15;
    }

    private static Box Union(Box a, Box b)
    {
        double left = Math.Min(a.X, b.X), top = Math.Min(a.Y, b.Y);
        return new(left, top, Math.Max(a.Right, b.Right) - left, Math.Max(a.Bottom, b.Bottom) - top);
    }
}

/// <summary>A piece of text and the ids (separated by blanks) of the reasons that point to it; null for none.</summary>
public sealed record TextPiece(string Text, string? Ids);
