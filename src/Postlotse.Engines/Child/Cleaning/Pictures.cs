using Postlotse.Engines.Native;

namespace Postlotse.Engines.Child.Cleaning;

/// <summary>
/// Pictures on a page with hardly any print: their shapes hide a caption from the engine, which takes all of it for one picture.
/// </summary>
internal static class Pictures
{
    /// <summary>Share of the brightness of bright paper; darker ground is a picture, for shadows on scans are lighter.</summary>
    private const double Darkest = 0.8;

    /// <summary>Share of a page's cells that are no brighter than its bright paper.</summary>
    private const double Bright = 0.9;

    /// <summary>So many dark cells (1.7 × 2.5 mm) are more than a punch hole or a thick rule.</summary>
    private const int Fewest = 60;

    /// <summary>The page with white in the place of pictures; null when there are none.</summary>
    public static Pix? Remove(PreparedPage page)
    {
        var paper = page.PaperMap;
        var cells = Enumerable.Range(0, paper.Rows * paper.Columns)
            .Select(i => (Row: i / paper.Columns, Column: i % paper.Columns))
            .Select(c => (c.Row, c.Column, Paper: paper.At(c.Column, c.Row))).ToList();
        var limit = Darkest * cells.Select(c => c.Paper).Order().ElementAt((int)(Bright * (cells.Count - 1)));
        var dark = cells.Where(c => c.Paper < limit).ToList();
        if (dark.Count < Fewest) return null;
        var rest = page.Grey.Copy();
        var scale = page.Resolution / page.SketchScale;
        double width = PaperMap.CellWidth * scale, height = PaperMap.CellHeight * scale;
        foreach (var (row, column, _) in dark) // with the cells around it, for edges of shapes
            rest.Whiten((int)((column - 1) * width), (int)((row - 1) * height), (int)(3 * width), (int)(3 * height));

        return rest;
    }
}
