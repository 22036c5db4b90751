using Postlotse.Letters;
using Postlotse.Reading;
using Xunit;

namespace Postlotse.Tests.Reading;

public sealed class BodyTests
{
    private const string Filler = "und hier steht noch viel mehr von dem, was zu sagen ist, damit die Zeile ganz voll wird";

    private static string BodyOf(params PaperBuilder[] pages) => LetterReader.Read("x", [.. pages.Select(p => p.Build())]).Content.Body;

    private static PaperBuilder Begun(params string[] lines) => PaperBuilder.Letter().Line(25, 116, "Guten Tag,").Lines(25, 126, lines);

    [Theory]
    [InlineData("wir bitten um Prüfung der Sache und fragen nach der örtlichen und der sachlichen Zu-", "ständigkeit", "Zuständigkeit")]
    [InlineData("wir bitten um Prüfung der Sache und fragen vor allem nach dem Stand bei der Nord-", "Süd-Achse", "Nord-Süd-Achse")]
    [InlineData("wir bitten um Prüfung der Sache und fragen vor allem nach dem Stand bei den Haus-", "und Gartenabfällen",
        "Haus- und Gartenabfällen")]
    [InlineData("wir bitten um Prüfung der Sache und fragen vor allem nach dem Stand bei dieser EU-", "weiten Regelung",
        "EU-weiten Regelung")]
    public void WordsPartedAtTheLinesEnd_AreJoined(string first, string second, string joined) =>
        Assert.Contains(joined, BodyOf(Begun(first, second)), StringComparison.Ordinal);

    [Fact]
    public void PartsOfAJoinedWord_KeepTheirOwnPlaces()
    {
        var reading = LetterReader.Read("x",
            [Begun("wir bitten um Prüfung der Sache und fragen nach der örtlichen und der sachlichen Zu-", "ständigkeit heute").Build()]);
        var words = reading.Fields.Single(f => f.Field == LetterField.Body).Words;
        var texts = words.Select(w => reading.Content.Body.Substring(w.Start, w.Length)).ToList();
        var at = texts.IndexOf("Zu");
        Assert.Equal("ständigkeit", texts[at + 1]);
        Assert.Equal(words[at].Start + 2, words[at + 1].Start);
        Assert.True(words[at + 1].Box.Y > words[at].Box.Y);
    }

    [Fact]
    public void ParagraphsAndLists_KeepTheirLines() =>
        Assert.Equal("Guten Tag,\n\n" + Filler + " bis hier.\n\n1. Erstens\n2. Zweitens\n\nDanke",
            BodyOf(Begun(Filler, "bis hier.").Lines(25, 141, "1. Erstens", "2. Zweitens").Line(25, 156, "Danke")));

    [Fact]
    public void TextGoesOnOnTheNextPage_WithoutPageNumbersAndFooters()
    {
        var lines = Enumerable.Repeat(Filler, 26).ToArray();
        var body = BodyOf(Begun(lines).Line(25, 285, "IBAN DE00 1234 5678 Sparkasse Neustadt", 1.8),
            new PaperBuilder(2).Line(25, 15, "Seite 2 zum Schreiben vom 3. März 2025").Line(25, 30, "bis zum Ende.")
                .Line(25, 40, "Viele Grüße").Line(25, 45, "Erna Schwab")
                .Line(100, 285, "- 2 -"));
        Assert.EndsWith("voll wird bis zum Ende.\n\nViele Grüße\nErna Schwab", body);
        Assert.DoesNotContain("IBAN", body, StringComparison.Ordinal);
        Assert.DoesNotContain("Seite 2", body, StringComparison.Ordinal);
    }

    [Fact]
    public void PagesBehindTheFarewell_AreEnclosures()
    {
        var body = BodyOf(PaperBuilder.WholeLetter(), new PaperBuilder(2).Line(25, 20, "Kontoauszug")
            .Lines(25, 30, "Miete 700 EUR", "Strom 80 EUR"));
        Assert.DoesNotContain("Strom", body, StringComparison.Ordinal);
    }

    [Fact]
    public void EnclosurePageBehindALetterWithoutFarewell_IsNotItsText()
    {
        var body = BodyOf(Begun("bitte schicken Sie mir das Formular."), new PaperBuilder(2).Line(25, 20, "Bescheid")
            .Line(25, 30, "Auf Ihren Antrag ergeht folgende Entscheidung."));
        Assert.EndsWith("das Formular.", body);
    }

    [Fact]
    public void Postscript_IsKept() =>
        Assert.EndsWith("P.S. Mein Nachbar auch.", BodyOf(PaperBuilder.WholeLetter().Line(25, 160, "P.S. Mein Nachbar auch.")));

    [Fact]
    public void SignaturePicture_IsNoText() =>
        Assert.EndsWith("Erna Schwab", BodyOf(PaperBuilder.WholeLetter().Line(25, 158, "Ema Schwob", 5)));

    [Fact]
    public void EnclosuresAsAList_KeepTheirLines()
    {
        var content = LetterReader.Read("x", [PaperBuilder.WholeLetter().Lines(25, 165, "Anlagen", "Lageplan", "2 Fotos").Build()]).Content;
        Assert.Equal("Lageplan\n2 Fotos", content.Enclosures);
        Assert.DoesNotContain("Lageplan", content.Body, StringComparison.Ordinal);
    }

    [Fact]
    public void SentenceWithTheWordAnlage_IsText() =>
        Assert.Contains("Anlage 3 der Satzung",
            BodyOf(Begun(Filler, "Anlage 3 der Satzung gilt, wie wir meinen, auch für diesen Fall und dann so.", Filler + ".")
            .Lines(25, 150, "Viele Grüße", "Erna Schwab")), StringComparison.Ordinal);
}
