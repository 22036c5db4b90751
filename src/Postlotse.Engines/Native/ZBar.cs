using System.Runtime.InteropServices;

namespace Postlotse.Engines.Native;

/// <summary>Functions of ZBar 0.23 (libzbar.so.0, LGPL-2.1-or-later) that are used; the library is loaded with the first call.</summary>
internal static unsafe partial class ZBar
{
    /// <summary>
    /// Settings: whether a kind is looked for, whether it gives its bytes as they are, its shortest text, and every how many lines of
    /// pixels are looked at.
    /// </summary>
    public const int Enable = 0, Bytes = 4, LeastLength = 0x20, StepX = 0x100, StepY = 0x101;

    /// <summary>Kinds of symbols.</summary>
    public const int AllKinds = 0, Ean8 = 8, Ean13 = 13, Interleaved2Of5 = 25, Code39 = 39, Qr = 64, Code128 = 128;

    /// <summary>Eight bits grey, "Y800".</summary>
    public const uint Grey = 0x30303859;

    private const string Library = "libzbar.so.0";

    [LibraryImport(Library)]
    public static partial nint zbar_image_scanner_create();

    [LibraryImport(Library)]
    public static partial int zbar_image_scanner_set_config(nint scanner, int kind, int setting, int value);

    [LibraryImport(Library)]
    public static partial nint zbar_image_create();

    [LibraryImport(Library)]
    public static partial void zbar_image_destroy(nint image);

    [LibraryImport(Library)]
    public static partial void zbar_image_set_format(nint image, nuint format);

    [LibraryImport(Library)]
    public static partial void zbar_image_set_size(nint image, uint width, uint height);

    [LibraryImport(Library)]
    public static partial void zbar_image_set_data(nint image, byte* data, nuint length, nint cleanup);

    [LibraryImport(Library)]
    public static partial int zbar_scan_image(nint scanner, nint image);

    [LibraryImport(Library)]
    public static partial nint zbar_image_first_symbol(nint image);

    [LibraryImport(Library)]
    public static partial nint zbar_symbol_next(nint symbol);

    [LibraryImport(Library)]
    public static partial int zbar_symbol_get_type(nint symbol);

    [LibraryImport(Library)]
    public static partial byte* zbar_symbol_get_data(nint symbol);

    [LibraryImport(Library)]
    public static partial uint zbar_symbol_get_data_length(nint symbol);

    [LibraryImport(Library)]
    public static partial int zbar_symbol_get_quality(nint symbol);

    [LibraryImport(Library)]
    public static partial uint zbar_symbol_get_loc_size(nint symbol);

    [LibraryImport(Library)]
    public static partial int zbar_symbol_get_loc_x(nint symbol, uint index);

    [LibraryImport(Library)]
    public static partial int zbar_symbol_get_loc_y(nint symbol, uint index);
}
