using Postlotse.Letters;
using Postlotse.Responsibility.Knowledge.Voices;

namespace Postlotse.Responsibility.Knowledge;

/// <summary>
/// How strongly a letter speaks for each concern, and how well that holds: the shares are averaged over the letter without each of the
/// passages that speak loudest. What rests on one word alone becomes doubtful by it, what is said twice stays.
/// </summary>
/// <param name="Margins">Of the whole letter; see <see cref="ConcernModel.Score"/>.</param>
/// <param name="Shares">Share of each concern in all evidence, 0–1.</param>
/// <param name="Nobody">Share of "nobody can tell", with that of the vague concerns, whose own share is 0.</param>
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
        var score = new ConcernScores(model, features);
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
        for (var c = 0; c < shares.Length; c++)
        {
            if (!model.Concerns[c].Vague) continue;
            nobody += shares[c];
            shares[c] = 0;
        }

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
}
