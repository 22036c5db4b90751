using Postlotse.Engines.Child.Images;
using Postlotse.Engines.Native;
using Postlotse.Engines.Protocol;

namespace Postlotse.Engines.Child;

/// <summary>
/// How a page's image goes into the PDF: print in black and white without loss (fax group 4), everything else as JPEG. A scan's own
/// JPEG stays as it is unless a coarser one is clearly smaller. The scan itself is kept elsewhere, unchanged.
/// </summary>
internal static class PdfImageMaker
{
    private const int Group4 = 2, ContinueWithBadData = 2, RenderedQuality = 85;

    /// <summary>Share of the scan's own bytes below which a new JPEG is worth what it loses.</summary>
    private const double ClearlySmaller = 0.6;

    /// <summary>Makes the image.</summary>
    /// <param name="scan">As decoded, upright as viewers show it.</param>
    /// <param name="source">Where it comes from.</param>
    /// <param name="page">Prepared for reading; null when too small.</param>
    /// <param name="request">What was asked.</param>
    /// <param name="mirrored">The scan was mirrored, so its own file does not show it.</param>
    public static ChildImage Make(Pix scan, SourceImage source, PreparedPage? page, ChildRequest request, bool mirrored)
    {
        var ownJpeg = source.JpegHeader is { FitsPdf: true } && !mirrored;
        using var plain = Plain(scan);
        if (plain.Depth == 1) return FaxGroup4(plain, request.ImageTo);
        var reduction = request.Rendered ? 1 : Reduction(page, request.PictureResolution);
        using var colour = Colour(plain, source, ownJpeg ? request.File : null, reduction);
        if (colour is null && page is not null && TextPage.TryMake(page) is { } text)
            using (text) return FaxGroup4(text, request.ImageTo);
        using var grey = colour is null ? Reduced(plain, reduction) : null;
        var jpeg = Jpeg(colour ?? grey!, request.ImageTo, request.Rendered ? RenderedQuality : request.PictureQuality);
        if (!ownJpeg || new FileInfo(request.ImageTo).Length < ClearlySmaller * new FileInfo(request.File).Length) return jpeg;
        File.Delete(request.ImageTo);
        return new(ChildImageKind.SourceJpeg, scan.Width, scan.Height);
    }

    /// <summary>How many times coarser the picture may become: 1, 2 or 4.</summary>
    private static int Reduction(PreparedPage? page, int least) =>
        page is null || page.SourceResolution < 2 * least * 0.98 ? 1 : page.SourceResolution < 4 * least * 0.98 ? 2 : 4;

    /// <summary>Without colour map and transparency.</summary>
    private static Pix Plain(Pix scan)
    {
        if (Leptonica.pixGetColormap(scan) != 0) return scan.WithoutMap();
        if (scan.Depth == 32) return Leptonica.pixGetSpp(scan) == 4 ? scan.Opaque() : scan.ToColour();
        return scan.Depth == 1 ? scan.Same() : scan.ToGrey();
    }

    /// <summary>The reduced picture when it has colours, else null.</summary>
    private static Pix? Colour(Pix plain, SourceImage source, string? jpeg, int reduction)
    {
        var isBrightness = jpeg is not null && source.JpegHeader!.Components == 3 && plain.Depth != 32; // decoded without its colours
        if (!isBrightness && plain.Depth != 32) return null;
        var reduced = isBrightness
            ? Pix.Own(Leptonica.pixReadJpeg(jpeg!, 0, reduction, out _, ContinueWithBadData), "pixReadJpeg") : Reduced(plain, reduction);
        if (reduced is { Depth: 32 } && reduced.HasColour()) return reduced;
        reduced.Dispose();
        return null;
    }

    private static Pix Reduced(Pix pix, int reduction)
    {
        using var grey = pix.Depth is 8 or 32 ? null : pix.ToGrey();
        return reduction == 1 ? (grey ?? pix).Same() : (grey ?? pix).Scale(1.0 / reduction, 1.0 / reduction);
    }

    private static ChildImage Jpeg(Pix pix, string file, int quality)
    {
        Pix.Check(Leptonica.pixWriteJpeg(file, pix, quality, 0), "pixWriteJpeg");
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
}
