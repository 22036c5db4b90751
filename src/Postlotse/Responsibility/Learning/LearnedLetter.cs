using System.Security.Cryptography;
using System.Text;
using Postlotse.Responsibility.Knowledge;

namespace Postlotse.Responsibility.Learning;

/// <summary>
/// What is kept of a letter whose office a person confirmed: the office, places in a table of 131,072 for its words, pairs of words and
/// half of its character sequences, how often each occurs, the concerns recognised in it, and hashes of references, sender
/// and person addressed. No text.
/// Hashing hides what nobody guesses, nothing more: who has a word in mind can test whether the letter may hold it (other words share its
/// place), and who has the whole letter can recognise it. That is why what was learned can be forgotten letter by letter.
/// </summary>
/// <param name="Key">First 16 bytes of the SHA-256 of the letter's id: finds the letter again without holding the id.</param>
/// <param name="Unit">Office, an id of the organisation at that time.</param>
/// <param name="Places">Places of words and pairs, ascending, then those of sequences, ascending.</param>
/// <param name="Counts">To each place its damped occurrences in sixteenths.</param>
/// <param name="WordCount">How many of the places are words and pairs.</param>
/// <param name="Known">What knowledge and address say, without anything learned.</param>
/// <param name="Doubtful">A person decides such a letter anyway.</param>
internal sealed record LearnedLetter(
    UInt128 Key, string Unit, int[] Places, byte[] Counts, int WordCount, KnownEvidence Known, bool Doubtful)
{
    /// <summary>Its number in the order of arrival.</summary>
    public int Sequence { get; init; }

    /// <summary>Keyed hashes of its references, forms, barcodes, sender and addressee; see <see cref="LetterTraces"/>.</summary>
    public IReadOnlyList<(ulong Hash, TraceKind Kind)> Traces { get; init; } = [];

    /// <summary>Binary logarithm of the number of places.</summary>
    public const int PlaceBits = 17;

    /// <summary>Steps of a count.</summary>
    public const float CountStep = 1f / 16;

    /// <summary>Different features of a letter that are kept; the longest letters have fewer of their sequences.</summary>
    public const int MostFeatures = 6000;

    public static UInt128 KeyOf(string letterId) =>
        System.Buffers.Binary.BinaryPrimitives.ReadUInt128LittleEndian(SHA256.HashData(Encoding.UTF8.GetBytes(letterId)));

    /// <summary>Takes a letter's counted features; the text itself is not needed any more.</summary>
    public static LearnedLetter Of(
        string letterId, string unit, TextFeatures features, KnownEvidence known, bool doubtful)
    {
        var (places, counts) = (new List<int>(), new List<byte>());
        AddFolded(features.Words, every: true, places, counts);
        var words = places.Count;
        AddFolded(features.Sequences, every: false, places, counts);
        return new(KeyOf(letterId), unit, [.. places], [.. counts], words, known, doubtful);
    }

    /// <summary>Half of the sequences says almost as much as all: they overlap.</summary>
    public static bool IsKept(uint sequence) => (sequence & 1) == 0;

    public static int PlaceOf(uint feature) => (int)(unchecked(feature * 0x9E3779B1u) >> (32 - PlaceBits));

    /// <summary>Adds a block by ascending place; features that share a place are added up.</summary>
    private static void AddFolded(IReadOnlyDictionary<uint, float> features, bool every, List<int> places, List<byte> counts)
    {
        var folded = new (int Place, float Count)[features.Count];
        var size = 0;
        foreach (var (feature, count) in (Dictionary<uint, float>)features)
            if (every || IsKept(feature)) folded[size++] = (PlaceOf(feature), count);
        Array.Sort(folded, 0, size, Comparer<(int Place, float Count)>.Create((a, b) => a.Place.CompareTo(b.Place)));
        for (var i = 0; i < size && places.Count < MostFeatures;)
        {
            var (place, sum) = (folded[i].Place, 0f);
            for (; i < size && folded[i].Place == place; i++) sum += folded[i].Count;
            places.Add(place);
            counts.Add((byte)Math.Clamp(MathF.Round(ConcernModel.Damped(sum) / CountStep), 1, 255));
        }
    }
}

/// <summary>What speaks for the offices besides what was learned, so that it can be weighed again later.</summary>
/// <param name="Concerns">Concerns recognised, with their shares of all evidence.</param>
/// <param name="Nobody">Share of "nobody can tell".</param>
/// <param name="Units">What address, references and names add, for the few offices they speak for.</param>
internal sealed record KnownEvidence(IReadOnlyList<ConcernShare> Concerns, float Nobody, IReadOnlyList<UnitSupport> Units)
{
    public static readonly KnownEvidence None = new([], 1, []);
}

/// <summary>A concern recognised in a letter and its share of all evidence, 0–1.</summary>
internal readonly record struct ConcernShare(string Concern, float Share);

/// <summary>An office that something besides the concerns speaks for.</summary>
/// <param name="Unit">The office.</param>
/// <param name="Extra">Share it has by being named, before <paramref name="LogFactor"/>.</param>
/// <param name="LogFactor">Logarithm of the factor on all its evidence.</param>
internal readonly record struct UnitSupport(string Unit, float Extra, float LogFactor);
