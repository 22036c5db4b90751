using System.Text;
using Postlotse.Language;
using Postlotse.Letters;

namespace Postlotse.Responsibility.Deadlines;

/// <summary>A letter's field folded as by <see cref="GermanText.Fold"/>, every gap one blank, with the way back to the original.</summary>
internal sealed class FoldedField
{
    private const char CombiningDiaeresis = '\u0308';

    private readonly List<int> _origins;
    private readonly int _length;

    private FoldedField(LetterField field, string text, List<int> origins, int length) =>
        (Field, Text, _origins, _length) = (field, text, origins, length);

    public LetterField Field { get; }

    /// <summary>Ends of paragraphs remain as \n.</summary>
    public string Text { get; }

    public static FoldedField Of(LetterField field, string original)
    {
        var text = new StringBuilder(original.Length + 16);
        var origins = new List<int>(original.Length + 16);
        for (var i = 0; i < original.Length; i++)
        {
            var before = text.Length;
            Append(original, i, text);
            for (var n = before; n < text.Length; n++) origins.Add(i);
        }

        return new(field, text.ToString(), origins, original.Length);
    }

    /// <summary>The span of the original, in UTF-16 units, that a part of the folded text came from.</summary>
    public TextSpan SpanOf(int start, int length)
    {
        while (length > 1 && Text[start] is ' ' or '\n') (start, length) = (start + 1, length - 1);
        while (length > 1 && Text[start + length - 1] is ' ' or '\n' or ',' or ':') length--;
        var from = _origins[start];
        var to = start + length < _origins.Count ? _origins[start + length] : _length;
        return new(Field, from, Math.Max(1, to - from));
    }

    private static void Append(string original, int i, StringBuilder into)
    {
        var c = original[i];
        if (c == '\n' || char.IsWhiteSpace(c))
        {
            var paragraph = c == '\n' && i + 1 < original.Length && original[i + 1] == '\n';
            if (paragraph && into.Length > 0 && into[^1] == ' ') into.Append('\n');
            else if (paragraph) into.Append('\n');
            else if (into.Length > 0 && into[^1] is not (' ' or '\n')) into.Append(' ');
        }
        else if (c == CombiningDiaeresis && into.Length > 0 && into[^1] is 'a' or 'o' or 'u')
            into.Append('e');
        else if (c is >= 'a' and <= 'z' or >= ' ' and < 'A')
            into.Append(c);
        else if (c is '–' or '—' or '‑')
            into.Append('-');
        else
            into.Append(GermanText.Fold(c.ToString()));
    }
}
