namespace Postlotse.Engines.Child.Codes;

/// <summary>
/// Finds patch codes: four bars along an edge of a separator sheet, two of them wide (Kodak A-61599, "Patch Code Information"). Bars of
/// 0.08 and 0.20 inch with gaps of 0.08 inch, at least 0.75 inch long, not more than 3.75 inches from the edge that enters the scanner.
/// </summary>
internal static class PatchCodes
{
    private const double MostFromEdge = 95, BetweenLooks = 5, Drift = 1.5;

    /// <summary>Looks one after the other, 5 mm apart, that must see the same bars.</summary>
    private const int LeastLooks = 3;

    /// <summary>Ten of these make a code, millimetres; printed somewhat larger or smaller than the 2.03 of the standard.</summary>
    private const double LeastUnit = 1.6, MostUnit = 2.5;

    /// <summary>Patch codes with their boxes in pixels.</summary>
    /// <param name="page">The page, lying anyhow.</param>
    /// <param name="resolution">Dots per inch.</param>
    public static IEnumerable<(string Text, PixelBox Box)> Find(BlackWhite page, double resolution)
    {
        var millimetre = resolution / 25.4;
        foreach (var (text, box) in Along(page.Width, page.Height, page.IsBlack, millimetre)) yield return (text, box);
        foreach (var (text, box) in Along(page.Height, page.Width, (x, y) => page.IsBlack(y, x), millimetre))
            yield return (text, new(box.Y, box.X, box.Height, box.Width));
    }

    /// <summary>The code whose bars and gaps are so wide, first bar first; null when they are of none.</summary>
    /// <param name="runs">Seven widths: bar, gap, bar, gap, bar, gap, bar.</param>
    internal static string? Decode(ReadOnlySpan<double> runs)
    {
        var unit = 0.0;
        foreach (var run in runs) unit += run / 10;
        var wide = 0;
        for (var i = 0; i < runs.Length; i++)
        {
            var width = runs[i] / unit;
            var isWide = i % 2 == 0 && width > 1.75;
            if (isWide ? width > 3.2 : width is < 0.5 or > 1.6) return null;
            if (i % 2 == 0) wide = wide << 1 | (isWide ? 1 : 0);
        }

        return wide switch
        {
            0b1100 => "I",
            0b1001 => "II",
            0b1010 => "III",
            0b0110 => "IV",
            0b0011 => "VI",
            0b0101 => "T",
            _ => null,
        };
    }

    /// <summary>Codes whose bars run along x. Bars are read from the nearer edge inwards: upside down, a III is a T.</summary>
    private static IEnumerable<(string Text, PixelBox Box)> Along(
        int width, int height, Func<int, int, bool> isBlack, double millimetre)
    {
        var depth = Math.Min((int)(MostFromEdge * millimetre), height);
        foreach (var isNear in (bool[])[true, false])
        {
            List<Look> current = [];
            for (var x = (int)(BetweenLooks * millimetre); x < width; x += (int)(BetweenLooks * millimetre))
            {
                var at = x;
                var look = See(depth, i => isBlack(at, isNear ? i : height - 1 - i), millimetre, x);
                if (look is not null && current.Count > 0 && look.Continues(current[^1], Drift * millimetre))
                {
                    current.Add(look);
                    continue;
                }

                if (Finish(current, isNear, height) is { } found) yield return found;
                current = look is null ? [] : [look];
            }

            if (Finish(current, isNear, height) is { } last) yield return last;
        }
    }

    private static (string Text, PixelBox Box)? Finish(List<Look> looks, bool isNear, int height)
    {
        if (looks.Count < LeastLooks) return null;
        int start = looks.Min(l => l.Start), end = looks.Max(l => l.End);
        return (looks[0].Text, new(looks[0].X, isNear ? start : height - end, looks[^1].X - looks[0].X, end - start));
    }

    /// <summary>Looks along a line from the edge inwards.</summary>
    private static Look? See(int depth, Func<int, bool> isBlack, double millimetre, int x)
    {
        var runs = new List<(int Start, int End)>(); // black and white in turn, beginning with white
        var (start, black) = (0, false);
        for (var i = 0; i < depth; i++)
        {
            if (isBlack(i) == black) continue;
            runs.Add((start, i));
            (start, black) = (i, !black);
        }

        runs.Add((start, depth));
        for (var first = 1; first + 7 < runs.Count; first += 2)
        {
            var code = runs.Slice(first, 7);
            var unit = (code[^1].End - code[0].Start) / 10.0;
            if (unit < LeastUnit * millimetre || unit > MostUnit * millimetre || !IsQuiet(first - 1) || !IsQuiet(first + 7)) continue;
            if (Decode([.. code.Select(r => (double)(r.End - r.Start))]) is { } text) return new(text, x, code[0].Start, code[^1].End);

            bool IsQuiet(int index) => runs[index].End - runs[index].Start > 1.5 * unit;
        }

        return null;
    }

    private sealed record Look(string Text, int X, int Start, int End)
    {
        public bool Continues(Look before, double drift) =>
            string.Equals(Text, before.Text, StringComparison.Ordinal) && Math.Abs(Start - before.Start) < drift;
    }
}
