using System.Runtime.InteropServices;

namespace Postlotse.Responsibility.Knowledge.Training;

/// <summary>Features of the training documents, with rarity (inverse document frequency), and the documents as rows over them.</summary>
internal sealed class TrainingVocabulary
{
    private readonly Dictionary<uint, int> _columns = [];

    private TrainingVocabulary(uint[] hashes, float[] rarity)
    {
        (Hashes, Rarity) = (hashes, rarity);
        for (var i = 0; i < hashes.Length; i++)
            _columns.Add(hashes[i], i);
    }

    /// <summary>Ascending.</summary>
    public uint[] Hashes { get; }

    public float[] Rarity { get; }

    public static TrainingVocabulary Count(IEnumerable<string> texts, int fewest)
    {
        var documents = new Dictionary<uint, int>();
        var text = new TextFeatures();
        var total = 0;
        foreach (var document in texts)
        {
            text.Clear();
            text.Add(document);
            total++;
            foreach (var feature in text.Words.Keys.Concat(text.Sequences.Keys))
                CollectionsMarshal.GetValueRefOrAddDefault(documents, feature, out _)++;
        }

        var hashes = documents.Where(d => d.Value >= fewest).Select(d => d.Key).Order().ToArray();
        return new(hashes, [.. hashes.Select(h => MathF.Log((1f + total) / (1f + documents[h])) + 1)]);
    }

    public SparseRows Rows(IEnumerable<string> texts)
    {
        var start = new List<int> { 0 };
        var (indices, values) = (new List<int>(), new List<float>());
        var text = new TextFeatures();
        foreach (var document in texts)
        {
            text.Clear();
            text.Add(document);
            AddBlock(text.Words, indices, values);
            AddBlock(text.Sequences, indices, values);
            indices.Add(Hashes.Length);
            values.Add(1);
            start.Add(indices.Count);
        }

        return new([.. start], [.. indices], [.. values], Hashes.Length + 1);
    }

    private void AddBlock(IReadOnlyDictionary<uint, float> counts, List<int> indices, List<float> values)
    {
        var first = values.Count;
        var sum = 0f;
        foreach (var (column, count) in counts.Where(c => _columns.ContainsKey(c.Key)).Select(c => (_columns[c.Key], c.Value)).Order())
        {
            var value = ConcernModel.Damped(count) * Rarity[column];
            indices.Add(column);
            values.Add(value);
            sum += value * value;
        }

        var norm = MathF.Sqrt(sum);
        for (var i = first; i < values.Count; i++)
            values[i] /= norm;
    }
}
