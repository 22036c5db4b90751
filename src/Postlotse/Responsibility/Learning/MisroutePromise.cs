namespace Postlotse.Responsibility.Learning;

/// <summary>
/// The promise (Zusage): of the letters delivered without a person, at most the share that the organiser set goes to a wrong office. The
/// threshold is chosen on held-out decisions by learn-then-test with exact binomial tests in a fixed order (Angelopoulos, Bates, Candès,
/// Jordan and Lei, "Learn then Test: Calibrating Predictive Algorithms to Achieve Risk Control", 2021, arXiv:2110.01052), so it holds
/// with the stated confidence whatever the distribution of the letters, as long as future letters are like the decided ones.
/// </summary>
/// <param name="Rate">Highest share of misrouted letters that the organiser allows, 0–1.</param>
/// <param name="Confidence">Probability with which the promise holds, 0–1.</param>
/// <param name="Threshold">Probability from which letters are delivered; null: no promise yet, too few decided letters or too many
/// errors.</param>
/// <param name="Letters">Held-out decisions it rests on.</param>
/// <param name="Needed">Sure letters without any error that it takes at least.</param>
/// <param name="Curve">Falling thresholds, for a screen.</param>
/// <param name="Units">Offices with enough letters for a threshold of their own.</param>
public sealed record MisroutePromise(
    double Rate, double Confidence, double? Threshold, int Letters, int Needed, IReadOnlyList<PromisePoint> Curve,
    IReadOnlyList<UnitPromise> Units)
{
    /// <summary>Fixed before any letter is seen, as the test demands.</summary>
    private static readonly double[] Thresholds =
        [0.9995, 0.999, 0.998, 0.997, 0.995, 0.99, 0.985, 0.98, 0.97, 0.96, 0.95, 0.93, 0.91, 0.88, 0.85, 0.8, 0.75, 0.7, 0.6, 0.5, 0.4];

    /// <summary>Chooses the thresholds.</summary>
    /// <param name="decisions">Decisions by models that had not learned the letter.</param>
    /// <param name="rate">See <see cref="Rate"/>; above 0, below 1.</param>
    /// <param name="confidence">See <see cref="Confidence"/>; above 0, below 1.</param>
    internal static MisroutePromise Of(IReadOnlyList<HeldOutDecision> decisions, double rate = 0.01, double confidence = 0.9)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(rate);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(rate, 1);
        var risk = 1 - confidence;
        var needed = (int)Math.Ceiling(Math.Log(risk) / Math.Log(1 - rate));
        var threshold = Lowest(decisions, rate, risk, needed);
        // An office may only become stricter by its own letters: for the others the common threshold holds.
        var units = decisions.GroupBy(d => d.Proposed, StringComparer.Ordinal).Where(g => g.Count(d => !d.Doubtful) >= needed)
            .Select(g => new UnitPromise(g.Key, g.Count(d => !d.Doubtful),
            Math.Max(threshold ?? 0, Lowest([.. g], rate, risk, needed) ?? 1)))
            .OrderBy(u => u.Unit, StringComparer.Ordinal).ToList();
        return new(
            rate, confidence, threshold, decisions.Count, needed, [.. Thresholds.Select(t => PromisePoint.Of(decisions, t, risk))],
            threshold is null ? [] : units);
    }

    /// <summary>What the threshold would have meant for the letters it rests on; null: no promise yet.</summary>
    public PromisePoint? Chosen => Curve.FirstOrDefault(p => p.Threshold.Equals(Threshold));

    /// <summary>Probability from which letters go to an office without a person; null: no promise yet.</summary>
    public double? ThresholdOf(string unit) => Threshold is not { } threshold ? null
        : Units.FirstOrDefault(u => string.Equals(u.Unit, unit, StringComparison.Ordinal))?.Threshold ?? threshold;

    /// <summary>Lowest threshold down to which every test succeeds; begins where there are enough letters, which the errors cannot
    /// sway.</summary>
    private static double? Lowest(IReadOnlyList<HeldOutDecision> decisions, double rate, double risk, int needed)
    {
        double? lowest = null;
        foreach (var threshold in Thresholds)
        {
            var point = PromisePoint.Of(decisions, threshold, risk);
            if (point.Delivered < needed) continue;
            if (Binomial.AtMost(point.Wrong, point.Delivered, rate) > risk) break;
            lowest = threshold;
        }

        return lowest;
    }
}

/// <summary>What a threshold would have meant for the held-out letters.</summary>
/// <param name="Threshold">Probability from which letters are delivered.</param>
/// <param name="Coverage">Share of letters delivered without a person.</param>
/// <param name="Delivered">Their number.</param>
/// <param name="Wrong">How many of them went wrong.</param>
/// <param name="UpperBound">The misroute rate is below this with the promise's confidence.</param>
public sealed record PromisePoint(double Threshold, double Coverage, int Delivered, int Wrong, double UpperBound)
{
    internal static PromisePoint Of(IReadOnlyList<HeldOutDecision> decisions, double threshold, double risk)
    {
        var (delivered, wrong) = (0, 0);
        foreach (var decision in decisions)
        {
            if (decision.Doubtful || decision.Probability < threshold) continue;
            delivered++;
            if (!decision.Right) wrong++;
        }

        return new(threshold, (double)delivered / Math.Max(1, decisions.Count),
            delivered, wrong, Binomial.UpperBound(wrong, delivered, risk));
    }
}

/// <summary>Threshold of one office by its own letters.</summary>
public sealed record UnitPromise(string Unit, int Letters, double Threshold);
