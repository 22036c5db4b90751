using System.Text;
using Postlotse.Letters;

namespace Postlotse.Storage;

/// <summary>Terms for the search index, by the same analyser for letters and for what people ask.</summary>
internal sealed class SearchTerms(Func<string, IEnumerable<string>> analyser)
{
    // PostgreSQL refuses lexemes above 2046 bytes and vectors above 1 MiB; no honest word or letter comes near.
    private const int LongestTerm = 100, MostTerms = 8000;

    private static readonly LetterField[] Fields = Enum.GetValues<LetterField>();

    public IReadOnlyCollection<string> OfLetter(LetterContent content) =>
        Fields.SelectMany(field => analyser(content[field])).SelectMany(Clean).Distinct(StringComparer.Ordinal).Take(MostTerms).ToList();

    /// <summary>In the order asked; empty when nothing can be searched for.</summary>
    public IReadOnlyList<string> OfQuestion(string question) =>
        analyser(StoredText.Clean(question)).SelectMany(Clean).Distinct(StringComparer.Ordinal).ToList();

    /// <summary>Cut at everything but letters and digits, so that both databases see the same terms.</summary>
    private static IEnumerable<string> Clean(string term)
    {
        var word = new StringBuilder();
        foreach (var rune in term.EnumerateRunes())
        {
            if (Rune.IsLetterOrDigit(rune)) word.Append(Rune.ToLowerInvariant(rune));
            else if (word.Length > 0) yield return Take(word);
        }

        if (word.Length > 0) yield return Take(word);
    }

    private static string Take(StringBuilder word)
    {
        var text = word.ToString(0, Math.Min(word.Length, LongestTerm));
        word.Clear();
        return char.IsHighSurrogate(text[^1]) ? text[..^1] : text;
    }
}
