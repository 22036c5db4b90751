using System.Globalization;
using System.Text;
using System.Xml;

namespace Postlotse.Pdf.Low;

/// <summary>Metadata as XMP (ISO 16684-1), saying the same as the information dictionary, and which PDF/A the file is.</summary>
internal static class Xmp
{
    public static byte[] Create(PdfInfo info, PdfConformance conformance)
    {
        var date = info.Date.ToString("yyyy-MM-ddTHH:mm:sszzz", CultureInfo.InvariantCulture);
        var (part, level) = conformance switch
        {
            PdfConformance.A1b => ("1", "B"),
            PdfConformance.A3u => ("3", "U"),
            _ => ("2", "U"),
        };
        var language = info.Language.Length == 0 ? ""
            : $"<dc:language><rdf:Bag><rdf:li>{Escape(info.Language)}</rdf:li></rdf:Bag></dc:language>";
        var author = info.Author.Length == 0 ? ""
            : $"<dc:creator><rdf:Seq><rdf:li>{Escape(info.Author)}</rdf:li></rdf:Seq></dc:creator>";
        return Encoding.UTF8.GetBytes(
            $"""
            <?xpacket begin="{'\uFEFF'}" id="W5M0MpCehiHzreSzNTczkc9d"?>
            <x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
            <rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:xmp="http://ns.adobe.com/xap/1.0/"
             xmlns:pdf="http://ns.adobe.com/pdf/1.3/" xmlns:pdfaid="http://www.aiim.org/pdfa/ns/id/">
            <dc:title><rdf:Alt><rdf:li xml:lang="x-default">{Escape(info.Title)}</rdf:li></rdf:Alt></dc:title>{author}{language}
            <xmp:CreateDate>{date}</xmp:CreateDate><xmp:ModifyDate>{date}</xmp:ModifyDate>
            <pdf:Producer>{Escape(info.Producer)}</pdf:Producer>
            <pdfaid:part>{part}</pdfaid:part><pdfaid:conformance>{level}</pdfaid:conformance>
            </rdf:Description></rdf:RDF></x:xmpmeta>
            <?xpacket end="w"?>
            """.ReplaceLineEndings("\n"));
    }

    /// <summary>The text without characters that XML forbids; both forms of the metadata use it, since they must agree.</summary>
    public static string Clean(string text)
    {
        var clean = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
            if (rune.Value > 0xFFFF || (XmlConvert.IsXmlChar((char)rune.Value) && !Rune.IsControl(rune))) clean.Append(rune);
        return clean.ToString();
    }

    private static string Escape(string text) =>
        Clean(text).Replace("&", "&amp;", StringComparison.Ordinal).Replace("<", "&lt;", StringComparison.Ordinal)
            .Replace(">", "&gt;", StringComparison.Ordinal).Replace("\"", "&quot;", StringComparison.Ordinal);
}
