using System.Globalization;
using System.Text;

namespace Engines.Tests.Support;

/// <summary>
/// A page printed in Helvetica, as a born-digital PDF written by hand; rendered by poppler it becomes a scan whose text and
/// positions are known.
/// </summary>
internal static class PrintedPage
{
    public const string Letter =
        """
        Stadtverwaltung Lindenfurt
        Marktplatz 1
        74999 Lindenfurt
        Sehr geehrte Damen und Herren,
        für den Umzug am Montag benötige ich ein Halteverbot vor
        meinem Haus. Die Gebühr von 35 € habe ich überwiesen.
        Bitte schicken Sie mir die Genehmigung möglichst bald.
        Mit freundlichen Grüßen
        Jörg Müßiggang
        """;

    /// <summary>A4 with the lines from 50 mm below the top, every 9 mm.</summary>
    /// <param name="text">Lines.</param>
    /// <param name="rotate">The page's /Rotate: rendered, its print lies turned clockwise.</param>
    /// <param name="skew">Clockwise lean of the print in degrees.</param>
    /// <param name="pages">Copies, numbered in an own line.</param>
    /// <param name="punchHoles">Two black dots at the left edge.</param>
    /// <param name="drawing">Operators in millimetres from the top left that are drawn besides, leaning like the print.</param>
    /// <param name="ink">Operator that sets the colour of the print.</param>
    public static byte[] Pdf(
        string text, int rotate = 0, double skew = 0, int pages = 1, bool punchHoles = false, string drawing = "", string ink = "")
    {
        var objects = new List<string> { "<</Type/Catalog/Pages 2 0 R>>" };
        var kids = string.Join(' ', Enumerable.Range(0, pages).Select(i => FormattableString.Invariant($"{4 + 2 * i} 0 R")));
        objects.Add(FormattableString.Invariant($"<</Type/Pages/Count {pages}/Kids[{kids}]>>"));
        objects.Add("<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>");
        for (var page = 1; page <= pages; page++)
        {
            objects.Add("<</Type/Page/Parent 2 0 R/MediaBox[0 0 595.28 841.89]" + FormattableString.Invariant(
                $"/Rotate {rotate}/Resources<</Font<</F 3 0 R>>>>/Contents {objects.Count + 2} 0 R>>"));
            var content = Content(pages == 1 ? text : $"Blatt {page}\n{text}", skew, punchHoles, drawing, ink);
            objects.Add(FormattableString.Invariant($"<</Length {content.Length}>>\nstream\n{content}\nendstream"));
        }

        return Assemble(objects);
    }

    private static string Content(string text, double skew, bool punchHoles, string drawing, string ink)
    {
        var (sin, cos) = Math.SinCos(-skew * Math.PI / 180);
        const double X = 297.64, Y = 420.945, MM = 72 / 25.4;
        var content = new StringBuilder();
        if (punchHoles) content.Append("17 w 1 J 30 530 m 30 530.1 l S 30 303 m 30 303.1 l S\n");
        content.Append(
            CultureInfo.InvariantCulture,
            $"q {cos:0.######} {sin:0.######} {-sin:0.######} {cos:0.######} ");
        content.Append(CultureInfo.InvariantCulture, $"{X - X * cos + Y * sin:0.###} {Y - X * sin - Y * cos:0.###} cm\n");
        if (drawing.Length > 0) content.Append(CultureInfo.InvariantCulture, $"q {MM} 0 0 {-MM} 0 841.89 cm {drawing} Q\n");
        content.Append("BT ").Append(ink).Append('\n');
        var y = 841.89 - 50 * 72 / 25.4;
        foreach (var line in text.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            content.Append(CultureInfo.InvariantCulture, $"/F 13 Tf 1 0 0 1 70 {y:0.###} Tm ({line.Replace('€', '\u0080')}) Tj\n");
            y -= 9 * 72 / 25.4;
        }

        return content.Append("ET Q").ToString();
    }

    /// <summary>A PDF of these objects, the first of which is the catalogue; characters stand for bytes.</summary>
    public static byte[] Assemble(IReadOnlyList<string> objects)
    {
        var pdf = new StringBuilder("%PDF-1.4\n");
        var offsets = new List<int>();
        foreach (var body in objects)
        {
            offsets.Add(pdf.Length);
            pdf.Append(CultureInfo.InvariantCulture, $"{offsets.Count} 0 obj\n{body}\nendobj\n");
        }

        var table = pdf.Length;
        pdf.Append(CultureInfo.InvariantCulture, $"xref\n0 {objects.Count + 1}\n0000000000 65535 f \n");
        foreach (var offset in offsets) pdf.Append(CultureInfo.InvariantCulture, $"{offset:D10} 00000 n \n");
        pdf.Append(CultureInfo.InvariantCulture, $"trailer\n<</Size {objects.Count + 1}/Root 1 0 R>>\nstartxref\n{table}\n%%EOF\n");
        return Encoding.Latin1.GetBytes(pdf.ToString());
    }
}
