namespace Postlotse.Engines.Child;

/// <summary>
/// Decides whether anything is on a page (Leerseite): what scanners add of their own – shadows along the edges, punch holes, dust –
/// does not count. In doubt a page is not blank.
/// </summary>
internal static class Blankness
{
    private const double Margin = 6, HoleReach = 22, SmallestLetter = 1, LargestDust = 0.8;

    /// <summary>Fewer spots of a letter's size than this are dirt.</summary>
    private const int FewestLetters = 4;

    /// <summary>Whether the page is blank.</summary>
    /// <param name="spots">Boxes around connected spots, pixels.</param>
    /// <param name="width">Pixels.</param>
    /// <param name="height">Pixels.</param>
    /// <param name="resolution">Dots per inch.</param>
    public static bool IsBlank(IEnumerable<(int X, int Y, int Width, int Height)> spots, int width, int height, double resolution)
    {
        var millimetre = resolution / 25.4;
        var letters = 0;
        foreach (var (x, y, w, h) in spots)
        {
            double left = x / millimetre, top = y / millimetre, wide = w / millimetre, high = h / millimetre;
            double right = (width - x - w) / millimetre, bottom = (height - y - h) / millimetre;
            var nearest = Math.Min(Math.Min(left, right), Math.Min(top, bottom));
            if (nearest < Margin || Math.Max(wide, high) <= LargestDust || IsHole(wide, high, nearest)) continue;
            if (Math.Max(wide, high) > 15) return false; // a line, a picture, a signature
            if (high >= SmallestLetter) letters++;
        }

        return letters < FewestLetters;
    }

    private static bool IsHole(double wide, double high, double fromEdge) =>
        wide is > 4 and < 9 && high is > 4 and < 9 && wide / high is > 0.75 and < 1.33 && fromEdge < HoleReach;
}
