using Postlotse.Letters;

namespace Postlotse.Responsibility.Knowledge;

/// <summary>
/// How strongly a letter speaks for each concern, and how well that holds: the shares are averaged over the letter without each of the
/// passages that speak loudest. What rests on one word alone becomes doubtful by it, what is said twice stays.
/// </summary>
/// <param name="Margins">Of the whole letter; see <see cref="ConcernModel.Score(TextFeatures, Span{float})"/>.</param>
/// <param name="Shares">Share of each concern in all evidence, 0–1.</param>
/// <param name="Nobody">Share of "nobody can tell".</param>
/// <param name="Loudest">Concern of the highest margin; -1 without any.</param>
/// <param name="Passages">What speaks for it.</param>
internal sealed record ConcernEvidence(
    float[] Margins, double[] Shares, double Nobody, int Loudest, IReadOnlyList<TextSpan> Passages)
{
    /// <summary>The whole letter against the letter without one passage.</summary>
    private const double WholeLetter = 3;

    /// <summary>Shorter words within a passage only join the others.</summary>
    private const int ShortestWord = 4;

    /// <summary>Reads a letter.</summary>
    public static ConcernEvidence Of(LetterContent letter, TextFeatures features, ConcernModel model, ConcernSpans spans)
    {
        var score = new BlockScores(model, features);
        var margins = score.Margins();
        var shares = new double[margins.Length];
        if (margins.Length == 0) return new(margins, shares, 1, -1, []);
        var loudest = Array.IndexOf(margins, margins.Max());
        var passages = spans.Find(letter, features, loudest);
        var nobody = 0d;
        var all = passages.Count == 0 ? 1 : WholeLetter + passages.Count;
        Add(margins, passages.Count == 0 ? 1 : WholeLetter / all);
        foreach (var passage in passages)
            Add(score.Margins(LetterFeatures.Of(letter, Words(letter, passage))), 1 / all);
        return new(margins, shares, nobody, loudest, passages);

        void Add(float[] of, double weight)
        {
            var odds = Array.ConvertAll(of, m => Math.Exp(VoiceWeights.Sharpness * m));
            var none = Math.Exp(VoiceWeights.Sharpness * VoiceWeights.Nobody);
            var whole = odds.Sum() + none;
            for (var c = 0; c < odds.Length; c++) shares[c] += weight * odds[c] / whole;
            nobody += weight * none / whole;
        }
    }

    private static HashSet<uint> Words(LetterContent letter, TextSpan passage)
    {
        var text = letter[passage.Field].Substring(passage.Start, passage.Length);
        var (reader, words) = (new TextFeatures(), new HashSet<uint>());
        foreach (var (start, length) in TextFeatures.Tokens(text))
            if (length >= ShortestWord && reader.Of(text.AsSpan(start, length)).Word is not 0 and var word) words.Add(word);
        return words;
    }

    /// <summary>Sums of a letter's words and sequences before they are divided by its length, so that a part can be taken away.</summary>
    private sealed class BlockScores(ConcernModel model, TextFeatures letter)
    {
        private readonly (float[] Sums, float Square) _words = Whole(model, letter.Words);
        private readonly (float[] Sums, float Square) _sequences = Whole(model, letter.Sequences);

        /// <summary>Margins of the letter, or of the letter without a part of it.</summary>
        public float[] Margins(TextFeatures? without = null)
        {
            var margins = model.Bias.ToArray();
            AddTo(margins, Rest(_words, letter.Words, without?.Words));
            AddTo(margins, Rest(_sequences, letter.Sequences, without?.Sequences));
            return margins;
        }

        private static (float[] Sums, float Square) Whole(ConcernModel model, IReadOnlyDictionary<uint, float> counts)
        {
            var (sums, square) = (new float[model.Concerns.Count], 0f);
            foreach (var (feature, count) in (Dictionary<uint, float>)counts)
                if (model.Features.IndexOf(feature) is >= 0 and var index)
                {
                    var value = ConcernModel.Damped(count) * model.Features.Rarity(index);
                    square += value * value;
                    model.Features.AddTo(sums, index, value);
                }

            return (sums, square);
        }

        private (float[] Sums, float Square) Rest(
            (float[] Sums, float Square) whole, IReadOnlyDictionary<uint, float> counts, IReadOnlyDictionary<uint, float>? without)
        {
            if (without is null) return whole;
            var (sums, square) = ((float[])whole.Sums.Clone(), whole.Square);
            foreach (var (feature, gone) in (Dictionary<uint, float>)without)
                if (model.Features.IndexOf(feature) is >= 0 and var index && counts.TryGetValue(feature, out var count))
                {
                    var (before, after) = (ConcernModel.Damped(count), count - gone > 1e-4f ? ConcernModel.Damped(count - gone) : 0);
                    var rarity = model.Features.Rarity(index);
                    square += (after * after - before * before) * rarity * rarity;
                    model.Features.AddTo(sums, index, (after - before) * rarity);
                }

            return (sums, square);
        }

        private static void AddTo(float[] margins, (float[] Sums, float Square) block)
        {
            if (block.Square <= 1e-6f) return;
            var norm = MathF.Sqrt(block.Square);
            for (var c = 0; c < margins.Length; c++) margins[c] += block.Sums[c] / norm;
        }
    }
}
