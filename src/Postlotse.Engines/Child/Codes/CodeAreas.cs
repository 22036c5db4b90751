namespace Postlotse.Engines.Child.Codes;

/// <summary>
/// Where on a page barcodes may stand. Looking for them in the whole page would take a tenth of the time of reading it; nearly all pages
/// have no such place.
/// </summary>
internal static class CodeAreas
{
    /// <summary>With more areas than this (pictures, patterns) the whole page is looked at instead.</summary>
    private const int MostAreas = 12;

    /// <summary>Areas in pixels with a margin, none overlapping another.</summary>
    /// <param name="page">The page.</param>
    /// <param name="turned">The same turned clockwise by a quarter.</param>
    /// <param name="resolution">Dots per inch.</param>
    public static IReadOnlyList<PixelBox> Find(BlackWhite page, BlackWhite turned, double resolution)
    {
        var (areas, millimetre, whole) = (new List<PixelBox>(), resolution / 25.4, new PixelBox(0, 0, page.Width, page.Height));
        foreach (var area in FinderPatterns.Find(page, turned)) Add(areas, area.Within(whole));
        foreach (var area in BarRows.Find(page, millimetre)) Add(areas, area.Within(whole));
        foreach (var area in BarRows.Find(turned, millimetre))
            Add(areas, new PixelBox(area.Y, page.Height - area.X - area.Width, area.Height, area.Width).Within(whole));
        return areas.Count > MostAreas ? [whole] : areas;
    }

    private static void Add(List<PixelBox> areas, PixelBox area)
    {
        while (areas.Find(area.Touches) is { } other)
        {
            areas.Remove(other);
            area = area.Around(other);
        }

        areas.Add(area);
    }
}

/// <summary>A rectangle of pixels.</summary>
internal sealed record PixelBox(int X, int Y, int Width, int Height)
{
    public PixelBox With(int margin) => new(X - margin, Y - margin, Width + 2 * margin, Height + 2 * margin);

    public PixelBox Within(PixelBox other)
    {
        int x = Math.Max(X, other.X), y = Math.Max(Y, other.Y);
        int right = Math.Min(X + Width, other.X + other.Width), bottom = Math.Min(Y + Height, other.Y + other.Height);
        return new(x, y, Math.Max(0, right - x), Math.Max(0, bottom - y));
    }

    public PixelBox Around(PixelBox other)
    {
        int x = Math.Min(X, other.X), y = Math.Min(Y, other.Y);
        return new(x, y, Math.Max(X + Width, other.X + other.Width) - x, Math.Max(Y + Height, other.Y + other.Height) - y);
    }

    public bool Touches(PixelBox other) =>
        X <= other.X + other.Width && other.X <= X + Width && Y <= other.Y + other.Height && other.Y <= Y + Height;
}
