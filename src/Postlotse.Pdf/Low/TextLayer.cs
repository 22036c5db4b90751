using System.Globalization;
using System.Text;

namespace Postlotse.Pdf.Low;

/// <summary>
/// The invisible text over a scan: one matrix turns it to how the scan lies, and each word is moved to where the lean of the scan
/// has brought it.
/// </summary>
internal static class TextLayer
{
    /// <summary>Share of the font size that capitals reach up to; readers take their word boxes from the font size.</summary>
    private const double CapitalsPerEm = 0.8;

    /// <summary>Width of the empty glyph in ems.</summary>
    private const double GlyphWidth = 0.5;

    public static string Content(PdfPage page, GlyphCodes codes)
    {
        double width = Points(page.Width), height = Points(page.Height);
        var text = new StringBuilder();
        Append(text, $"q {width} 0 0 {height} 0 0 cm /I Do Q\n");
        if (page.Lines.Count == 0) return text.ToString();
        text.Append(Matrix(page)).Append("BT 3 Tr\n");
        foreach (var line in page.Lines) AppendLine(text, page, line, codes);
        return text.Append("ET\n").ToString();
    }

    private static void AppendLine(StringBuilder text, PdfPage page, PdfTextLine line, GlyphCodes codes)
    {
        var size = Math.Clamp(Points(line.Ascent) / CapitalsPerEm, 2, 400);
        Append(text, $"/F {size} Tf\n");
        for (var i = 0; i < line.Words.Count; i++)
        {
            var word = line.Words[i];
            var glyphs = codes.Of(word.Text);
            if (glyphs.Count == 0) continue;
            var (x, y) = OnUpright(page, word.Left, word.Width, line.Baseline);
            Append(text, $"1 0 0 1 {x} {y} Tm {Stretch(word.Width, glyphs.Count, size)} Tz <");
            foreach (var glyph in glyphs) text.Append(glyph.ToString("X4", CultureInfo.InvariantCulture));
            text.Append("> Tj\n");
            if (i + 1 == line.Words.Count) continue;
            var gap = Math.Max(0.1, line.Words[i + 1].Left - word.Left - word.Width);
            Append(text, $"{Stretch(gap, 1, size)} Tz <0001> Tj\n");
        }
    }

    /// <summary>
    /// Where a word of the straightened page starts on the upright scan, points from the bottom left. The word's middle is laid on
    /// the print's, the word itself stays level: readers tear leaning words apart.
    /// </summary>
    private static (double X, double Y) OnUpright(PdfPage page, double left, double wordWidth, double baseline)
    {
        var (width, height) = page.Rotation is 90 or 270 ? (page.Height, page.Width) : (page.Width, page.Height);
        var (sin, cos) = Math.SinCos(page.SkewDegrees * Math.PI / 180);
        double x = left + wordWidth / 2 - width / 2, y = baseline - height / 2;
        return (Points(width / 2 + x * cos - y * sin - wordWidth / 2), Points(height / 2 - x * sin - y * cos));
    }

    /// <summary>Horizontal scaling in percent that makes the glyphs exactly as wide as the print.</summary>
    private static double Stretch(double millimetres, int glyphs, double size) =>
        Math.Max(1, 100 * Points(Math.Max(0.05, millimetres)) / (glyphs * GlyphWidth * size));

    /// <summary>From the upright page to the scan as it lies: turned back, counter-clockwise.</summary>
    private static string Matrix(PdfPage page)
    {
        var (width, height) = (Spell.Number(Points(page.Width)), Spell.Number(Points(page.Height)));
        return page.Rotation switch
        {
            90 => $"0 1 -1 0 {width} 0 cm\n",
            180 => $"-1 0 0 -1 {width} {height} cm\n",
            270 => $"0 -1 1 0 0 {height} cm\n",
            _ => "",
        };
    }

    private static double Points(double millimetres) => millimetres * Spell.PointsPerMillimetre;

    /// <summary>Appends with numbers spelled as PDF wants them.</summary>
    private static void Append(StringBuilder text, FormattableString template)
    {
        var arguments = template.GetArguments();
        for (var i = 0; i < arguments.Length; i++)
            if (arguments[i] is double number) arguments[i] = Spell.Number(number);
        text.AppendFormat(CultureInfo.InvariantCulture, template.Format, arguments);
    }
}
