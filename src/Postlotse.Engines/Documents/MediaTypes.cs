using System.Text;

namespace Postlotse.Engines.Documents;

/// <summary>What an attachment is by its first bytes; its name may say anything.</summary>
internal static class MediaTypes
{
    /// <summary>Bytes that are looked at.</summary>
    public const int HeadLength = 4096;

    private static readonly (byte[] Start, string Type)[] Signatures =
    [
        ("%PDF-"u8.ToArray(), "application/pdf"), ([0x89, .. "PNG\r\n"u8], "image/png"), ([0xFF, 0xD8, 0xFF], "image/jpeg"),
        ("II*\0"u8.ToArray(), "image/tiff"), ("MM\0*"u8.ToArray(), "image/tiff"), ("GIF8"u8.ToArray(), "image/gif"),
        ("PK\u0003\u0004"u8.ToArray(), "application/zip"), ([0xD0, 0xCF, 0x11, 0xE0], "application/x-ole-storage"),
        ("{\\rtf"u8.ToArray(), "application/rtf"), ("MZ"u8.ToArray(), "application/x-msdownload"),
    ];

    /// <summary>Media type (RFC 6838); application/octet-stream when nothing is known.</summary>
    public static string Of(ReadOnlySpan<byte> head)
    {
        foreach (var (start, type) in Signatures)
            if (head.StartsWith(start)) return type;
        if (Text(head) is not { } text) return "application/octet-stream";
        return text.TrimStart().StartsWith("<?xml", StringComparison.Ordinal) ? "application/xml" : "text/plain";
    }

    /// <summary>
    /// Whether XML is an electronic invoice after EN 16931: UN/CEFACT CII (ZUGFeRD, Factur-X, XRechnung) or UBL (XRechnung).
    /// </summary>
    public static bool IsInvoice(ReadOnlySpan<byte> head) => Text(head) is { } text
        && (text.Contains("CrossIndustryInvoice", StringComparison.Ordinal)
            || text.Contains("CrossIndustryDocument", StringComparison.Ordinal)
            || text.Contains("urn:oasis:names:specification:ubl:schema:xsd:Invoice-2", StringComparison.Ordinal)
            || text.Contains("urn:oasis:names:specification:ubl:schema:xsd:CreditNote-2", StringComparison.Ordinal));

    /// <summary>Null when it is no text in UTF-8 or UTF-16 with its mark.</summary>
    internal static string? Text(ReadOnlySpan<byte> head)
    {
        if (head.IsEmpty) return null;
        if (head.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xFE])) return Encoding.Unicode.GetString(head[2..]);
        if (head.StartsWith((ReadOnlySpan<byte>)[0xFE, 0xFF])) return Encoding.BigEndianUnicode.GetString(head[2..]);
        if (head.ContainsAnyInRange<byte>(0, 8)) return null;
        var text = Encoding.UTF8.GetString(head.StartsWith((ReadOnlySpan<byte>)[0xEF, 0xBB, 0xBF]) ? head[3..] : head);
        // The last letter may be cut off by the limit.
        return text.AsSpan(0, Math.Max(0, text.Length - 4)).Contains('\ufffd') ? null : text;
    }
}
