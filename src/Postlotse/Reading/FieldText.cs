using System.Text;
using Postlotse.Letters;

namespace Postlotse.Reading;

/// <summary>
/// Builds a field's text word by word and keeps each word's place. Words parted by a hyphen at a line's end are joined:
/// both parts keep their own place.
/// </summary>
internal sealed class FieldText
{
    private static readonly string[] Conjunctions = ["und", "oder", "bzw", "sowie", "noch", "als", "u", "bis", "wie", "statt"];
    private readonly StringBuilder _text = new();
    private readonly List<PlacedWord> _words = [];
    private double _confidence;
    private int _letters;

    public bool IsEmpty => _words.Count == 0;

    public string Text => _text.ToString();

    /// <summary>Mean over the words, weighted by length, 0–1; 0 without words.</summary>
    public double Confidence => _letters == 0 ? 0 : _confidence / _letters;

    public ReadField? Field(LetterField field, double certainty) =>
        IsEmpty ? null : new(field, Math.Clamp(Confidence * certainty, 0, 1), _words);

    /// <summary>Adds words after a space.</summary>
    public FieldText Add(RecognisedPage page, IEnumerable<Word> words)
    {
        foreach (var word in words) Append(page, word, " ");
        return this;
    }

    /// <summary>Adds words on a line of their own.</summary>
    public FieldText AddLine(RecognisedPage page, IEnumerable<Word> words) => AddAfter("\n", page, words);

    /// <summary>Adds words as a paragraph of their own.</summary>
    public FieldText AddParagraph(RecognisedPage page, IEnumerable<Word> words) => AddAfter("\n\n", page, words);

    /// <summary>Adds a wrapped line: a word parted at the end of the line before is joined.</summary>
    public FieldText AddWrapped(RecognisedPage page, IReadOnlyList<Word> words)
    {
        if (words.Count == 0) return this;
        Append(page, words[0], HyphenJoin(words[0].Text));
        return Add(page, words.Skip(1));
    }

    private FieldText AddAfter(string separator, RecognisedPage page, IEnumerable<Word> words)
    {
        foreach (var word in words)
        {
            Append(page, word, separator);
            separator = " ";
        }

        return this;
    }

    private void Append(RecognisedPage page, Word word, string separator)
    {
        if (_text.Length > 0) _text.Append(separator);
        _words.Add(new(_text.Length, word.Text.Length, page.Number, page.ToDisplayed(word.Box)));
        _text.Append(word.Text);
        _confidence += word.Confidence * word.Text.Length;
        _letters += word.Text.Length;
    }

    /// <summary>What stands between the last word and the next line's first; takes the hyphen away where it only parts the word.</summary>
    private string HyphenJoin(string next)
    {
        if (_words.Count == 0) return "";
        var last = _words[^1];
        var part = _text.ToString(last.Start, last.Length);
        if (part.Length < 2 || !IsHyphen(part[^1]) || !char.IsLetterOrDigit(part[^2])) return " ";
        var stem = part[..^1];
        if (!char.IsLetterOrDigit(next[0]) || Conjunctions.Contains(next.TrimEnd('.', ','), StringComparer.Ordinal)) return " ";
        if (!char.IsLower(next[0]) || !char.IsLetter(stem[^1])) return "";
        if (stem.All(c => char.IsUpper(c) || char.IsDigit(c))) return "";
        _text.Length--;
        _words[^1] = last with { Length = last.Length - 1 };
        return "";
    }

    private static bool IsHyphen(char c) => c is '-' or '\u00AD' or '\u2010' or '\u2011' or '¬';
}
