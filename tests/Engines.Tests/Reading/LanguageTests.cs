using Engines.Tests.Support;
using Postlotse.Engines;
using Postlotse.Engines.Child;
using Postlotse.Engines.Protocol;
using Postlotse.Letters;
using Postlotse.Recognition;

namespace Engines.Tests.Reading;

/// <summary>Laws of languages by page: a page gets the language it asks for, and German costs and loses nothing.</summary>
public sealed class LanguageTests : IDisposable
{
    private const string All = "deu+eng+fra+tur+pol+ukr+ara";

    private readonly Folder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("fr", "née à Lindenfurt le 4 février", "façon de les régler depuis l'étranger")]
    [InlineData("tr", "oğlum Emre eylül ayından beri Güneş anaokuluna", "başvuru yapmamız gerekiyor")]
    [InlineData("pl", "pracuję w Lindenfurcie jako pielęgniarka", "Będę wdzięczna za szybką odpowiedź")]
    [InlineData("uk", "я приїхала до Лінденфурта навесні", "куди я маю звернутися")]
    [InlineData("ar", "أسكن في مدينة لندنفورت منذ سنتين", "الإنترنت لأن جميع الأيام محجوزة")]
    public void Page_IsReadInTheLanguageItAsksFor(string language, params string[] printed)
    {
        var (page, readings) = Read(Corpus(language));
        Assert.Equal(language, page.Language);
        Assert.InRange(readings, 1, 2);
        var text = page.Text.ReplaceLineEndings(" ").Replace('’', '\'');
        Assert.All(printed, p => Assert.Contains(p, text, StringComparison.Ordinal));
        Assert.Contains("Marktplatz 1", text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("fr")]
    [InlineData("uk")]
    public void LanguageThatIsNotInUse_IsNotRead(string language)
    {
        var (page, readings) = Read(Corpus(language), "deu");
        Assert.Equal(0, readings);
        Assert.NotEqual("uk", page.Language);
    }

    [Fact]
    public void EnglishPrintThatGermanReadsWell_IsReadOnce()
    {
        var (page, readings) = Read(Corpus("en"));
        Assert.Equal(("en", 0), (page.Language, readings));
        Assert.Contains("there is still no bin for household waste", page.Text.ReplaceLineEndings(" "), StringComparison.Ordinal);
    }

    [Fact]
    public async Task GermanPage_IsReadOnceAndUnchanged()
    {
        var scan = await Scan.RenderAsync(_folder, PrintedPage.Pdf(PrintedPage.Letter, skew: 1.5), "-jpeg", "-gray");
        var (alone, _) = Read(scan, "deu");
        var (page, readings) = Read(scan);
        Assert.Equal(("de", 0), (page.Language, readings));
        Assert.Equivalent(alone, page, strict: true);
    }

    [Fact]
    public void BadlyReadGerman_IsLeftAsItIs()
    {
        using var further = new FurtherLanguages(All.Split('+'));
        var read = Words("der die und nicht sie wir mit für auf dem", 0.4);
        Assert.Same(read, further.Better(read, _ => Words("і та що не на до це як", 1)));
        Assert.Equal(0, further.Readings);
    }

    [Fact]
    public void WorseReading_IsNotTaken()
    {
        using var further = new FurtherLanguages(["deu", "ukr"]);
        var read = Words("xqua zrt3 bnmw kfgh lpoi vbnx trew qasd yxcv", 0.4);
        Assert.Same(read, further.Better(read, _ => Words("та що не на до це як за від", 0.5)));
        Assert.Same(read, further.Better(read, _ => Words("дім вікно стіл рука голова місто", 1)));
        Assert.Equal(2, further.Readings);
    }

    [Fact]
    public void LanguageWithoutData_IsPassedOver()
    {
        using var further = new FurtherLanguages(["deu", "xyz", "bul"]);
        var read = Words("и че не на с до у в как това за от", 0.4);
        Assert.Same(read, further.Better(read, _ => Words("и че не на с до у в как това за от", 1)));
        Assert.Equal(0, further.Readings);
    }

    [Fact]
    public async Task EnclosureInAnotherLanguage_IsReadInItsOwn()
    {
        var german = await Scan.RenderAsync(_folder, PrintedPage.Pdf(PrintedPage.Letter), "-gray");
        var foreign = _folder.File("uk.pgm");
        await Tool.OutputAsync("pdftoppm", ["-gray", "-r", "200", "-singlefile", await PdfOf("uk"), foreign[..^4]]);
        var tiff = _folder.File("both.tif");
        await File.WriteAllBytesAsync(tiff, Scan.Tiff(german, foreign), TestContext.Current.CancellationToken);
        using var engine = new EngineProcesses(Engine.Options with { Languages = All, Workers = 1 });
        var answer = await Engine.ReadAsync(engine, _folder, tiff, FileFormat.Tiff);
        var read = Assert.IsType<EngineAnswer.Read>(answer);
        Assert.Equal(["de", "uk"], read.Pages.Select(p => p.Language));
        Assert.Contains("Halteverbot", read.Pages[0].Text, StringComparison.Ordinal);
        Assert.Contains("дитячому садку", read.Pages[1].Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ArabicPage_CanBeSearchedInItsPdf()
    {
        using var engine = new EngineProcesses(Engine.Options with { Languages = All, Workers = 1 });
        var answer = await Engine.ReadAsync(engine, _folder, Corpus("ar"), FileFormat.Png);
        var read = Assert.IsType<EngineAnswer.Read>(answer);
        var text = await Tool.OutputAsync("pdftotext", [read.PdfPath, "-"]);
        Assert.Contains("مدينة", text, StringComparison.Ordinal);
        Assert.Contains("Stadtverwaltung Lindenfurt", text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("deu", "deu", "", "")]
    [InlineData(" deu + eng+eng+ukr", "deu+eng+ukr", "", "")]
    [InlineData("deu+pol+eng", "deu+eng", "pol", "")]
    [InlineData("deu+tlh+eng", "deu+eng", "", "tlh")]
    [InlineData("frk+../x+deu", "frk+deu", "", "../x")]
    public void NamedLanguages_AreUsedWhereInstalledAndKnown(string named, string used, string missing, string unknown)
    {
        var languages = OcrLanguages.Choose(named, ["deu", "eng", "ukr"]);
        Assert.Equal(used, languages.InUse);
        Assert.Equal(missing, string.Join(' ', languages.NotInstalled));
        Assert.Equal(unknown, string.Join(' ', languages.Unknown));
    }

    [Fact]
    public void InstalledLanguages_AreAskedOfTesseract()
    {
        var languages = OcrLanguages.Choose(All + "+bul");
        Assert.Equal((All, "bul"), (languages.InUse, string.Join(' ', languages.NotInstalled)));
    }

    private static string Corpus(string language) => Path.Combine(AppContext.BaseDirectory, "corpus", "languages", language + ".png");

    private async Task<string> PdfOf(string language)
    {
        using var engine = new EngineProcesses(Engine.Options with { Workers = 1 });
        var answer = await Engine.ReadAsync(engine, _folder, Corpus(language), FileFormat.Png);
        return Assert.IsType<EngineAnswer.Read>(answer).PdfPath;
    }

    private (RecognisedPage Page, int Readings) Read(string file, string languages = All)
    {
        var codes = languages.Split('+');
        using var engine = new OcrEngine(codes[0]);
        using var further = new FurtherLanguages(codes);
        var request = new ChildRequest(1, ChildTask.Read, file, ImageTo: _folder.File("image-" + Guid.NewGuid().ToString("N")));
        return (new PageReader(engine, further, 30_000_000).Read(request).Page!, further.Readings);
    }

    private static List<OcrWord> Words(string text, double confidence) =>
        [.. text.Split(' ').Select((w, i) => new OcrWord(w, i * 60, 10, i * 60 + 50, 30, 28, confidence, OcrStart.Word, true))];
}
