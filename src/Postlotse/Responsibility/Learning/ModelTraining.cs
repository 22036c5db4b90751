using Postlotse.Responsibility.Knowledge;
using Postlotse.Responsibility.Knowledge.Assigning;

namespace Postlotse.Responsibility.Learning;

/// <summary>What training needs to know of a city.</summary>
/// <param name="Offices">Ids of all targets.</param>
/// <param name="Proposed">Proposed assignments of a concern.</param>
/// <param name="Discreet">Offices whose mail is confidential or sealed.</param>
internal sealed record LearningBasis(
    IReadOnlyList<string> Offices, Func<string, IReadOnlyList<Assignment>> Proposed, IReadOnlySet<string> Discreet)
{
    /// <summary>Place of each office by its id.</summary>
    public IReadOnlyDictionary<string, int> Place { get; } =
        Offices.Select((o, i) => (o, i)).ToDictionary(o => o.o, o => o.i, StringComparer.Ordinal);
}

/// <summary>
/// Trains from confirmed letters: weights, how much they count beside the knowledge, and held-out decisions, in which each letter is
/// decided
/// by a model that knows nothing of it. The result depends on nothing but the letters: what was forgotten has never been there.
/// </summary>
internal static class ModelTraining
{
    private const int FewLetters = 500;
    private const int ManyFolds = 10;
    private const int Folds = 5;

    /// <summary>Letters of one office that are learned, the newest; a rare office keeps all of its own.</summary>
    public const int MostOfOffice = 500;

    public static LearnedModel Train(IEnumerable<LearnedLetter> all, LearningBasis basis, CancellationToken cancellationToken = default)
    {
        var place = basis.Place;
        // By key, which says nothing of the letter: the result must not depend on the order of arrival.
        var letters = all.Where(l => l.Unit.Length == 0 || place.ContainsKey(l.Unit)).OrderBy(l => l.Key).ToList();
        var units = letters.Select(l => l.Unit).Where(u => u.Length > 0).Distinct(StringComparer.Ordinal)
            .Order(StringComparer.Ordinal).ToList();
        var column = units.Select((u, i) => (u, i)).ToDictionary(u => u.u, u => u.i, StringComparer.Ordinal);
        var rarities = Rarities.Of(letters);
        var vectors = letters.ConvertAll(rarities.Vector);
        var labels = letters.ConvertAll(l => column.GetValueOrDefault(l.Unit, -1));
        var folds = letters.Count < FewLetters ? ManyFolds : Folds;
        var fold = letters.ConvertAll(l => (int)(uint)(l.Key % (uint)folds));
        var learned = Enumerable.Repeat(Array.Empty<float>(), letters.Count).ToArray();
        (RidgeWeights Weights, float[][] Coefficients) whole = (RidgeWeights.Restore([], [], 0), []);
        var parallel = new ParallelOptions
        {
            // Each thread holds a table of weights.
            MaxDegreeOfParallelism = Math.Min(2, Environment.ProcessorCount), CancellationToken = cancellationToken,
        };
        Parallel.For(-1, folds, parallel, f =>
        {
            if (f < 0)
            {
                whole = RidgeWeights.Train(vectors, labels, units.Count);
                return;
            }

            var (weights, _) = RidgeWeights.Train(vectors, labels, units.Count, i => fold[i] == f);
            for (var i = 0; i < letters.Count; i++)
                if (fold[i] == f) learned[i] = ByOffice(weights.Score(vectors[i]), units, place);
        });
        var assignments = new LearnedAssignments(basis.Proposed, letters);
        var proposal = new LearnedAssignments(basis.Proposed, []);
        var history = new LetterHistory(letters, basis.Discreet);
        var examples = letters.Select((l, i) => new MixingExample(
            Known(WithHistory(assignments.MassOf(l, without: l), l, history.Of(l.Traces, l.Unit)),
                assignments.NobodyOf(l, without: l), place), learned[i],
            l.Unit.Length == 0 ? place.Count : place[l.Unit])).ToList();
        var mixing = Enumerable.Range(0, folds).Select(f => Mixing.Fit([.. examples.Where((_, i) => fold[i] != f)])).ToArray();
        return new()
        {
            Letters = letters, Units = units, Coefficients = whole.Coefficients, Rarities = rarities, Weights = whole.Weights,
            Mixing = Mixing.Fit(examples),
            HeldOut = [.. letters.Select((l, i) => Decide(l, examples[i], mixing[fold[i]], basis, Cold(l)))],
        };

        bool Cold(LearnedLetter letter)
        {
            var known = Known(proposal.MassOf(letter), proposal.NobodyOf(letter), place);
            return string.Equals(Best(Mixing.Cold.Probabilities(known, new float[place.Count]), basis).Unit,
                letter.Unit, StringComparison.Ordinal);
        }
    }

    /// <summary>First proposals of a model for letters that it has not learned.</summary>
    public static IReadOnlyList<string> Propose(LearnedModel model, IReadOnlyList<LearnedLetter> letters, LearningBasis basis)
    {
        var place = basis.Place;
        var assignments = new LearnedAssignments(basis.Proposed, model.Letters);
        var history = new LetterHistory(model.Letters, basis.Discreet);
        return [.. letters.Select(l =>
        {
            var learned = new float[place.Count];
            foreach (var (unit, score) in (model with { Recent = [] }).Score(model.Rarities.Vector(l)))
                if (place.TryGetValue(unit, out var at)) learned[at] = score;
            var mass = WithHistory(assignments.MassOf(l), l, history.Of(l.Traces));
            return Best(model.Mixing.Probabilities(
                Known(mass, assignments.NobodyOf(l), place), learned), basis).Unit;
        })];
    }

    private static HeldOutDecision Decide(LearnedLetter letter, MixingExample example, Mixing mixing, LearningBasis basis, bool coldRight)
    {
        var (unit, probability) = Best(mixing.Probabilities(example.Known, example.Learned), basis);
        return new(letter.Key, letter.Unit, unit, (float)probability, letter.Doubtful, coldRight);
    }

    private static (string Unit, double Probability) Best(double[] probabilities, LearningBasis basis)
    {
        var best = 0;
        for (var i = 1; i < probabilities.Length - 1; i++)
            if (probabilities[i] > probabilities[best]) best = i;
        return (basis.Offices[best], probabilities[best]);
    }

    private static Dictionary<string, double> WithHistory(
        Dictionary<string, double> mass, LearnedLetter letter, IReadOnlyList<EarlierLetters> history)
    {
        foreach (var earlier in history)
            mass[earlier.Unit] = earlier.AddTo(mass.GetValueOrDefault(earlier.Unit), letter.Known.Nobody);
        return mass;
    }

    private static double[] Known(Dictionary<string, double> mass, double nobody, IReadOnlyDictionary<string, int> place)
    {
        var dense = new double[place.Count + 1];
        foreach (var (unit, evidence) in mass)
            if (place.TryGetValue(unit, out var at)) dense[at] = evidence;
        dense[^1] = nobody;
        return Mixing.Relative(dense);
    }

    private static float[] ByOffice(float[] scores, List<string> units, IReadOnlyDictionary<string, int> place)
    {
        var result = new float[place.Count];
        for (var u = 0; u < units.Count; u++) result[place[units[u]]] = scores[u];
        return result;
    }
}
