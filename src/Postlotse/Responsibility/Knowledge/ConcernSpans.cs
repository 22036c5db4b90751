using Postlotse.Letters;

namespace Postlotse.Responsibility.Knowledge;

/// <summary>Finds the words that made the model think of a concern.</summary>
internal sealed class ConcernSpans(ConcernModel model)
{
    /// <summary>The strongest spans, in the order of the letter; empty when no word speaks for the concern.</summary>
    public IReadOnlyList<TextSpan> Find(LetterContent letter, TextFeatures counted, int concern)
    {
        double wordNorm = model.Norm(counted.Words), sequenceNorm = model.Norm(counted.Sequences);
        return TellingWords.Find(
            letter, word => Share(word, counted.Words, concern, wordNorm),
                sequence => Share(sequence, counted.Sequences, concern, sequenceNorm));
    }

    /// <summary>What one occurrence of a feature adds to the concern's score.</summary>
    private double Share(uint feature, IReadOnlyDictionary<uint, float> counts, int concern, double norm)
    {
        var index = feature == 0 ? -1 : model.Features.IndexOf(feature);
        if (index < 0 || norm == 0 || !counts.TryGetValue(feature, out var count))
            return 0;
        return model.Features.Weight(index, concern) * model.Features.Rarity(index) * ConcernModel.Damped(count) / count / norm;
    }
}

/// <summary>Finds the words of a letter that add most to a score: each word's share of it, neighbours joined.</summary>
internal static class TellingWords
{
    private const int MostSpans = 4;

    /// <summary>Words below this share of the strongest word are not shown.</summary>
    private const double LeastShare = 0.3;

    /// <summary>Longest gap, in UTF-16 units, that still joins two telling words.</summary>
    private const int Gap = 5;

    /// <summary>The strongest spans, in the order of the letter; empty when no word adds to the score.</summary>
    /// <param name="letter">The letter.</param>
    /// <param name="ofWord">What one occurrence of a word or pair adds.</param>
    /// <param name="ofSequence">What one occurrence of a character sequence adds.</param>
    public static IReadOnlyList<TextSpan> Find(LetterContent letter, Func<uint, double> ofWord, Func<uint, double> ofSequence)
    {
        var words = new List<(TextSpan Span, double Share)>();
        foreach (var (field, weight) in LetterFeatures.Fields)
            AddWords(LetterFeatures.Text(letter, field), field, weight, ofWord, ofSequence, words);
        if (words.Count == 0)
            return [];
        var least = words.Max(w => w.Share) * LeastShare;
        return [.. Joined(words.Where(w => w.Share >= least && w.Share > 0)).OrderByDescending(s => s.Share).Take(MostSpans)
            .Select(s => s.Span).OrderBy(s => s.Field).ThenBy(s => s.Start)];
    }

    private static void AddWords(
        string text, LetterField field, float weight, Func<uint, double> ofWord, Func<uint, double> ofSequence,
        List<(TextSpan Span, double Share)> words)
    {
        var reader = new TextFeatures();
        var (before, last) = (0u, -1);
        foreach (var (start, length) in TextFeatures.Tokens(text))
        {
            var (word, sequences) = reader.Of(text.AsSpan(start, length));
            var share = word == 0 ? 0 : ofWord(word);
            foreach (var sequence in sequences)
                share += ofSequence(sequence);
            if (word != 0 && before != 0)
            {
                var pair = ofWord(TextFeatures.PairHash(before, word)) / 2 * weight;
                share += pair;
                words[last] = words[last] with { Share = words[last].Share + pair };
            }

            words.Add((new(field, start, length), share * weight));
            if (word != 0)
                (before, last) = (word, words.Count - 1);
        }
    }

    private static IEnumerable<(TextSpan Span, double Share)> Joined(IEnumerable<(TextSpan Span, double Share)> words)
    {
        (TextSpan Span, double Share)? open = null;
        foreach (var (span, share) in words)
        {
            if (open is { } before && before.Span.Field == span.Field && span.Start - before.Span.Start - before.Span.Length <= Gap)
            {
                open = (before.Span with { Length = span.Start + span.Length - before.Span.Start }, before.Share + share);
                continue;
            }

            if (open is { } done)
                yield return done;
            open = (span, share);
        }

        if (open is { } rest)
            yield return rest;
    }
}
