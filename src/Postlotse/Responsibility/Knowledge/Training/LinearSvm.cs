namespace Postlotse.Responsibility.Knowledge.Training;

/// <summary>Sparse rows; the last column of every row is a constant 1 that learns the bias.</summary>
internal sealed record SparseRows(int[] Start, int[] Columns, float[] Values, int ColumnCount)
{
    public int Count => Start.Length - 1;
}

/// <summary>
/// Two-class linear support vector machine with squared hinge loss, solved in the dual by coordinate descent with shrinking
/// (Hsieh et al., "A Dual Coordinate Descent Method for Large-scale Linear SVM", ICML 2008). Deterministic for a given seed.
/// </summary>
internal sealed class LinearSvm
{
    private const int MostRounds = 30;
    private const double Tolerance = 0.3;

    private readonly SparseRows _rows;
    private readonly float[] _weights;
    private readonly double[] _alpha;
    private readonly int[] _order;
    private readonly double[] _norms;

    public LinearSvm(SparseRows rows, double[] squaredNorms)
    {
        _rows = rows;
        _norms = squaredNorms;
        _weights = new float[rows.ColumnCount];
        _alpha = new double[rows.Count];
        _order = new int[rows.Count];
    }

    public static double[] SquaredNorms(SparseRows rows)
    {
        var result = new double[rows.Count];
        for (var i = 0; i < result.Length; i++)
            for (var j = rows.Start[i]; j < rows.Start[i + 1]; j++)
                result[i] += rows.Values[j] * rows.Values[j];
        return result;
    }

    /// <summary>Learns one class against the others.</summary>
    /// <param name="positive">Which rows belong to the class.</param>
    /// <param name="costs">Cost of an error at each row; 0 leaves the row out.</param>
    /// <param name="seed">Of the order of visits.</param>
    /// <returns>Weights by column; valid until the next call.</returns>
    public ReadOnlySpan<float> Train(ReadOnlySpan<bool> positive, ReadOnlySpan<float> costs, uint seed)
    {
        Array.Clear(_weights);
        Array.Clear(_alpha);
        var all = 0;
        for (var i = 0; i < _rows.Count; i++)
            if (costs[i] > 0)
                _order[all++] = i;
        var active = all;
        var random = seed * 2654435761u + 1;
        double highest = double.PositiveInfinity, lowest = double.NegativeInfinity;
        var rechecked = false;
        for (var round = 0; round < MostRounds; round++)
        {
            Shuffle(active, ref random);
            double newHighest = double.NegativeInfinity, newLowest = double.PositiveInfinity;
            for (var s = 0; s < active; s++)
            {
                var i = _order[s];
                var gradient = Gradient(i, positive[i], costs[i]);
                var projected = gradient;
                if (_alpha[i] == 0)
                {
                    if (gradient > highest)
                    {
                        (_order[s], _order[active - 1]) = (_order[active - 1], _order[s]);
                        active--;
                        s--;
                        continue;
                    }

                    projected = Math.Min(gradient, 0);
                }

                newHighest = Math.Max(newHighest, projected);
                newLowest = Math.Min(newLowest, projected);
                if (Math.Abs(projected) > 1e-12)
                    Step(i, positive[i], costs[i], gradient);
            }

            if (newHighest - newLowest <= Tolerance)
            {
                if (active == all || rechecked)
                    break;
                rechecked = true;
                (active, highest, lowest) = (all, double.PositiveInfinity, double.NegativeInfinity);
                continue;
            }

            highest = newHighest <= 0 ? double.PositiveInfinity : newHighest;
            lowest = newLowest >= 0 ? double.NegativeInfinity : newLowest;
        }

        _ = lowest;
        return _weights;
    }

    private double Gradient(int i, bool positive, float cost)
    {
        double product = 0;
        for (var j = _rows.Start[i]; j < _rows.Start[i + 1]; j++)
            product += _weights[_rows.Columns[j]] * _rows.Values[j];
        return (positive ? product : -product) - 1 + _alpha[i] / (2 * cost);
    }

    private void Step(int i, bool positive, float cost, double gradient)
    {
        var before = _alpha[i];
        _alpha[i] = Math.Max(before - gradient / (_norms[i] + 1 / (2 * cost)), 0);
        var change = (float)((_alpha[i] - before) * (positive ? 1 : -1));
        for (var j = _rows.Start[i]; j < _rows.Start[i + 1]; j++)
            _weights[_rows.Columns[j]] += change * _rows.Values[j];
    }

    private void Shuffle(int count, ref uint random)
    {
        for (var i = count - 1; i > 0; i--)
        {
            random ^= random << 13;
            random ^= random >> 17;
            random ^= random << 5;
            var other = (int)(random % (uint)(i + 1));
            (_order[i], _order[other]) = (_order[other], _order[i]);
        }
    }
}
