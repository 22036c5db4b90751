using Postlotse.Engines.Native;

namespace Postlotse.Engines.Child;

/// <summary>Finds by the ascenders and descenders of the print which way up a page is (Leptonica's detector; Bloomberg, Kopec, Dasari 1995).</summary>
internal static class Orientation
{
    /// <summary>Below this the detector only guesses (its own default).</summary>
    private const double Sure = 8, Ratio = 2.5;

    /// <summary>Clockwise turn that brings the page upright, and whether the print says so.</summary>
    /// <param name="page">Black and white, about 150 dpi.</param>
    public static (int Turn, bool Sure) Detect(Pix page)
    {
        if (Leptonica.pixOrientDetect(page, out var up, out var left, 0, 0) != 0) return (0, false);
        return Decide(up, left);
    }

    internal static (int Turn, bool Sure) Decide(double up, double left)
    {
        var (lying, turn) = Math.Abs(left) > Math.Abs(up) ? (Math.Abs(left), left > 0 ? 90 : 270) : (Math.Abs(up), up > 0 ? 0 : 180);
        var other = Math.Min(Math.Abs(left), Math.Abs(up));
        return (turn, lying >= Sure && lying >= Ratio * other);
    }
}
