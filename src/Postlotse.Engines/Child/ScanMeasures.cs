using Postlotse.Engines.Child.Codes;
using Postlotse.Engines.Native;
using Postlotse.Letters;

namespace Postlotse.Engines.Child;

/// <summary>Measures how bright paper and print of a scan are, and how sharp the edges of the print.</summary>
internal static class ScanMeasures
{
    private const int EveryRow = 6, EveryPixel = 3, LeastStep = 30, FewestEdges = 20;

    /// <summary>Half of the way across an edge that is looked at, millimetres.</summary>
    private const double Reach = 0.6;

    /// <param name="page">Not blank.</param>
    public static unsafe PageScan Of(PreparedPage page)
    {
        var (sketch, scale, edges) = (BlackWhite.From(page.Sketch), page.Resolution / page.SketchScale, new List<int>());
        var grey = page.Grey;
        var (width, height, reach) = (grey.Width, grey.Height, (int)Math.Ceiling(Reach * page.Resolution / 25.4));
        var data = Leptonica.pixGetData(grey);
        var words = Leptonica.pixGetWpl(grey);
        var (ink, paper, widths) = (new int[256], new int[256], new List<double>());
        for (var y = 0; y < sketch.Height; y += EveryRow)
        {
            var row = (byte*)(data + Math.Min(height - 1, (long)(y * scale)) * words);
            for (var x = 0; x < sketch.Width; x += EveryPixel)
                (sketch.IsBlack(x, y) ? ink : paper)[row[Math.Min(width - 1, (int)(x * scale)) ^ 3]]++; // first pixel in the highest byte
            sketch.Edges(y, edges);
            foreach (var edge in edges)
            {
                var at = (int)(edge * scale);
                if (at >= reach + 1 && at + reach + 1 < width && EdgeWidth(row, at - reach, at + reach) is { } w) widths.Add(w);
            }
        }

        GC.KeepAlive(grey);
        widths.Sort();
        var edgeWidth = widths.Count < FewestEdges ? 0 : widths[widths.Count / 2] / page.Resolution * 25.4;
        return new(Math.Round(Median(paper, 0), 3), Math.Round(Median(ink, 1), 3), Math.Round(edgeWidth, 3));
    }

    /// <summary>Pixels that the steepest slope would need from the darkest to the brightest; null where there is hardly a step.</summary>
    private static unsafe double? EdgeWidth(byte* row, int from, int to)
    {
        var (dark, bright, steepest) = (255, 0, 1);
        for (var x = from; x <= to; x++)
        {
            int value = row[x ^ 3];
            (dark, bright) = (Math.Min(dark, value), Math.Max(bright, value));
            steepest = Math.Max(steepest, Math.Abs(row[(x + 1) ^ 3] - row[(x - 1) ^ 3]));
        }

        return bright - dark < LeastStep ? null : 2.0 * (bright - dark) / steepest;
    }

    /// <summary>0–1. A page that is black all over has no paper, one that is white has no ink.</summary>
    private static double Median(int[] histogram, double whenNone)
    {
        var (half, sum) = (histogram.Sum() / 2, 0);
        for (var value = 0; value < 256; value++)
        {
            sum += histogram[value];
            if (sum > half) return value / 255.0;
        }

        return whenNone;
    }
}
