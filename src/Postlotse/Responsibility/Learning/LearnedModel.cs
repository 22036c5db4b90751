using System.Globalization;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using Postlotse.Responsibility.Knowledge;

namespace Postlotse.Responsibility.Learning;

/// <summary>
/// What was learned from a city's confirmed decisions, at one moment: never changes, so that any number of threads may decide by it.
/// A new letter makes a new model that shares all the rest (<see cref="With"/>); <see cref="ModelTraining"/> works the newest letters into
/// the weights.
/// </summary>
internal sealed record LearnedModel
{
    /// <summary>Number of the version; 0 before anything was learned.</summary>
    public int Version { get; init; }

    /// <summary>Letters in the weights, in the order they were trained in.</summary>
    public required IReadOnlyList<LearnedLetter> Letters { get; init; }

    /// <summary>Offices of the weights' columns.</summary>
    public required IReadOnlyList<string> Units { get; init; }

    /// <summary>Each letter's part in the weights.</summary>
    public required IReadOnlyList<float[]> Coefficients { get; init; }

    public required Rarities Rarities { get; init; }

    public required RidgeWeights Weights { get; init; }

    public required Mixing Mixing { get; init; }

    /// <summary>Decisions about letters by models that had not learned them.</summary>
    public IReadOnlyList<HeldOutDecision> HeldOut { get; init; } = [];

    /// <summary>Letters since the last training; they count beside the weights.</summary>
    public IReadOnlyList<RecentLetter> Recent { get; init; } = [];

    public static LearnedModel Empty { get; } = new()
    {
        Letters = [], Units = [], Coefficients = [], Rarities = Rarities.Of([]), Weights = RidgeWeights.Restore([], [], 0),
        Mixing = Mixing.Cold,
    };

    public IEnumerable<LearnedLetter> AllLetters => Letters.Concat(Recent.Select(r => r.Letter));

    /// <summary>Counts a letter from now on: one step of the same descent that the training takes.</summary>
    public LearnedModel With(LearnedLetter letter)
    {
        var vector = Rarities.Vector(letter);
        var scores = Score(vector);
        scores[letter.Unit] = scores.GetValueOrDefault(letter.Unit) - 1;
        var scale = -1 / (vector.SquaredLength + RidgeWeights.Ridge);
        return this with
        {
            Recent = [.. Recent, new(letter, vector.InOrder(),
                scores.ToDictionary(s => s.Key, s => s.Value * scale, StringComparer.Ordinal))],
        };
    }

    /// <summary>Takes a letter's part away at once; the next training removes its last traces (how rare its words are).</summary>
    public LearnedModel Without(UInt128 key)
    {
        var kept = Enumerable.Range(0, Letters.Count).Where(i => Letters[i].Key != key).ToArray();
        var recent = Recent.Where(r => r.Letter.Key != key).ToList();
        if (kept.Length == Letters.Count) return this with { Recent = recent };
        IReadOnlyList<LearnedLetter> letters = [.. kept.Select(i => Letters[i])];
        IReadOnlyList<float[]> coefficients = [.. kept.Select(i => Coefficients[i])];
        return this with
        {
            Letters = letters, Coefficients = coefficients, Recent = recent, HeldOut = [.. HeldOut.Where(h => h.Key != key)],
            Weights = RidgeWeights.Restore([.. letters.Select(Rarities.Vector)], coefficients, Units.Count),
        };
    }

    /// <summary>Learned score of each office that has letters: about 1 for the right one.</summary>
    public Dictionary<string, float> Score(LetterVector letter)
    {
        var scores = new Dictionary<string, float>(StringComparer.Ordinal);
        if (Units.Count > 0)
        {
            var columns = Weights.Score(letter);
            for (var u = 0; u < Units.Count; u++) scores[Units[u]] = columns[u];
        }

        if (Recent.Count == 0) return scores;
        var ordered = letter.InOrder();
        foreach (var recent in Recent)
        {
            var likeness = ordered.Product(recent.Vector);
            foreach (var (unit, coefficient) in recent.Coefficients)
                scores[unit] = scores.GetValueOrDefault(unit) + likeness * coefficient;
        }

        return scores;
    }

    /// <summary>SHA-256 over letters, offices, weights and mixing of the trained part; the same letters give the same.</summary>
    public string Digest()
    {
        using var sha = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        for (var i = 0; i < Letters.Count; i++)
        {
            sha.AppendData(Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{Letters[i].Key} {Letters[i].Unit}\n")));
            sha.AppendData(MemoryMarshal.AsBytes<float>(Coefficients[i]));
        }

        sha.AppendData(Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{string.Join(' ', Units)} {Mixing}")));
        return Convert.ToHexStringLower(sha.GetHashAndReset());
    }

    /// <summary>Column of an office in the weights; -1 when none of its letters is in them.</summary>
    public int ColumnOf(string unit)
    {
        for (var u = 0; u < Units.Count; u++)
            if (string.Equals(Units[u], unit, StringComparison.Ordinal)) return u;
        return -1;
    }

    /// <summary>What one occurrence of a word's feature adds to the score of an office; 0 for offices without letters in the
    /// weights.</summary>
    public float Share(uint feature, float count, int column, float norm)
    {
        var place = LearnedLetter.PlaceOf(feature);
        return Rarities.Value(place, count, norm) * Weights.Weight(place, column);
    }
}

/// <summary>A letter that counts beside the weights, with its part for each office.</summary>
internal sealed record RecentLetter(LearnedLetter Letter, LetterVector Vector, IReadOnlyDictionary<string, float> Coefficients);

/// <summary>A decision by a model that had not learned the letter.</summary>
/// <param name="Key">Of the letter.</param>
/// <param name="Unit">Office that a person confirmed; empty when nobody could tell.</param>
/// <param name="Proposed">First proposal.</param>
/// <param name="Probability">Its probability.</param>
/// <param name="Doubtful">A person decides such a letter anyway.</param>
/// <param name="ColdRight">Whether knowledge alone would have been right.</param>
internal sealed record HeldOutDecision(UInt128 Key, string Unit, string Proposed, float Probability, bool Doubtful, bool ColdRight)
{
    public bool Right => string.Equals(Unit, Proposed, StringComparison.Ordinal);
}
