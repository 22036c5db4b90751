using System.Buffers.Binary;
using System.Text;

namespace Postlotse.Pdf.Low;

/// <summary>
/// The sRGB colour profile (IEC 61966-2-1) as a version 2 ICC profile made from its defining numbers, so that no foreign file is needed.
/// </summary>
internal static class SrgbProfile
{
    private const int HeaderLength = 128, CurvePoints = 1024;

    /// <summary>Profile bytes; always the same.</summary>
    public static byte[] Create()
    {
        byte[] curve = Curve();
        (string Tag, byte[] Data)[] tags =
        [
            ("desc", [.. Ascii("desc"), .. Words(0, 5), .. Ascii("sRGB\0"), .. new byte[78]]),
            ("cprt", [.. Ascii("text"), .. Words(0), .. Ascii("CC0\0")]),
            ("wtpt", Xyz(0.9642, 1, 0.8249)),
            // Primaries of sRGB adapted to D50 by the Bradford transform.
            ("rXYZ", Xyz(0.43607, 0.22249, 0.01392)),
            ("gXYZ", Xyz(0.38515, 0.71687, 0.09708)),
            ("bXYZ", Xyz(0.14307, 0.06061, 0.7141)),
            ("rTRC", curve), ("gTRC", curve), ("bTRC", curve),
        ];
        return Assemble(tags);
    }

    private static byte[] Assemble((string Tag, byte[] Data)[] tags)
    {
        using var directory = new MemoryStream();
        using var body = new MemoryStream();
        var places = new Dictionary<byte[], int>(ReferenceEqualityComparer.Instance);
        directory.Write(Words((uint)tags.Length));
        foreach (var (tag, data) in tags)
        {
            if (!places.TryGetValue(data, out var place)) // the three curves are one
            {
                place = places[data] = HeaderLength + 4 + 12 * tags.Length + (int)body.Length;
                body.Write(data);
                while (body.Length % 4 != 0) body.WriteByte(0);
            }

            directory.Write(Ascii(tag));
            directory.Write(Words((uint)place, (uint)data.Length));
        }

        return [.. Header((int)(HeaderLength + directory.Length + body.Length)), .. directory.ToArray(), .. body.ToArray()];
    }

    private static byte[] Header(int size)
    {
        var header = new byte[HeaderLength];
        Words((uint)size).CopyTo(header, 0);
        Words(0x02100000).CopyTo(header, 8);
        Ascii("mntrRGB XYZ ").CopyTo(header, 12);
        new byte[] { 0x07, 0xE8, 0, 1, 0, 1 }.CopyTo(header, 24); // a fixed date: 1 January 2024
        Ascii("acsp").CopyTo(header, 36);
        Xyz(0.9642, 1, 0.8249).AsSpan(8).CopyTo(header.AsSpan(68));
        return header;
    }

    private static byte[] Curve()
    {
        var curve = new byte[12 + 2 * CurvePoints];
        Ascii("curv").CopyTo(curve, 0);
        BinaryPrimitives.WriteInt32BigEndian(curve.AsSpan(8), CurvePoints);
        for (var i = 0; i < CurvePoints; i++)
        {
            var v = i / (CurvePoints - 1.0);
            var linear = v <= 0.04045 ? v / 12.92 : Math.Pow((v + 0.055) / 1.055, 2.4);
            BinaryPrimitives.WriteUInt16BigEndian(curve.AsSpan(12 + 2 * i), (ushort)Math.Round(linear * 65535));
        }

        return curve;
    }

    private static byte[] Xyz(double x, double y, double z) => [.. Ascii("XYZ "), .. Words(0, Fixed(x), Fixed(y), Fixed(z))];

    private static uint Fixed(double value) => (uint)Math.Round(value * 65536);

    private static byte[] Ascii(string text) => Encoding.ASCII.GetBytes(text);

    private static byte[] Words(params ReadOnlySpan<uint> values)
    {
        var bytes = new byte[4 * values.Length];
        for (var i = 0; i < values.Length; i++) BinaryPrimitives.WriteUInt32BigEndian(bytes.AsSpan(4 * i), values[i]);
        return bytes;
    }
}
