using Postlotse.Engines.Native;

namespace Postlotse.Engines.Child;

/// <summary>
/// How bright the paper is in each cell of a page, by what levelling its background did to the cell: Leptonica multiplies a cell's
/// pixels by one number.
/// </summary>
internal sealed class PaperMap
{
    /// <summary>Leptonica's cells, pixels of the levelled image.</summary>
    public const int CellWidth = 10, CellHeight = 15;

    /// <summary>What Leptonica makes of paper.</summary>
    private const double Levelled = 200;

    private readonly double[] _brightness;

    private PaperMap(double[] brightness, int columns, int rows) => (_brightness, Columns, Rows) = (brightness, columns, rows);

    public int Columns { get; }

    public int Rows { get; }

    /// <summary>Brightness of the paper, 0 to 255; outside that of the nearest cell.</summary>
    public double At(int column, int row) => _brightness[Math.Min(row, Rows - 1) * Columns + Math.Min(column, Columns - 1)];

    /// <summary>For each cell what grey values are multiplied with and what is added, so that its paper becomes white.</summary>
    /// <param name="black">With the paper at 200, what becomes 0.</param>
    /// <param name="white">With the paper at 200, what becomes 255.</param>
    public ToneMap Tones(double black, double white)
    {
        var stretch = 255 / (white - black);
        return new([.. _brightness.Select(b => (float)(Levelled / Math.Max(1, b) * stretch))], (float)(-black * stretch), Columns, Rows);
    }

    /// <summary>Compares an image with what levelling made of it.</summary>
    public static unsafe PaperMap Of(Pix image, Pix level)
    {
        int width = image.Width, height = image.Height;
        int columns = (width + CellWidth - 1) / CellWidth, rows = (height + CellHeight - 1) / CellHeight;
        var (before, after) = (new long[columns * rows], new long[columns * rows]);
        byte* dark = (byte*)Leptonica.pixGetData(image), bright = (byte*)Leptonica.pixGetData(level);
        long from = 4L * Leptonica.pixGetWpl(image), to = 4L * Leptonica.pixGetWpl(level);
        for (var y = 0; y < height; y++)
        {
            for (var x = 0; x < width; x++)
            {
                var levelled = bright[y * to + (x ^ 3)];
                if (levelled == 255) continue; // may have been cut off
                var cell = y / CellHeight * columns + x / CellWidth;
                before[cell] += dark[y * from + (x ^ 3)];
                after[cell] += levelled;
            }
        }

        return new([.. before.Zip(after, (b, a) => a == 0 ? Levelled : Levelled * b / a)], columns, rows);
    }
}

/// <summary>New grey values of a page: the old ones times a factor of their cell, and a number that is added everywhere.</summary>
internal sealed record ToneMap(float[] Factors, float Added, int Columns, int Rows);
