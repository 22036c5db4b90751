using Engines.Tests.Support;
using Postlotse.Pdf;

namespace Engines.Tests.Pdf;

/// <summary>Laws of the JPEG header parser, which is the only one that reads foreign image bytes outside of a child process.</summary>
public sealed class JpegHeaderTests
{
    private static byte[] Cmyk => File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "corpus", "cmyk.jpg"));

    [Fact]
    public void ResolutionByExifAlone_IsHonoured()
    {
        byte[] tiff =
        [
            .. "MM\0*"u8, 0, 0, 0, 8, 0, 3, 0x01, 0x1A, 0, 5, 0, 0, 0, 1, 0, 0, 0, 50, 0x01, 0x1B, 0, 5, 0, 0, 0, 1, 0, 0, 0, 50,
            0x01, 0x28, 0, 3, 0, 0, 0, 1, 0, 3, 0, 0, 0, 0, 0, 0, 0, 0, 0, 100, 0, 0, 0, 1, // 100 a centimetre
        ];
        byte[] exif = [.. "Exif\0\0"u8, .. tiff];
        byte[] frame = [0xFF, 0xC0, 0, 11, 8, 0, 9, 0, 7, 1, 1, 0x11, 0];
        var header = JpegHeader.Parse([0xFF, 0xD8, 0xFF, 0xE1, 0, (byte)(exif.Length + 2), .. exif, .. frame]);
        Assert.Equal((254, 254), (header?.DotsPerInchX, header?.DotsPerInchY));
    }

    [Fact]
    public void Header_SaysSizeAndComponents()
    {
        var header = JpegHeader.Parse(Cmyk);
        Assert.NotNull(header);
        Assert.Equal((480, 320, 4, 8), (header.Width, header.Height, header.Components, header.BitsPerComponent));
        Assert.False(header.FitsPdf);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(6)]
    [InlineData(8)]
    public void Exif_SaysOrientation(byte orientation) =>
        Assert.Equal(orientation, JpegHeader.Parse(Scan.WithOrientation(Cmyk, orientation))?.Orientation);

    [Fact]
    public void NoJpeg_IsNull()
    {
        Assert.Null(JpegHeader.Parse([]));
        Assert.Null(JpegHeader.Parse("%PDF-1.4"u8));
        Assert.Null(JpegHeader.Parse([0xFF, 0xD8, 0xFF, 0xD9]));
    }

    /// <summary>20 000 mutations of one seed: never an exception, and whatever is accepted has an area.</summary>
    [Fact]
    public void MutatedHeaders_NeverThrow()
    {
        var random = new Random(20261125);
        var original = Scan.WithOrientation(Cmyk, 6);
        for (var i = 0; i < 20_000; i++)
        {
            var bytes = original[..random.Next(original.Length)];
            for (var change = random.Next(8); change > 0 && bytes.Length > 0; change--)
                bytes[random.Next(Math.Min(bytes.Length, 300))] = (byte)random.Next(256);
            if (JpegHeader.Parse(bytes) is not { } header) continue;
            Assert.True(header.Width > 0 && header.Height > 0 && header.Components is >= 1 and <= 4);
        }
    }
}
