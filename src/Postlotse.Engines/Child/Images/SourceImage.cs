using System.Runtime.InteropServices;
using Postlotse.Engines.Native;
using Postlotse.Pdf;

namespace Postlotse.Engines.Child.Images;

/// <summary>The scan as decoded from foreign bytes, and its size on paper.</summary>
internal sealed class SourceImage : IDisposable
{
    /// <summary>Pixels of one bit take so little memory that plans up to A0 in 300 dpi can be read.</summary>
    private const int BlackWhiteFactor = 2;

    private const int Jpeg = 2, BrightnessOnly = 1, ContinueWithBadData = 2;

    private SourceImage(Pix pixels, JpegHeader? jpeg, bool suspicious, (double X, double Y) resolution)
    {
        (Pixels, JpegHeader, Suspicious) = (pixels, jpeg, suspicious);
        (DotsPerInchX, DotsPerInchY) = resolution;
    }

    /// <summary>As decoded, not turned.</summary>
    public Pix Pixels { get; }

    /// <summary>Header when the source is a JPEG.</summary>
    public JpegHeader? JpegHeader { get; }

    /// <summary>The decoder complained, though all rows are there.</summary>
    public bool Suspicious { get; }

    public double DotsPerInchX { get; }

    public double DotsPerInchY { get; }

    public void Dispose() => Pixels.Dispose();

    /// <summary>Images in a TIFF; 1 for any other file that can be decoded.</summary>
    /// <exception cref="DamagedImageException">No image.</exception>
    public static int Count(string file)
    {
        if (Leptonica.pixReadHeader(file, out var format, out _, out _, out _, out _, out _) != 0)
            throw Refusal(file, 0, "no image header");
        if (!IsTiff(format)) return 1;
        var stream = Leptonica.fopenReadStream(file);
        if (stream == 0) throw new DamagedImageException("cannot be opened");
        var result = Leptonica.tiffGetCount(stream, out var count);
        _ = Leptonica.lept_fclose(stream);
        return result == 0 && count > 0 ? count : throw new DamagedImageException("no image directory");
    }

    /// <summary>Decodes one image, after its header has shown that it is not too large.</summary>
    /// <param name="file">JPEG, JPEG 2000, PNG, TIFF or PNM.</param>
    /// <param name="index">0-based image in a TIFF.</param>
    /// <param name="size">Size on paper in millimetres as it lies; zeros: by its own resolution.</param>
    /// <param name="maximumPixels">Limit for width × height.</param>
    /// <exception cref="DamagedImageException">Cannot be decoded whole.</exception>
    /// <exception cref="TooManyPixelsException">Larger than the limit.</exception>
    /// <exception cref="UnsupportedImageException">Perhaps whole, but of a kind that nobody reads here.</exception>
    public static SourceImage Read(string file, int index, (double Width, double Height) size, long maximumPixels)
    {
        var (format, width, height) = CheckHeader(file, index, maximumPixels);
        var (jpeg, suspicious) = (default(JpegHeader), false);
        Pix pixels;
        if (format == Jpeg)
        {
            (pixels, jpeg, suspicious) = ReadJpeg(file);
        }
        else
        {
            pixels = ReadOther(file, index, format, (width, height))
                ?? throw Undecodable(Refusal(file, index, "image data"), width, height);
        }

        return new(pixels, jpeg, suspicious, Resolution(pixels, jpeg, size));
    }

    private static Pix? ReadOther(string file, int index, int format, (int Width, int Height) size)
    {
        if (format == Jpeg2000Image.Format) return Jpeg2000Image.Read(file, size.Width, size.Height);
        var pix = IsTiff(format) ? Leptonica.pixReadTiff(file, index) : Leptonica.pixRead(file);
        return pix != 0 ? Pix.Own(pix, "pixRead") : IsTiff(format) ? TiffImage.Read(file, index, size) : null;
    }

    private static (Pix Pixels, JpegHeader Header, bool Suspicious) ReadJpeg(string file)
    {
        var (header, ends) = JpegFile(file);
        if (header is null) throw new DamagedImageException("JPEG header");
        // What goes into the PDF as it is needs no colour here.
        var hint = ContinueWithBadData | (header is { FitsPdf: true, Components: 3, Orientation: 1 or 3 or 6 or 8 } ? BrightnessOnly : 0);
        var pix = Leptonica.pixReadJpeg(file, 0, 1, out var warnings, hint);
        if (pix == 0) throw Undecodable(Refusal(file, 0, "JPEG data"), header.Width, header.Height);
        var pixels = Pix.Own(pix, "pixReadJpeg");
        if (warnings == 0 || ends) return (pixels, header, warnings > 0);
        pixels.Dispose(); // the decoder fills what is missing with grey
        throw new DamagedImageException("JPEG ends too early");
    }

    /// <summary>The decoders do not say why they refuse: without memory for the pixels it was that, and not the file.</summary>
    private static unsafe Exception Undecodable(Exception refusal, int width, int height)
    {
        try
        {
            NativeMemory.Free(NativeMemory.Alloc(8 * (nuint)width * (nuint)height + (16 << 20)));
            return refusal;
        }
        catch (OutOfMemoryException)
        {
            return new NativeException("memory for " + refusal.Message);
        }
    }

    /// <summary>Whether a file that was refused is damaged or only of a kind that nobody reads here.</summary>
    private static Exception Refusal(string file, int index, string detail)
    {
        var (jpeg, _) = JpegFile(file);
        var unsupported = jpeg is null ? TiffImage.IsUnsupported(file, index)
            : jpeg is not { BitsPerComponent: 8, Process: 0 or 1 or 2 or 9 or 10, Components: 1 or 3 or 4 };
        return unsupported ? new UnsupportedImageException(detail) : new DamagedImageException(detail);
    }

    private static bool IsTiff(int format) => format is >= 4 and <= 10 or 17;

    private static (int Format, int Width, int Height) CheckHeader(string file, int index, long maximumPixels)
    {
        if (Leptonica.pixReadHeader(file, out var format, out var width, out var height, out var bits, out var samples, out _) != 0)
            throw Refusal(file, index, "no image header");
        if (format == Jpeg2000Image.Format && Jpeg2000Image.IsUnsupported(bits, samples)) throw new UnsupportedImageException("JPEG 2000");
        if (IsTiff(format) && Leptonica.readHeaderTiff(file, index, out width, out height, out bits, out samples, out _, out _, out _) != 0)
            throw Refusal(file, index, "no image header");
        if (width <= 0 || height <= 0) throw new DamagedImageException("image without area");
        var allowed = bits * samples == 1 ? BlackWhiteFactor * maximumPixels : maximumPixels;
        return (long)width * height > allowed ? throw new TooManyPixelsException((long)width * height) : (format, width, height);
    }

    private static (JpegHeader? Header, bool Ends) JpegFile(string file)
    {
        using var stream = File.OpenRead(file);
        var head = new byte[Math.Min(stream.Length, 1 << 20)];
        stream.ReadExactly(head);
        var tail = new byte[Math.Min(stream.Length, 512)];
        stream.Seek(-tail.Length, SeekOrigin.End);
        stream.ReadExactly(tail);
        return (JpegHeader.Parse(head), JpegHeader.Ends(tail));
    }

    /// <summary>Dots per inch in both directions: of the page if known, else of the image if plausible, else as if A4 in width.</summary>
    private static (double X, double Y) Resolution(Pix pixels, JpegHeader? jpeg, (double Width, double Height) size)
    {
        var (width, height) = (pixels.Width, pixels.Height);
        if (size is { Width: > 0, Height: > 0 })
        {
            var ofPage = (X: width / size.Width * 25.4, Y: height / size.Height * 25.4);
            if (IsPlausible(ofPage, width, height)) return ofPage;
        }

        var own = jpeg is null ? (X: (double)Leptonica.pixGetXRes(pixels), Y: (double)Leptonica.pixGetYRes(pixels))
            : (X: jpeg.DotsPerInchX, Y: jpeg.DotsPerInchY);
        if (IsPlausible(own, width, height)) return own;
        var asA4 = Math.Max(Math.Min(width, height) / 210.0, Math.Max(width, height) / 2000.0) * 25.4; // but no ribbon of many metres
        return (asA4, asA4);
    }

    /// <summary>
    /// From fax to fine scan, and a sheet between a visiting card and A2; up to A0 where the resolution is none that cameras note.
    /// </summary>
    private static bool IsPlausible((double X, double Y) resolution, int width, int height)
    {
        if (!(resolution is { X: >= 70 and <= 2400, Y: >= 70 and <= 2400 })) return false;
        double x = width / resolution.X * 25.4, y = height / resolution.Y * 25.4;
        var longest = Math.Min(resolution.X, resolution.Y) >= 200 ? 1300 : 620;
        return Math.Min(x, y) >= 40 && Math.Max(x, y) <= longest;
    }
}

/// <summary>Bytes that cannot be decoded, or not whole.</summary>
internal sealed class DamagedImageException(string detail) : Exception(detail);

/// <summary>Of a compression, depth or colour space that nobody reads here.</summary>
internal sealed class UnsupportedImageException(string detail) : Exception(detail);

/// <summary>More pixels than allowed.</summary>
internal sealed class TooManyPixelsException(long pixels) : Exception
{
    public long Pixels { get; } = pixels;
}
