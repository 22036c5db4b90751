namespace Postlotse.Responsibility.Knowledge.Assigning;

/// <summary>
/// How well each unit of a city fits each concern: by its tasks, by the likeness of its name to the kinds of office that do the concern in
/// German cities, and by the other concerns of the same kind.
/// </summary>
internal sealed class AssignmentFits
{
    private readonly ConcernModel _model;
    private readonly IReadOnlyList<AssignmentTarget> _targets;
    private readonly double[][] _byTask;
    private readonly bool[] _instances;
    private readonly Dictionary<string, Kind> _kinds;

    /// <summary>Fit of each concern with each target by its usual kind of office; null for vague concerns.</summary>
    private readonly double[]?[] _usual;

    public AssignmentFits(ConcernModel model, IReadOnlyList<AssignmentTarget> targets)
    {
        (_model, _targets) = (model, targets);
        var names = new OfficeNames(model, targets);
        var byOffice = Enumerable.Range(0, model.Concerns.Count).Where(c => !model.Concerns[c].Vague)
            .GroupBy(c => model.Concerns[c].Office.Name, StringComparer.Ordinal).ToArray();
        _kinds = byOffice.ToDictionary(o => o.Key, o => KindOf(model.Concerns[o.First()]), StringComparer.Ordinal);
        // The larger part of the time until the program answers.
        _byTask = [.. targets.AsParallel().AsOrdered().Select(TaskScores)];
        _instances = FindInstances();
        _usual = new double[model.Concerns.Count][];
        foreach (var office in byOffice)
        {
            var kind = _kinds[office.Key];
            var fits = office.Select(c => _usual[c] = Fit(c, kind)).ToArray();
            kind.Siblings = [.. Enumerable.Range(0, targets.Count).Select(t => fits.Average(f => f[t]))];
        }

        Kind KindOf(ConcernEntry concern) => new(names.Likeness(concern.Office), concern.External);
    }

    /// <summary>Places of the single schools and the like, those of one kind together: at least two units whose very kind is one kind of
    /// office.</summary>
    public IReadOnlyList<IReadOnlyList<int>> Instances =>
        [.. _kinds.Values.Select(InstancesOf).Where(i => i.Length > 1).OrderBy(i => i[0])];

    /// <summary>How well a target fits a concern by the kind of office that suits it best, about 0–1.</summary>
    public double Best(int concern, int target) => KindsOf(concern).Max(k => k.Fit[target]);

    /// <summary>
    /// Shares of the targets in a concern: by its own fit and by the fit of all concerns of the same kind of office, for what one concern
    /// says vaguely its siblings together say clearly; a little by what tasks alone say, for cities give work to offices of any kind. What
    /// is missing to 1 is the share of "nobody here does it".
    /// </summary>
    public double[] SharesOf(int concern)
    {
        var shares = new double[_targets.Count];
        var own = KindsOf(concern).ToArray();
        if (own.Length == 0) return shares;
        var highest = own.Max(k => Enumerable.Range(0, shares.Length).Max(t => Mixed(k.Fit, k.Kind, t)));
        foreach (var (kind, fit, odds) in own)
            for (var t = 0; t < shares.Length; t++)
                shares[t] += odds * Math.Exp((Mixed(fit, kind, t) - highest) * AssignmentWeights.Sharpness);
        var somebody = 1 / (1 + Math.Exp((AssignmentWeights.NobodyHere - highest) * AssignmentWeights.NobodySharpness));
        var sum = shares.Sum();
        for (var t = 0; t < shares.Length; t++)
            shares[t] *= somebody / sum;
        return _instances[Array.IndexOf(shares, shares.Max())] ? shares : WithTasksAlone(shares, concern);
    }

    /// <summary>A unit whose tasks speak clearly of a concern may do it, whatever kind of office it is. Single schools tell of themselves
    /// only.</summary>
    private double[] WithTasksAlone(double[] shares, int concern)
    {
        var clearest = Enumerable.Range(0, shares.Length).Max(ByTask);
        var odds = Enumerable.Range(0, shares.Length).Select(t => Math.Exp((ByTask(t) - clearest) * AssignmentWeights.TaskSharpness))
            .ToArray();
        var part = AssignmentWeights.TaskAlone
            * Math.Clamp((clearest - AssignmentWeights.FaintTask) / (AssignmentWeights.ClearTask - AssignmentWeights.FaintTask), 0, 1);
        var sum = odds.Sum();
        return [.. shares.Select((s, t) => (1 - part) * s + part * odds[t] / sum)];

        double ByTask(int t) => _instances[t] ? 0 : _byTask[t][concern];
    }

    private static double Mixed(double[] fit, Kind kind, int target) => fit[target] + AssignmentWeights.Siblings * kind.Siblings[target];

    /// <summary>The kinds of office that do a concern, the usual one first; none for a vague concern.</summary>
    private IEnumerable<(Kind Kind, double[] Fit, double Odds)> KindsOf(int concern)
    {
        var entry = _model.Concerns[concern];
        if (_usual[concern] is not { } usual) yield break;
        yield return (_kinds[entry.Office.Name], usual, 1);
        foreach (var office in entry.OtherOffices)
            if (_kinds.TryGetValue(office, out var kind)) yield return (kind, Fit(concern, kind), AssignmentWeights.OtherOffice);
    }

    /// <summary>Fit of a concern with each target, were it done by that kind of office.</summary>
    private double[] Fit(int concern, Kind kind)
    {
        var fit = new double[_targets.Count];
        for (var t = 0; t < fit.Length; t++)
        {
            var strange = kind.External == _targets[t].External ? 0
                : kind.External ? AssignmentWeights.Strange : AssignmentWeights.Outside;
            var elsewhere = _instances[t] && kind.ByKind[t] < AssignmentWeights.SameKind ? AssignmentWeights.Instance : 0;
            fit[t] = AssignmentWeights.Task * _byTask[t][concern] + AssignmentWeights.Office * kind.Likeness[t] - strange - elsewhere;
        }

        Level(fit, kind.ByKind);
        return fit;
    }

    private bool[] FindInstances()
    {
        var result = new bool[_targets.Count];
        foreach (var t in Instances.SelectMany(i => i))
            result[t] = true;
        return result;
    }

    private static int[] InstancesOf(Kind kind) =>
        [.. Enumerable.Range(0, kind.ByKind.Length).Where(t => kind.ByKind[t] >= AssignmentWeights.SameKind)];

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
    private double[] TaskScores(AssignmentTarget target)
    {
        var best = new double[_model.Concerns.Count];
        foreach (var part in target.Parts)
        {
            var scores = _model.Score(part);
            for (var c = 0; c < best.Length; c++)
                best[c] = Math.Max(best[c], Math.Clamp((scores[c] + 1) / 2, 0, 1));
        }

        return best;
    }

    /// <summary>A kind of office in this city.</summary>
    private sealed class Kind((double[] Best, double[] ByKind) likeness, bool external)
    {
        /// <summary>Likeness with each target, 0–1, and with the target's kind alone.</summary>
        public double[] Likeness { get; } = likeness.Best;

        public double[] ByKind { get; } = likeness.ByKind;

        public bool External { get; } = external;

        /// <summary>Mean fit of the concerns that this kind of office usually does with each target.</summary>
        public double[] Siblings { get; set; } = [];
    }
}
