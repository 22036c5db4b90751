using Postlotse.Letters;

namespace Postlotse.Intake;

/// <summary>Tells by a file's own bytes what it is, and whether it looks finished; names and endings prove nothing. Pure.</summary>
public static class FileSignature
{
    /// <summary>
    /// Bytes from the start of a file that <see cref="Detect"/> wants to see (ISO 32000-1, annex H: a PDF's header may stand that late).
    /// </summary>
    public const int HeadLength = 1024;

    /// <summary>Bytes from the end of a file that <see cref="LooksFinished"/> wants to see.</summary>
    public const int TailLength = 1024;

    /// <summary>
    /// Format by signature; <see cref="FileFormat.Unknown"/> for everything that is no PDF, TIFF (also BigTIFF), JPEG or PNG.
    /// </summary>
    /// <param name="head">The first <see cref="HeadLength"/> bytes, or all when there are fewer.</param>
    public static FileFormat Detect(ReadOnlySpan<byte> head)
    {
        if (IsPng(head)) return FileFormat.Png;
        if (IsTiff(head)) return FileFormat.Tiff;
        if (head.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xD8, 0xFF])) return FileFormat.Jpeg;
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
        FileFormat.Jpeg => tail.LastIndexOf((ReadOnlySpan<byte>)[0xFF, 0xD9]) >= 0,
        FileFormat.Png => tail.LastIndexOf("IEND"u8) >= 0,
        _ => false,
    };

    private static bool IsPng(ReadOnlySpan<byte> head) =>
        head.StartsWith((ReadOnlySpan<byte>)[0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]);

    private static bool IsTiff(ReadOnlySpan<byte> head) =>
        head.StartsWith("II*\0"u8) || head.StartsWith("MM\0*"u8) || head.StartsWith("II+\0"u8) || head.StartsWith("MM\0+"u8);
}
