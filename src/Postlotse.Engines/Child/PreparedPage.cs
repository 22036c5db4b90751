using Postlotse.Engines.Native;

namespace Postlotse.Engines.Child;

/// <summary>
/// A page's grey image in working resolution, and a small black and white one to find out its orientation, lean and whether
/// anything is printed on it.
/// </summary>
internal sealed class PreparedPage : IDisposable
{
    /// <summary>Resolution the cleaning steps are made for; finer scans are reduced to it.</summary>
    public const double WorkingResolution = 300;

    private const double SketchResolution = 150;

    private PreparedPage(Pix grey, Pix sketch, double resolution, double sketchResolution) =>
        (Grey, Sketch, Resolution, SketchScale) = (grey, sketch, resolution, sketchResolution);

    public Pix Grey { get; }

    /// <summary>Black and white, background levelled, specks removed.</summary>
    public Pix Sketch { get; }

    /// <summary>Dots per inch of <see cref="Grey"/> in both directions.</summary>
    public double Resolution { get; }

    /// <summary>Dots per inch of <see cref="Sketch"/>.</summary>
    public double SketchScale { get; }

    public void Dispose()
    {
        Grey.Dispose();
        Sketch.Dispose();
    }

    public static PreparedPage From(Pix source, double dotsPerInchX, double dotsPerInchY)
    {
        var grey = WorkingGrey(source, dotsPerInchX, dotsPerInchY, out var resolution);
        try
        {
            var scale = SketchResolution / resolution;
            if (Math.Abs(scale - 0.5) < 0.02) scale = 0.5; // five times as fast as any other
            return new(grey, MakeSketch(grey, scale), resolution, resolution * scale);
        }
        catch
        {
            grey.Dispose();
            throw;
        }
    }

    /// <summary>Fax pages have different resolutions in both directions: the coarser one is brought up to the finer.</summary>
    private static Pix WorkingGrey(Pix source, double x, double y, out double resolution)
    {
        resolution = Math.Max(x, y) > WorkingResolution * 1.1 ? WorkingResolution : Math.Max(x, y);
        var grey = source.ToGrey();
        double scaleX = resolution / x, scaleY = resolution / y;
        if (Math.Abs(scaleX - 1) < 0.02 && Math.Abs(scaleY - 1) < 0.02) return grey;
        using (grey) return grey.Scale(scaleX, scaleY);
    }

    private static Pix MakeSketch(Pix grey, double scale)
    {
        using var small = grey.Scale(scale, scale);
        using var level = small.LevelBackground();
        using var blackWhite = level.ToBlackWhite(160);
        return blackWhite.WithoutSpecks(2);
    }
}
