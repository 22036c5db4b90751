namespace Postlotse.Pdf;

/// <summary>An image as it stands in the PDF: its bytes are copied, never decoded.</summary>
/// <param name="Width">Pixels.</param>
/// <param name="Height">Pixels.</param>
/// <param name="Colour">Colour space.</param>
/// <param name="Coding">How <paramref name="Open"/>'s bytes are coded.</param>
/// <param name="Open">Opens the bytes; called once while the page is written, and the stream is closed then.</param>
public sealed record PdfImage(int Width, int Height, PdfColour Colour, PdfCoding Coding, Func<Stream> Open)
{
    /// <summary>Bytes at the start of a JPEG in which its frame header has to stand (large colour profiles come before it).</summary>
    private const int HeaderReach = 1 << 20;

    /// <summary>A JPEG passed through unchanged.</summary>
    /// <param name="open">Opens the bytes; called twice.</param>
    /// <exception cref="InvalidDataException">No JPEG, or one PDF cannot show (CMYK, 12 bit, arithmetic, lossless).</exception>
    public static PdfImage Jpeg(Func<Stream> open)
    {
        ArgumentNullException.ThrowIfNull(open);
        using var stream = open();
        var head = new byte[HeaderReach];
        var read = stream.ReadAtLeast(head, head.Length, throwOnEndOfStream: false);
        var header = JpegHeader.Parse(head.AsSpan(0, read));
        if (header is not { FitsPdf: true }) throw new InvalidDataException("not a grey or RGB JPEG of 8 bits: " + header);
        return new(header.Width, header.Height, header.Components == 1 ? PdfColour.Grey : PdfColour.Rgb, PdfCoding.Jpeg, open);
    }
}

/// <summary>Colour spaces an archive PDF with an sRGB output intent may use.</summary>
public enum PdfColour
{
    /// <summary>1 bit a pixel; 0 is black.</summary>
    BlackWhite,

    /// <summary>8 bits a pixel.</summary>
    Grey,

    /// <summary>3 × 8 bits a pixel.</summary>
    Rgb,
}

/// <summary>Codings of image bytes.</summary>
public enum PdfCoding
{
    /// <summary>DCTDecode: a whole JPEG file.</summary>
    Jpeg,

    /// <summary>CCITTFaxDecode, group 4, only with <see cref="PdfColour.BlackWhite"/>; in the coded data 0 (white run) is paper.</summary>
    FaxGroup4,

    /// <summary>Rows from the top, packed without gaps between rows; the writer compresses them.</summary>
    Raw,
}
