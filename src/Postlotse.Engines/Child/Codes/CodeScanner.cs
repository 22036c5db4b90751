using System.Text;
using System.Text.Unicode;
using Postlotse.Engines.Native;
using Postlotse.Letters;

namespace Postlotse.Engines.Child.Codes;

/// <summary>ZBar, loaded when a page first has something that may be a barcode.</summary>
internal sealed unsafe class CodeScanner
{
    /// <summary>An area with more pixels is looked at in every second line only.</summary>
    private const int LargeArea = 1_500_000;

    /// <summary>The kinds that are looked for, and how many lines of pixels must give the same text; some have no check digit.</summary>
    private static readonly Dictionary<int, (BarcodeKind Kind, int Lines, int Length)> Kinds = new()
    {
        [ZBar.Qr] = (BarcodeKind.Qr, 0, 1),
        [ZBar.Code128] = (BarcodeKind.Code128, 2, 2),
        [ZBar.Code39] = (BarcodeKind.Code39, 4, 3),
        [ZBar.Ean13] = (BarcodeKind.Ean, 3, 13),
        [ZBar.Ean8] = (BarcodeKind.Ean, 4, 8),
        [ZBar.Interleaved2Of5] = (BarcodeKind.Interleaved2Of5, 4, 6),
    };

    private nint _scanner;

    /// <summary>The library is not installed: nothing is found.</summary>
    public bool IsMissing { get; private set; }

    /// <summary>Barcodes in an area, with the points ZBar gives, in pixels of the whole image.</summary>
    /// <param name="grey">8 bits, without colour map.</param>
    /// <param name="area">Where to look.</param>
    public IReadOnlyList<FoundCode> Scan(Pix grey, PixelBox area)
    {
        area = area.Within(new(0, 0, grey.Width, grey.Height));
        if (area.Width == 0 || area.Height == 0 || !TryLoad()) return [];
        var step = (long)area.Width * area.Height > LargeArea ? 2 : 1;
        _ = ZBar.zbar_image_scanner_set_config(_scanner, ZBar.AllKinds, ZBar.StepX, step);
        _ = ZBar.zbar_image_scanner_set_config(_scanner, ZBar.AllKinds, ZBar.StepY, step);
        var image = ZBar.zbar_image_create();
        if (image == 0) throw new NativeException("zbar_image_create");
        try
        {
            fixed (byte* pixels = Cut(grey, area))
            {
                ZBar.zbar_image_set_format(image, ZBar.Grey);
                ZBar.zbar_image_set_size(image, (uint)area.Width, (uint)area.Height);
                ZBar.zbar_image_set_data(image, pixels, (nuint)area.Width * (nuint)area.Height, 0);
                return ZBar.zbar_scan_image(_scanner, image) < 0 ? [] : Symbols(image, area);
            }
        }
        finally
        {
            ZBar.zbar_image_destroy(image);
        }
    }

    private bool TryLoad()
    {
        if (_scanner != 0 || IsMissing) return !IsMissing;
        try
        {
            _scanner = ZBar.zbar_image_scanner_create();
        }
        catch (DllNotFoundException)
        {
            IsMissing = true;
            return false;
        }

        if (_scanner == 0) throw new NativeException("zbar_image_scanner_create");
        _ = ZBar.zbar_image_scanner_set_config(_scanner, ZBar.AllKinds, ZBar.Enable, 0);
        foreach (var (kind, (_, _, length)) in Kinds)
        {
            _ = ZBar.zbar_image_scanner_set_config(_scanner, kind, ZBar.Enable, 1);
            _ = ZBar.zbar_image_scanner_set_config(_scanner, kind, ZBar.LeastLength, length);
        }

        _ = ZBar.zbar_image_scanner_set_config(_scanner, ZBar.Qr, ZBar.Bytes, 1); // else it guesses, and takes UTF-8 for Big5
        return true;
    }

    private static byte[] Cut(Pix grey, PixelBox area)
    {
        var pixels = new byte[area.Width * area.Height];
        var data = Leptonica.pixGetData(grey);
        var words = Leptonica.pixGetWpl(grey);
        for (var y = 0; y < area.Height; y++)
        {
            var row = (byte*)(data + (long)(area.Y + y) * words);
            for (var x = 0; x < area.Width; x++) pixels[y * area.Width + x] = row[(area.X + x) ^ 3]; // first pixel in the highest byte
        }

        GC.KeepAlive(grey);
        return pixels;
    }

    private static List<FoundCode> Symbols(nint image, PixelBox area)
    {
        var found = new List<FoundCode>();
        for (var symbol = ZBar.zbar_image_first_symbol(image); symbol != 0; symbol = ZBar.zbar_symbol_next(symbol))
        {
            if (!Kinds.TryGetValue(ZBar.zbar_symbol_get_type(symbol), out var kind)) continue;
            if (ZBar.zbar_symbol_get_quality(symbol) < kind.Lines) continue;
            var text = Text(new(ZBar.zbar_symbol_get_data(symbol), (int)ZBar.zbar_symbol_get_data_length(symbol)));
            if (text.Length == 0) continue;
            var points = new List<(double X, double Y)>();
            for (var i = 0u; i < ZBar.zbar_symbol_get_loc_size(symbol); i++)
                points.Add((area.X + ZBar.zbar_symbol_get_loc_x(symbol, i), area.Y + ZBar.zbar_symbol_get_loc_y(symbol, i)));
            if (points.Count > 0) found.Add(new(kind.Kind, text, points));
        }

        return found;
    }

    /// <summary>UTF-8, or what the standard says without it. Lines stay, other control characters (of GS1) become spaces.</summary>
    private static string Text(ReadOnlySpan<byte> bytes)
    {
        var text = (Utf8.IsValid(bytes) ? Encoding.UTF8 : Encoding.Latin1).GetString(bytes).ReplaceLineEndings("\n");
        if (text.Length > Barcode.LongestText) text = text[..Barcode.LongestText];
        return string.Concat(text.Select(c => c != '\n' && char.IsControl(c) ? ' ' : c)).Trim();
    }
}

/// <summary>A barcode, and points on its edge.</summary>
internal sealed record FoundCode(BarcodeKind Kind, string Text, IReadOnlyList<(double X, double Y)> Points);
