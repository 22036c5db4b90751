using System.Globalization;
using System.Text;
using Engines.Tests.Support;
using Postlotse.Engines.Pool;
using Postlotse.Engines.Scans;

namespace Engines.Tests.Reading;

/// <summary>
/// Laws of what counts as nothing but a scan: its image is taken out as it is, so anything else on the page would be lost.
/// </summary>
public sealed class PlainScanTests : IDisposable
{
    private const string Draw = "q 595.28 0 0 841.89 0 0 cm /I Do Q";

    private const string Words = "BT /F 13 Tf 1 0 0 1 70 700 Tm (Zusatz) Tj ET";

    private readonly Folder _folder = new();
    private readonly PdfTools _tools = new(Engine.Options);

    public static TheoryData<string, string> Plain => new()
    {
        { "as most programs write it", Draw },
        { "with comments and white space", "%scan\r\nq\n595.28 0 0\t841.89 0 0 cm % to the page\n/I\0Do\fQ" },
        { "without saving", "595.28 0 0 841.89 0 0 cm/I Do" },
        { "in several steps", "q 2 0 0 2 0 0 cm q 297.64 0 0 420.945 0 0 cm /I Do Q Q" },
        { "a little smaller than the page", "q 594 0 0 841 0.5 0.5 cm /I Do Q" },
        { "clipped to the page", "q 0 0 595.28 841.89 re W n 595.28 0 0 841.89 0 0 cm /I Do Q" },
        { "under invisible text", Draw + " q 3 Tr " + Words + " Q" },
        { "over invisible text", "BT 3 Tr /F 8 Tf [(Zu\\)) -20 (satz)] TJ <5A75> Tj ET " + Draw },
        { "as an artifact", "/Artifact BMC " + Draw + " EMC" },
    };

    public static TheoryData<string, string> More => new()
    {
        { "text over it", Draw + " " + Words },
        { "small print in half grey", Draw + " 0.5 g BT /F 8 Tf 1 0 0 1 70 20 Tm (AGB) Tj ET" },
        { "text made visible again", Draw + " q 3 Tr Q " + Words },
        { "text as outline", Draw + " 1 Tr " + Words },
        { "the image twice", Draw + " q 100 0 0 100 50 50 cm /I Do Q" },
        { "another object", Draw + " /J Do" },
        { "an image in its content", Draw + " BI /W 1 /H 1 /BPC 8 /CS /G ID x EI" },
        { "a line", Draw + " 10 10 m 200 10 l S" },
        { "a box in white", Draw + " 1 g 0 0 595 400 re f" },
        { "a shading", Draw + " /S sh" },
        { "an unknown operator", Draw + " foo" },
        { "a changed graphics state", "/G gs " + Draw },
        { "layers", "/OC /L BDC " + Draw + " EMC" },
        { "a torn string", Draw + " (abc" },
        { "too much restored", Draw + " Q" },
        { "nothing", "q Q" },
        { "the image upside down", "q 595.28 0 0 -841.89 0 841.89 cm /I Do Q" },
        { "the image lying", "q 0 841.89 -595.28 0 595.28 0 cm /I Do Q" },
        { "the image leaning", "q 595 5 -5 841 0 0 cm /I Do Q" },
        { "only a part of the page", "q 300 0 0 841.89 0 0 cm /I Do Q" },
        { "only a part of the image", "q 800 0 0 1100 0 0 cm /I Do Q" },
        { "a narrower clip", "q 0 0 595 400 re W n 595.28 0 0 841.89 0 0 cm /I Do Q" },
        { "a leaning clip", "q 0.7 0.7 -0.7 0.7 0 0 cm 0 0 900 900 re W n Q " + Draw },
    };

    public static TheoryData<string, string, string> Besides => new()
    {
        { "an annotation", "/Annots[<</Type/Annot/Subtype/FreeText/Rect[50 50 200 100]/Contents(Notiz)/DA(/F 9 Tf)>>]", "" },
        { "a form field", "/Annots[<</Type/Annot/Subtype/Widget/FT/Tx/T(a)/V(b)/Rect[50 50 200 100]>>]", "" },
        { "a page cut to a part", "/CropBox[0 0 595 400]", "" },
        { "another unit", "/UserUnit 2", "" },
        { "a mask of colours", "", "/Mask[0 10]" },
        { "a layer of the image", "", "/OC<</Type/OCG/Name(Ebene)>>" },
        { "turned brightness", "", "/Decode[1 0]" },
        { "colours of its own", "", "/ColorSpace[/Indexed/DeviceGray 1<00FF>]" },
        { "a stencil", "", "/ImageMask true" },
    };

    public void Dispose()
    {
        _tools.Dispose();
        _folder.Dispose();
    }

    [Theory]
    [MemberData(nameof(Plain))]
    public async Task PageThatIsNothingButItsScan_GivesTheScanAsItIs(string how, string content)
    {
        Assert.NotEmpty(how);
        var (jpeg, pdf) = await PageAsync(content);
        Assert.Equal(await Folder.BytesAsync(jpeg), await Folder.BytesAsync(await TakeAsync(pdf) ?? ""));
    }

    [Theory]
    [MemberData(nameof(More))]
    public async Task PageThatDrawsMoreOrOtherwise_IsNoScan(string what, string content)
    {
        Assert.NotEmpty(what);
        Assert.Null(await TakeAsync((await PageAsync(content)).Pdf));
    }

    [Theory]
    [MemberData(nameof(Besides))]
    public async Task PageThatShowsMoreThanItsContent_IsNoScan(string what, string page, string image)
    {
        Assert.NotEmpty(what);
        Assert.Null(await TakeAsync((await PageAsync(Draw, page, image)).Pdf));
    }

    [Fact]
    public async Task LinkOverAScan_DrawsNothing() =>
        Assert.NotNull(await TakeAsync((await PageAsync(Draw, "/Annots[<</Type/Annot/Subtype/Link/Rect[9 9 20 20]>>]")).Pdf));

    [Fact]
    public async Task InvisibleTextInAFontOfPictures_IsNoScan()
    {
        const string Font = "/Font<</F<</Type/Font/Subtype/Type3>>>>";
        Assert.Null(await TakeAsync((await PageAsync(Draw + " 3 Tr " + Words, resources: Font)).Pdf));
    }

    [Fact]
    public async Task DamagedTable_MakesNothingKnown()
    {
        var (_, pdf) = await PageAsync(Draw);
        var bytes = Encoding.Latin1.GetString(await Folder.BytesAsync(pdf));
        Assert.False((await _tools.ReadObjectsAsync(
            _folder.Write("damaged.pdf", Encoding.Latin1.GetBytes(bytes.Replace("\n0000000", "\n0000001", StringComparison.Ordinal))),
            TestContext.Current.CancellationToken)).IsSound);
    }

    [Theory]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("{\"qpdf\":[{},{\"trailer\":{\"value\":{\"/Root\":\"1 0 R\"}},\"obj:1 0 R\":{\"value\":{\"/Pages\":\"1 0 R\"}}}]}")]
    [InlineData("{\"qpdf\":[{},{\"trailer\":{\"value\":{\"/Root\":\"1 0 R\"}},\"obj:1 0 R\":{\"value\":{\"/Pages\":\"2 0 R\"}},"
        + "\"obj:2 0 R\":{\"value\":{\"/Kids\":[\"2 0 R\",\"2 0 R\"]}}}]}")]
    public void ForeignJson_GivesNoScan(string json) => Assert.DoesNotContain(ScanCandidates.Parse(json), page => page is not null);

    /// <summary>One image drawn on twenty pages, and each page's own: all are taken, block by block.</summary>
    [Fact]
    public async Task ManyPages_AreTakenInBlocks()
    {
        var jpeg = await Scan.RenderAsync(_folder, PrintedPage.Pdf(PrintedPage.Letter), "-jpeg");
        var many = _folder.Write("many.pdf", Scan.PdfOf(jpeg, copies: 20));
        var scratch = _folder.New("many");
        var objects = await _tools.ReadObjectsAsync(many, TestContext.Current.CancellationToken);
        var scans = PdfScans.Find(_tools, many, scratch, (2, 20, 20), objects, TestContext.Current.CancellationToken);
        Assert.NotNull(await scans.TakeAsync(2));
        Assert.Equal(2, Directory.GetFiles(scratch).Length);
        Assert.NotNull(await scans.TakeAsync(20));
        Assert.Null(await scans.TakeAsync(21));
    }

    private async Task<string?> TakeAsync(string pdf)
    {
        var token = TestContext.Current.CancellationToken;
        var objects = await _tools.ReadObjectsAsync(pdf, token);
        return await PdfScans.Find(_tools, pdf, _folder.New("scratch"), (1, 1, 1), objects, token).TakeAsync(1);
    }

    private async Task<(string Jpeg, string Pdf)> PageAsync(string content, string page = "", string image = "", string resources = "")
    {
        var jpeg = await Scan.RenderAsync(_folder, PrintedPage.Pdf("Foto 1"), "-jpeg", "-gray");
        var bytes = Encoding.Latin1.GetString(await Folder.BytesAsync(jpeg));
        var space = image.Contains("/ColorSpace", StringComparison.Ordinal) || image.Contains("/ImageMask", StringComparison.Ordinal)
            ? "" : "/ColorSpace/DeviceGray";
        string Stream(string entries, string data) => string.Create(
            CultureInfo.InvariantCulture, $"<<{entries}/Length {data.Length}>>\nstream\n{data}\nendstream");
        if (resources.Length == 0) resources = "/Font<</F<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>>>";
        return (jpeg, _folder.Write("page.pdf", PrintedPage.Assemble(
        [
            "<</Type/Catalog/Pages 2 0 R>>",
            "<</Type/Pages/Count 1/Kids[3 0 R]/MediaBox[0 0 595.28 841.89]>>",
            $"<</Type/Page/Parent 2 0 R/Resources<</XObject<</I 4 0 R>>{resources}>>/Contents 5 0 R{page}>>",
            Stream($"/Type/XObject/Subtype/Image/Width 1654/Height 2339/BitsPerComponent 8{space}/Filter/DCTDecode{image}", bytes),
            Stream("", content),
        ])));
    }
}
