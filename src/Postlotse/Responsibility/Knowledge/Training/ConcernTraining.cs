using System.Runtime.InteropServices;

namespace Postlotse.Responsibility.Knowledge.Training;

/// <summary>How the model is trained. The defaults are what the shipped model was trained with.</summary>
public sealed record ConcernTrainingOptions
{
    /// <summary>Cost of an error, balanced between a concern and the rest.</summary>
    public double Cost { get; init; } = 0.3;

    /// <summary>Cost of taking a concern for another of the same office, relative to other offices.</summary>
    public double SiblingCost { get; init; } = 0.3;

    /// <summary>Weights kept for each concern.</summary>
    public int WeightsPerConcern { get; init; } = 7000;

    /// <summary>Features that occur in fewer documents are left out.</summary>
    public int FewestDocuments { get; init; } = 2;

    public int Threads { get; init; } = 2;
}

/// <summary>
/// Trains the <see cref="ConcernModel"/>: documents are each utterance, each phrase, a concern's phrases as one paragraph,
/// and title with definition; then one support vector machine a concern. Same pack, same model, bit by bit.
/// </summary>
public static class ConcernTraining
{
    public static ConcernModel Train(KnowledgePack pack, ConcernTrainingOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(pack);
        options ??= new();
        var documents = Documents(pack.Concerns);
        var vocabulary = TrainingVocabulary.Count(documents.Select(d => d.Text), options.FewestDocuments);
        var rows = vocabulary.Rows(documents.Select(d => d.Text));
        var labels = documents.Select(d => d.Concern).ToArray();
        var offices = pack.Concerns.Select(c => c.Office.Name).ToArray();
        var kept = new (int Feature, float Weight)[pack.Concerns.Count][];
        var bias = new float[pack.Concerns.Count];
        var norms = LinearSvm.SquaredNorms(rows);
        Parallel.For(0, kept.Length, new ParallelOptions { MaxDegreeOfParallelism = options.Threads },
            () => new LinearSvm(rows, norms),
            (concern, _, machine) =>
            {
                var (positive, costs) = CostsOf(concern, labels, offices, options);
                var weights = machine.Train(positive, costs, (uint)concern);
                bias[concern] = weights[^1];
                kept[concern] = Strongest(weights[..^1], vocabulary.Rarity, options.WeightsPerConcern);
                return machine;
            },
            _ => { });
        var entries = pack.Concerns.Select(c => new ConcernEntry(c.Id, c.Title, c.Office, c.External)
        {
            OtherOffices = c.OtherOffices, Vague = c.Vague,
        }).ToArray();
        return new(pack.Hash, entries, Table(vocabulary, kept), bias);
    }

    private static List<(int Concern, string Text)> Documents(IReadOnlyList<Concern> concerns)
    {
        var documents = new List<(int, string)>();
        for (var i = 0; i < concerns.Count; i++)
        {
            var concern = concerns[i];
            documents.Add((i, $"{concern.Title}. {concern.Definition}"));
            documents.Add((i, string.Join(". ", concern.Phrases)));
            foreach (var text in concern.Phrases.Concat(concern.Utterances))
                documents.Add((i, text));
        }

        return documents;
    }

    private static (bool[] Positive, float[] Costs) CostsOf(int concern, int[] labels, string[] offices, ConcernTrainingOptions options)
    {
        var positive = new bool[labels.Length];
        var costs = new float[labels.Length];
        var count = 0;
        for (var i = 0; i < labels.Length; i++)
        {
            positive[i] = labels[i] == concern;
            count += positive[i] ? 1 : 0;
        }

        for (var i = 0; i < labels.Length; i++)
        {
            var members = positive[i] ? count : labels.Length - count;
            var sibling = !positive[i] && string.Equals(offices[labels[i]], offices[concern], StringComparison.Ordinal);
            costs[i] = (float)(options.Cost * labels.Length / (2.0 * members) * (sibling ? options.SiblingCost : 1));
        }

        return (positive, costs);
    }

    private static (int Feature, float Weight)[] Strongest(ReadOnlySpan<float> weights, float[] rarity, int count)
    {
        var found = new List<(int Feature, float Weight)>();
        for (var i = 0; i < weights.Length; i++)
            if (weights[i] != 0)
                found.Add((i, weights[i]));
        found.Sort((a, b) =>
        {
            var byStrength = (Math.Abs(b.Weight) * rarity[b.Feature]).CompareTo(Math.Abs(a.Weight) * rarity[a.Feature]);
            return byStrength != 0 ? byStrength : a.Feature.CompareTo(b.Feature);
        });
        return [.. CollectionsMarshal.AsSpan(found)[..Math.Min(count, found.Count)]];
    }

    private static FeatureTable Table(TrainingVocabulary vocabulary, (int Feature, float Weight)[][] kept)
    {
        var byFeature = new List<(ushort Concern, float Weight)>?[vocabulary.Hashes.Length];
        for (var concern = 0; concern < kept.Length; concern++)
            foreach (var (feature, weight) in kept[concern])
                (byFeature[feature] ??= []).Add(((ushort)concern, weight));
        var used = Enumerable.Range(0, byFeature.Length).Where(f => byFeature[f] is not null).ToArray();
        var (scale, start) = (new float[used.Length], new int[used.Length + 1]);
        var (concerns, weights) = (new List<ushort>(), new List<sbyte>());
        for (var i = 0; i < used.Length; i++)
        {
            var list = byFeature[used[i]]!;
            scale[i] = list.Max(x => Math.Abs(x.Weight)) / 127;
            foreach (var (concern, weight) in list)
            {
                var quantised = (sbyte)MathF.Round(weight / scale[i]);
                if (quantised == 0)
                    continue;
                concerns.Add(concern);
                weights.Add(quantised);
            }

            start[i + 1] = concerns.Count;
        }

        return new([.. used.Select(f => vocabulary.Hashes[f])], [.. used.Select(f => vocabulary.Rarity[f])], scale, start,
            [.. concerns], [.. weights]);
    }
}
