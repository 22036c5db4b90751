using Postlotse.Letters;

namespace Postlotse.Engines.Child.Codes;

/// <summary>Barcodes (Strichcode) of a page, looked for on the page as it lies and placed on the page upright and straight.</summary>
internal static class PageCodes
{
    /// <summary>From top to bottom.</summary>
    /// <param name="page">As it lies.</param>
    /// <param name="scanner">Reads barcodes.</param>
    /// <param name="turn">Clockwise turn that brings the page upright.</param>
    /// <param name="correction">Clockwise turn in degrees, before that one, that makes it straight.</param>
    public static IReadOnlyList<Barcode> Find(PreparedPage page, CodeScanner scanner, int turn, double correction)
    {
        var sketch = BlackWhite.From(page.Sketch);
        using var turned = page.Sketch.Turn(90);
        var areas = CodeAreas.Find(sketch, BlackWhite.From(turned), page.SketchScale);
        var codes = new List<Barcode>();
        if (areas.Count > 0)
        {
            // ZBar needs lines that cross a code as a whole.
            using var straight = correction == 0 ? null : page.Grey.Rotate(correction);
            var lying = PagePlace.Of(page, 0, correction);
            foreach (var area in areas)
            {
                var place = Pixels(lying.Around(Corners(area, page.SketchScale)), page.Resolution);
                foreach (var code in scanner.Scan(straight ?? page.Grey, place))
                    codes.Add(new(code.Kind, code.Text, PagePlace.Of(page, turn, 0).Around(Scaled(code.Points, page.Resolution))));
            }
        }

        foreach (var (text, box) in PatchCodes.Find(sketch, page.SketchScale))
            codes.Add(new(BarcodeKind.Patch, text, PagePlace.Of(page, turn, correction).Around(Corners(box, page.SketchScale))));
        return
        [
            .. codes.OrderBy(c => c.Box.Y).ThenBy(c => c.Box.X).ThenBy(c => c.Text, StringComparer.Ordinal)
                .DistinctBy(c => (c.Kind, c.Text, Math.Round(c.Box.X / 10), Math.Round(c.Box.Y / 10))).Take(Barcode.MostOnPage),
        ];
    }

    private static PixelBox Pixels(Box box, double resolution)
    {
        var pixels = resolution / 25.4;
        return new((int)(box.X * pixels), (int)(box.Y * pixels), (int)(box.Width * pixels), (int)(box.Height * pixels));
    }

    private static IEnumerable<(double X, double Y)> Corners(PixelBox box, double resolution) => Scaled(
        [(box.X, box.Y), (box.X + box.Width, box.Y), (box.X, box.Y + box.Height), (box.X + box.Width, box.Y + box.Height)], resolution);

    private static IEnumerable<(double X, double Y)> Scaled(IEnumerable<(double X, double Y)> points, double resolution) =>
        points.Select(p => (p.X / resolution * 25.4, p.Y / resolution * 25.4));
}

/// <summary>Where something on a page as it lies stands on the page upright and straight.</summary>
/// <param name="Width">Of the page as it lies, millimetres.</param>
/// <param name="Height">Of the page as it lies, millimetres.</param>
/// <param name="Turn">Clockwise by quarters, the second step.</param>
/// <param name="Correction">Clockwise about the middle in degrees, the first step.</param>
internal sealed record PagePlace(double Width, double Height, int Turn, double Correction)
{
    public static PagePlace Of(PreparedPage page, int turn, double correction)
    {
        var millimetres = 25.4 / page.Resolution;
        return new(page.Grey.Width * millimetres, page.Grey.Height * millimetres, turn, correction);
    }

    /// <summary>The box around points, in hundredths of a millimetre, kept on the page.</summary>
    public Box Around(IEnumerable<(double X, double Y)> points)
    {
        var moved = points.Select(Move).ToList();
        var (width, height) = Turn is 90 or 270 ? (Height, Width) : (Width, Height);
        double left = Math.Clamp(moved.Min(p => p.X), 0, width), right = Math.Clamp(moved.Max(p => p.X), 0, width);
        double top = Math.Clamp(moved.Min(p => p.Y), 0, height), bottom = Math.Clamp(moved.Max(p => p.Y), 0, height);
        return new(Math.Round(left, 2), Math.Round(top, 2), Math.Round(right - left, 2), Math.Round(bottom - top, 2));
    }

    private (double X, double Y) Move((double X, double Y) point)
    {
        var (sin, cos) = Math.SinCos(Correction * Math.PI / 180);
        double dx = point.X - Width / 2, dy = point.Y - Height / 2;
        double x = Width / 2 + dx * cos - dy * sin, y = Height / 2 + dx * sin + dy * cos;
        return Turn switch
        {
            90 => (Height - y, x),
            180 => (Width - x, Height - y),
            270 => (y, Width - x),
            _ => (x, y),
        };
    }
}
