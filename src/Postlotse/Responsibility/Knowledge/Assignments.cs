using Postlotse.Letters;

namespace Postlotse.Responsibility.Knowledge;

/// <summary>A unit or external authority that does a concern's work, and how likely that is, 0–1.</summary>
public sealed record Assignment(string Unit, double Weight);

/// <summary>
/// Proposes which unit of a concrete city each concern belongs to (Zuständigkeitsverteilung), from nothing but the units' names, tasks,
/// kinds and place in the tree: the model reads every task as if it were a letter, and the kind of office is compared with the names.
/// </summary>
public sealed class Assignments
{
    /// <summary>Share, relative to the likeliest unit, below which a unit is not named at all.</summary>
    private const double LeastShare = 0.03;

    private readonly IReadOnlyList<Assignment>[] _byConcern;
    private readonly double[] _certainty;

    private Assignments(IReadOnlyList<Assignment>[] byConcern, double[] certainty) =>
        (_byConcern, _certainty) = (byConcern, certainty);

    /// <summary>Units of a concern (place in <see cref="ConcernModel.Concerns"/>), likeliest first; empty when none fits.</summary>
    public IReadOnlyList<Assignment> Of(int concern) => _byConcern[concern];

    /// <summary>How well the best unit fits the concern in itself, about 0 (not at all) to 1 (by office and by task).</summary>
    public double Certainty(int concern) => _certainty[concern];

    /// <summary>Proposes the assignments of a city.</summary>
    public static Assignments Propose(ConcernModel model, Organisation organisation)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(organisation);
        var targets = AssignmentTarget.Of(organisation);
        if (targets.Count == 0)
            return new([.. model.Concerns.Select(_ => (IReadOnlyList<Assignment>)[])], new double[model.Concerns.Count]);
        var fit = Fits(model, targets);
        var shares = Shares(model, targets, fit);
        var result = new IReadOnlyList<Assignment>[model.Concerns.Count];
        var fits = new double[result.Length];
        for (var c = 0; c < result.Length; c++)
        {
            var least = shares[c].Max() * LeastShare;
            var best = Enumerable.Range(0, targets.Count).Where(t => shares[c][t] > least)
                .OrderByDescending(t => shares[c][t]).ThenBy(t => t).ToArray();
            var sum = best.Sum(t => shares[c][t]);
            result[c] = [.. best.Select(t => new Assignment(targets[t].Id, shares[c][t] / sum))];
            fits[c] = best.Length == 0 ? 0 : fit[c][best[0]];
        }

        return new(result, fits);
    }

    /// <summary>Fit of each concern (first index) with each target.</summary>
    private static double[][] Fits(ConcernModel model, IReadOnlyList<AssignmentTarget> targets)
    {
        var names = new OfficeNames(model, targets);
        var byOffice = model.Concerns.Select(c => c.Office).DistinctBy(o => o.Name, StringComparer.Ordinal)
            .ToDictionary(o => o.Name, names.Likeness, StringComparer.Ordinal);
        // The larger part of the time until the program answers.
        var byTask = targets.AsParallel().AsOrdered().Select(t => TaskScores(model, t)).ToArray();
        var instances = Instances(byOffice.Values.Select(l => l.ByKind), targets.Count);
        var fit = new double[model.Concerns.Count][];
        for (var c = 0; c < fit.Length; c++)
        {
            var (likeness, byKind) = byOffice[model.Concerns[c].Office.Name];
            fit[c] = new double[targets.Count];
            for (var t = 0; t < targets.Count; t++)
            {
                var strange = model.Concerns[c].External != targets[t].External ? AssignmentWeights.Strange : 0;
                var elsewhere = instances[t] && byKind[t] < AssignmentWeights.SameKind ? AssignmentWeights.Instance : 0;
                fit[c][t] = AssignmentWeights.Task * byTask[t][c] + AssignmentWeights.Office * likeness[t] - strange - elsewhere;
            }

            Level(fit[c], byKind);
        }

        return fit;
    }

    /// <summary>Single schools and the like: at least two units whose very kind is one kind of office.</summary>
    private static bool[] Instances(IEnumerable<double[]> kinds, int count)
    {
        var result = new bool[count];
        foreach (var byKind in kinds)
            if (byKind.Count(k => k >= AssignmentWeights.SameKind) > 1)
                for (var t = 0; t < count; t++)
                    result[t] |= byKind[t] >= AssignmentWeights.SameKind;
        return result;
    }

    /// <summary>Schools are schools: units whose very kind is the kind of office fit equally, whatever their names.</summary>
    private static void Level(double[] fit, double[] byKind)
    {
        var alike = Enumerable.Range(0, fit.Length).Where(t => byKind[t] >= AssignmentWeights.SameKind).ToArray();
        if (alike.Length < 2)
            return;
        var mean = alike.Average(t => fit[t]);
        foreach (var t in alike)
            fit[t] = mean;
    }

    /// <summary>How clearly some part of the unit's tasks or its name speaks of each concern, 0–1.</summary>
    private static double[] TaskScores(ConcernModel model, AssignmentTarget target)
    {
        var best = new double[model.Concerns.Count];
        foreach (var part in target.Parts)
        {
            var scores = model.Score(part);
            for (var c = 0; c < best.Length; c++)
                best[c] = Math.Max(best[c], Math.Clamp((scores[c] + 1) / 2, 0, 1));
        }

        return best;
    }

    /// <summary>
    /// Shares of the units in each concern: by its own fit and by the fit of all concerns of the same kind of office,
    /// for what one concern says vaguely its siblings together say clearly.
    /// </summary>
    private static double[][] Shares(ConcernModel model, IReadOnlyList<AssignmentTarget> targets, double[][] fit)
    {
        var byOffice = Enumerable.Range(0, fit.Length).GroupBy(c => model.Concerns[c].Office.Name, StringComparer.Ordinal)
            .ToDictionary(g => g.Key, MeanFit, StringComparer.Ordinal);
        var shares = new double[fit.Length][];
        for (var c = 0; c < fit.Length; c++)
        {
            var office = byOffice[model.Concerns[c].Office.Name];
            var mixed = fit[c].Select((own, t) => own + AssignmentWeights.Siblings * office[t]).ToArray();
            var highest = mixed.Max();
            var odds = mixed.Select(m => Math.Exp((m - highest) * AssignmentWeights.Sharpness)).ToArray();
            var sum = odds.Sum();
            var nobody = (fit[c].Max() + office.Max()) / 2 < AssignmentWeights.Floor;
            shares[c] = nobody ? new double[targets.Count] : [.. odds.Select(o => o / sum)];
        }

        return shares;

        double[] MeanFit(IEnumerable<int> concerns) =>
            [.. Enumerable.Range(0, targets.Count).Select(t => concerns.Average(c => fit[c][t]))];
    }
}

/// <summary>Weights of the evidence, found on the model city and checked on a second one of another structure.</summary>
internal static class AssignmentWeights
{
    /// <summary>A task of the unit speaks of the concern.</summary>
    public const double Task = 0.6;

    /// <summary>The unit's name is a name of the kind of office.</summary>
    public const double Office = 0.4;

    /// <summary>The unit does the other concerns of the same kind of office.</summary>
    public const double Siblings = 0.7;

    /// <summary>Against a concern of other authorities at a city's unit, and the other way round.</summary>
    public const double Strange = 0.25;

    /// <summary>Against a single school or the like for what its kind does not do: that is its administration's.</summary>
    public const double Instance = 0.2;

    /// <summary>Logarithm of the odds per unit of fit.</summary>
    public const double Sharpness = 14;

    /// <summary>Mean of own and siblings' fit below which nobody in this city does it.</summary>
    public const double Floor = 0.25;

    /// <summary>Likeness from which a unit's very kind is the kind of office.</summary>
    public const double SameKind = 0.8;
}
