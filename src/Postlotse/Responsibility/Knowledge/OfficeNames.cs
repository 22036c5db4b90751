using System.Runtime.InteropServices;

namespace Postlotse.Responsibility.Knowledge;

/// <summary>
/// Compares kinds of offices with the names of a city's units: cosine over character sequences, so that "Führerscheinstelle" and
/// "Abteilung Führerscheine" meet; what many units share ("Amt für …") counts little.
/// </summary>
internal sealed class OfficeNames
{
    private const double SynonymWeight = 0.95;
    private const double PieceWeight = 0.95;
    private const double AboveWeight = 0.6;

    private readonly Dictionary<uint, int> occurrences = [];
    private readonly Dictionary<uint, List<(int Name, float Value)>> index = [];
    private readonly List<(int Target, double Weight)> names = [];
    private readonly int targetCount;
    private readonly ConcernModel model;

    public OfficeNames(ConcernModel model, IReadOnlyList<AssignmentTarget> targets)
    {
        this.model = model;
        targetCount = targets.Count;
        foreach (var target in targets)
            foreach (var feature in Counts(target.Name).Keys)
                CollectionsMarshal.GetValueRefOrAddDefault(occurrences, feature, out _)++;
        for (var t = 0; t < targets.Count; t++)
            AddNames(targets[t], t);
    }

    /// <summary>Likeness of a kind of office with each target, 0–1.</summary>
    public double[] Likeness(OfficeKind office)
    {
        var best = new double[targetCount];
        var cosines = new double[names.Count];
        var weight = 1.0;
        foreach (var name in office.Synonyms.Prepend(office.Name))
        {
            Array.Clear(cosines);
            foreach (var (feature, value) in Vector(name))
                if (index.TryGetValue(feature, out var found))
                    foreach (var (other, otherValue) in found)
                        cosines[other] += value * otherValue;
            for (var i = 0; i < cosines.Length; i++)
                best[names[i].Target] = Math.Max(best[names[i].Target], cosines[i] * weight * names[i].Weight);
            weight = SynonymWeight;
        }

        return best;
    }

    private void AddNames(AssignmentTarget target, int number)
    {
        AddName(target.Name, number, 1);
        foreach (var piece in target.Name.Split([" – ", " - ", ", ", " und "], StringSplitOptions.RemoveEmptyEntries))
            AddName(piece, number, PieceWeight);
        if (target.Above.Count > 0)
            AddName(target.Above[0], number, AboveWeight);
    }

    private void AddName(string name, int target, double weight)
    {
        foreach (var (feature, value) in Vector(name))
        {
            ref var list = ref CollectionsMarshal.GetValueRefOrAddDefault(index, feature, out _);
            (list ??= []).Add((names.Count, value));
        }

        names.Add((target, weight));
    }

    private Dictionary<uint, float> Vector(string text)
    {
        var vector = Counts(text);
        var sum = 0f;
        foreach (var feature in vector.Keys.ToArray())
        {
            var known = model.Features.IndexOf(feature);
            var rarity = (known < 0 ? 8 : model.Features.Rarity(known))
                * MathF.Log(1 + (1f + targetCount) / (1f + occurrences.GetValueOrDefault(feature)));
            vector[feature] = ConcernModel.Damped(vector[feature]) * rarity;
            sum += vector[feature] * vector[feature];
        }

        var norm = MathF.Sqrt(sum);
        foreach (var feature in vector.Keys.ToArray())
            vector[feature] /= norm;
        return vector;
    }

    private static Dictionary<uint, float> Counts(string text)
    {
        var counted = new TextFeatures();
        counted.Add(text);
        return counted.Sequences.ToDictionary();
    }
}
