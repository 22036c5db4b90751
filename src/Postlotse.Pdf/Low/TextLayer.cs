using System.Globalization;
using System.Text;

namespace Postlotse.Pdf.Low;

/// <summary>
/// The invisible text over a scan. Its coordinates are turned and leaned by one matrix to where the print stands on the scan;
/// within it lines are horizontal.
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
        AppendMatrix(text, page);
        text.Append("BT 3 Tr\n");
        var upright = page.Rotation is 90 or 270 ? width : height;
        foreach (var line in page.Lines) AppendLine(text, line, upright, codes);
        return text.Append("ET\n").ToString();
    }

    private static void AppendLine(StringBuilder text, PdfTextLine line, double pageHeight, GlyphCodes codes)
    {
        var size = Math.Clamp(Points(line.Ascent) / CapitalsPerEm, 2, 400);
        Append(text, $"/F {size} Tf\n");
        for (var i = 0; i < line.Words.Count; i++)
        {
            var word = line.Words[i];
            var glyphs = codes.Of(word.Text);
            if (glyphs.Count == 0) continue;
            Append(text, $"1 0 0 1 {Points(word.Left)} {pageHeight - Points(line.Baseline)} Tm {Stretch(word.Width, glyphs.Count, size)} Tz <");
            foreach (var glyph in glyphs) text.Append(glyph.ToString("X4", CultureInfo.InvariantCulture));
            text.Append("> Tj\n");
            if (i + 1 == line.Words.Count) continue;
            var gap = Math.Max(0.1, line.Words[i + 1].Left - word.Left - word.Width);
            Append(text, $"{Stretch(gap, 1, size)} Tz <0001> Tj\n");
        }
    }

    /// <summary>Horizontal scaling in percent that makes the glyphs exactly as wide as the print.</summary>
    private static double Stretch(double millimetres, int glyphs, double size) =>
        Math.Max(1, 100 * Points(Math.Max(0.05, millimetres)) / (glyphs * GlyphWidth * size));

    /// <summary>
    /// From the upright, straightened page to the scan: lean about the middle by the skew, then turn back counter-clockwise. PDF
    /// counts upwards, so a clockwise lean is a negative angle.
    /// </summary>
    private static void AppendMatrix(StringBuilder text, PdfPage page)
    {
        double width = Points(page.Width), height = Points(page.Height);
        var (uprightWidth, uprightHeight) = page.Rotation is 90 or 270 ? (height, width) : (width, height);
        var angle = (page.Rotation - page.SkewDegrees) * Math.PI / 180;
        var (sin, cos) = page.SkewDegrees == 0 ? Quarter(page.Rotation) : (Math.Sin(angle), Math.Cos(angle));
        var x = width / 2 - cos * uprightWidth / 2 + sin * uprightHeight / 2;
        var y = height / 2 - sin * uprightWidth / 2 - cos * uprightHeight / 2;
        text.Append(CultureInfo.InvariantCulture, $"{cos:0.#######} {sin:0.#######} {-sin:0.#######} {cos:0.#######} ");
        Append(text, $"{x} {y} cm\n");
    }

    private static (double Sin, double Cos) Quarter(int rotation) => rotation switch
    {
        90 => (1, 0),
        180 => (0, -1),
        270 => (-1, 0),
        _ => (0, 1),
    };

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
