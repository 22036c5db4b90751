using Postlotse.Letters;

namespace Postlotse.Responsibility;

/// <summary>A letter with known office and what was decided; null when nothing was.</summary>
public sealed record EvaluatedLetter(LabelledLetter Letter, Decision? Decision);

/// <summary>Figures of a decider over letters with known office; names and order are those of the contract.</summary>
/// <param name="Letters">Letters that have an office.</param>
/// <param name="Top1">Share of letters whose first proposal is right.</param>
/// <param name="Top3">Share of letters with a right one among the first three proposals.</param>
/// <param name="Coverage">Share of letters delivered without a person.</param>
/// <param name="Misroute">Share of those that went to a wrong office.</param>
/// <param name="CoverageAt1Percent">See <see cref="Evaluation.CoverageAt"/>.</param>
/// <param name="Ece">Expected calibration error of the first proposal's probability, 15 equal-mass bins.</param>
/// <param name="ReviewRecall">Share of letters that nobody can tell the office of and that a person got to see; null without such.</param>
/// <param name="MillisecondsP50">Median time of a decision.</param>
/// <param name="MillisecondsP99">99th percentile of the time of a decision.</param>
public sealed record Figures(
    int Letters, double Top1, double Top3, double Coverage, double Misroute, double CoverageAt1Percent, double Ece, double? ReviewRecall,
    double MillisecondsP50, double MillisecondsP99);

/// <summary>Measures a decider. Pure; the order of the letters does not matter.</summary>
public static class Evaluation
{
    private const int Bins = 15;
    private const int Folds = 5;

    /// <summary>Share of the allowed error that a threshold is chosen for, tried in this order.</summary>
    private static readonly double[] Strictness = [1, 0.75, 0.5, 0.25, 0];

    /// <summary>
    /// The figures. Letters whose office the file does not say (null) are left out; a letter without decision counts as not found.
    /// </summary>
    public static Figures Measure(IEnumerable<EvaluatedLetter> letters)
    {
        ArgumentNullException.ThrowIfNull(letters);
        var all = letters.ToList();
        var known = all.Where(l => l.Letter.Unit is { Length: > 0 }).ToList();
        var nobody = all.Where(l => l.Letter.Unit is { Length: 0 }).ToList();
        var auto = known.Where(l => l.Decision is { Outcome: Outcome.Auto }).ToList();
        var scored = Score(known);
        var times = known.Select(l => l.Decision).OfType<Decision>().Select(d => d.Milliseconds).Order().ToList();
        return new(
            known.Count, Share(known, l => IsAmong(l, 1)), Share(known, l => IsAmong(l, 3)),
            (double)auto.Count / Math.Max(1, known.Count), Share(auto, l => !l.Letter.Accepts(l.Decision!.Unit)),
            CoverageAt(scored, known.Count, 0.01), CalibrationError(scored),
            nobody.Count == 0 ? null : Share(nobody, l => l.Decision is { } d && d.Outcome != Outcome.Auto),
            Quantile(times, 0.5), Quantile(times, 0.99));
    }

    /// <summary>
    /// Largest share of letters that could be delivered automatically with at most <paramref name="allowed"/> wrong. Each fifth of the
    /// letters gets its threshold from the other four. Where the letters then delivered still show more errors than allowed, the choice
    /// is repeated for a smaller error, down to none; 0 when even that does not hold.
    /// </summary>
    private static double CoverageAt(IReadOnlyList<Scored> letters, int count, double allowed)
    {
        foreach (var strictness in Strictness)
        {
            var (delivered, wrong) = (0, 0);
            for (var fold = 0; fold < Folds; fold++)
            {
                var threshold = Threshold(letters.Where((_, i) => i % Folds != fold), allowed * strictness);
                var taken = letters.Where((l, i) => i % Folds == fold && l.Probability >= threshold).ToList();
                delivered += taken.Count;
                wrong += taken.Count(l => !l.Right);
            }

            if (wrong <= allowed * delivered) return (double)delivered / Math.Max(1, count);
        }

        return 0;
    }

    /// <summary>Lowest probability down to which at most the allowed share is wrong; equal probabilities stay together.</summary>
    private static double Threshold(IEnumerable<Scored> falling, double allowed)
    {
        var (threshold, count, wrong) = (double.PositiveInfinity, 0, 0);
        foreach (var equal in falling.GroupBy(l => l.Probability))
        {
            count += equal.Count();
            wrong += equal.Count(l => !l.Right);
            if (wrong <= allowed * count) threshold = equal.Key;
        }

        return threshold;
    }

    private static double CalibrationError(IReadOnlyList<Scored> letters)
    {
        var error = 0d;
        for (var bin = 0; bin < Bins; bin++)
        {
            var (from, to) = (bin * letters.Count / Bins, (bin + 1) * letters.Count / Bins);
            if (from == to) continue;
            var inside = letters.Skip(from).Take(to - from).ToList();
            error += Math.Abs(inside.Sum(l => l.Probability) - inside.Count(l => l.Right)) / letters.Count;
        }

        return error;
    }

    /// <summary>First proposals with their probability, falling; ties by id, so that the order of the file does not matter.</summary>
    private static List<Scored> Score(IEnumerable<EvaluatedLetter> letters) =>
        [.. letters.Where(l => l.Decision is not null)
            .Select(l => new Scored(l.Letter.Content.Id, l.Decision!.Ranking is [var first, ..] ? first.Probability : 0, IsAmong(l, 1)))
            .OrderByDescending(l => l.Probability).ThenBy(l => l.Id, StringComparer.Ordinal)];

    private static bool IsAmong(EvaluatedLetter letter, int first) =>
        letter.Decision is { } decision && decision.Ranking.Take(first).Any(r => letter.Letter.Accepts(r.Unit));

    private static double Share<T>(List<T> of, Func<T, bool> which) => (double)of.Count(which) / Math.Max(1, of.Count);

    private static double Quantile(List<double> rising, double share) =>
        rising.Count == 0 ? 0 : rising[Math.Min(rising.Count - 1, (int)(rising.Count * share))];

    private sealed record Scored(string Id, double Probability, bool Right);
}
