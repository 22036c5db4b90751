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

    /// <summary>Margin of each concern in a text: about +1 when it is clearly there, about −1 when it clearly is not.</summary>
    public float[] Score(string text)
    {
        var counted = new TextFeatures();
        counted.Add(text);
        return new ConcernScores(this, counted).Margins();
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

/// <summary>Sums of a letter's words and sequences before they are divided by its length, so that a part can be taken away.</summary>
internal sealed class ConcernScores(ConcernModel model, TextFeatures letter)
{
    private readonly (float[] Sums, float Square) _words = Whole(model, letter.Words);
    private readonly (float[] Sums, float Square) _sequences = Whole(model, letter.Sequences);

    /// <summary>Margins of the letter, or of the letter without a part of it.</summary>
    public float[] Margins(TextFeatures? without = null)
    {
        var margins = model.Bias.ToArray();
        AddTo(margins, Rest(_words, letter.Words, without?.Words));
        AddTo(margins, Rest(_sequences, letter.Sequences, without?.Sequences));
        return margins;
    }

    private static (float[] Sums, float Square) Whole(ConcernModel model, IReadOnlyDictionary<uint, float> counts)
    {
        var (sums, square) = (new float[model.Concerns.Count], 0f);
        foreach (var (feature, count) in (Dictionary<uint, float>)counts)
            if (model.Features.IndexOf(feature) is >= 0 and var index)
            {
                var value = ConcernModel.Damped(count) * model.Features.Rarity(index);
                square += value * value;
                model.Features.AddTo(sums, index, value);
            }

        return (sums, square);
    }

    private (float[] Sums, float Square) Rest(
        (float[] Sums, float Square) whole, IReadOnlyDictionary<uint, float> counts, IReadOnlyDictionary<uint, float>? without)
    {
        if (without is null) return whole;
        var (sums, square) = ((float[])whole.Sums.Clone(), whole.Square);
        foreach (var (feature, gone) in (Dictionary<uint, float>)without)
            if (model.Features.IndexOf(feature) is >= 0 and var index && counts.TryGetValue(feature, out var count))
            {
                var (before, after) = (ConcernModel.Damped(count), count - gone > 1e-4f ? ConcernModel.Damped(count - gone) : 0);
                var rarity = model.Features.Rarity(index);
                square += (after * after - before * before) * rarity * rarity;
                model.Features.AddTo(sums, index, (after - before) * rarity);
            }

        return (sums, square);
    }

    private static void AddTo(float[] margins, (float[] Sums, float Square) block)
    {
        if (block.Square <= 1e-6f) return;
        var norm = MathF.Sqrt(block.Square);
        for (var c = 0; c < margins.Length; c++) margins[c] += block.Sums[c] / norm;
    }
}

/// <summary>What the model knows of a concern besides its weights.</summary>
/// <param name="Id">As in the pack.</param>
/// <param name="Title">For clerks.</param>
/// <param name="Office">Kind of office.</param>
/// <param name="External">Usually the business of an authority outside the city.</param>
public sealed record ConcernEntry(string Id, string Title, OfficeKind Office, bool External)
{
    /// <summary>Names of other kinds of office that do it in some cities.</summary>
    public IReadOnlyList<string> OtherOffices { get; init; } = [];

    /// <summary>Who speaks so, says nothing that an office could be found by.</summary>
    public bool Vague { get; init; }
}
