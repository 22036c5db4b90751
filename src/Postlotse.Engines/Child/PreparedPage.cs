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

    private PreparedPage(Pix grey, Pix level, Pix sketch, PaperMap paper, double resolution, double sketchResolution) =>
        (Grey, Level, Sketch, PaperMap, Resolution, SketchScale) = (grey, level, sketch, paper, resolution, sketchResolution);

    public Pix Grey { get; }

    /// <summary>Grey, reduced, background levelled.</summary>
    public Pix Level { get; }

    /// <summary>How bright the paper is, by cells of <see cref="Level"/>.</summary>
    public PaperMap PaperMap { get; }

    /// <summary>Black and white, background levelled, specks removed.</summary>
    public Pix Sketch { get; }

    /// <summary>Dots per inch of <see cref="Grey"/> in both directions.</summary>
    public double Resolution { get; }

    /// <summary>Dots per inch of the scan in the coarser direction.</summary>
    public required double SourceResolution { get; init; }

    /// <summary>Dots per inch of <see cref="Sketch"/> and <see cref="Level"/>.</summary>
    public double SketchScale { get; }

    public void Dispose()
    {
        Grey.Dispose();
        Level.Dispose();
        Sketch.Dispose();
    }

    public static PreparedPage From(Pix source, double dotsPerInchX, double dotsPerInchY)
    {
        var grey = WorkingGrey(source, dotsPerInchX, dotsPerInchY, out var resolution);
        var level = default(Pix);
        try
        {
            var scale = SketchResolution / resolution;
            if (Math.Abs(scale - 0.5) < 0.02) scale = 0.5; // five times as fast as any other
            using var small = grey.Scale(scale, scale);
            level = small.LevelBackground();
            using var blackWhite = level.ToBlackWhite(160);
            return new(grey, level, blackWhite.WithoutSpecks(2), PaperMap.Of(small, level), resolution, resolution * scale)
            {
                SourceResolution = Math.Min(dotsPerInchX, dotsPerInchY),
            };
        }
        catch
        {
            grey.Dispose();
            level?.Dispose();
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
}
