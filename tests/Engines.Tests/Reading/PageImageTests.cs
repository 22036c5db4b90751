using System.Globalization;
using System.Text;
using Engines.Tests.Support;
using Postlotse.Engines.Native;
using Postlotse.Letters;
using Postlotse.Recognition;

namespace Engines.Tests.Reading;

/// <summary>Laws of the image a page has in its PDF: print in black and white with all its ink, everything else as a picture.</summary>
public sealed class PageImageTests(Engine engine) : IDisposable
{
    private readonly Folder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Print_IsBlackAndWhiteAndSmall()
    {
        var jpeg = await Scan.RenderAsync(_folder, PrintedPage.Pdf(PrintedPage.Letter), "-jpeg");
        var pdf = await PdfAsync(_folder.Write("scan.pdf", Scan.PdfOf(jpeg)), FileFormat.Pdf);
        Assert.Contains(" ccitt ", await Tool.OutputAsync("pdfimages", "-list", pdf), StringComparison.Ordinal);
        Assert.True(new FileInfo(pdf).Length < new FileInfo(jpeg).Length / 4);
    }

    /// <summary>Dots of umlauts, i and j, points and commas: each is a spot of its own before and after.</summary>
    [Fact]
    public async Task Dots_AreAllThereInBlackAndWhite()
    {
        const string Dotted = "ä ö ü Ä Ö Ü i j ß : ; . , ! ?\nä ö ü Ä Ö Ü i j ß : ; . , ! ?";
        var grey = await Scan.RenderAsync(_folder, PrintedPage.Pdf(Dotted), "-gray");
        var image = await ImageAsync(await PdfAsync(_folder.Write("scan.tif", Scan.Tiff(grey)), FileFormat.Tiff));
        Assert.Equal(Spots(grey), Spots(image));
        Assert.Equal(2 * (6 * 3 + 2 * 2 + 1 + 2 * 2 + 2 + 2 * 2), Spots(image));
    }

    /// <summary>Print with a third of the usual contrast becomes black; read again from the PDF's image nothing is missing.</summary>
    [Theory]
    [InlineData(0.35)]
    [InlineData(0.6)]
    public async Task LightPrint_IsStillReadFromBlackAndWhite(double contrast)
    {
        var pdf = await PdfAsync(await ChangedAsync((value, _, _) => 255 - (255 - value) * contrast), FileFormat.Tiff);
        Assert.Contains(" ccitt ", await Tool.OutputAsync("pdfimages", "-list", pdf), StringComparison.Ordinal);
        var again = Assert.IsType<EngineAnswer.Read>(await engine.ReadAsync(_folder, await ImageAsync(pdf), FileFormat.Png));
        var missing = Engine.Words(PrintedPage.Letter).Except(Engine.Words(again.Pages[0].Text), StringComparer.Ordinal);
        Assert.True(missing.Count() <= 2, again.Pages[0].Text);
    }

    [Fact]
    public async Task PrintTooFaintForBlackAndWhite_StaysGrey() =>
        await AssertGreyPictureAsync((value, _, _) => 255 - (255 - value) * 0.13);

    [Fact]
    public async Task PartlyFaintPrint_StaysGrey() =>
        await AssertGreyPictureAsync((value, _, y) => y > 800 ? 255 - (255 - value) * 0.13 : value);

    [Fact]
    public async Task PhotoUnderPrint_StaysGrey() =>
        await AssertGreyPictureAsync((value, x, y) => y > 1500 && x is > 200 and < 900 ? 90 + (x + y) % 80 : value);

    [Fact]
    public async Task ShadeAndPunchHoles_AreNoPicture()
    {
        var file = await ChangedAsync((value, x, y) => (value - 30.0 * x / 1654) * (Hole(x, y, 900) || Hole(x, y, 1500) ? 0.4 : 1));
        var list = await Tool.OutputAsync("pdfimages", "-list", await PdfAsync(file, FileFormat.Tiff));
        Assert.Contains(" ccitt ", list, StringComparison.Ordinal);

        static bool Hole(int x, int y, int at) => (x - 60) * (x - 60) + (y - at) * (y - at) < 24 * 24;
    }

    [Fact]
    public async Task ColouredInk_StaysColouredInTheResolutionOfPictures()
    {
        var source = _folder.Write("red.pdf", PrintedPage.Pdf(PrintedPage.Letter, ink: "0.8 0.1 0.1 rg"));
        await Tool.OutputAsync("pdftoppm", "-jpeg", "-r", "300", "-singlefile", source, _folder.File("red"));
        var pdf = await PdfAsync(_folder.Write("scan.pdf", Scan.PdfOf(_folder.File("red.jpg"))), FileFormat.Pdf);
        var image = (await Tool.OutputAsync("pdfimages", "-list", pdf)).Split('\n')[2].Split(' ', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(["rgb", "jpeg"], [image[5], image[8]]);
        Assert.InRange(int.Parse(image[12], CultureInfo.InvariantCulture), 149, 151);
    }

    private static int Spots(string file)
    {
        using var image = Pix.Own(Leptonica.pixRead(file), "pixRead");
        using var grey = image.ToGrey();
        using var blackWhite = grey.ToBlackWhite(128);
        return blackWhite.Spots().Count;
    }

    private async Task AssertGreyPictureAsync(Func<byte, int, int, double> change)
    {
        var list = await Tool.OutputAsync("pdfimages", "-list", await PdfAsync(await ChangedAsync(change), FileFormat.Tiff));
        Assert.Matches(@" gray +1 +8 +jpeg ", list);
    }

    /// <summary>The letter as a grey TIFF with changed pixels.</summary>
    private async Task<string> ChangedAsync(Func<byte, int, int, double> change)
    {
        var (width, height, pixels) = Scan.GreyMap(await Scan.RenderAsync(_folder, PrintedPage.Pdf(PrintedPage.Letter), "-gray"));
        for (var i = 0; i < pixels.Length; i++) pixels[i] = (byte)Math.Clamp(change(pixels[i], i % width, i / width), 0, 255);
        byte[] map = [.. Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"P5\n{width} {height}\n255\n")), .. pixels];
        return _folder.Write("page.tif", Scan.Tiff(_folder.Write("page.pgm", map)));
    }

    private async Task<string> PdfAsync(string file, FileFormat format) =>
        Assert.IsType<EngineAnswer.Read>(await engine.ReadAsync(_folder, file, format)).PdfPath;

    private async Task<string> ImageAsync(string pdf)
    {
        await Tool.OutputAsync("pdfimages", "-png", pdf, _folder.File("out"));
        return _folder.File("out-000.png");
    }
}
