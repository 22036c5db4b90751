using System.Text;
using Engines.Tests.Support;
using Postlotse.Engines.Documents;
using Postlotse.Intake;
using Postlotse.Letters;
using Postlotse.Recognition;

namespace Engines.Tests.Hostile;

/// <summary>Laws of reasons: a clerk acts on them, so they must not be nearly right. Each was once wrong.</summary>
public sealed class ReasonTests(Engine engine) : IDisposable
{
    private readonly Folder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("page.webp", "Picture WebP")]
    [InlineData("page.gif", "Picture GIF")]
    [InlineData("page.bmp", "Picture BMP")]
    public void Picture_IsNamed(string file, string name) => Assert.Equal(name, ForeignFormat.Of(Corpus(file)));

    [Theory]
    [InlineData("PK\u0003\u0004\0\0scan.tif", "Archive ZIP")]
    [InlineData("PK\u0005\u0006\0\0", "Archive ZIP")]
    [InlineData("PK\u0003\u0004\0\0[Content_Types].xml..word/document.xml", "Document Word")]
    [InlineData("PK\u0003\u0004\0\0mimetypeapplication/vnd.oasis.opendocument.text", "Document OpenDocument")]
    [InlineData("\u00d0\u00cf\u0011\u00e0\0\0", "Document Office 97 / Outlook")]
    [InlineData("{\\rtf1 Tag}", "Document RTF")]
    [InlineData("From: a@example.org\r\nSubject: Antrag\r\n\r\nTag", "Mail")]
    [InlineData("Von: Jo\nBetreff: Antrag\n", "Document TXT")]
    [InlineData("From: a@example.org, wie besprochen", "Document TXT")]
    [InlineData("  <!DOCTYPE html><p>Tag", "Document HTML")]
    [InlineData("<?xml version='1.0'?><svg/>", "Picture SVG")]
    [InlineData("<?xml version='1.0'?><Invoice/>", "Document XML")]
    [InlineData("BMW Werkstatt, Rechnung", "Document TXT")]
    [InlineData("MZ Apotheke", "Document TXT")]
    [InlineData("MZ\u0090\0\u0003", "Program EXE")]
    [InlineData("\0\u0001\u0002", null)]
    [InlineData("", null)]
    public void OtherFile_IsNamed(string head, string? name) => Assert.Equal(name, ForeignFormat.Of(Encoding.Latin1.GetBytes(head)));

    [Theory]
    [InlineData("tiled.tif")]
    [InlineData("deep.tif")]
    [InlineData("zstd.tif")]
    [InlineData("jpeg.tif")]
    [InlineData("big.tif")]
    [InlineData("planar.tif")]
    [InlineData("oldjpeg.tif")]
    [InlineData("arithmetic.jpg")]
    [InlineData("deep.png")]
    [InlineData("alpha.png")]
    [InlineData("interlaced.png")]
    public async Task UnusualScan_IsRead(string name)
    {
        var format = FileSignature.Detect(Corpus(name));
        var answer = await engine.ReadAsync(_folder, _folder.Write(name, Corpus(name)), format);
        Assert.Contains("Halteverbot", Assert.Single(Assert.IsType<EngineAnswer.Read>(answer).Pages).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task TiffOf12BitsASample_IsUnsupportedAndNotDamaged()
    {
        var tiff = Scan.Tiff(_folder.Write("a.pgm", [.. "P5 64 64 255\n"u8, .. new byte[4096]]));
        var bits = tiff.AsSpan().IndexOf((byte[])[2, 1, 3, 0, 1, 0, 0, 0, 8, 0]) + 8; // tag 258
        tiff[bits] = 12;
        await AssertUnusableAsync(FindingKind.UnsupportedImage, tiff, FileFormat.Tiff);
    }

    [Fact]
    public async Task JpegOf12BitsASample_IsUnsupportedAndNotDamaged()
    {
        var jpeg = Corpus("grey.jpg");
        jpeg[jpeg.AsSpan().IndexOf((byte[])[0xFF, 0xC0]) + 4] = 12;
        await AssertUnusableAsync(FindingKind.UnsupportedImage, jpeg, FileFormat.Jpeg);
    }

    [Fact]
    public async Task PageThatCouldNotBeDrawn_IsDamagedAndNotBlank()
    {
        var pdf = Page("/XObject<</I 5 0 R>>", "[0 0 595 842]", "q 595 0 0 842 0 0 cm /I Do Q",
            WrittenPdf.Stream("/Subtype/Image/Width 9/Height 9/ColorSpace/DeviceGray/BitsPerComponent 8/Filter/NoSuchDecode", "x"));
        var read = Assert.IsType<EngineAnswer.Read>(await engine.ReadAsync(_folder, _folder.Write("a.pdf", pdf), FileFormat.Pdf));
        Assert.Equal([FindingKind.Damaged], read.Findings.Select(f => f.Kind));
    }

    [Fact]
    public async Task PlanTooLargeForFullResolution_IsReadCoarser()
    {
        var pdf = Page("/Font<</F 5 0 R>>", "[0 0 1684 2384]", "BT /F 40 Tf 100 1200 Td (Bebauungsplan Marktplatz) Tj ET",
            "<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>");
        var answer = await engine.ReadAsync(_folder, _folder.Write("a.pdf", pdf), FileFormat.Pdf);
        var page = Assert.Single(Assert.IsType<EngineAnswer.Read>(answer).Pages);
        Assert.Contains("Bebauungsplan", page.Text, StringComparison.Ordinal);
    }

    /// <summary>What scanners for plans give: more pixels than a page in grey may have.</summary>
    [Fact]
    public async Task ScannedPlanInBlackAndWhite_IsReadAtItsSize()
    {
        var pdf = Page("/Font<</F 5 0 R>>", "[0 0 1684 2384]", "BT /F 40 Tf 100 1200 Td (Bebauungsplan Marktplatz) Tj ET",
            "<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>");
        var scan = await Scan.RenderAsync(_folder, pdf, "-tiff", "-mono");
        var page = Assert.Single(Assert.IsType<EngineAnswer.Read>(await engine.ReadAsync(_folder, scan, FileFormat.Tiff)).Pages);
        Assert.Equal((594, 841), ((int)Math.Round(page.Width), (int)Math.Round(page.Height)));
        Assert.Contains("Bebauungsplan", page.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ScanOfASinglePixel_IsBlankAndNotDamaged()
    {
        var read = Assert.IsType<EngineAnswer.Read>(
            await engine.ReadAsync(_folder, _folder.Write("a.png", Scan.Png(1, 1, 1)), FileFormat.Png));
        Assert.Contains(new(FindingKind.AllPagesBlank), read.Findings);
    }

    [Fact]
    public async Task PageOfAnAbsurdSize_IsTooManyPixelsAndNotBlank() =>
        await AssertUnusableAsync(FindingKind.TooManyPixels, Page("", "[0 0 999999999 999999999]", "", "null"), FileFormat.Pdf);

    [Fact]
    public async Task PdfForCertificates_IsEncryptedAndNotDamaged()
    {
        var pdf = Encoding.Latin1.GetString(Page("", "[0 0 595 842]", "", "<</Filter/Adobe.PubSec/V 2/R 2/Recipients[(x)]>>"));
        var locked = pdf.Replace("/Root 1 0 R", "/Root 1 0 R/Encrypt 5 0 R/ID[(a)(a)]", StringComparison.Ordinal);
        await AssertUnusableAsync(FindingKind.Encrypted, Encoding.Latin1.GetBytes(locked), FileFormat.Pdf);
    }

    private async Task AssertUnusableAsync(FindingKind expected, byte[] bytes, FileFormat format)
    {
        var answer = await engine.ReadAsync(_folder, _folder.Write("file", bytes), format);
        Assert.Equal(expected, Assert.IsType<EngineAnswer.Unusable>(answer).Finding.Kind);
    }

    private static byte[] Page(string resources, string box, string content, string further) => PrintedPage.Assemble(
    [
        "<</Type/Catalog/Pages 2 0 R>>", "<</Type/Pages/Count 1/Kids[3 0 R]>>",
        $"<</Type/Page/Parent 2 0 R/MediaBox{box}/Resources<<{resources}>>/Contents 4 0 R>>", WrittenPdf.Stream("", content), further,
    ]);

    private static byte[] Corpus(string name) => File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "corpus", name));
}
