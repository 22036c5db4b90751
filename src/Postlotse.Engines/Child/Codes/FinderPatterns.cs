namespace Postlotse.Engines.Child.Codes;

/// <summary>
/// Finds where QR codes stand by the squares in their corners: along each line through the middle, black and white are as wide as
/// 1 : 1 : 3 : 1 : 1 modules (ISO/IEC 18004). Two of the three are enough, for the third may be dirty.
/// </summary>
internal static class FinderPatterns
{
    private const double LeastModule = 1.6, MostModule = 14;

    /// <summary>What a width may be off, in modules and, for coarse scans, in pixels.</summary>
    private const double Tolerance = 0.4, Blur = 0.9;

    /// <summary>Widest QR code in modules, from the middle of one square to that of the other.</summary>
    private const double MostModules = 170, LeastModules = 12;

    /// <summary>Areas in pixels with a margin.</summary>
    /// <param name="page">The page.</param>
    /// <param name="turned">The same turned clockwise by a quarter.</param>
    public static IEnumerable<PixelBox> Find(BlackWhite page, BlackWhite turned)
    {
        var squares = Squares(page, turned);
        for (var i = 0; i < squares.Count; i++)
        {
            for (var j = i + 1; j < squares.Count; j++)
            {
                var (a, b) = (squares[i], squares[j]);
                var module = (a.Module + b.Module) / 2;
                if (Math.Abs(a.Module - b.Module) > 0.25 * module + 0.2) continue;
                double dx = a.X - b.X, dy = a.Y - b.Y, distance = Math.Sqrt(dx * dx + dy * dy);
                if (distance < LeastModules * module || distance > MostModules * module) continue;
                var middle = new PixelBox((int)((a.X + b.X) / 2), (int)((a.Y + b.Y) / 2), 0, 0);
                // The third square lies on either side of the line between them, or of its middle.
                double longer = Math.Max(Math.Abs(dx), Math.Abs(dy)), shorter = Math.Min(Math.Abs(dx), Math.Abs(dy));
                var reach = shorter > longer / 2 ? longer / 2 : longer;
                yield return middle.With((int)(reach + 10 * module));
            }
        }
    }

    private static List<Square> Squares(BlackWhite page, BlackWhite turned)
    {
        var (squares, edges, across) = (new List<Square>(), new List<int>(), new List<int>());
        for (var y = 1; y < page.Height; y += 2)
        {
            page.Edges(y, edges);
            for (var i = 0; i + 6 <= edges.Count; i += 2)
            {
                var module = Module(edges, i);
                if (module == 0) continue;
                var x = (edges[i + 2] + edges[i + 3]) / 2;
                if (squares.Exists(s => s.Holds(x, y))) continue;
                turned.Edges(x, across); // a column of the page, from its bottom to its top
                var place = page.Height - 1 - y;
                var middle = across.FindIndex(e => e > place) - 1;
                if (middle < 2 || middle % 2 != 0 || middle + 4 > across.Count) continue;
                var other = Module(across, middle - 2);
                if (other == 0 || Math.Abs(other - module) > 0.3 * module + 0.2) continue;
                squares.Add(new(x, page.Height - 1 - (across[middle] + across[middle + 1]) / 2.0, (module + other) / 2));
            }
        }

        return squares;
    }

    /// <summary>Pixels of a module when the widths from this edge on are those of a square; otherwise 0.</summary>
    private static double Module(List<int> edges, int first)
    {
        var module = (edges[first + 5] - edges[first]) / 7.0;
        if (module is < LeastModule or > MostModule) return 0;
        for (var i = 0; i < 5; i++)
        {
            var expected = i == 2 ? 3 * module : module;
            if (Math.Abs(edges[first + i + 1] - edges[first + i] - expected) > Tolerance * module + Blur) return 0;
        }

        return module;
    }

    private sealed record Square(double X, double Y, double Module)
    {
        public bool Holds(double x, double y) => Math.Abs(x - X) < 2 * Module && Math.Abs(y - Y) < 2 * Module;
    }
}
