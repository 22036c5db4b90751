using System.IO.Compression;
using Postlotse.Engines.Native;
using Postlotse.Engines.Protocol;

namespace Postlotse.Engines.Child;

/// <summary>
/// How a scan goes into the PDF: a JPEG as it is, all else without loss, black and white as fax group 4. Only what cannot stand in a
/// PDF/A (CMYK, mirrored, more than 8 bits) or has lost detail anyway (TIFF with JPEG inside) is coded anew as JPEG.
/// </summary>
internal static class PdfImageMaker
{
    private const int Group4 = 2, CmykQuality = 90, RenderedQuality = 85;

    public static ChildImage Make(Pix scan, SourceImage source, ChildRequest request, bool mirrored)
    {
        if (source.JpegHeader is { FitsPdf: true } && !mirrored) return new(ChildImageKind.SourceJpeg, scan.Width, scan.Height);
        using var plain = Plain(scan);
        if (plain.Depth == 1) return FaxGroup4(plain, request.ImageTo);
        if (source.JpegHeader is not null) return Jpeg(plain, request.ImageTo, CmykQuality);
        if (request.Rendered) return Rendered(plain, request.ImageTo);
        using var packed = plain.Depth == 32 ? null : plain.ToGrey();
        return Rows(packed ?? plain, request.ImageTo);
    }

    /// <summary>Without colour map and transparency.</summary>
    private static Pix Plain(Pix scan)
    {
        if (Leptonica.pixGetColormap(scan) != 0) return scan.WithoutMap();
        if (scan.Depth == 32) return Leptonica.pixGetSpp(scan) == 4 ? scan.Opaque() : scan.ToColour();
        return scan.Depth == 1 ? scan.Turn(0) : scan.ToGrey();
    }

    private static ChildImage Rendered(Pix plain, string file)
    {
        if (plain.Depth != 32 || plain.HasColour()) return Jpeg(plain, file, RenderedQuality);
        using var grey = plain.ToGrey();
        return Jpeg(grey, file, RenderedQuality);
    }

    private static ChildImage Jpeg(Pix pix, string file, int quality)
    {
        using var packed = pix.Depth is 8 or 32 ? null : pix.ToGrey();
        Pix.Check(Leptonica.pixWriteJpeg(file, packed ?? pix, quality, 0), "pixWriteJpeg");
        return new(ChildImageKind.Jpeg, pix.Width, pix.Height);
    }

    private static unsafe ChildImage FaxGroup4(Pix pix, string file)
    {
        var result = Leptonica.pixGenerateCIData(pix, Group4, 0, 0, out var data);
        if (result != 0 || data is null) throw new NativeException("pixGenerateCIData");
        try
        {
            using var stream = File.Create(file);
            stream.Write(new ReadOnlySpan<byte>(data->Data, checked((int)data->Length)));
        }
        finally
        {
            Leptonica.l_CIDataDestroy(ref data);
        }

        return new(ChildImageKind.FaxGroup4, pix.Width, pix.Height);
    }

    /// <summary>Each row: filter "Up" of PNG, which halves the size of scans, and the differences to the row above.</summary>
    private static unsafe ChildImage Rows(Pix pix, string file)
    {
        var (width, height, samples) = (pix.Width, pix.Height, pix.Depth == 32 ? 3 : 1);
        var data = Leptonica.pixGetData(pix);
        var words = Leptonica.pixGetWpl(pix);
        byte[] above = new byte[width * samples], row = new byte[width * samples], coded = new byte[width * samples + 1];
        coded[0] = 2;
        using var stream = File.Create(file);
        using var zlib = new ZLibStream(stream, CompressionLevel.Optimal);
        for (var y = 0; y < height; y++)
        {
            Unpack(new ReadOnlySpan<uint>(data + (long)y * words, words), row, samples);
            for (var i = 0; i < row.Length; i++) coded[i + 1] = (byte)(row[i] - above[i]);
            zlib.Write(coded);
            (above, row) = (row, above);
        }

        return new(samples == 3 ? ChildImageKind.RgbRows : ChildImageKind.GreyRows, width, height);
    }

    /// <summary>Leptonica keeps pixels in 32-bit words, the first in the highest bits; RGB as 0xRRGGBBxx.</summary>
    private static void Unpack(ReadOnlySpan<uint> words, Span<byte> row, int samples)
    {
        if (samples == 1)
        {
            for (var x = 0; x < row.Length; x++) row[x] = (byte)(words[x / 4] >> (24 - 8 * (x % 4)));
            return;
        }

        for (var x = 0; x < row.Length / 3; x++)
        {
            row[3 * x] = (byte)(words[x] >> 24);
            row[3 * x + 1] = (byte)(words[x] >> 16);
            row[3 * x + 2] = (byte)(words[x] >> 8);
        }
    }
}
