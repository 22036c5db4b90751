namespace Postlotse.Responsibility.Learning;

/// <summary>How much knowledge and learning count: weights on the logarithm of the evidence, on the learned score, and for "nobody can
/// tell".</summary>
internal sealed record Mixing(double Knowledge, double Learned, double Nobody)
{
    /// <summary>
    /// Before any letter was decided: chosen on further-letters.jsonl of the model city, whose writer did not know the knowledge, and on
    /// the even lines of its development letters. Checked on the odd lines.
    /// </summary>
    public static readonly Mixing Cold = new(1.4, 4, -0.4);

    /// <summary>Evidence lower than this below the strongest is no less.</summary>
    public const double Floor = -12;

    private const int MostRounds = 30;
    private static readonly double[] Spread = [0.25, 4, 0.5];

    /// <summary>Logits of the offices and, last, of "nobody can tell".</summary>
    public double[] Logits(ReadOnlySpan<double> known, ReadOnlySpan<float> learned)
    {
        var logits = new double[known.Length];
        for (var i = 0; i < logits.Length; i++)
            logits[i] = Knowledge * known[i] + (i < logits.Length - 1 ? Learned * learned[i] : Nobody);
        return logits;
    }

    /// <summary>Probabilities of offices and, last, of "nobody can tell".</summary>
    public double[] Probabilities(ReadOnlySpan<double> known, ReadOnlySpan<float> learned)
    {
        var logits = Logits(known, learned);
        var (highest, sum) = (logits.Max(), 0d);
        foreach (ref var logit in logits.AsSpan()) sum += logit = Math.Exp(logit - highest);
        foreach (ref var probability in logits.AsSpan()) probability /= sum;
        return logits;
    }

    /// <summary>Logarithms of evidence relative to the strongest, with the floor.</summary>
    public static double[] Relative(ReadOnlySpan<double> mass)
    {
        var known = new double[mass.Length];
        var highest = double.NegativeInfinity;
        for (var i = 0; i < known.Length; i++)
        {
            known[i] = mass[i] > 0 ? Math.Log(mass[i]) : double.NegativeInfinity;
            highest = Math.Max(highest, known[i]);
        }

        if (double.IsNegativeInfinity(highest)) return new double[mass.Length];
        foreach (ref var k in known.AsSpan()) k = Math.Max(k - highest, Floor);
        return known;
    }

    /// <summary>
    /// Most likely weights by decided letters that did not teach the score, near <see cref="Cold"/> when there are few (Newton's method on
    /// the penalised likelihood, which has one maximum).
    /// </summary>
    public static Mixing Fit(IReadOnlyList<MixingExample> examples)
    {
        double[] at = [Cold.Knowledge, Cold.Learned, Cold.Nobody];
        for (var round = 0; round < MostRounds; round++)
        {
            var (slope, bend) = Derivatives(examples, new(at[0], at[1], at[2]));
            for (var p = 0; p < 3; p++)
            {
                var cold = p switch { 0 => Cold.Knowledge, 1 => Cold.Learned, _ => Cold.Nobody };
                slope[p] -= (at[p] - cold) / (Spread[p] * Spread[p]);
                bend[p, p] += 1 / (Spread[p] * Spread[p]);
            }

            var step = Solve(bend, slope);
            var largest = 0d;
            for (var p = 0; p < 3; p++)
            {
                var bounded = Math.Clamp(step[p], -4 * Spread[p], 4 * Spread[p]);
                at[p] += bounded;
                largest = Math.Max(largest, Math.Abs(bounded) / Spread[p]);
            }

            if (largest < 1e-4) break;
        }

        return new(Math.Max(0, at[0]), Math.Max(0, at[1]), at[2]);
    }

    /// <summary>Slope of the logarithm of the likelihood, and its bend downwards.</summary>
    private static (double[] Slope, double[,] Bend) Derivatives(IReadOnlyList<MixingExample> examples, Mixing at)
    {
        var (slope, bend) = (new double[3], new double[3, 3]);
        var mean = new double[3];
        foreach (var example in examples)
        {
            var probabilities = at.Probabilities(example.Known, example.Learned);
            Array.Clear(mean);
            for (var u = 0; u < probabilities.Length; u++)
                for (var p = 0; p < 3; p++) mean[p] += probabilities[u] * example[u, p];
            for (var p = 0; p < 3; p++) slope[p] += example[example.Right, p] - mean[p];
            for (var u = 0; u < probabilities.Length; u++)
                for (var p = 0; p < 3; p++)
                    for (var q = 0; q < 3; q++)
                        bend[p, q] += probabilities[u] * (example[u, p] - mean[p]) * (example[u, q] - mean[q]);
        }

        return (slope, bend);
    }

    /// <summary>Solves three equations by Gauss's elimination; the matrix is positive definite.</summary>
    private static double[] Solve(double[,] matrix, double[] right)
    {
        for (var p = 0; p < 3; p++)
            for (var row = p + 1; row < 3; row++)
            {
                var factor = matrix[row, p] / matrix[p, p];
                for (var column = p; column < 3; column++) matrix[row, column] -= factor * matrix[p, column];
                right[row] -= factor * right[p];
            }

        for (var p = 2; p >= 0; p--)
        {
            for (var column = p + 1; column < 3; column++) right[p] -= matrix[p, column] * right[column];
            right[p] /= matrix[p, p];
        }

        return right;
    }
}

/// <summary>A decided letter for fitting.</summary>
/// <param name="Known">Relative logarithms of evidence of the offices and, last, of "nobody can tell".</param>
/// <param name="Learned">Learned scores of the offices by letters without this one.</param>
/// <param name="Right">Place of the right office; the last for "nobody can tell".</param>
internal sealed record MixingExample(double[] Known, float[] Learned, int Right)
{
    /// <summary>Feature of an office: evidence, learned score, being nobody.</summary>
    public double this[int office, int feature] => feature switch
    {
        0 => Known[office],
        1 => office < Known.Length - 1 ? Learned[office] : 0,
        _ => office < Known.Length - 1 ? 0 : 1,
    };
}
