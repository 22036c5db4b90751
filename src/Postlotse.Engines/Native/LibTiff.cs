using System.Runtime.InteropServices;

namespace Postlotse.Engines.Native;

/// <summary>Functions of libtiff 4.5 (libtiff.so.6, libtiff licence; Leptonica brings it) that read what Leptonica refuses.</summary>
internal static unsafe partial class LibTiff
{
    /// <summary>Orientation in which the first row is the uppermost.</summary>
    public const int TopLeft = 1;

    /// <summary>Bytes a message may have.</summary>
    public const int MessageLength = 1024;

    private const string Library = "libtiff.so.6";

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    public static partial nint TIFFOpen(string file, string mode);

    [LibraryImport(Library)]
    public static partial void TIFFClose(nint tiff);

    [LibraryImport(Library)]
    public static partial int TIFFSetDirectory(nint tiff, uint index);

    [LibraryImport(Library)]
    public static partial int TIFFRGBAImageOK(nint tiff, byte* message);

    [LibraryImport(Library)]
    public static partial int TIFFReadRGBAImageOriented(nint tiff, uint width, uint height, uint* pixels, int orientation, int stopOnError);
}
