namespace Postlotse.Responsibility.Knowledge;

/// <summary>Features by ascending hash, each with rarity and weights for some concerns (8 bits, one scale a feature).</summary>
internal sealed class FeatureTable
{
    private readonly int[] _slots;
    private readonly int _mask;

    public FeatureTable(uint[] hashes, float[] rarity, float[] scale, int[] start, ushort[] concerns, sbyte[] weights)
    {
        (Hashes, Rarities, Scale, Start, Concerns, Weights) = (hashes, rarity, scale, start, concerns, weights);
        var size = 16;
        while (size < hashes.Length * 2)
            size *= 2;
        _mask = size - 1;
        _slots = new int[size];
        for (var i = 0; i < hashes.Length; i++)
        {
            var slot = (int)(hashes[i] & (uint)_mask);
            while (_slots[slot] != 0)
                slot = (slot + 1) & _mask;
            _slots[slot] = i + 1;
        }
    }

    public uint[] Hashes { get; }

    public float[] Rarities { get; }

    public float[] Scale { get; }

    public int[] Start { get; }

    public ushort[] Concerns { get; }

    public sbyte[] Weights { get; }

    public float Rarity(int index) => Rarities[index];

    /// <summary>Place of a feature; -1 when unknown.</summary>
    public int IndexOf(uint hash)
    {
        for (var slot = (int)(hash & (uint)_mask); _slots[slot] != 0; slot = (slot + 1) & _mask)
            if (Hashes[_slots[slot] - 1] == hash)
                return _slots[slot] - 1;
        return -1;
    }

    /// <summary>Adds value × weight to the scores of the concerns that the feature speaks about.</summary>
    public void AddTo(Span<float> scores, int index, float value)
    {
        var factor = value * Scale[index];
        var (start, length) = (Start[index], Start[index + 1] - Start[index]);
        var concerns = Concerns.AsSpan(start, length);
        var weights = Weights.AsSpan(start, length);
        for (var i = 0; i < concerns.Length; i++)
            scores[concerns[i]] += factor * weights[i];
    }

    /// <summary>Weight of a feature for a concern.</summary>
    public float Weight(int index, int concern)
    {
        var found = Array.BinarySearch(Concerns, Start[index], Start[index + 1] - Start[index], (ushort)concern);
        return found < 0 ? 0 : Scale[index] * Weights[found];
    }
}
