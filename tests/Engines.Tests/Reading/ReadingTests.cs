using Engines.Tests.Support;
using Postlotse.Letters;
using Postlotse.Recognition;

namespace Engines.Tests.Reading;

/// <summary>Laws of reading, with the real engine.</summary>
public sealed class ReadingTests(Engine engine) : IDisposable
{
    private readonly Folder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(0, 0)]
    [InlineData(90, 0)]
    [InlineData(180, 0)]
    [InlineData(270, 0)]
    [InlineData(0, 1.7)]
    [InlineData(90, -2.3)]
    public async Task ScanLyingAnyWay_IsTurnedUprightAndRead(int lies, double leans)
    {
        var jpeg = await Scan.RenderAsync(_folder, PrintedPage.Pdf(PrintedPage.Letter, lies, leans), "-jpeg");
        var read = await ReadAsync(_folder.Write("scan.pdf", Scan.PdfOf(jpeg)), FileFormat.Pdf);
        var page = Assert.Single(read.Pages);
        Assert.Equal((360 - lies) % 360, page.Rotation);
        Assert.Equal(leans, page.SkewDegrees, 0.2);
        AssertNearlyAll(PrintedPage.Letter, page.Text);
        Assert.InRange(page.MeanConfidence, 0.8, 1);
        Assert.Equal("de", read.Language);
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(180, 1.7)]
    public async Task WordsOfThePdf_LieOverThePrint(int lies, double leans)
    {
        var printed = _folder.Write("printed.pdf", PrintedPage.Pdf(PrintedPage.Letter, 0, leans));
        var jpeg = await Scan.RenderAsync(_folder, PrintedPage.Pdf(PrintedPage.Letter, lies, leans), "-jpeg");
        var read = await ReadAsync(_folder.Write("scan.pdf", Scan.PdfOf(jpeg)), FileFormat.Pdf);
        var truth = (await WordBoxes.ReadAsync(printed)).Where(w => w.Text.Length > 4).ToList();
        var found = await WordBoxes.ReadAsync(read.PdfPath);
        Assert.True(truth.Count > 10);
        foreach (var word in truth.Where(t => found.Any(f => f.Text == t.Text)))
            Assert.Contains(found, f => f.Text == word.Text && LiesOver((f.X, f.Right, f.Bottom), (word.X, word.Right, word.Bottom)));
        Assert.True(truth.Count(t => found.Any(f => f.Text == t.Text)) >= truth.Count - 2);
    }

    [Fact]
    public async Task SameFile_GivesSamePdf()
    {
        var jpeg = await Scan.RenderAsync(_folder, PrintedPage.Pdf(PrintedPage.Letter), "-jpeg");
        var first = await ReadAsync(jpeg, FileFormat.Jpeg);
        var second = await ReadAsync(jpeg, FileFormat.Jpeg);
        Assert.Equal(await Folder.BytesAsync(first.PdfPath), await Folder.BytesAsync(second.PdfPath));
    }

    [Fact]
    public async Task BornDigitalPdf_IsRenderedAndRead()
    {
        var read = await ReadAsync(_folder.Write("digital.pdf", PrintedPage.Pdf(PrintedPage.Letter, pages: 3)), FileFormat.Pdf);
        Assert.Equal([1, 2, 3], read.Pages.Select(p => p.Number));
        Assert.All(read.Pages, (page, i) => AssertNearlyAll($"Blatt {i + 1}\n{PrintedPage.Letter}", page.Text));
        Assert.All(read.Pages, page => Assert.Equal(210, page.Width, 1.0));
    }

    [Fact]
    public async Task PdfPageWithRotate_IsReadAsViewersShowIt()
    {
        var lying = await Scan.RenderAsync(_folder, PrintedPage.Pdf("Foto 1", 90), "-jpeg"); // too little print to tell by itself
        var read = await ReadAsync(_folder.Write("scan.pdf", Scan.PdfOf(lying, rotate: 270)), FileFormat.Pdf);
        Assert.Equal(270, Assert.Single(read.Pages).Rotation);
    }

    [Fact]
    public async Task ArrangedPages_HaveTheOrderAndTheTurnThatAPersonSays()
    {
        var file = _folder.Write("batch.pdf", PrintedPage.Pdf(PrintedPage.Letter, pages: 3));
        var answer = await engine.ReadArrangedAsync(_folder, file, FileFormat.Pdf, new(3), new(1, 180), new(2));
        var read = Assert.IsType<EngineAnswer.Read>(answer);
        Assert.Equal([(1, 0), (2, 180), (3, 0)], read.Pages.Select(p => (p.Number, p.Rotation)));
        AssertNearlyAll($"Blatt 3\n{PrintedPage.Letter}", read.Pages[0].Text);
        AssertNearlyAll($"Blatt 2\n{PrintedPage.Letter}", read.Pages[2].Text);

        var lying = await Scan.RenderAsync(_folder, PrintedPage.Pdf(PrintedPage.Letter, 90), "-jpeg");
        var wrong = Assert.IsType<EngineAnswer.Read>(
            await engine.ReadArrangedAsync(_folder, lying, FileFormat.Jpeg, new ArrangedPage(1, 90)));
        Assert.DoesNotContain("Damen und Herren", wrong.Pages[0].Text, StringComparison.Ordinal);
        var right = Assert.IsType<EngineAnswer.Read>(
            await engine.ReadArrangedAsync(_folder, lying, FileFormat.Jpeg, new ArrangedPage(1, 270)));
        Assert.Contains("Damen und Herren", right.Pages[0].Text, StringComparison.Ordinal);
        var words = await WordBoxes.ReadAsync(right.PdfPath);
        Assert.Contains(words, w => w.Text == "Damen");

        var other = await engine.ReadArrangedAsync(_folder, file, FileFormat.Pdf, new(1), new(2));
        Assert.Equal(FindingKind.Damaged, Assert.IsType<EngineAnswer.Unusable>(other).Finding.Kind);
    }

    [Fact]
    public async Task PartOfAFile_IsReadAlone()
    {
        var file = _folder.Write("batch.pdf", PrintedPage.Pdf(PrintedPage.Letter, pages: 3));
        var answer = await engine.ReadAsync(_folder, file, FileFormat.Pdf, first: 2, pages: 1);
        var page = Assert.Single(Assert.IsType<EngineAnswer.Read>(answer).Pages);
        Assert.Contains("Blatt 2", page.Text, StringComparison.Ordinal);
        Assert.Equal(1, page.Number);
    }

    [Fact]
    public async Task TiffWithThreePages_HasThreePages()
    {
        var grey = await Scan.RenderAsync(_folder, PrintedPage.Pdf(PrintedPage.Letter), "-gray");
        var read = await ReadAsync(_folder.Write("scan.tif", Scan.Tiff(grey, grey, grey)), FileFormat.Tiff);
        Assert.Equal(3, read.Pages.Count);
        Assert.All(read.Pages, page => AssertNearlyAll(PrintedPage.Letter, page.Text));
    }

    [Fact]
    public async Task BlackAndWhiteTiff_KeepsItsPixels()
    {
        var mono = await Scan.RenderAsync(_folder, PrintedPage.Pdf(PrintedPage.Letter), "-mono", "-tiff");
        var read = await ReadAsync(mono, FileFormat.Tiff);
        AssertNearlyAll(PrintedPage.Letter, read.Pages[0].Text);
        await Tool.OutputAsync("pdfimages", "-png", read.PdfPath, _folder.File("out"));
        Assert.Contains(" ccitt ", await Tool.OutputAsync("pdfimages", "-list", read.PdfPath), StringComparison.Ordinal);
        Assert.Equal(Pixels(mono), Pixels(_folder.File("out-000.png")));
    }

    [Theory]
    [InlineData(6, 90)]
    [InlineData(3, 180)]
    public async Task PhotoWithExifOrientation_IsTurned(byte orientation, int turn)
    {
        var jpeg = await Scan.RenderAsync(_folder, PrintedPage.Pdf("Foto 1", (360 - turn) % 360), "-jpeg");
        var photo = _folder.Write("photo.jpg", Scan.WithOrientation(await Folder.BytesAsync(jpeg), orientation));
        Assert.Equal(turn, (await ReadAsync(photo, FileFormat.Jpeg)).Pages[0].Rotation);
    }

    [Fact]
    public async Task CmykJpeg_IsReadAndLeavesNoCmyk()
    {
        var read = await ReadAsync(Path.Combine(AppContext.BaseDirectory, "corpus", "cmyk.jpg"), FileFormat.Jpeg);
        Assert.Contains("Mailroom", read.Pages[0].Text, StringComparison.Ordinal);
        Assert.DoesNotContain(" cmyk ", await Tool.OutputAsync("pdfimages", "-list", read.PdfPath), StringComparison.Ordinal);
    }

    [Fact]
    public async Task TextDrawnOverAScan_IsNotLost()
    {
        var jpeg = await Scan.RenderAsync(_folder, PrintedPage.Pdf(PrintedPage.Letter), "-jpeg");
        var scan = _folder.Write("scan.pdf", Scan.PdfOf(jpeg));
        var note = _folder.Write("note.pdf", PrintedPage.Pdf(string.Concat(Enumerable.Repeat(".\n", 12)) + "Zusatz"));
        await Tool.OutputAsync("qpdf", scan, "--overlay", note, "--", _folder.File("both.pdf"));
        var read = await ReadAsync(_folder.File("both.pdf"), FileFormat.Pdf);
        Assert.Contains("Zusatz", read.Pages[0].Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task SeveralFilesAtOnce_AreAllReadWithProgress()
    {
        var progress = new Steps();
        using var pool = new Postlotse.Engines.EngineProcesses(Engine.Options with { PagesPerChild = 2 });
        var file = _folder.Write("digital.pdf", PrintedPage.Pdf(PrintedPage.Letter, pages: 3));
        var answers = await Task.WhenAll(
            Engine.ReadAsync(pool, _folder, file, FileFormat.Pdf, progress: progress),
            Engine.ReadAsync(pool, _folder, file, FileFormat.Pdf));
        Assert.All(answers, answer => Assert.Equal(3, Assert.IsType<EngineAnswer.Read>(answer).Pages.Count));
        Assert.Contains(new PageProgress(3, 3), progress.Seen);
    }

    private async Task<EngineAnswer.Read> ReadAsync(string file, FileFormat format) =>
        Assert.IsType<EngineAnswer.Read>(await engine.ReadAsync(_folder, file, format));

    /// <summary>Poppler's boxes end below the base line for a real font and on it for the empty one: up to 1 mm at 13 pt.</summary>
    private static bool LiesOver((double Left, double Right, double Bottom) a, (double Left, double Right, double Bottom) b) =>
        Math.Abs(a.Left - b.Left) < 1.5 && Math.Abs(a.Right - b.Right) < 1.5 && Math.Abs(a.Bottom - b.Bottom) < 2.5;

    private static void AssertNearlyAll(string printed, string read)
    {
        var (expected, actual) = (Engine.Words(printed), Engine.Words(read));
        var missing = expected.Except(actual, StringComparer.Ordinal).ToList();
        Assert.True(missing.Count <= 2, "not read: " + string.Join(' ', missing) + " in: " + read);
    }

    private static string Pixels(string png)
    {
        using var image = Postlotse.Engines.Native.Pix.Own(Postlotse.Engines.Native.Leptonica.pixRead(png), "pixRead");
        using var grey = image.ToGrey();
        return Sum(grey);
    }

    private static unsafe string Sum(Postlotse.Engines.Native.Pix grey)
    {
        var words = Postlotse.Engines.Native.Leptonica.pixGetWpl(grey);
        var bytes = new ReadOnlySpan<byte>(Postlotse.Engines.Native.Leptonica.pixGetData(grey), words * 4 * grey.Height);
        return $"{grey.Width}×{grey.Height} " + Convert.ToHexString(System.Security.Cryptography.SHA256.HashData(bytes));
    }

    private sealed class Steps : IProgress<PageProgress>
    {
        public System.Collections.Concurrent.ConcurrentBag<PageProgress> Seen { get; } = [];

        public void Report(PageProgress value) => Seen.Add(value);
    }
}
