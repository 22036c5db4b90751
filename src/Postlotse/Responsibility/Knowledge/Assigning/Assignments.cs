using Postlotse.Letters;

namespace Postlotse.Responsibility.Knowledge.Assigning;

/// <summary>
/// A unit or external authority that does a concern's work, and how likely that is, 0–1. What all units of a concern lack to 1 is the
/// chance that nobody here does it, or one that hardly fits.
/// </summary>
public sealed record Assignment(string Unit, double Weight);

/// <summary>
/// Proposes which unit of a concrete city each concern belongs to (Zuständigkeitsverteilung), from nothing but the units' names, tasks,
/// kinds and place in the tree: the model reads every task as if it were a letter, and the kind of office is compared with the names.
/// </summary>
public sealed class Assignments
{
    /// <summary>Share, relative to the likeliest unit, below which a unit is not named at all.</summary>
    private const double LeastShare = 0.03;

    /// <summary>Share of all units together below which nobody here does it.</summary>
    private const double LeastOfAll = 0.3;

    private readonly IReadOnlyList<Assignment>[] _byConcern;
    private readonly double[] _certainty;

    private Assignments(IReadOnlyList<Assignment>[] byConcern, double[] certainty, IReadOnlyList<IReadOnlyList<int>> instances) =>
        (_byConcern, _certainty, Instances) = (byConcern, certainty, instances);

    /// <summary>Places of the targets of which a city has many that do the same work (schools; day-care centres), those together.</summary>
    internal IReadOnlyList<IReadOnlyList<int>> Instances { get; }

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
            return new([.. model.Concerns.Select(_ => (IReadOnlyList<Assignment>)[])], new double[model.Concerns.Count], []);
        var fits = new AssignmentFits(model, targets);
        var result = new IReadOnlyList<Assignment>[model.Concerns.Count];
        var certainty = new double[result.Length];
        for (var c = 0; c < result.Length; c++)
        {
            var shares = fits.SharesOf(c);
            var least = shares.Max() * LeastShare;
            var best = Enumerable.Range(0, targets.Count).Where(t => shares[t] > least)
                .OrderByDescending(t => shares[t]).ThenBy(t => t).ToArray();
            if (shares.Sum() < LeastOfAll) best = [];
            result[c] = [.. best.Select(t => new Assignment(targets[t].Id, shares[t]))];
            certainty[c] = best.Length == 0 ? 0 : fits.Best(c, best[0]);
        }

        return new(result, certainty, fits.Instances);
    }
}

/// <summary>
/// Weights of the evidence, chosen by the assignments and letters of two large cities, a small town that leaves much to its district, and a
/// town between them.
/// </summary>
internal static class AssignmentWeights
{
    /// <summary>A task of the unit speaks of the concern.</summary>
    public const double Task = 0.6;

    /// <summary>The unit's name is a name of the kind of office.</summary>
    public const double Office = 0.3;

    /// <summary>The unit does the other concerns of the same kind of office.</summary>
    public const double Siblings = 0.5;

    /// <summary>Share of what tasks alone say, where they say it clearly.</summary>
    public const double TaskAlone = 0.1;

    /// <summary>How clearly a task speaks of a concern: from where it counts by itself, and from where in full.</summary>
    public const double FaintTask = 0.4, ClearTask = 0.6;

    /// <summary>Logarithm of the odds per unit of it.</summary>
    public const double TaskSharpness = 15;

    /// <summary>Odds of a kind of office that does the concern only in some cities.</summary>
    public const double OtherOffice = 0.01;

    /// <summary>Against a concern of other authorities at a city's unit.</summary>
    public const double Strange = 0.25;

    /// <summary>Against a city's concern at another authority: small towns leave much to their district.</summary>
    public const double Outside = 0.15;

    /// <summary>Against a single school or the like for what its kind does not do: that is its administration's.</summary>
    public const double Instance = 0.2;

    /// <summary>Logarithm of the odds per unit of fit.</summary>
    public const double Sharpness = 16;

    /// <summary>Fit, with that of the siblings, at which it is as likely that nobody here does it.</summary>
    public const double NobodyHere = 0.25;

    /// <summary>Logarithm of the odds against that per unit of fit; less sharp, for most tasks are somebody's.</summary>
    public const double NobodySharpness = 10;

    /// <summary>Likeness from which a unit's very kind is the kind of office.</summary>
    public const double SameKind = 0.8;
}
