using Engines.Tests.Support;
using Postlotse.Engines.Child;
using Postlotse.Engines.Child.Cleaning;
using Postlotse.Engines.Native;
using Postlotse.Letters;
using Postlotse.Recognition;

namespace Engines.Tests.Reading;

/// <summary>Print under a stamp and beside a picture.</summary>
public sealed class CoveredPrintTests(Engine engine) : IDisposable
{
    private readonly Folder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(0)]
    [InlineData(180)]
    public async Task PrintUnderAStamp_IsRead_AndTheStampAfterIt(int rotate)
    {
        var text = await TextAsync(PrintedPage.Pdf(PrintedPage.Letter, rotate, drawing: Stamped(0.45)));
        Assert.Empty(Engine.Words(PrintedPage.Letter).Except(Engine.Words(text), StringComparer.Ordinal));
        Assert.True(text.IndexOf("Poststelle", StringComparison.Ordinal) > text.IndexOf("Müßiggang", StringComparison.Ordinal), text);
    }

    [Fact]
    public async Task StampBesidePrint_IsLeftWhereItIs() =>
        await AssertOneLayerAsync(PrintedPage.Pdf("Mit Gruß", drawing: Stamped(0.45, 150)));

    [Fact]
    public async Task SmallGreyPrint_IsNoStamp() =>
        await AssertOneLayerAsync(PrintedPage.Pdf(PrintedPage.Letter, drawing: Small() + " 0.5 g " + Drawing.Rectangle(25, 30, 60, 0.3)));

    [Fact]
    public async Task LetterInGrey_IsNoStamp() => await AssertOneLayerAsync(PrintedPage.Pdf(PrintedPage.Letter, ink: "0.45 g"));

    [Fact]
    public async Task CaptionOfAPicture_IsRead()
    {
        var shapes = string.Concat(Enumerable.Range(0, 40).Select(i =>
            FormattableString.Invariant($"{0.2 + i * 7 % 10 * 0.06} g ") + Drawing.Rectangle(25 + i * 37 % 140, 60 + i * 23 % 90, 20, 12)));
        Assert.Contains("Foto", await TextAsync(PrintedPage.Pdf(
            "Foto 3", drawing: "0.73 g " + Drawing.Rectangle(25, 60, 165, 110) + shapes, ink: "0 g")), StringComparison.Ordinal);
    }

    /// <summary>Its frame and second line lie over the letter's first three lines.</summary>
    private static string Stamped(double grey, double top = 44) => FormattableString.Invariant($"{grey} g ")
        + Drawing.Rectangle(35, top, 75, 0.7) + Drawing.Rectangle(35, top + 28, 75, 0.7)
        + Drawing.Rectangle(35, top, 0.7, 28) + Drawing.Rectangle(110, top, 0.7, 28)
        + Line("Stadt Lindenfurt", 5, 70, top + 8) + Line("Eing. 12. Nov. 2026", 6, 40, top + 17)
        + Line("Poststelle", 5, 70, top + 25) + "0 g ";

    private static string Small() => string.Concat(
        Enumerable.Range(0, 6).Select(i => Line("Verein der Freunde, Hafenstraße 80, 74999 Lindenfurt", 2.2, 25, 15 + i * 3)));

    private static string Line(string text, double size, double x, double y) =>
        FormattableString.Invariant($"BT /F {size} Tf 1 0 0 -1 {x} {y} Tm ({text}) Tj ET ");

    private async Task<string> TextAsync(byte[] pdf)
    {
        var scan = _folder.Write("scan.tif", Scan.Tiff(await Scan.RenderAsync(_folder, pdf, "-gray")));
        return Assert.IsType<EngineAnswer.Read>(await engine.ReadAsync(_folder, scan, FileFormat.Tiff)).Pages[0].Text;
    }

    private async Task AssertOneLayerAsync(byte[] pdf)
    {
        using var image = Pix.Own(Leptonica.pixRead(await Scan.RenderAsync(_folder, pdf, "-gray")), "pixRead");
        using var page = PreparedPage.From(image, 200, 200);
        Assert.Null(Stamp.Separate(page));
    }
}
