namespace Postlotse.Responsibility.Knowledge;

/// <summary>
/// Recognises concerns in text: a linear model over <see cref="TextFeatures"/>, trained from the knowledge pack, without any letters
/// of a city. It carries the concerns' catalogue, so that nothing else of the pack is needed to decide. Thread-safe.
/// </summary>
public sealed class ConcernModel
{
    private readonly FeatureTable _features;
    private readonly float[] _bias;

    internal ConcernModel(string packHash, IReadOnlyList<ConcernEntry> concerns, FeatureTable features, float[] bias)
    {
        PackHash = packHash;
        Concerns = concerns;
        _features = features;
        _bias = bias;
    }

    /// <summary>No knowledge at all: whatever is decided then was learned, or stands in the address.</summary>
    public static ConcernModel Empty { get; } = new("none", [], new([], [], [], [0], [], []), []);

    /// <summary><see cref="KnowledgePack.Hash"/> of the pack it was trained from.</summary>
    public string PackHash { get; }

    /// <summary>In the order of the scores.</summary>
    public IReadOnlyList<ConcernEntry> Concerns { get; }

    internal FeatureTable Features => _features;

    internal ReadOnlySpan<float> Bias => _bias;

    /// <summary>Margin of each concern: about +1 when it is clearly there, about −1 when it clearly is not.</summary>
    /// <param name="text">Counted features of a text.</param>
    /// <param name="scores">As many as concerns.</param>
    public void Score(TextFeatures text, Span<float> scores)
    {
        ArgumentNullException.ThrowIfNull(text);
        _bias.CopyTo(scores);
        AddBlock(text.Words, scores);
        AddBlock(text.Sequences, scores);
    }

    /// <summary>Margins of a single text.</summary>
    public float[] Score(string text)
    {
        var counted = new TextFeatures();
        counted.Add(text);
        var scores = new float[Concerns.Count];
        Score(counted, scores);
        return scores;
    }

    private void AddBlock(IReadOnlyDictionary<uint, float> counts, Span<float> scores)
    {
        var norm = Norm(counts);
        if (norm == 0)
            return;
        foreach (var (feature, count) in (Dictionary<uint, float>)counts)
        {
            var index = _features.IndexOf(feature);
            if (index >= 0)
                _features.AddTo(scores, index, Damped(count) * _features.Rarity(index) / norm);
        }
    }

    /// <summary>Euclidean length of a block's values; 0 when no feature is known.</summary>
    internal float Norm(IReadOnlyDictionary<uint, float> counts)
    {
        var sum = 0f;
        foreach (var (feature, count) in (Dictionary<uint, float>)counts)
        {
            var index = _features.IndexOf(feature);
            if (index < 0)
                continue;
            var value = Damped(count) * _features.Rarity(index);
            sum += value * value;
        }

        return MathF.Sqrt(sum);
    }

    /// <summary>A word said five times is not five times as telling.</summary>
    internal static float Damped(float count) => count >= 1 ? 1 + MathF.Log(count) : count;
}

/// <summary>What the model knows of a concern besides its weights.</summary>
/// <param name="Id">As in the pack.</param>
/// <param name="Title">For clerks.</param>
/// <param name="Office">Kind of office.</param>
/// <param name="External">Usually the business of an authority outside the city.</param>
public sealed record ConcernEntry(string Id, string Title, OfficeKind Office, bool External);
