using System.Numerics;
using Postlotse.Engines.Native;

namespace Postlotse.Engines.Child.Codes;

/// <summary>A black and white image whose pixels can be asked for.</summary>
internal sealed class BlackWhite
{
    private readonly uint[] _words; // the first pixel of a row in the highest bit of its first word

    private BlackWhite(uint[] words, int width, int height) =>
        (_words, WordsPerRow, Width, Height) = (words, (width + 31) / 32, width, height);

    public int Width { get; }

    public int Height { get; }

    public int WordsPerRow { get; }

    /// <param name="pix">One bit a pixel.</param>
    public static unsafe BlackWhite From(Pix pix)
    {
        var (width, height, words) = (pix.Width, pix.Height, Leptonica.pixGetWpl(pix));
        if (pix.Depth != 1 || words != (width + 31) / 32) throw new ArgumentException("one bit a pixel is needed", nameof(pix));
        var copy = new ReadOnlySpan<uint>(Leptonica.pixGetData(pix), words * height).ToArray();
        GC.KeepAlive(pix);
        return new(copy, width, height);
    }

    public bool IsBlack(int x, int y) => (_words[y * WordsPerRow + x / 32] >> (31 - x % 32) & 1) != 0;

    /// <summary>32 pixels of a row at a time.</summary>
    public ReadOnlySpan<uint> Row(int y) => _words.AsSpan(y * WordsPerRow, WordsPerRow);

    /// <summary>Where a row changes its colour: at even indexes black begins, at odd ones it ends.</summary>
    /// <param name="y">Row.</param>
    /// <param name="edges">Takes the places; cleared before.</param>
    public void Edges(int y, List<int> edges)
    {
        edges.Clear();
        var row = Row(y);
        var last = 0u;
        for (var i = 0; i < row.Length; i++)
        {
            var changes = row[i] ^ (row[i] >> 1 | last << 31);
            for (; changes != 0; changes &= uint.MaxValue >> 1 >> BitOperations.LeadingZeroCount(changes))
                edges.Add(i * 32 + BitOperations.LeadingZeroCount(changes));
            last = row[i] & 1;
        }

        if (edges.Count % 2 != 0) edges.Add(Width);
    }
}
