using Engines.Tests.Support;
using Postlotse.Engines.Child.Codes;
using Postlotse.Letters;
using Postlotse.Recognition;

namespace Engines.Tests.Reading;

/// <summary>Laws of barcodes: each is found with its text and its place, lying anyhow; print is none.</summary>
public sealed class BarcodeTests(Engine engine) : IDisposable
{
    private readonly Folder _folder = new();

    public void Dispose() => _folder.Dispose();

    public static TheoryData<BarcodeKind, string, string, double, double> Codes => new()
    {
        { BarcodeKind.Qr, Drawing.GiroCodeText, Drawing.GiroCode, 0.4, 0 },
        { BarcodeKind.Qr, Drawing.GiroCodeText, Drawing.GiroCode, 0.8, 0 },
        { BarcodeKind.Code128, Drawing.Code128Text, Drawing.Code128, 0.3, 10 },
        { BarcodeKind.Code128, Drawing.Code128Text, Drawing.Code128, 0.5, 6 },
        { BarcodeKind.Code39, Drawing.Code39Text, Drawing.Code39, 0.4, 8 },
        { BarcodeKind.Interleaved2Of5, Drawing.Interleaved2Of5Text, Drawing.Interleaved2Of5, 0.4, 12 },
        { BarcodeKind.Ean, Drawing.Ean13Text, Drawing.Ean13, 0.33, 15 },
    };

    [Theory]
    [MemberData(nameof(Codes))]
    public async Task Barcode_IsReadWhereItStands(BarcodeKind kind, string text, string modules, double module, double height)
    {
        var pdf = PrintedPage.Pdf(PrintedPage.Letter, drawing: Drawing.Code(modules, 120, 200, module, height));
        var code = Assert.Single(await CodesAsync(pdf));
        Assert.Equal((kind, text), (code.Kind, code.Text));
        Assert.Equal(120, code.Box.X, 2.5);
        Assert.InRange(code.Box.Y, 198, 200 + Math.Max(height, 1));
        Assert.InRange(code.Box.Right, 130, 200);
    }

    [Theory]
    [InlineData(0, 1.7)]
    [InlineData(90, 0)]
    [InlineData(180, -2.3)]
    [InlineData(270, 1.1)]
    [InlineData(0, 4.2)]
    [InlineData(90, -3.1)]
    public async Task BarcodesOnAPageLyingAnyhow_StandWhereTheyStandUpright(int lies, double leans)
    {
        var drawing = Drawing.Code(Drawing.GiroCode, 150, 20, 0.5) + Drawing.Code(Drawing.Code128, 20, 250, 0.4, 12);
        var codes = await CodesAsync(PrintedPage.Pdf(PrintedPage.Letter, lies, leans, drawing: drawing));
        Assert.Equal([Drawing.GiroCodeText, Drawing.Code128Text], codes.Select(c => c.Text));
        Assert.Equal((150, 20), (Math.Round(codes[0].Box.X), Math.Round(codes[0].Box.Y)));
        Assert.Equal((170.5, 40.5), (codes[0].Box.Right, codes[0].Box.Bottom), (a, b) => Near(a, b, 1));
        Assert.Equal(20, codes[1].Box.X, 2.5);
        Assert.InRange(codes[1].Box.Y, 249, 262);
        Assert.InRange(codes[1].Box.Bottom, codes[1].Box.Y, 263);
    }

    [Fact]
    public async Task PageOfPrint_HasNoBarcode()
    {
        Assert.Empty(await CodesAsync(PrintedPage.Pdf(PrintedPage.Letter)));
        Assert.Empty(await CodesAsync(PrintedPage.Pdf(PrintedPage.Letter, drawing: Drawing.Rectangle(20, 200, 170, 40))));
    }

    [Theory]
    [InlineData("NWNW", "T")]
    [InlineData("WNNW", "II")]
    [InlineData("WNWN", "III")]
    public async Task PatchCodeAlongTheTop_IsFound(string bars, string text)
    {
        var code = Assert.Single(await CodesAsync(PrintedPage.Pdf("Trennblatt", skew: 0.8, drawing: Drawing.Patch(bars, 70, 15))));
        Assert.Equal((BarcodeKind.Patch, text), (code.Kind, code.Text));
        Assert.Equal((70, 15), (code.Box.X, code.Box.Y), (a, b) => Near(a, b, 6));
        Assert.Equal(20.3, code.Box.Height, 2.5);
    }

    [Fact]
    public async Task PatchCodes_AreReadFromTheirEdgeInwards()
    {
        var drawing = Drawing.Patch("NWNW", 70, 15) + Drawing.Patch("WNWN", 70, 262) // both are a T for whoever comes from outside
            + Drawing.Patch("NWNW", 12, 100, -80);
        Assert.Equal(["T", "T", "T"], (await CodesAsync(PrintedPage.Pdf("Trennblatt", drawing: drawing))).Select(c => c.Text));
    }

    [Fact]
    public async Task BarsInTheMiddleOfThePage_AreNoPatchCode() =>
        Assert.Empty(await CodesAsync(PrintedPage.Pdf(PrintedPage.Letter, drawing: Drawing.Patch("NWNW", 70, 138))));

    [Theory]
    [InlineData(new double[] { 24, 24, 60, 24, 24, 24, 60 }, "T")]
    [InlineData(new double[] { 27, 21, 63, 21, 27, 21, 63 }, "T")] // ink spread
    [InlineData(new double[] { 60, 24, 60, 24, 24, 24, 24 }, "I")]
    [InlineData(new double[] { 24, 24, 60, 24, 60, 24, 24 }, "IV")]
    [InlineData(new double[] { 24, 24, 24, 24, 60, 24, 60 }, "VI")]
    [InlineData(new double[] { 24, 24, 24, 24, 24, 24, 60 }, null)]
    [InlineData(new double[] { 60, 24, 60, 24, 60, 24, 24 }, null)]
    [InlineData(new double[] { 24, 60, 60, 24, 24, 24, 60 }, null)]
    [InlineData(new double[] { 4, 24, 60, 24, 24, 24, 60 }, null)]
    [InlineData(new double[] { 24, 24, 120, 24, 24, 24, 60 }, null)]
    public void BarsAndGaps_AreACodeOnlyWithTheRightWidths(double[] runs, string? code) => Assert.Equal(code, PatchCodes.Decode(runs));

    private async Task<IReadOnlyList<Barcode>> CodesAsync(byte[] pdf)
    {
        var jpeg = await Scan.RenderAsync(_folder, pdf, "-jpeg");
        var answer = await engine.ReadAsync(_folder, jpeg, FileFormat.Jpeg);
        return Assert.IsType<EngineAnswer.Read>(answer).Pages[0].Barcodes;
    }

    private static bool Near((double X, double Y) a, (double X, double Y) b, double tolerance) =>
        Math.Abs(a.X - b.X) <= tolerance && Math.Abs(a.Y - b.Y) <= tolerance;
}
