using Postlotse.Engines.Native;

namespace Postlotse.Engines.Child;

/// <summary>
/// Whether an image taken out of a PDF is all its page shows: same place, not cropped, mirrored or inverted, nothing drawn over it.
/// Compares mean brightness in tiles, so that different ways of reducing do not matter. A tile is as high as a line of small print, so
/// that such a line fills it.
/// </summary>
internal static class Comparison
{
    /// <summary>11 × 3 mm; the tiles of one row cover half of those of the row before.</summary>
    private const int TileWidth = 16, TileHeight = 4;

    /// <summary>Different ways of reducing alone differ by up to 6 where print stands. Light grey small print stays below it.</summary>
    private const double GreatestDifference = 9;

    /// <summary>Compares.</summary>
    /// <param name="scan">The image in grey.</param>
    /// <param name="turn">Clockwise turn the page asks viewers for.</param>
    /// <param name="reference">File with a small rendering of the page.</param>
    public static bool Shows(Pix scan, int turn, string reference)
    {
        var pix = Leptonica.pixRead(reference);
        if (pix == 0) throw new DamagedImageException("rendering of the page");
        using var rendering = Pix.Own(pix, "pixRead");
        using var page = rendering.ToGrey();
        if (page.Width < TileWidth || page.Height < TileHeight) return false;
        using var half = scan.Scale(0.5, 0.5); // exact halves are quick, and leave a quarter to the slow way
        var (width, height) = turn is 90 or 270 ? (half.Height, half.Width) : (half.Width, half.Height);
        var (x, y) = ((double)page.Width / width, (double)page.Height / height);
        using var reduced = turn is 90 or 270 ? half.Scale(y, x) : half.Scale(x, y);
        using var small = reduced.Turn(turn);
        return Math.Abs(small.Width - page.Width) <= 1 && Math.Abs(small.Height - page.Height) <= 1 && SameTiles(page, small);
    }

    private static bool SameTiles(Pix a, Pix b)
    {
        int width = Math.Min(a.Width, b.Width), height = Math.Min(a.Height, b.Height);
        foreach (var y in Starts(height, TileHeight, TileHeight / 2))
            foreach (var x in Starts(width, TileWidth, TileWidth))
                if (Math.Abs(Mean(a, x, y) - Mean(b, x, y)) > GreatestDifference) return false;
        return true;
    }

    /// <summary>Where tiles begin; the last one reaches the edge and overlaps the one before.</summary>
    private static IEnumerable<int> Starts(int length, int size, int step)
    {
        for (var start = 0; start + size < length; start += step) yield return start;
        yield return length - size;
    }

    private static unsafe double Mean(Pix pix, int x, int y)
    {
        var data = Leptonica.pixGetData(pix);
        var (words, sum) = (Leptonica.pixGetWpl(pix), 0);
        for (var row = y; row < y + TileHeight; row++)
            for (var column = x; column < x + TileWidth; column++)
                sum += (int)(data[row * (long)words + column / 4] >> (24 - 8 * (column % 4))) & 0xFF; // first pixel in the highest byte
        return sum / (double)(TileWidth * TileHeight);
    }
}
