using System.Text;
using Engines.Tests.Support;
using Postlotse.Letters;
using Postlotse.Recognition;

namespace Engines.Tests.Reading;

/// <summary>Laws of files that are no good: each gets the finding a clerk understands, none takes the engine down.</summary>
public sealed class HostileFileTests(Engine engine) : IDisposable
{
    private readonly Folder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(FileFormat.Pdf)]
    [InlineData(FileFormat.Tiff)]
    [InlineData(FileFormat.Jpeg)]
    [InlineData(FileFormat.Png)]
    public async Task EmptyFile_IsEmptyFile(FileFormat format) => await AssertUnusableAsync(FindingKind.EmptyFile, [], format);

    [Fact]
    public async Task UnknownFormat_IsUnknownFormat() =>
        await AssertUnusableAsync(FindingKind.UnknownFormat, "Hallo"u8.ToArray(), FileFormat.Unknown);

    [Theory]
    [InlineData("Das ist ein Brief.", FileFormat.Pdf)]
    [InlineData("%PDF-1.7\nnothing else\n%%EOF\n", FileFormat.Pdf)]
    [InlineData("II*\0\b\0\0\0", FileFormat.Tiff)]
    [InlineData("II*\0\u0008\0\0\0\u0001\0\0\0", FileFormat.Tiff)]
    [InlineData("ÿØÿà", FileFormat.Jpeg)]
    [InlineData("\u0089PNG\r\n\u001a\n", FileFormat.Png)]
    public async Task Fragments_AreDamaged(string bytes, FileFormat format) =>
        await AssertUnusableAsync(FindingKind.Damaged, Encoding.Latin1.GetBytes(bytes), format);

    [Theory]
    [InlineData(0.3)]
    [InlineData(0.7)]
    [InlineData(0.98)]
    public async Task PdfCutOff_IsDamaged(double share)
    {
        var pdf = PrintedPage.Pdf(PrintedPage.Letter, pages: 3);
        await AssertUnusableAsync(FindingKind.Damaged, pdf[..(int)(pdf.Length * share)], FileFormat.Pdf);
    }

    [Fact]
    public async Task TitleThatLooksLikeThePageCount_HidesNoPage()
    {
        var pdf = Encoding.Latin1.GetString(PrintedPage.Pdf(PrintedPage.Letter, pages: 3));
        const string Title = "/Info<</Title(Antrag\nPages: 1\nPage 1 size: 5 x 5 pts)>>";
        var forged = pdf.Replace("trailer\n<<", "trailer\n<<" + Title, StringComparison.Ordinal);
        Assert.NotEqual(pdf, forged);

        var file = _folder.Write("titel.pdf", Encoding.Latin1.GetBytes(forged));
        var read = Assert.IsType<EngineAnswer.Read>(await engine.ReadAsync(_folder, file, FileFormat.Pdf));

        Assert.Equal([297, 297, 297], read.Pages.Select(p => Math.Round(p.Height)));
    }

    [Theory]
    [InlineData(0.2)]
    [InlineData(0.6)]
    [InlineData(0.95)]
    public async Task JpegCutOff_IsDamagedAndNotHalfRead(double share)
    {
        var jpeg = await Folder.BytesAsync(
            await Scan.RenderAsync(_folder, PrintedPage.Pdf(PrintedPage.Letter), "-jpeg"));
        await AssertUnusableAsync(FindingKind.Damaged, jpeg[..(int)(jpeg.Length * share)], FileFormat.Jpeg);
    }

    [Fact]
    public async Task ScanCutOffInsideAWholePdf_IsDamaged()
    {
        var jpeg = await Scan.RenderAsync(_folder, PrintedPage.Pdf(PrintedPage.Letter), "-jpeg");
        var bytes = await Folder.BytesAsync(jpeg);
        await File.WriteAllBytesAsync(jpeg, bytes[..(bytes.Length / 2)], TestContext.Current.CancellationToken);
        await AssertUnusableAsync(FindingKind.Damaged, Scan.PdfOf(jpeg), FileFormat.Pdf);
    }

    [Fact]
    public async Task TiffCutOff_IsDamaged()
    {
        var grey = await Scan.RenderAsync(_folder, PrintedPage.Pdf(PrintedPage.Letter), "-gray");
        var tiff = Scan.Tiff(grey);
        await AssertUnusableAsync(FindingKind.Damaged, tiff[..(tiff.Length / 2)], FileFormat.Tiff);
    }

    [Fact]
    public async Task PdfWithPassword_IsEncrypted()
    {
        var file = _folder.Write("open.pdf", PrintedPage.Pdf(PrintedPage.Letter));
        await Tool.OutputAsync("qpdf", "--encrypt", "geheim", "owner", "256", "--", file, _folder.File("closed.pdf"));
        await AssertUnusableAsync(FindingKind.Encrypted, await Folder.BytesAsync(_folder.File("closed.pdf")), FileFormat.Pdf);
    }

    [Fact]
    public async Task PdfThatOnlyForbidsPrinting_IsRead()
    {
        var file = _folder.Write("open.pdf", PrintedPage.Pdf(PrintedPage.Letter));
        await Tool.OutputAsync("qpdf", "--encrypt", "", "owner", "256", "--print=none", "--", file, _folder.File("closed.pdf"));
        Assert.IsType<EngineAnswer.Read>(await engine.ReadAsync(_folder, _folder.File("closed.pdf"), FileFormat.Pdf));
    }

    [Fact]
    public async Task PdfWithoutPages_HasNoPages()
    {
        const string Pdf = "%PDF-1.4\n1 0 obj\n<</Type/Catalog/Pages 2 0 R>>\nendobj\n2 0 obj\n<</Type/Pages/Count 0/Kids[]>>\nendobj\n";
        var text = Pdf + "xref\n0 3\n0000000000 65535 f \n0000000009 00000 n \n0000000056 00000 n \n" +
            $"trailer\n<</Size 3/Root 1 0 R>>\nstartxref\n{Pdf.Length}\n%%EOF\n";
        await AssertUnusableAsync(FindingKind.NoPages, Encoding.Latin1.GetBytes(text), FileFormat.Pdf);
    }

    [Fact]
    public async Task TooManyPages_AreTooManyPages() =>
        await AssertUnusableAsync(
            FindingKind.TooManyPages, PrintedPage.Pdf("Blatt", pages: 1 + Engine.Options.PagesPerFile), FileFormat.Pdf);

    [Theory]
    [InlineData(100_000, 100_000)]
    [InlineData(1_000_000, 31)]
    public async Task PngThatSaysItIsHuge_IsRefusedBeforeItIsDecoded(int width, int height) =>
        await AssertUnusableAsync(FindingKind.TooManyPixels, Scan.Png(width, height, 1), FileFormat.Png);

    [Fact]
    public async Task PdfPageThatSaysItIsHuge_IsRefusedBeforeItIsRendered()
    {
        var pdf = Encoding.Latin1.GetString(PrintedPage.Pdf("Blatt"));
        pdf = pdf.Replace("[0 0 595.28 841.89]", "[0 0 14400 14400]", StringComparison.Ordinal);
        await AssertUnusableAsync(FindingKind.TooManyPixels, Encoding.Latin1.GetBytes(pdf), FileFormat.Pdf);
    }

    [Fact]
    public async Task OnePixel_IsABlankPage()
    {
        var answer = await engine.ReadAsync(_folder, _folder.Write("one.png", Scan.Png(1, 1, 1)), FileFormat.Png);
        Assert.Contains(new(FindingKind.AllPagesBlank), Assert.IsType<EngineAnswer.Read>(answer).Findings);
    }

    [Fact]
    public async Task FileNamedLikeAnOption_IsReadAsAFile()
    {
        var answer = await engine.ReadAsync(_folder, _folder.Write("-opw x.pdf", PrintedPage.Pdf(PrintedPage.Letter)), FileFormat.Pdf);
        Assert.IsType<EngineAnswer.Read>(answer);
    }

    /// <summary>Thirty files with bytes changed by one seed: each gets one of the closed answers, and no exception comes out.</summary>
    [Fact]
    public async Task MutatedFiles_AlwaysGetAnAnswer()
    {
        var random = new Random(7);
        var grey = await Scan.RenderAsync(_folder, PrintedPage.Pdf("Ja"), "-gray");
        byte[][] originals = [PrintedPage.Pdf("Ja"), Scan.Tiff(grey)[^4000..], Scan.Png(40, 40, 40)];
        FileFormat[] formats = [FileFormat.Pdf, FileFormat.Tiff, FileFormat.Png];
        for (var i = 0; i < 30; i++)
        {
            var bytes = originals[i % 3].ToArray();
            for (var change = random.Next(1, 12); change > 0; change--) bytes[random.Next(bytes.Length)] = (byte)random.Next(256);
            Assert.NotNull(await engine.ReadAsync(_folder, _folder.Write("mutated", bytes), formats[i % 3]));
        }
    }

    private async Task AssertUnusableAsync(FindingKind expected, byte[] bytes, FileFormat format)
    {
        var answer = await engine.ReadAsync(_folder, _folder.Write("file", bytes), format);
        Assert.Equal(expected, Assert.IsType<EngineAnswer.Unusable>(answer).Finding.Kind);
    }
}
