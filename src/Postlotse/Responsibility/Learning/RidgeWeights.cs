using System.Numerics;
using System.Runtime.InteropServices;

namespace Postlotse.Responsibility.Learning;

/// <summary>
/// Weights of each feature for each office: ridge regression on "is it this office" for all offices at once, solved in its dual by
/// coordinate
/// descent (Saunders et al., "Ridge Regression Learning Algorithm in Dual Variables", ICML 1998; as accurate as support vector machines:
/// Rifkin and Klautau, JMLR 5, 2004). The weights are the sum of each letter's vector times its own coefficients, so that a letter's
/// part is known.
/// The same letters in the same order give the same bits. Immutable once trained.
/// </summary>
internal sealed class RidgeWeights
{
    /// <summary>How strongly weights are held at zero.</summary>
    public const float Ridge = 0.5f;

    private const int MostRounds = 16;
    private const float Tolerance = 1e-2f;

    /// <summary>Most numbers in the table; from there on several places share a row.</summary>
    private const int MostWeights = 1 << 24;

    private readonly float[] _weights;
    private readonly int _stride;
    private readonly int _shift;

    private RidgeWeights(int offices)
    {
        Offices = offices;
        _stride = (offices + 15) / 16 * 16;
        while (((long)_stride << (LearnedLetter.PlaceBits - _shift)) > MostWeights && _shift < 6) _shift++;
        _weights = new float[((Rarities.ConstantPlace >> _shift) + 1) * _stride];
    }

    public int Offices { get; }

    /// <summary>Learns.</summary>
    /// <param name="vectors">The letters.</param>
    /// <param name="office">Place of each letter's office.</param>
    /// <param name="offices">Number of offices.</param>
    /// <param name="left">Letters that are left out (to be decided by the rest); null for none.</param>
    /// <returns>The weights and each letter's own coefficients.</returns>
    public static (RidgeWeights Weights, float[][] Coefficients) Train(
        IReadOnlyList<LetterVector> vectors, IReadOnlyList<int> office, int offices, Func<int, bool>? left = null)
    {
        var weights = new RidgeWeights(offices);
        var own = new float[vectors.Count][];
        var learned = Enumerable.Range(0, vectors.Count).Where(i => left is null || !left(i)).ToArray();
        var change = new float[weights._stride];
        for (var round = 0; round < MostRounds; round++)
        {
            var largest = 0f;
            foreach (var i in learned)
            {
                own[i] ??= new float[weights._stride];
                Array.Clear(change);
                weights.AddScores(vectors[i], change);
                for (var u = 0; u < change.Length; u++)
                {
                    change[u] = ((u == office[i] ? 1 : 0) - change[u] - Ridge * own[i][u]) / (vectors[i].SquaredLength + Ridge);
                    own[i][u] += change[u];
                    largest = Math.Max(largest, Math.Abs(change[u]));
                }

                weights.Add(vectors[i], change);
            }

            if (largest < Tolerance) break;
        }

        return (weights, own);
    }

    /// <summary>The weights again from the letters' own coefficients.</summary>
    public static RidgeWeights Restore(IReadOnlyList<LetterVector> vectors, IReadOnlyList<float[]> coefficients, int offices)
    {
        var weights = new RidgeWeights(offices);
        for (var i = 0; i < vectors.Count; i++)
        {
            var own = new float[weights._stride];
            coefficients[i].AsSpan(0, offices).CopyTo(own);
            weights.Add(vectors[i], own);
        }

        return weights;
    }

    /// <summary>About 1 for the letter's office, about 0 for the others.</summary>
    public float[] Score(LetterVector letter)
    {
        var scores = new float[_stride];
        AddScores(letter, scores);
        return scores;
    }

    public float Weight(int place, int office) => _weights[(place >> _shift) * _stride + office];

    private void AddScores(LetterVector letter, Span<float> scores)
    {
        var sums = MemoryMarshal.Cast<float, Vector<float>>(scores);
        for (var i = 0; i < letter.Places.Length; i++)
        {
            var row = MemoryMarshal.Cast<float, Vector<float>>(_weights.AsSpan((letter.Places[i] >> _shift) * _stride, _stride));
            var value = new Vector<float>(letter.Values[i]);
            for (var v = 0; v < row.Length; v++) sums[v] += value * row[v];
        }
    }

    private void Add(LetterVector letter, ReadOnlySpan<float> change)
    {
        var changes = MemoryMarshal.Cast<float, Vector<float>>(change);
        for (var i = 0; i < letter.Places.Length; i++)
        {
            var row = MemoryMarshal.Cast<float, Vector<float>>(_weights.AsSpan((letter.Places[i] >> _shift) * _stride, _stride));
            var value = new Vector<float>(letter.Values[i]);
            for (var v = 0; v < row.Length; v++) row[v] += value * changes[v];
        }
    }
}
