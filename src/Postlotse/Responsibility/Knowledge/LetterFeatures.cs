using System.Text.RegularExpressions;
using Postlotse.Letters;

namespace Postlotse.Responsibility.Knowledge;

/// <summary>
/// Which fields of a letter say what it is about, and how loudly: the subject counts more than the body, and a sentence that asks for
/// something more than one that tells a story.
/// </summary>
internal static partial class LetterFeatures
{
    public static readonly IReadOnlyList<(LetterField Field, float Weight)> Fields =
        [(LetterField.Subject, 1.5f), (LetterField.Body, 1), (LetterField.Enclosures, 1)];

    /// <summary>UTF-16 units of a field that are read; about ten pages.</summary>
    private const int LongestText = 30_000;

    /// <summary>Different character sequences of a page.</summary>
    private const int UsualFeatures = 4096;

    private const float AskingWeight = 1.5f;

    private static readonly string[] AskingWords =
    [
        "bitte", "bitten", "beantrage", "beantragen", "möchte", "möchten", "brauche", "brauchen", "bräuchte", "bräuchten", "benötige",
        "benötigen", "wünsche", "wünschen", "hiermit",
    ];

    /// <summary>A field's text, cut where a letter ends and a book begins.</summary>
    public static string Text(LetterContent letter, LetterField field) =>
        letter[field] is { Length: > LongestText } text ? text[..LongestText] : letter[field];

    /// <summary>Counts a letter.</summary>
    /// <param name="letter">The letter.</param>
    /// <param name="only">Words that are counted, by their feature; null: all.</param>
    public static TextFeatures Of(LetterContent letter, IReadOnlySet<uint>? only = null)
    {
        var features = new TextFeatures(only is null ? UsualFeatures : 0);
        foreach (var (field, weight) in Fields)
            foreach (var sentence in Sentences(Text(letter, field)))
                features.Add(Closing().Replace(sentence, " "), Asks(sentence) ? weight * AskingWeight : weight, only);
        return features;
    }

    private static bool Asks(string sentence) => sentence.EndsWith('?') || TextFeatures.Tokens(sentence)
        .Any(t => Array.Exists(AskingWords, w => sentence.AsSpan(t.Start, t.Length).Equals(w, StringComparison.OrdinalIgnoreCase)));

    /// <summary>How letters of every kind end; it must not count for the concerns that speak of greetings.</summary>
    [GeneratedRegex(
        @"\b(mit\s+)?(freundlich|herzlich|viel|best|lieb|schön|kollegial|vorzüglich)(e[mnr]?)?\s+"
        + @"(gr(ü|ue)(ß|ss)en?|gru(ß|ss)|hochachtung)\b|\b(hochachtungsvoll|mfg)\b",
        RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Closing();

    /// <summary>Cuts after a full stop, question or exclamation mark or colon before white space, and between paragraphs.</summary>
    private static IEnumerable<string> Sentences(string text)
    {
        var start = 0;
        for (var i = 1; i < text.Length; i++)
        {
            var ends = char.IsWhiteSpace(text[i]) && (text[i - 1] is '.' or '?' or '!' or ':' || (text[i] == '\n' && text[i - 1] == '\n'));
            if (!ends)
                continue;
            yield return text[start..i];
            start = i + 1;
        }

        if (start < text.Length)
            yield return text[start..];
    }
}
