using Postlotse.Engines.Native;

namespace Postlotse.Engines.Child.Images;

/// <summary>
/// A JPEG 2000 image by Leptonica, which has OpenJPEG decode it (ISO/IEC 15444-1). What is cut off is refused by it as a whole.
/// </summary>
internal static class Jpeg2000Image
{
    /// <summary>Leptonica's number of the format.</summary>
    public const int Format = 14;

    /// <summary>
    /// Decoding takes 16 bytes a pixel. Larger scans, A4 in more than 400 dpi, are decoded in half their resolution, which is one
    /// of those in the file; it still is what print is read in.
    /// </summary>
    private const long MostPixelsAsTheyAre = 20_000_000;

    /// <summary>The image; null when it cannot be decoded.</summary>
    public static Pix? Read(string file, int width, int height)
    {
        var reduced = (long)width * height > MostPixelsAsTheyAre ? Read(file, 2) : null;
        return reduced ?? Read(file, 1); // few files hold one resolution alone
    }

    /// <summary>
    /// Whether it is of a kind that Leptonica refuses or draws wrongly: more than 8 bits; four colours, of which it drops the black.
    /// </summary>
    public static bool IsUnsupported(int bits, int samples) => bits > 8 || samples > 3;

    private static Pix? Read(string file, int reduction)
    {
        var pix = Leptonica.pixReadJp2k(file, (uint)reduction, 0, 0, 0);
        if (pix == 0) return null;
        var pixels = Pix.Own(pix, "pixReadJp2k");
        // It keeps the resolution that the file states for the whole.
        var (x, y) = (Leptonica.pixGetXRes(pixels) / reduction, Leptonica.pixGetYRes(pixels) / reduction);
        Pix.Check(Leptonica.pixSetResolution(pixels, x, y), "pixSetResolution");
        return pixels;
    }
}
