using Postlotse.Letters;

namespace Postlotse.Intake;

/// <summary>Tells by a file's own bytes what it is, and whether it looks finished; names and endings prove nothing. Pure.</summary>
public static class FileSignature
{
    /// <summary>
    /// Bytes from the start of a file that <see cref="Detect"/> wants to see (ISO 32000-1, annex H: a PDF's header may stand that late).
    /// </summary>
    public const int HeadLength = 1024;

    private static readonly byte[] Jpeg2000Box = [0, 0, 0, 12, .. "jP  \r\n"u8], Jpeg2000Codestream = [0xFF, 0x4F, 0xFF, 0x51];

    /// <summary>Bytes from the end of a file that <see cref="LooksFinished"/> wants to see.</summary>
    public const int TailLength = 1024;

    /// <summary>
    /// Format by signature, also of BigTIFF and bare JPEG 2000; <see cref="FileFormat.Unknown"/> for what is none of those read here.
    /// </summary>
    /// <param name="head">The first <see cref="HeadLength"/> bytes, or all when there are fewer.</param>
    public static FileFormat Detect(ReadOnlySpan<byte> head)
    {
        if (IsPng(head)) return FileFormat.Png;
        if (IsTiff(head)) return FileFormat.Tiff;
        if (head.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xD8, 0xFF])) return FileFormat.Jpeg;
        if (head.StartsWith(Jpeg2000Box) || head.StartsWith(Jpeg2000Codestream)) return FileFormat.Jpeg2000;
        if (IsHeif(head)) return FileFormat.Heif;
        return head[..Math.Min(head.Length, HeadLength)].IndexOf("%PDF-"u8) >= 0 ? FileFormat.Pdf : FileFormat.Unknown;
    }

    /// <summary>
    /// Whether a file of that format ends the way a finished one does. False means only: give its writer more time; a damaged
    /// file never looks finished, and neither does one of a format whose end tells nothing.
    /// </summary>
    /// <param name="format">As detected.</param>
    /// <param name="tail">The last <see cref="TailLength"/> bytes, or all when there are fewer.</param>
    public static bool LooksFinished(FileFormat format, ReadOnlySpan<byte> tail) => format switch
    {
        FileFormat.Pdf => tail.LastIndexOf("%%EOF"u8) >= 0,
        FileFormat.Jpeg or FileFormat.Jpeg2000 => tail.LastIndexOf((ReadOnlySpan<byte>)[0xFF, 0xD9]) >= 0,
        FileFormat.Png => tail.LastIndexOf("IEND"u8) >= 0,
        _ => false,
    };

    private static bool IsPng(ReadOnlySpan<byte> head) =>
        head.StartsWith((ReadOnlySpan<byte>)[0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]);

    /// <summary>Major brand of a file of still pictures: HEVC (HEIC), AV1 (AVIF), or one that leaves the coding open.</summary>
    private static bool IsHeif(ReadOnlySpan<byte> head)
    {
        if (head.Length < 12 || !head[4..].StartsWith("ftyp"u8)) return false;
        var brand = head[8..12];
        return brand.StartsWith("hei"u8) || brand.StartsWith("hev"u8) || brand.SequenceEqual("mif1"u8) || brand.SequenceEqual("msf1"u8)
            || brand.SequenceEqual("avif"u8) || brand.SequenceEqual("avis"u8);
    }

    private static bool IsTiff(ReadOnlySpan<byte> head) =>
        head.StartsWith("II*\0"u8) || head.StartsWith("MM\0*"u8) || head.StartsWith("II+\0"u8) || head.StartsWith("MM\0+"u8);
}
