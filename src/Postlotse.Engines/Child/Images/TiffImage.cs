using System.Buffers.Binary;
using Postlotse.Engines.Native;

namespace Postlotse.Engines.Child.Images;

/// <summary>An image of a TIFF by libtiff itself, for what Leptonica does not read: tiles, some colour spaces and depths.</summary>
internal static unsafe class TiffImage
{
    /// <summary>The whole image, RGB or, when it has one sample, grey or black and white; null when it cannot be decoded.</summary>
    /// <param name="file">TIFF.</param>
    /// <param name="index">0-based image.</param>
    /// <param name="size">Pixels by its header, checked against the limit.</param>
    public static Pix? Read(string file, int index, (int Width, int Height) size)
    {
        if (Leptonica.readHeaderTiff(file, index, out _, out _, out var bits, out var samples, out var resolution, out var map, out _) != 0)
            return null;
        using var tiff = Opened.At(file, index);
        if (tiff is null) return null;
        using var colours = Pix.Own(Leptonica.pixCreate(size.Width, size.Height, 32), "pixCreate");
        // With 32 bits a pixel rows have no padding.
        var pixels = new Span<uint>(Leptonica.pixGetData(colours), checked(size.Width * size.Height));
        fixed (uint* to = pixels)
        {
            var result = LibTiff.TIFFReadRGBAImageOriented(tiff.Handle, (uint)size.Width, (uint)size.Height, to, LibTiff.TopLeft, 1);
            if (result == 0) return null;
        }

        BinaryPrimitives.ReverseEndianness(pixels, pixels); // red comes lowest from libtiff and highest in Leptonica
        Pix.Check(Leptonica.pixSetResolution(colours, resolution, resolution), "pixSetResolution");
        if (samples != 1 || map != 0) return colours.ToColour();
        return bits == 1 ? colours.ToBlackWhite(128) : colours.ToGrey();
    }

    /// <summary>Whether the file may be in order, but its compression, depth or colours are none that anybody reads here.</summary>
    public static bool IsUnsupported(string file, int index)
    {
        using var tiff = Opened.At(file, index);
        var message = stackalloc byte[LibTiff.MessageLength];
        return tiff is not null && LibTiff.TIFFRGBAImageOK(tiff.Handle, message) == 0;
    }

    private sealed class Opened : IDisposable
    {
        private Opened(nint handle) => Handle = handle;

        public nint Handle { get; }

        public static Opened? At(string file, int index)
        {
            var handle = LibTiff.TIFFOpen(file, "r");
            if (handle == 0) return null;
            if (LibTiff.TIFFSetDirectory(handle, (uint)index) != 0) return new(handle);
            LibTiff.TIFFClose(handle);
            return null;
        }

        public void Dispose() => LibTiff.TIFFClose(Handle);
    }
}
