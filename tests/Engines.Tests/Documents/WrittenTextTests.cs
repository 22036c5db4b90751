using System.Text;
using Engines.Tests.Support;
using Postlotse.Letters;
using Postlotse.Recognition;

namespace Engines.Tests.Documents;

/// <summary>Laws of text that is written in a PDF: it is taken letter by letter where the page shows it, and nowhere else.</summary>
public sealed class WrittenTextTests(Engine engine) : IDisposable
{
    private const string Head =
        """
        Lindenfurter Straße 5, 74999 Lindenfurt (Büro im 1. Stock)
        Widerspruch gegen den Bescheid über die Änderung der Abfallgebühr
        """;

    private const string Left =
        """
        Sehr geehrte Damen und Herren,
        ich finde die Öffnung der Fläche
        nicht richtig. Der Pfiff war laut,
        und die Überprüfung ist möglich.
        """;

    private const string Right =
        """
        Bitte prüfen Sie das größere Maß
        von 35 € für die Auffahrt und die
        Zuflüsse. Ich bitte um Nachricht.
        Jörg Müßiggang
        """;

    private readonly Folder _folder = new();

    public void Dispose() => _folder.Dispose();

    private static WrittenPdf Letter => new WrittenPdf().Print(70, 720, Head).Print(70, 640, Left).Print(320, 640, Right);

    [Theory]
    [InlineData("", "")]
    [InlineData("/CropBox[30 40 580 800]", "")]
    [InlineData("/Rotate 90", "0 1 -1 0 725 0 cm")]
    [InlineData("/Rotate 180", "-1 0 0 -1 595 842 cm")]
    public async Task GermanLetterInTwoColumns_IsTakenLetterByLetter(string page, string turn)
    {
        var letter = new WrittenPdf { Page = page }.Draw(turn).Print(70, 720, Head).Print(70, 640, Left).Print(320, 640, Right);
        var read = await ReadAsync(letter);
        Assert.Equal((TextSource.Document, 1), (read.TextSource, read.MeanConfidence));
        Assert.Equal($"{Flat(Head)} {Flat(Left)} {Flat(Right)}", Flat(read.Text));
    }

    [Fact]
    public async Task WordsOfTheText_HaveBoxesAroundThePrint()
    {
        var page = await ReadAsync(Letter);
        var word = page.Lines.SelectMany(l => l.Words).Single(w => w.Text == "Widerspruch");
        Assert.Equal(70 * 25.4 / 72, word.Box.X, 0.6);
        Assert.Equal((842 - 706) * 25.4 / 72, page.Lines.Single(l => l.Words.Contains(word)).Baseline, 0.3);
        Assert.InRange(word.Box.Height, 2.4, 4); // capital letter and descender at 11 points
    }

    [Fact]
    public async Task WordsThatNobodySees_AreNotTaken()
    {
        var page = await ReadAsync(Letter.Print(70, 400, "unsichtbar", "3 Tr").Print(70, 300, "weiss", "1 g"));
        Assert.Equal(TextSource.Document, page.TextSource);
        Assert.DoesNotContain("unsichtbar", page.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("weiss", page.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task WordsWrittenOverOthers_AreReadFromThePicture()
    {
        var covered = new WrittenPdf().Print(70, 640, "Ich bitte nicht um die Auszahlung der alten Summe")
            .Draw("1 g 60 630 400 30 re f 0 g")
            .Print(70, 640, "Ich bitte nicht um die Auszahlung der neuen Summe");
        var page = await ReadAsync(covered);
        Assert.Equal(TextSource.Ocr, page.TextSource);
        Assert.DoesNotContain("alten", page.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ScanWithSomebodyElsesReading_IsReadAnew()
    {
        var pdf = await WithImageAsync(new WrittenPdf(), PrintedPage.Letter, "595 0 0 842 0 0", "-gray");
        pdf.Print(70, 700, "Dies ist nicht der Text auf der Seite und er wird auch nicht genommen", "3 Tr").Draw("0 0 1 1 re f");
        var page = await ReadAsync(pdf);
        Assert.Equal(TextSource.Ocr, page.TextSource);
        Assert.Contains("Halteverbot", page.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("genommen", page.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task PrintInAPicture_IsReadBesides()
    {
        var pdf = await WithImageAsync(
            Letter, "Wasserwerk Nordstadt", "270 0 0 36 70 770", "-gray", "-x", "150", "-y", "350", "-W", "900", "-H", "120");
        var page = await ReadAsync(pdf);
        Assert.Equal(TextSource.Document, page.TextSource);
        Assert.Contains("Wasserwerk Nordstadt", page.Text, StringComparison.Ordinal);
        Assert.Contains("Öffnung der Fläche", page.Text, StringComparison.Ordinal);
    }

    /// <summary>Fonts that say each letter is the next one of the alphabet.</summary>
    [Fact]
    public async Task LettersThatSayTheyAreOthers_AreReadFromThePicture()
    {
        const string Map = "/CIDInit/ProcSet findresource begin begincmap 1 begincodespacerange <00> <ff> endcodespacerange " +
            "2 beginbfrange <41> <59> <0042> <61> <79> <0062> endbfrange endcmap end";
        var pdf = new WrittenPdf
        {
            Font = "<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding/ToUnicode 6 0 R>>",
        }.Print(70, 640, PrintedPage.Letter);
        pdf.Further.Add(WrittenPdf.Stream("", Map));
        var page = await ReadAsync(pdf);
        Assert.Equal(TextSource.Ocr, page.TextSource);
        Assert.Contains("Halteverbot", page.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task TextInALanguageNobodyKnowsHere_IsTakenWhenThePictureAgrees()
    {
        const string Danish = "Kære kommune! Jeg flyttede hertil fra Aarhus; mine papirer kommer senere\nVenlig hilsen Søren Østergård";
        var page = await ReadAsync(new WrittenPdf().Print(70, 640, Danish));
        Assert.Equal((TextSource.Document, Flat(Danish)), (page.TextSource, Flat(page.Text)));
    }

    [Fact]
    public async Task PrintRunningUpThePage_IsTurnedUpright()
    {
        var pdf = new WrittenPdf();
        var y = 100;
        foreach (var line in PrintedPage.Letter.Split('\n', StringSplitOptions.TrimEntries))
            pdf.Draw(FormattableString.Invariant($"BT /F 13 Tf 0 1 -1 0 {y += 26} 70 Tm ({line.Replace('€', '\u0080')}) Tj ET"));
        var page = await ReadAsync(pdf);
        Assert.Equal((TextSource.Ocr, 90), (page.TextSource, page.Rotation));
        Assert.Contains("Halteverbot", page.Text, StringComparison.Ordinal);
    }

    private async Task<WrittenPdf> WithImageAsync(WrittenPdf pdf, string text, string place, params string[] options)
    {
        var (width, height, pixels) = Scan.GreyMap(await Scan.RenderAsync(_folder, PrintedPage.Pdf(text), options));
        pdf.Resources = "/XObject<</I 6 0 R>>";
        pdf.Further.Add(WrittenPdf.Stream(
            "/Type/XObject/Subtype/Image/ColorSpace/DeviceGray/BitsPerComponent 8" +
                FormattableString.Invariant($"/Width {width}/Height {height}"),
            Encoding.Latin1.GetString(pixels)));
        return pdf.Draw($"q {place} cm /I Do Q");
    }

    private async Task<RecognisedPage> ReadAsync(WrittenPdf pdf)
    {
        var file = _folder.Write("written.pdf", pdf.ToBytes());
        return Assert.Single(Assert.IsType<EngineAnswer.Read>(await engine.ReadAsync(_folder, file, FileFormat.Pdf)).Pages);
    }

    private static string Flat(string text) => string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
}
