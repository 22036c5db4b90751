namespace Postlotse.Responsibility.Learning;

/// <summary>Exact binomial probabilities.</summary>
internal static class Binomial
{
    /// <summary>Probability of at most <paramref name="most"/> hits in <paramref name="count"/> trials.</summary>
    public static double AtMost(int most, int count, double probability)
    {
        if (most >= count) return 1;
        if (probability <= 0) return 1;
        if (probability >= 1) return 0;
        var (log, hit, miss) = (count * Math.Log(1 - probability), Math.Log(probability), Math.Log(1 - probability));
        var sum = 0d;
        for (var k = 0; k <= most; k++)
        {
            sum += Math.Exp(log);
            log += Math.Log((count - k) / (k + 1d)) + hit - miss;
        }

        return Math.Min(1, sum);
    }

    /// <summary>
    /// Upper bound of a rate that holds with probability 1 − <paramref name="risk"/> (Clopper and Pearson, "The Use of Confidence or
    /// Fiducial
    /// Limits Illustrated in the Case of the Binomial", Biometrika 26, 1934).
    /// </summary>
    public static double UpperBound(int hits, int count, double risk)
    {
        if (count == 0 || hits >= count) return 1;
        var (low, high) = ((double)hits / count, 1d);
        for (var i = 0; i < 50; i++)
        {
            var middle = (low + high) / 2;
            if (AtMost(hits, count, middle) > risk) low = middle;
            else high = middle;
        }

        return high;
    }
}
