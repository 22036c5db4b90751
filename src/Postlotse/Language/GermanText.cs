using System.Globalization;
using System.Text;

namespace Postlotse.Language;

/// <summary>
/// German words made comparable: spelling folded ("Straße" = "STRASSE", "für" = "fuer"), inflection removed, compounds taken
/// apart. Pure, independent of the culture, safe for many threads.
/// </summary>
public static class GermanText
{
    private const char SoftHyphen = '\u00AD';

    private static readonly Lazy<HashSet<string>> StopWords =
        new(() => LanguageData.Words("stop-words-de.txt").Select(Fold).ToHashSet(StringComparer.Ordinal));

    private static readonly Lazy<CompoundSplitter> Splitter =
        new(() => new CompoundSplitter(LanguageData.Words("compound-parts-de.txt").Select(Fold)));

    /// <summary>
    /// Lower case; ä, ö, ü as ae, oe, ue; ß as ss; other accents and soft hyphens removed. Composed and decomposed spellings give
    /// the same.
    /// </summary>
    public static string Fold(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var folded = new StringBuilder(text.Length + 8);
        foreach (var c in Composed(text)) Append(c, folded);
        return folded.ToString();
    }

    /// <summary>
    /// The words of a text in order. A word is a run of letters, digits and their accents; a soft hyphen does not end it,
    /// every other sign does.
    /// </summary>
    public static IReadOnlyList<Token> Tokens(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var tokens = new List<Token>(text.Length / 6);
        for (var i = 0; i < text.Length; i++)
        {
            if (!char.IsLetterOrDigit(text[i])) continue;
            var end = i + 1;
            while (end < text.Length && Continues(text[end])) end++;
            while (text[end - 1] == SoftHyphen) end--;
            var folded = Fold(text[i..end]);
            if (folded.Length > 0) tokens.Add(new(folded, i, end - i));
            i = end;
        }

        return tokens;
    }

    /// <summary>The word without its inflection; see <see cref="GermanStemmer"/>.</summary>
    /// <param name="folded">As by <see cref="Fold"/>.</param>
    public static string Stem(string folded) => GermanStemmer.Stem(folded);

    /// <summary>Parts of a compound, larger ones before the smaller ones inside them; empty when the word is none.</summary>
    /// <param name="folded">As by <see cref="Fold"/>.</param>
    public static IReadOnlyList<string> Parts(string folded) => Splitter.Value.Parts(folded);

    /// <summary>Whether the word says nothing about a letter's subject.</summary>
    /// <param name="folded">As by <see cref="Fold"/>.</param>
    public static bool IsStopWord(string folded) => StopWords.Value.Contains(folded);

    /// <summary>
    /// What a full-text index keeps of a text, and what a search asks for: every word but stop words as folded, its stem, and the stems
    /// of its parts if it is a compound. Each once, in order of appearance.
    /// </summary>
    public static IEnumerable<string> SearchTerms(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var token in Tokens(text))
        {
            if (IsStopWord(token.Text)) continue;
            if (seen.Add(token.Text)) yield return token.Text;
            foreach (var term in Terms(token.Text))
                if (seen.Add(term)) yield return term;
        }
    }

    /// <summary>The word's stem, then the stems of its parts; each once.</summary>
    /// <param name="folded">As by <see cref="Fold"/>.</param>
    public static IReadOnlyList<string> Terms(string folded)
    {
        var stem = Stem(folded);
        var parts = Parts(folded);
        return parts.Count == 0 ? [stem] : [.. parts.Select(Stem).Prepend(stem).Distinct(StringComparer.Ordinal)];
    }

    private static bool Continues(char c) => char.IsLetterOrDigit(c) || c == SoftHyphen || IsMark(c);

    private static bool IsMark(char c) =>
        CharUnicodeInfo.GetUnicodeCategory(c) is UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark;

    /// <summary>Half surrogate pairs cannot be normalised; such a text stays as it is.</summary>
    private static string Composed(string text)
    {
        foreach (var c in text)
            if (IsMark(c)) return IsWellFormed(text) ? text.Normalize(NormalizationForm.FormC) : text;
        return text;
    }

    private static bool IsWellFormed(string text)
    {
        for (var i = 0; i < text.Length; i++)
        {
            if (!char.IsSurrogate(text[i])) continue;
            if (i + 1 >= text.Length || !char.IsSurrogatePair(text[i], text[i + 1])) return false;
            i++;
        }

        return true;
    }

    private static void Append(char c, StringBuilder into)
    {
        switch (char.ToLowerInvariant(c))
        {
            case 'ä': into.Append("ae"); break;
            case 'ö': into.Append("oe"); break;
            case 'ü': into.Append("ue"); break;
            case 'ß' or 'ẞ': into.Append("ss"); break;
            case SoftHyphen: break;
            case < '\u0080' and var ascii: into.Append(ascii); break;
            case var other: AppendRare(other, into); break;
        }
    }

    private static void AppendRare(char c, StringBuilder into)
    {
        if (char.IsSurrogate(c))
        {
            into.Append(c);
            return;
        }

        // Compatibility decomposition also undoes the ligatures (ﬁ, ﬀ) that text layers of PDF files are full of.
        foreach (var part in c.ToString().Normalize(NormalizationForm.FormKD))
            if (!IsMark(part)) into.Append(char.ToLowerInvariant(part));
    }
}
