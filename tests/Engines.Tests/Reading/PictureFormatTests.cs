using System.Buffers.Binary;
using Engines.Tests.Support;
using Postlotse.Letters;
using Postlotse.Recognition;

namespace Engines.Tests.Reading;

/// <summary>Laws of pictures in JPEG 2000 and HEIF: read like others, or a reason that fits; never changed.</summary>
public sealed class PictureFormatTests(Engine engine) : IDisposable
{
    private readonly Folder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("page.jp2", FileFormat.Jpeg2000)]
    [InlineData("page.j2k", FileFormat.Jpeg2000)]
    [InlineData("page.heic", FileFormat.Heif)]
    [InlineData("page.avif", FileFormat.Heif)]
    public async Task Picture_IsReadAndStaysAsItIs(string name, FileFormat format)
    {
        var file = _folder.Write(name, Corpus(name));
        var read = Assert.IsType<EngineAnswer.Read>(await engine.ReadAsync(_folder, file, format));
        Assert.Contains("Halteverbot", Assert.Single(read.Pages).Text, StringComparison.Ordinal);
        Assert.Contains("Halteverbot", await Tool.OutputAsync("pdftotext", read.PdfPath, "-"), StringComparison.Ordinal);
        Assert.Empty(read.Findings);
        Assert.Equal(Corpus(name), await Folder.BytesAsync(file));
    }

    [Fact]
    public async Task HeicOfSeveralPictures_HasAsManyPages()
    {
        var (one, page, two) = (_folder.Write("page.heic", Corpus("page.heic")), _folder.File("page.png"), _folder.File("two.heic"));
        await Tool.OutputAsync("heif-convert", one, page);
        await Tool.OutputAsync("heif-enc", page, page, "-o", two);
        var read = Assert.IsType<EngineAnswer.Read>(await engine.ReadAsync(_folder, two, FileFormat.Heif));
        Assert.All(read.Pages, p => Assert.Contains("Halteverbot", p.Text, StringComparison.Ordinal));
        Assert.Equal([1, 2], read.Pages.Select(p => p.Number));
        read = Assert.IsType<EngineAnswer.Read>(await engine.ReadAsync(_folder, two, FileFormat.Heif, first: 2, pages: 1));
        Assert.Single(read.Pages);
    }

    [Theory]
    [InlineData("page.jp2", FileFormat.Jpeg2000)]
    [InlineData("page.j2k", FileFormat.Jpeg2000)]
    [InlineData("page.heic", FileFormat.Heif)]
    public async Task PictureCutOff_IsDamagedAndNotReadInPart(string name, FileFormat format)
    {
        var whole = Corpus(name);
        foreach (var length in new[] { whole.Length / 3, whole.Length - 300 })
            await AssertUnusableAsync(FindingKind.Damaged, whole[..length], format);
    }

    [Fact]
    public async Task PictureOfManyBitsOrFourColours_IsUnsupported()
    {
        await AssertUnusableAsync(FindingKind.UnsupportedImage, Jp2(header => header[10] = 15), FileFormat.Jpeg2000);
        await AssertUnusableAsync(FindingKind.UnsupportedImage, Jp2(header => header[9] = 4), FileFormat.Jpeg2000);
    }

    [Fact]
    public async Task PictureTooLarge_IsToldBeforeItIsDecoded()
    {
        var jp2 = Jp2(header => BinaryPrimitives.WriteInt32BigEndian(header, 60_000));
        await AssertUnusableAsync(FindingKind.TooManyPixels, jp2, FileFormat.Jpeg2000);
        var heic = Corpus("page.heic");
        BinaryPrimitives.WriteInt32BigEndian(heic.AsSpan(heic.AsSpan().IndexOf("ispe"u8) + 8), 30_000);
        BinaryPrimitives.WriteInt32BigEndian(heic.AsSpan(heic.AsSpan().IndexOf("ispe"u8) + 12), 30_000);
        await AssertUnusableAsync(FindingKind.TooManyPixels, heic, FileFormat.Heif);
    }

    [Fact]
    public async Task StatedResolution_GivesTheSizeOfThePage()
    {
        var jp2 = Corpus("page.jp2");
        byte[] perMetre = [5906 >> 8, 5906 & 255]; // 150 dpi
        byte[] stated = [0, 0, 0, 18, .. "resc"u8, .. perMetre, 0, 1, .. perMetre, 0, 1, 0, 0];
        byte[] box = [0, 0, 0, 26, .. "res "u8, .. stated];
        var start = jp2.AsSpan().IndexOf("jp2h"u8) - 4;
        var length = BinaryPrimitives.ReadInt32BigEndian(jp2.AsSpan(start));
        BinaryPrimitives.WriteInt32BigEndian(jp2.AsSpan(start), length + box.Length);
        var file = _folder.Write("page.jp2", [.. jp2[..(start + length)], .. box, .. jp2[(start + length)..]]);
        var page = Assert.Single(Assert.IsType<EngineAnswer.Read>(await engine.ReadAsync(_folder, file, FileFormat.Jpeg2000)).Pages);
        Assert.InRange(page.Width, 152.3, 152.5);
    }

    /// <summary>With another image header: height, width, number of colours, bits less one.</summary>
    private static byte[] Jp2(HeaderChange change)
    {
        var jp2 = Corpus("page.jp2");
        change(jp2.AsSpan(jp2.AsSpan().IndexOf("ihdr"u8) + 4, 11));
        return jp2;
    }

    private async Task AssertUnusableAsync(FindingKind expected, byte[] bytes, FileFormat format)
    {
        var answer = await engine.ReadAsync(_folder, _folder.Write("file", bytes), format);
        Assert.Equal(expected, Assert.IsType<EngineAnswer.Unusable>(answer).Finding.Kind);
    }

    private static byte[] Corpus(string name) => File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "corpus", name));

    private delegate void HeaderChange(Span<byte> header);
}
