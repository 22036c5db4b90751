using System.Buffers.Binary;
using System.Globalization;
using System.IO.Compression;
using System.Text;
using Postlotse.Pdf;

namespace Engines.Tests.Support;

/// <summary>Scans in the formats that scanners give.</summary>
internal static class Scan
{
    /// <summary>The first page of a PDF as poppler renders it.</summary>
    /// <param name="folder">Where.</param>
    /// <param name="pdf">Bytes of a PDF.</param>
    /// <param name="options">Format and colour: "-jpeg", "-png", "-mono" and so on.</param>
    public static async Task<string> RenderAsync(Folder folder, byte[] pdf, params string[] options)
    {
        var prefix = folder.File("render-" + Guid.NewGuid().ToString("N"));
        var source = prefix + ".pdf";
        await File.WriteAllBytesAsync(source, pdf, TestContext.Current.CancellationToken);
        await Tool.OutputAsync("pdftoppm", [.. options, "-r", "200", "-singlefile", source, prefix]);
        File.Delete(source);
        return Directory.GetFiles(folder.Path, Path.GetFileName(prefix) + ".*").Single();
    }

    /// <summary>An A4 PDF with nothing but this JPEG on its page.</summary>
    public static byte[] PdfOf(string jpeg, int rotate = 0, int copies = 1)
    {
        using var stream = new MemoryStream();
        using var pdf = new PdfArchiveWriter(stream, new("Scan", "", DateTimeOffset.UnixEpoch));
        var image = PdfImage.Jpeg(() => File.OpenRead(jpeg));
        var (width, height) = image.Width < image.Height ? (210, 297) : (297, 210);
        for (var i = 0; i < copies; i++) pdf.AddPage(new(image, width, height, rotate, 0, []));
        pdf.Finish();
        return stream.ToArray();
    }

    /// <summary>An uncompressed grey TIFF of several pages from PGM files.</summary>
    public static byte[] Tiff(params string[] greyMaps)
    {
        using var tiff = new MemoryStream();
        tiff.Write([(byte)'I', (byte)'I', 42, 0, 0, 0, 0, 0]);
        var link = 4L;
        foreach (var (width, height, pixels) in greyMaps.Select(GreyMap))
        {
            var data = tiff.Position;
            tiff.Write(pixels);
            if (tiff.Position % 2 != 0) tiff.WriteByte(0);
            var directory = tiff.Position;
            (int Tag, int Type, int Value)[] entries =
            [
                (256, 4, width), (257, 4, height), (258, 3, 8), (259, 3, 1), (262, 3, 1), (273, 4, (int)data), (277, 3, 1), (278, 4, height),
                (279, 4, pixels.Length),
            ];
            tiff.Write(Little(entries.Length, 2));
            foreach (var (tag, type, value) in entries) tiff.Write([.. Little(tag, 2), .. Little(type, 2), .. Little(1, 4), .. Little(value, 4)]);
            var next = tiff.Position;
            tiff.Write(Little(0, 4));
            tiff.Position = link;
            tiff.Write(Little((int)directory, 4));
            tiff.Position = tiff.Length;
            link = next;
        }

        return tiff.ToArray();
    }

    /// <summary>Width, height and pixels of a PGM.</summary>
    public static (int Width, int Height, byte[] Pixels) GreyMap(string file)
    {
        var bytes = File.ReadAllBytes(file);
        var (fields, at) = (new List<string>(), 0);
        while (fields.Count < 4)
        {
            var end = at;
            while (!char.IsWhiteSpace((char)bytes[end])) end++;
            fields.Add(Encoding.ASCII.GetString(bytes, at, end - at));
            at = end + 1;
        }

        return (int.Parse(fields[1], CultureInfo.InvariantCulture), int.Parse(fields[2], CultureInfo.InvariantCulture), bytes[at..]);
    }

    /// <summary>A PNG that says it is of this size; its data are those of a few white rows.</summary>
    public static byte[] Png(int width, int height, int rows)
    {
        using var png = new MemoryStream();
        png.Write([0x89, (byte)'P', (byte)'N', (byte)'G', 13, 10, 26, 10]);
        Chunk(png, "IHDR", [.. Big(width), .. Big(height), 8, 0, 0, 0, 0]);
        using var data = new MemoryStream();
        using (var zlib = new ZLibStream(data, CompressionLevel.Fastest, leaveOpen: true))
            for (var i = 0; i < rows; i++) zlib.Write([0, .. Enumerable.Repeat((byte)255, width)]);
        Chunk(png, "IDAT", data.ToArray());
        Chunk(png, "IEND", []);
        return png.ToArray();
    }

    /// <summary>Puts an EXIF orientation into a JPEG.</summary>
    public static byte[] WithOrientation(byte[] jpeg, byte orientation)
    {
        byte[] tiff = [(byte)'M', (byte)'M', 0, 42, 0, 0, 0, 8, 0, 1, 0x01, 0x12, 0, 3, 0, 0, 0, 1, 0, orientation, 0, 0, 0, 0, 0, 0];
        byte[] body = [.. "Exif\0\0"u8, .. tiff];
        return [.. jpeg[..2], 0xFF, 0xE1, 0, (byte)(body.Length + 2), .. body, .. jpeg[2..]];
    }

    private static void Chunk(MemoryStream png, string type, byte[] data)
    {
        byte[] body = [.. Encoding.ASCII.GetBytes(type), .. data];
        png.Write(Big(data.Length));
        png.Write(body);
        png.Write(Big((int)Crc(body)));
    }

    private static uint Crc(byte[] data)
    {
        var crc = uint.MaxValue;
        foreach (var value in data)
        {
            crc ^= value;
            for (var bit = 0; bit < 8; bit++) crc = (crc & 1) != 0 ? 0xEDB88320 ^ (crc >> 1) : crc >> 1;
        }

        return ~crc;
    }

    private static byte[] Big(int value)
    {
        var bytes = new byte[4];
        BinaryPrimitives.WriteInt32BigEndian(bytes, value);
        return bytes;
    }

    private static byte[] Little(int value, int size)
    {
        var bytes = new byte[4];
        BinaryPrimitives.WriteInt32LittleEndian(bytes, value);
        return bytes[..size];
    }
}
