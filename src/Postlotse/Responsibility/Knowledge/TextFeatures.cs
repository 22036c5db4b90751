using System.Globalization;
using System.Runtime.InteropServices;

namespace Postlotse.Responsibility.Knowledge;

/// <summary>
/// Turns text into hashed features: words (stemmed), pairs of words, and character sequences of 3 to 6 within a word.
/// The sequences make compounds, inflection and reading errors of the scan alike enough. Reused for many texts; not thread-safe.
/// </summary>
public sealed class TextFeatures(int capacity = 0)
{
    private const int ShortestSequence = 3;
    private const int LongestSequence = 6;
    private const int LongestWord = 40;

    private readonly Dictionary<uint, float> _words = new(capacity / 8);
    private readonly Dictionary<uint, float> _sequences = new(capacity);
    private readonly List<uint> _ofToken = [];

    /// <summary>Occurrences of words and pairs, weighted by field.</summary>
    public IReadOnlyDictionary<uint, float> Words => _words;

    /// <summary>Occurrences of character sequences, weighted by field.</summary>
    public IReadOnlyDictionary<uint, float> Sequences => _sequences;

    /// <summary>Forgets all texts.</summary>
    public void Clear()
    {
        _words.Clear();
        _sequences.Clear();
    }

    /// <summary>Adds a text.</summary>
    /// <param name="text">Any text, also empty.</param>
    /// <param name="weight">What an occurrence counts; 1 for the body.</param>
    /// <param name="only">Words that are counted, by their feature, with the pairs they are part of; null: all.</param>
    public void Add(string text, float weight = 1, IReadOnlySet<uint>? only = null)
    {
        var before = 0u;
        foreach (var token in Tokens(text))
        {
            var folded = Fold(text.AsSpan(token.Start, token.Length));
            before = AddToken(folded, before, weight, only);
        }
    }

    /// <summary>Tokens of a text: runs of letters and digits.</summary>
    public static IEnumerable<(int Start, int Length)> Tokens(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var start = -1;
        for (var i = 0; i <= text.Length; i++)
        {
            var inside = i < text.Length && char.IsLetterOrDigit(text[i]);
            if (inside && start < 0)
                start = i;
            if (inside || start < 0)
                continue;
            yield return (start, i - start);
            start = -1;
        }
    }

    /// <summary>A word's own features: itself (0 when it does not count) and its sequences; valid until the next call.</summary>
    public (uint Word, IReadOnlyList<uint> Sequences) Of(ReadOnlySpan<char> token)
    {
        _ofToken.Clear();
        var folded = Fold(token);
        VisitSequences(folded, _ofToken, static (list, hash) => list.Add(hash));
        return (WordHash(folded), _ofToken);
    }

    /// <summary>The feature of two words in a row.</summary>
    public static uint PairHash(uint first, uint second) => unchecked(((first * 0x9E3779B1u) ^ second) * 0x85EBCA6Bu + 7);

    private uint AddToken(string folded, uint before, float weight, IReadOnlySet<uint>? only)
    {
        var word = WordHash(folded);
        if (word == 0)
            return before;
        var counts = only is null || only.Contains(word);
        if (before != 0 && (counts || only!.Contains(before)))
            Count(_words, PairHash(before, word), weight);
        if (!counts)
            return word;
        Count(_words, word, weight);
        VisitSequences(folded, (Target: _sequences, weight), static (to, hash) => Count(to.Target, hash, to.weight));
        return word;
    }

    private static void Count(Dictionary<uint, float> counts, uint feature, float weight) =>
        CollectionsMarshal.GetValueRefOrAddDefault(counts, feature, out _) += weight;

    private static uint WordHash(string folded) =>
        folded.Length < 2 || (folded.Length > 5 && char.IsAsciiDigit(folded[0])) ? 0 : Hash(0x57u, Stem(folded));

    private static void VisitSequences<T>(string folded, T state, Action<T, uint> visit)
    {
        if (folded.Length < 2 || char.IsAsciiDigit(folded[0]))
            return;
        Span<char> padded = stackalloc char[LongestWord + 2];
        var length = Math.Min(folded.Length, LongestWord);
        padded[0] = ' ';
        folded.AsSpan(0, length).CopyTo(padded[1..]);
        padded[length + 1] = ' ';
        for (var n = ShortestSequence; n <= LongestSequence; n++)
            for (var i = 0; i + n <= length + 2; i++)
                visit(state, Hash(0x43u, padded.Slice(i, n)));
    }

    private static uint Hash(uint seed, ReadOnlySpan<char> text)
    {
        var hash = 2166136261u ^ (seed * 0x9E3779B1u);
        foreach (var c in text)
            hash = unchecked((hash ^ c) * 16777619u);
        hash ^= hash >> 15;
        hash = unchecked(hash * 0x2C1B3C6Du);
        hash ^= hash >> 12;
        return hash == 0 ? 1 : hash;
    }

    /// <summary>Lower case; ä, ö, ü, ß as two letters, other accents dropped.</summary>
    private static string Fold(ReadOnlySpan<char> token)
    {
        Span<char> buffer = stackalloc char[LongestWord * 2];
        var length = 0;
        foreach (var raw in token[..Math.Min(token.Length, LongestWord)])
        {
            var c = char.ToLowerInvariant(raw);
            var pair = c switch { 'ä' => "ae", 'ö' => "oe", 'ü' => "ue", 'ß' => "ss", _ => "" };
            if (pair.Length > 0)
            {
                pair.CopyTo(buffer[length..]);
                length += 2;
            }
            else
            {
                buffer[length++] = c < 128 ? c : WithoutAccent(c);
            }
        }

        return new(buffer[..length]);
    }

    private static char WithoutAccent(char c)
    {
        if (char.IsSurrogate(c))
            return c;
        foreach (var part in c.ToString().Normalize(System.Text.NormalizationForm.FormD))
            if (CharUnicodeInfo.GetUnicodeCategory(part) != UnicodeCategory.NonSpacingMark)
                return part;
        return c;
    }

    /// <summary>Cuts the commonest German endings; nouns, verbs and adjectives of one word fall together well enough.</summary>
    private static ReadOnlySpan<char> Stem(string word)
    {
        ReadOnlySpan<string> endings = ["ern", "em", "en", "er", "es", "e", "s", "n"];
        foreach (var ending in endings)
            if (word.Length - ending.Length >= 4 && word.EndsWith(ending, StringComparison.Ordinal))
                return word.AsSpan(0, word.Length - ending.Length);
        return word;
    }
}
