using System.Runtime.Intrinsics;
using Postlotse.Engines.Native;

namespace Postlotse.Engines.Child;

/// <summary>
/// A page of print in black and white: ink is what is clearly darker than the paper around it, so that light strokes and dots stay.
/// Only when black and white tell all the page tells: no areas of half-tones, no print fainter than that.
/// </summary>
internal static class TextPage
{
    /// <summary>Ink has at most this share of the paper's brightness.</summary>
    private const double Ink = 0.8;

    /// <summary>Darker than this share of the paper is print; what lies between the two and not beside ink would be lost.</summary>
    private const double Faint = 0.93;

    /// <summary>Shares of the paper's brightness between which areas are half-tones.</summary>
    private const double Dark = 0.42, Light = 0.89;

    /// <summary>Share of half-tones in a tile that no print has, not even small.</summary>
    private const double MostHalftones = 0.55;

    /// <summary>Side of a tile, millimetres.</summary>
    private const double Tile = 3;

    /// <summary>So many tiles of half-tones are a picture, so many of faint print a word.</summary>
    private const int Picture = 5, Word = 2;

    /// <summary>Within so many millimetres of the edge dark spots are holes and shadows, unless there are more tiles of them.</summary>
    private const double Margin = 13;

    private const int PictureAtEdge = 16;

    /// <summary>Faint spots in a tile that are more than dust, square millimetres.</summary>
    private const double FaintArea = 0.45;

    /// <summary>Coarser scans are brought up to working resolution, or edges would be ragged.</summary>
    private const double FineEnough = 240;

    /// <summary>Plans are not brought up to more pixels than this: scaling holds several such images at a time.</summary>
    private const double MostPixels = 80_000_000;

    /// <summary>What the levelled paper's brightness is (Leptonica).</summary>
    private const double Paper = 200;

    private static readonly byte[] Reversed = [.. Enumerable.Range(0, 256).Select(value =>
        (byte)Enumerable.Range(0, 8).Sum(bit => ((value >> bit) & 1) << (7 - bit)))];

    /// <summary>The page in black and white, as it lies; null when something would be lost.</summary>
    public static Pix? TryMake(PreparedPage page)
    {
        var scale = page.Resolution < FineEnough ? PreparedPage.WorkingResolution / page.Resolution : 1;
        if (scale * scale * page.Grey.Width * page.Grey.Height > MostPixels) scale = 1;
        using var finer = scale == 1 ? null : page.Grey.Scale(scale, scale);
        var grey = finer ?? page.Grey;
        var blackWhite = Threshold(grey, page.PaperMap, grey.Width / (double)page.Level.Width);
        try
        {
            if (!LosesSomething(page, blackWhite)) return blackWhite;
        }
        catch
        {
            blackWhite.Dispose();
            throw;
        }

        blackWhite.Dispose();
        return null;
    }

    /// <summary>The mean of the 3×3 pixels around each, against the paper at its place.</summary>
    private static unsafe Pix Threshold(Pix grey, PaperMap paper, double perCell)
    {
        int width = grey.Width, height = grey.Height, from = Leptonica.pixGetWpl(grey);
        var result = Pix.Own(Leptonica.pixCreate(width, height, 1), "pixCreate");
        var to = Leptonica.pixGetWpl(result);
        uint* source = Leptonica.pixGetData(grey), target = Leptonica.pixGetData(result);
        const int Before = 8; // room for the neighbour of the first pixel
        var sums = new ushort[Before + from * 4 + 24];
        var limits = new ushort[from * 4 + 24];
        var row = -1;
        for (var y = 0; y < height; y++)
        {
            AddRows(Row(y - 1), Row(y), Row(y + 1), sums.AsSpan(Before, from * 4));
            (sums[Before - 1], sums[Before + width]) = (sums[Before], sums[Before + width - 1]);
            if ((int)(y / perCell / PaperMap.CellHeight) is var now && now != row) FillLimits(paper, row = now, perCell, limits, width);
            Compare(sums.AsSpan(Before - 1), limits, new(target + (long)y * to, to * 4), width);
        }

        GC.KeepAlive(grey);
        return result;

        ReadOnlySpan<byte> Row(int index) => new(source + (long)Math.Clamp(index, 0, height - 1) * from, from * 4);
    }

    /// <summary>Adds three rows up; Leptonica keeps the first pixel of a word in its highest byte, the sums are in order.</summary>
    private static void AddRows(ReadOnlySpan<byte> a, ReadOnlySpan<byte> b, ReadOnlySpan<byte> c, Span<ushort> sums)
    {
        var order = Vector128.Create((ushort)3, 2, 1, 0, 7, 6, 5, 4);
        var x = 0;
        for (; x + 8 <= sums.Length; x += 8) Vector128.Shuffle(Eight(a, x) + Eight(b, x) + Eight(c, x), order).CopyTo(sums[x..]);
        for (; x < sums.Length; x++) sums[x ^ 3] = (ushort)(a[x] + b[x] + c[x]);
    }

    private static Vector128<ushort> Eight(ReadOnlySpan<byte> row, int x) =>
        Vector128.WidenLower(Vector128.CreateScalarUnsafe(BitConverter.ToUInt64(row[x..])).AsByte());

    /// <summary>Nine pixels' sum below which a place is ink.</summary>
    private static void FillLimits(PaperMap paper, int row, double perCell, ushort[] limits, int width)
    {
        for (var x = 0; x < width; x++)
            limits[x] = (ushort)Math.Min(9 * 255, 9 * Ink * paper.At((int)(x / perCell / PaperMap.CellWidth), row));
    }

    /// <summary>Eight pixels at a time become a byte, the first its highest bit; bytes of a word are turned round.</summary>
    private static void Compare(ReadOnlySpan<ushort> sums, ReadOnlySpan<ushort> limits, Span<byte> target, int width)
    {
        for (var x = 0; x < width; x += 8)
        {
            var nine = Vector128.Create(sums[x..]) + Vector128.Create(sums[(x + 1)..]) + Vector128.Create(sums[(x + 2)..]);
            var ink = Vector128.LessThan(nine, Vector128.Create(limits[x..])).ExtractMostSignificantBits();
            if (width - x < 8) ink &= (1u << (width - x)) - 1;
            target[(x / 8) ^ 3] = Reversed[(int)ink];
        }
    }

    private static unsafe bool LosesSomething(PreparedPage page, Pix blackWhite)
    {
        int width = page.Level.Width, height = page.Level.Height;
        var side = Math.Max(4, (int)(Tile * page.SketchScale / 25.4));
        var (across, down) = (width / side + 1, height / side + 1);
        int[] halftones = new int[across * down], faint = new int[across * down];
        var level = (byte*)Leptonica.pixGetData(page.Level);
        var pitch = 4L * Leptonica.pixGetWpl(page.Level);
        var ink = new InkNearby(blackWhite, width);
        for (var y = 0; y < height; y++)
        {
            for (var x = 0; x < width; x++)
            {
                var value = level[y * pitch + (x ^ 3)];
                if (value is < (byte)(Dark * Paper) or >= (byte)(Faint * Paper)) continue;
                var tile = y / side * across + x / side;
                if (value < (byte)(Light * Paper)) halftones[tile]++;
                if (value >= (byte)(Ink * Paper) && !ink.IsAt(x, y)) faint[tile]++;
            }
        }

        var dust = FaintArea * page.SketchScale * page.SketchScale / (25.4 * 25.4);
        var margin = (int)Math.Round(Margin / Tile);
        var pictures = Enumerable.Range(0, halftones.Length).Where(i => halftones[i] > MostHalftones * side * side).ToList();
        var inside = pictures.Count(i => Math.Min(i % across, across - 1 - i % across) >= margin
            && Math.Min(i / across, down - 1 - i / across) >= margin);
        return inside >= Picture || pictures.Count >= PictureAtEdge || faint.Count(n => n > dust) >= Word;
    }

    /// <summary>Whether ink lies within some pixels of a place of the reduced image.</summary>
    private readonly unsafe struct InkNearby(Pix blackWhite, int reducedWidth)
    {
        private const int Reach = 2;

        private readonly uint* _data = Leptonica.pixGetData(blackWhite);
        private readonly int _words = Leptonica.pixGetWpl(blackWhite);
        private readonly int _width = blackWhite.Width;
        private readonly int _height = blackWhite.Height;
        private readonly double _scale = blackWhite.Width / (double)reducedWidth;

        public bool IsAt(int x, int y)
        {
            int left = At(x - Reach, _width), right = At(x + Reach + 1, _width), bottom = At(y + Reach + 1, _height);
            for (var row = At(y - Reach, _height); row <= bottom; row++)
                for (var column = left; column <= right; column++)
                    if ((_data[(long)row * _words + column / 32] >> (31 - column % 32) & 1) != 0) return true;
            return false;
        }

        private int At(int reduced, int length) => Math.Clamp((int)(reduced * _scale), 0, length - 1);
    }
}
