namespace Postlotse.Responsibility.Learning;

/// <summary>
/// How telling each place is (inverse document frequency over the learned letters), and letters as vectors by it: words and sequences
/// each of
/// length 1, and a constant that learns how frequent an office is.
/// </summary>
internal sealed class Rarities
{
    private const float Constant = 0.55f;
    private readonly float[] _rarity;

    private Rarities(float[] rarity) => _rarity = rarity;

    /// <summary>Place of the constant, behind all others.</summary>
    public const int ConstantPlace = 1 << LearnedLetter.PlaceBits;

    public static Rarities Of(IEnumerable<LearnedLetter> letters)
    {
        var occurrences = new int[ConstantPlace];
        var count = 0;
        foreach (var letter in letters)
        {
            count++;
            foreach (var place in letter.Places) occurrences[place]++;
        }

        return new(Array.ConvertAll(occurrences, o => MathF.Log((1f + count) / (1f + o)) + 1));
    }

    public LetterVector Vector(LearnedLetter letter)
    {
        var places = new int[letter.Places.Length + 1];
        var values = new float[places.Length];
        letter.Places.CopyTo(places, 0);
        for (var i = 0; i < letter.Places.Length; i++) values[i] = letter.Counts[i] * LearnedLetter.CountStep * _rarity[places[i]];
        var norms = new BlockNorms(Normalise(values.AsSpan(0, letter.WordCount)), Normalise(values.AsSpan(letter.WordCount..^1)));
        (places[^1], values[^1]) = (ConstantPlace, Constant);
        return new(places, values, norms);
    }

    /// <summary>What one occurrence of a feature is worth in a letter.</summary>
    public float Value(int place, float count, float norm) =>
        norm == 0 ? 0 : Knowledge.ConcernModel.Damped(count) / count * _rarity[place] / norm;

    private static float Normalise(Span<float> block)
    {
        var sum = 0f;
        foreach (var value in block) sum += value * value;
        var norm = MathF.Sqrt(sum);
        if (norm == 0) return 0;
        foreach (ref var value in block) value /= norm;
        return norm;
    }
}

/// <summary>Lengths of a letter's words and sequences before they were made 1.</summary>
internal readonly record struct BlockNorms(float Words, float Sequences);

/// <summary>A letter as sparse vector; places need not ascend, but each occurs once in words and once in sequences.</summary>
internal sealed record LetterVector(int[] Places, float[] Values, BlockNorms Norms)
{
    public float SquaredLength { get; } = Values.Sum(v => v * v);

    /// <summary>The same with ascending places.</summary>
    public LetterVector InOrder()
    {
        var (places, values) = ((int[])Places.Clone(), (float[])Values.Clone());
        Array.Sort(places, values);
        return this with { Places = places, Values = values };
    }

    /// <summary>Scalar product; both with ascending places.</summary>
    public float Product(LetterVector other)
    {
        var sum = 0f;
        for (int i = 0, j = 0; i < Places.Length && j < other.Places.Length;)
        {
            if (Places[i] < other.Places[j]) i++;
            else if (Places[i] > other.Places[j]) j++;
            else
            {
                // A place may occur twice: as a word's and as a sequence's.
                var (first, place) = (j, Places[i]);
                for (; j < other.Places.Length && other.Places[j] == place; j++) sum += Values[i] * other.Values[j];
                i++;
                if (i < Places.Length && Places[i] == place) j = first;
            }
        }

        return sum;
    }
}
