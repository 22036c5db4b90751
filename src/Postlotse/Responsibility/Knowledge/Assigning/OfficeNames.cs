using System.Runtime.InteropServices;
using Postlotse.Language;
using Postlotse.Responsibility.Lexical;

namespace Postlotse.Responsibility.Knowledge.Assigning;

/// <summary>
/// Compares kinds of offices with the names of a city's units: cosine over character sequences, so that "Führerscheinstelle" and
/// "Abteilung Führerscheine" meet; what many units share ("Amt für …") counts little.
/// </summary>
internal sealed class OfficeNames
{
    private const double SynonymWeight = 0.95;
    private const double PieceWeight = 0.95;
    private const double AboveWeight = 0.6;

    private readonly Dictionary<uint, int> _occurrences = [];
    private readonly Dictionary<uint, List<(int Name, float Value)>> _index = [];
    private readonly List<(int Target, double Weight, bool Kind)> _names = [];
    private readonly int _targetCount;
    private readonly ConcernModel _model;

    public OfficeNames(ConcernModel model, IReadOnlyList<AssignmentTarget> targets)
    {
        _model = model;
        _targetCount = targets.Count;
        foreach (var target in targets)
            foreach (var feature in Counts(target.Name).Keys)
                CollectionsMarshal.GetValueRefOrAddDefault(_occurrences, feature, out _)++;
        for (var t = 0; t < targets.Count; t++)
            AddNames(targets[t], t);
    }

    /// <summary>Likeness of a kind of office with each target, 0–1, and with the target's kind alone ("Grundschule").</summary>
    public (double[] Best, double[] ByKind) Likeness(OfficeKind office)
    {
        var (best, byKind) = (new double[_targetCount], new double[_targetCount]);
        var cosines = new double[_names.Count];
        var weight = 1.0;
        foreach (var name in office.Synonyms.Prepend(office.Name))
        {
            Array.Clear(cosines);
            foreach (var (feature, value) in Vector(name))
                if (_index.TryGetValue(feature, out var found))
                    foreach (var (other, otherValue) in found)
                        cosines[other] += value * otherValue;
            for (var i = 0; i < cosines.Length; i++)
            {
                var (target, nameWeight, kind) = _names[i];
                best[target] = Math.Max(best[target], cosines[i] * weight * nameWeight);
                if (kind)
                    byKind[target] = Math.Max(byKind[target], cosines[i] * weight * nameWeight);
            }

            weight = SynonymWeight;
        }

        return (best, byKind);
    }

    private void AddNames(AssignmentTarget target, int number)
    {
        AddName(target.Name, number, 1);
        foreach (var piece in target.Name.Split([" – ", " - ", ", ", " und "], StringSplitOptions.RemoveEmptyEntries))
            AddName(piece, number, PieceWeight);
        if (target.Above.Count > 0)
            AddName(target.Above[0], number, AboveWeight);
        if (!GermanText.Tokens(target.Kind).All(t => Office.IsGeneric(GermanText.Stem(t.Text))))
            AddName(target.Kind, number, 1, kind: true);
        else if (target.Kind.Length == 0 && !target.External)
            // "Grundschule Damm" says its kind itself.
            foreach (var word in GermanText.Tokens(target.Name))
                AddName(word.Text, number, PieceWeight, kind: true);
    }

    private void AddName(string name, int target, double weight, bool kind = false)
    {
        foreach (var (feature, value) in Vector(name))
        {
            ref var list = ref CollectionsMarshal.GetValueRefOrAddDefault(_index, feature, out _);
            (list ??= []).Add((_names.Count, value));
        }

        _names.Add((target, weight, kind));
    }

    private Dictionary<uint, float> Vector(string text)
    {
        var vector = Counts(text);
        var sum = 0f;
        foreach (var feature in vector.Keys.ToArray())
        {
            var known = _model.Features.IndexOf(feature);
            var rarity = (known < 0 ? 8 : _model.Features.Rarity(known))
                * MathF.Log(1 + (1f + _targetCount) / (1f + _occurrences.GetValueOrDefault(feature)));
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
