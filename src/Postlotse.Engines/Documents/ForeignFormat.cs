using System.Text;
using System.Text.RegularExpressions;

namespace Postlotse.Engines.Documents;

/// <summary>
/// Names a file that is none of the formats read here, by its first bytes, so that a clerk is told what to do with it. Pure; safe with
/// any bytes.
/// </summary>
internal static partial class ForeignFormat
{
    /// <summary>Bytes that are looked at.</summary>
    public const int HeadLength = 4096;

    private const string Archive = "Archive ", Document = "Document ", Picture = "Picture ", Program = "Program ";

    private static readonly (int At, byte[] Bytes, string Name)[] Signatures =
    [
        (0, [0xFF, 0x0A], Picture + "JPEG XL"), (0, [0, 0, 0, 12, .. "JXL "u8], Picture + "JPEG XL"),
        (8, "WEBPVP8"u8.ToArray(), Picture + "WebP"), (0, "GIF8"u8.ToArray(), Picture + "GIF"), (0, "BM"u8.ToArray(), Picture + "BMP"),
        (0, [0x97, .. "JB2\r\n"u8], Picture + "JBIG2"), (0, "AT&TFORM"u8.ToArray(), Picture + "DjVu"),
        (0, "8BPS"u8.ToArray(), Picture + "Photoshop"),
        (0, "PK\u0005\u0006"u8.ToArray(), Archive + "ZIP"), // an empty one
        (0, [0x1F, 0x8B], Archive + "GZIP"), (0, [0x37, 0x7A, 0xBC, 0xAF], Archive + "7z"), (0, "Rar!"u8.ToArray(), Archive + "RAR"),
        (257, "ustar"u8.ToArray(), Archive + "TAR"),
        (0, [0xD0, 0xCF, 0x11, 0xE0], Document + "Office 97 / Outlook"), (0, "{\\rtf"u8.ToArray(), Document + "RTF"),
        (0, "%!PS"u8.ToArray(), Document + "PostScript"), (0, "MZ"u8.ToArray(), Program + "EXE"),
        (0, "\u007FELF"u8.ToArray(), Program + "ELF"), (0, "#!/"u8.ToArray(), Program + "Script"),
    ];

    /// <summary>What is in a package of the ZIP format by the names of its first files.</summary>
    private static readonly (string Mark, string Name)[] Packages =
    [
        ("mimetypeapplication/vnd.oasis.opendocument", "OpenDocument"), ("mimetypeapplication/epub", "EPUB"), ("word/", "Word"),
        ("xl/", "Excel"), ("ppt/", "PowerPoint"), ("[Content_Types].xml", "Office"),
    ];

    /// <summary>
    /// "Archive", "Document", "Mail", "Picture" or "Program" and, behind a space, the format's name; null when nothing is known.
    /// </summary>
    /// <param name="head">The first <see cref="HeadLength"/> bytes, or all when there are fewer.</param>
    public static string? Of(ReadOnlySpan<byte> head)
    {
        if (head.StartsWith("PK\u0003\u0004"u8)) return Package(head);
        var text = MediaTypes.Text(head);
        foreach (var (at, bytes, name) in Signatures)
        {
            var isChance = text is not null && bytes.Length == 2; // a letter in plain text may begin with any two letters
            if (!isChance && head.Length > at && head[at..].StartsWith(bytes)) return name;
        }

        return text is null ? null : Written(text.TrimStart());
    }

    private static string Package(ReadOnlySpan<byte> head)
    {
        var names = Encoding.Latin1.GetString(head);
        foreach (var (mark, name) in Packages)
            if (names.Contains(mark, StringComparison.Ordinal)) return Document + name;
        return Archive + "ZIP";
    }

    private static string Written(string text)
    {
        if (MailHead().IsMatch(text)) return "Mail";
        if (Contains("<svg")) return Picture + "SVG";
        if (Contains("<html") || Contains("<!doctype html")) return Document + "HTML";
        return Document + (text.StartsWith('<') ? "XML" : "TXT");

        bool Contains(string mark) => text.StartsWith('<') && text.Contains(mark, StringComparison.OrdinalIgnoreCase);
    }

    /// <summary>Two header fields of a mail, one behind the other (RFC 5322).</summary>
    [GeneratedRegex(
        @"\A(From |(Received|Return-Path|Delivered-To|From|To|Date|Subject|Message-ID|MIME-Version|X-[\w-]{1,40}):[^\n]*\n" +
        @"([ \t][^\n]*\n)*[\w-]{2,40}:)",
        RegexOptions.ExplicitCapture | RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, 1000)]
    private static partial Regex MailHead();
}
