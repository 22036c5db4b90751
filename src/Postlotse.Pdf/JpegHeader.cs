using System.Buffers.Binary;

namespace Postlotse.Pdf;

/// <summary>
/// What the markers of a JPEG file say, without decoding it (ISO/IEC 10918-1 annex B). Foreign bytes: every length is checked,
/// and nothing but the given span is read.
/// </summary>
/// <param name="Width">Pixels, at least 1.</param>
/// <param name="Height">Pixels, at least 1.</param>
/// <param name="Components">1 grey, 3 colour, 4 CMYK.</param>
/// <param name="BitsPerComponent">8 for what PDF can show.</param>
/// <param name="Process">Number of the SOF marker: 0 baseline, 1 extended, 2 progressive; others cannot stand in a PDF.</param>
/// <param name="DotsPerInchX">By JFIF, else by EXIF; 0 when not stated.</param>
/// <param name="DotsPerInchY">0 when not stated.</param>
/// <param name="Orientation">EXIF orientation 1–8; 1 when not stated.</param>
public sealed record JpegHeader(
    int Width, int Height, int Components, int BitsPerComponent, int Process, double DotsPerInchX, double DotsPerInchY, int Orientation)
{
    private const byte StartOfImage = 0xD8, EndOfImage = 0xD9, StartOfScan = 0xDA, App0 = 0xE0, App1 = 0xE1;

    /// <summary>Whether the bytes may stand in a PDF as they are (DCTDecode, grey or RGB).</summary>
    public bool FitsPdf => BitsPerComponent == 8 && Components is 1 or 3 && Process is 0 or 1 or 2;

    /// <summary>Reads the header; null when these are not the bytes of a JPEG with a frame header before its first scan.</summary>
    public static JpegHeader? Parse(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length < 4 || bytes[0] != 0xFF || bytes[1] != StartOfImage) return null;
        var at = 2;
        var (density, exif) = ((X: 0.0, Y: 0.0), new Exif(1, 0, 0));
        while (at + 4 <= bytes.Length)
        {
            if (bytes[at] != 0xFF) return null;
            var marker = bytes[at + 1];
            if (marker == 0xFF) // fill byte
            {
                at++;
                continue;
            }

            if (marker is StartOfScan or EndOfImage or 0) return null;
            if (marker is 0x01 or (>= 0xD0 and <= 0xD8)) // markers without a segment
            {
                at += 2;
                continue;
            }

            int length = BinaryPrimitives.ReadUInt16BigEndian(bytes[(at + 2)..]);
            if (length < 2 || at + 2 + length > bytes.Length) return null;
            var segment = bytes.Slice(at + 4, length - 2);
            if (IsFrame(marker))
                return Frame(marker, segment, density is { X: > 0, Y: > 0 } ? density : (exif.X, exif.Y), exif.Orientation);
            if (marker == App0 && segment.StartsWith("JFIF\0"u8)) density = JfifDensity(segment);
            if (marker == App1 && segment.StartsWith("Exif\0\0"u8)) exif = ReadExif(segment[6..]);
            at += 2 + length;
        }

        return null;
    }

    /// <summary>Whether an end-of-image marker stands in the last bytes; some scanners pad behind it.</summary>
    public static bool Ends(ReadOnlySpan<byte> tail) => tail.LastIndexOf<byte>([0xFF, EndOfImage]) >= 0;

    private static bool IsFrame(byte marker) => marker is >= 0xC0 and <= 0xCF and not (0xC4 or 0xC8 or 0xCC);

    private static JpegHeader? Frame(byte marker, ReadOnlySpan<byte> s, (double X, double Y) density, int orientation)
    {
        if (s.Length < 6) return null;
        int height = BinaryPrimitives.ReadUInt16BigEndian(s[1..]), width = BinaryPrimitives.ReadUInt16BigEndian(s[3..]), parts = s[5];
        if (width == 0 || height == 0 || parts is 0 or > 4 || s.Length < 6 + 3 * parts) return null;
        return new(width, height, parts, s[0], marker - 0xC0, density.X, density.Y, orientation);
    }

    private static (double X, double Y) JfifDensity(ReadOnlySpan<byte> s)
    {
        if (s.Length < 12) return (0, 0);
        var unit = s[7] switch { 1 => 1, 2 => 2.54, _ => 0 };
        return (unit * BinaryPrimitives.ReadUInt16BigEndian(s[8..]), unit * BinaryPrimitives.ReadUInt16BigEndian(s[10..]));
    }

    /// <summary>Orientation and resolution (tags 0x0112, 0x011A, 0x011B, 0x0128) of the first directory of a TIFF structure.</summary>
    private static Exif ReadExif(ReadOnlySpan<byte> tiff)
    {
        var (orientation, x, y, unit) = (1, 0.0, 0.0, 1.0); // dots per inch when no unit is stated
        if (tiff.Length < 8) return new(1, 0, 0);
        var little = tiff[0] == (byte)'I';
        var start = Int(tiff[4..], little, 4);
        if (start < 8 || start + 2 > tiff.Length) return new(1, 0, 0);
        var entries = Int(tiff[(int)start..], little, 2);
        for (var i = 0; i < entries && start + 14 + 12L * i <= tiff.Length; i++)
        {
            var entry = tiff.Slice((int)(start + 2 + 12L * i), 12);
            var value = Int(entry[8..], little, 2);
            switch (Int(entry, little, 2))
            {
                case 0x0112: orientation = value is >= 1 and <= 8 ? (int)value : 1; break;
                case 0x011A: x = Rational(tiff, Int(entry[8..], little, 4), little); break;
                case 0x011B: y = Rational(tiff, Int(entry[8..], little, 4), little); break;
                case 0x0128: unit = value switch { 2 => 1, 3 => 2.54, _ => 0 }; break; // inch, centimetre, none
            }
        }

        return new(orientation, x * unit, y * unit);
    }

    /// <summary>A fraction of two numbers; 0 when it lies outside or has no value.</summary>
    private static double Rational(ReadOnlySpan<byte> tiff, long at, bool little)
    {
        if (at < 8 || at + 8 > tiff.Length) return 0;
        var divisor = Int(tiff[(int)(at + 4)..], little, 4);
        return divisor == 0 ? 0 : Int(tiff[(int)at..], little, 4) / (double)divisor;
    }

    private static long Int(ReadOnlySpan<byte> s, bool little, int size) => (little, size) switch
    {
        (true, 2) => BinaryPrimitives.ReadUInt16LittleEndian(s),
        (false, 2) => BinaryPrimitives.ReadUInt16BigEndian(s),
        (true, _) => BinaryPrimitives.ReadUInt32LittleEndian(s),
        _ => BinaryPrimitives.ReadUInt32BigEndian(s),
    };

    private readonly record struct Exif(int Orientation, double X, double Y);
}
