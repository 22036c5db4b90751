using Postlotse.Engines.Native;

namespace Postlotse.Engines.Child.Cleaning;

/// <summary>
/// A stamp over print: its ink is lighter than that of the print, so the two are told apart and read one after the other. Looked for are
/// areas as large as stamps whose broad strokes are of one lighter tone; a page without any takes a millisecond.
/// </summary>
internal static class Stamp
{
    /// <summary>With the paper at 200, between which a stamp's ink lies; darker is print.</summary>
    private const int Darkest = 55, Brightest = 126;

    /// <summary>Neighbours within a broad stroke differ by no more; at the edges of print they do.</summary>
    private const int Even = 16;

    /// <summary>Side of a tile, millimetres.</summary>
    private const double Tile = 3;

    /// <summary>Pixels of 150 dpi in a tile that are more than dust.</summary>
    private const int Strokes = 10;

    /// <summary>Tiles of one stamp differ by no more; a grey letterhead above it does, with the paper at 200.</summary>
    private const int OneTone = 12;

    /// <summary>Tiles that may be empty between two of a stamp.</summary>
    private const int Gap = 2;

    /// <summary>Sides of stamps in tiles: from 15 × 9 to 105 × 66 millimetres.</summary>
    private const int LeastLong = 5, LeastShort = 3, MostLong = 35, MostShort = 22;

    /// <summary>The page without stamps that lie over print, and those alone on white; null when there are none.</summary>
    public static (Pix Print, Pix Stamps)? Separate(PreparedPage page)
    {
        var side = Math.Max(4, (int)(Tile * page.SketchScale / 25.4));
        var areas = Areas(page.Level, side).Select(a => StampLayers.Of(page, a.Pixels(side), a.Tone)).OfType<StampLayers>().ToList();
        if (areas.Count == 0) return null;
        var (print, stamps) = (page.Grey.Copy(), page.Grey.Copy());
        stamps.Whiten(0, 0, stamps.Width, stamps.Height);
        foreach (var area in areas) area.Divide(page.Grey, print, stamps);
        return (print, stamps);
    }

    /// <summary>Areas as large as stamps with broad strokes of a stamp's tone.</summary>
    private static List<Area> Areas(Pix level, int side)
    {
        var (across, down) = (level.Width / side + 1, level.Height / side + 1);
        var tiles = new (int Count, int Sum)[across * down];
        Count(level, tiles, side, across);
        var areas = new List<Area>();
        for (var i = 0; i < tiles.Length; i++)
        {
            if (tiles[i].Count < Strokes) continue;
            var (x, y) = (i % across, i / across);
            var found = new Area(x, y, x + 1, y + 1, tiles[i].Count, tiles[i].Sum);
            tiles[i] = default;
            for (Area? before = null; found != before;) (before, found) = (found, Grow(found));
            var (longer, shorter) = (Math.Max(found.Width, found.Height), Math.Min(found.Width, found.Height));
            if (longer is >= LeastLong and <= MostLong && shorter is >= LeastShort and <= MostShort)
                areas.Add(found);
        }

        return areas;

        Area Grow(Area area)
        {
            var grown = area;
            for (var y = Math.Max(0, area.Top - Gap - 1); y < Math.Min(down, area.Bottom + Gap + 1); y++)
            {
                for (var x = Math.Max(0, area.Left - Gap - 1); x < Math.Min(across, area.Right + Gap + 1); x++)
                {
                    ref var tile = ref tiles[y * across + x];
                    if (tile.Count < Strokes || Math.Abs(tile.Sum / tile.Count - grown.Tone) > OneTone) continue;
                    grown = new(
                        Math.Min(grown.Left, x), Math.Min(grown.Top, y), Math.Max(grown.Right, x + 1), Math.Max(grown.Bottom, y + 1),
                        grown.Count + tile.Count, grown.Sum + tile.Sum);
                    tile = default;
                }
            }

            return grown;
        }
    }

    /// <summary>Counts pixels of a stamp's tone whose neighbours are of the same; most words of a page are bright and skipped.</summary>
    private static unsafe void Count(Pix level, (int Count, int Sum)[] tiles, int side, int across)
    {
        const uint Bright = 0x80808080;
        int width = level.Width, height = level.Height, words = Leptonica.pixGetWpl(level);
        var data = Leptonica.pixGetData(level);
        for (var y = 0; y < height - 1; y++)
        {
            var row = data + (long)y * words;
            byte* here = (byte*)row, below = (byte*)(row + words);
            for (var word = 0; word < words; word++)
            {
                if ((row[word] & Bright) == Bright) continue;
                for (var x = word * 4; x < Math.Min(width - 1, word * 4 + 4); x++)
                {
                    int value = here[x ^ 3];
                    if (value is < Darkest or >= Brightest) continue;
                    if (Math.Abs(value - here[(x + 1) ^ 3]) > Even || Math.Abs(value - below[x ^ 3]) > Even) continue;
                    ref var tile = ref tiles[y / side * across + x / side];
                    tile = (tile.Count + 1, tile.Sum + value);
                }
            }
        }

        GC.KeepAlive(level);
    }

    /// <summary>Tiles with broad strokes of one tone.</summary>
    /// <param name="Left">First column.</param>
    /// <param name="Top">First row.</param>
    /// <param name="Right">The column behind the last.</param>
    /// <param name="Bottom">The row below the last.</param>
    /// <param name="Count">Pixels of a stamp's tone.</param>
    /// <param name="Sum">What their values add up to.</param>
    private sealed record Area(int Left, int Top, int Right, int Bottom, int Count, int Sum)
    {
        public double Tone => Sum / (double)Count;

        public int Width => Right - Left;

        public int Height => Bottom - Top;

        public (int Left, int Top, int Right, int Bottom) Pixels(int side) => (Left * side, Top * side, Right * side, Bottom * side);
    }
}
