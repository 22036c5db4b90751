using Postlotse.Letters;
using Postlotse.Reading;
using Xunit;

namespace Postlotse.Tests.Reading;

/// <summary>Papers that follow no norm: forms, invoices, court letters, addresses on the right.</summary>
public sealed class LayoutTests
{
    private static Postlotse.Letters.Reading Read(PaperBuilder page) => LetterReader.Read("x", [page.Build()]);

    [Fact]
    public void Form_KeepsItsHeadingAndItsRows()
    {
        var content = Read(new PaperBuilder().Line(20, 15, "Antrag auf Wohngeld (Mietzuschuss)")
            .Lines(20, 33, "Stadt Neustadt", "Wohngeldstelle", "74820 Neustadt")
            .Line(20, 80, "Name, Vorname").Line(100, 80, "Kurz, Maria").Line(20, 88, "Straße").Line(100, 88, "Gartenweg 7")
            .Line(20, 96, "Miete monatlich").Line(100, 96, "640,00 EUR")).Content;
        Assert.Equal("Antrag auf Wohngeld (Mietzuschuss)", content.Subject);
        Assert.Contains("Name, Vorname Kurz, Maria", content.Body, StringComparison.Ordinal);
        Assert.Contains("Miete monatlich 640,00 EUR", content.Body, StringComparison.Ordinal);
        Assert.Equal("", content.Reference);
    }

    [Fact]
    public void Invoice_HasItsNumbersItsDateAndTheRowsOfItsTable()
    {
        var reading = Read(new PaperBuilder().Line(25, 18, "Baumschule Grünwald KG", 4.5)
            .Line(20, 58, "Baumschule Grünwald KG · Feldweg 2 · 74831 Talheim", 1.8)
            .Lines(20, 64, "Stadt Neustadt", "Rathausplatz 1", "74820 Neustadt")
            .Lines(125, 62, "Rechnungsnummer: 2025-0441", "Kundennummer: 10233", "Rechnungsdatum: 04.04.2025")
            .Line(25, 105, "Rechnung für die Lieferung von Bäumen").Line(25, 120, "Wir berechnen Ihnen wie vereinbart:")
            .Line(25, 130, "1").Line(40, 130, "Winterlinde").Line(150, 130, "1.240,00").Line(25, 135, "2").Line(40, 135, "Pflanzerde")
                .Line(150, 135, "96,00"));
        Assert.Equal(new DateOnly(2025, 4, 4), reading.LetterDate);
        Assert.Equal(["2025-0441", "10233"], reading.TheirReferences.Select(r => r.Text));
        Assert.Empty(reading.OurReferences);
        Assert.Equal("Rechnung für die Lieferung von Bäumen", reading.Content.Subject);
        Assert.Contains("1 Winterlinde 1.240,00\n2 Pflanzerde 96,00", reading.Content.Body, StringComparison.Ordinal);
        Assert.Equal("Baumschule Grünwald KG\nFeldweg 2\n74831 Talheim", reading.Content.Sender);
    }

    [Fact]
    public void SubjectOfACourt_MayTakeSeveralParagraphs()
    {
        var reading = Read(new PaperBuilder().Line(25, 18, "Verwaltungsgericht Großstadt", 4)
            .Lines(25, 54, "Stadt Neustadt", "Rechtsamt", "74820 Neustadt")
            .Lines(130, 54, "Großstadt, 14.10.2025", "Aktenzeichen: 6 K 1893/25", "Ihr Zeichen: 30.1-44/25")
            .Line(25, 95, "In der Verwaltungsrechtssache").Line(25, 105, "Braun ./. Stadt Neustadt")
                .Line(25, 115, "Sehr geehrte Damen und Herren,")
            .Line(25, 125, "anbei die Klageschrift."));
        Assert.Equal("In der Verwaltungsrechtssache Braun ./. Stadt Neustadt", reading.Content.Subject);
        Assert.Equal(["30.1-44/25"], reading.OurReferences.Select(r => r.Text));
        Assert.Equal(["6 K 1893/25"], reading.TheirReferences.Select(r => r.Text));
        Assert.Equal("Großstadt, 14.10.2025", reading.Content.Date);
    }

    [Fact]
    public void AddressOnTheRight_IsTheRecipientAllTheSame()
    {
        var content = Read(new PaperBuilder().Lines(25, 20, "Jana Vogt", "Seeweg 1", "74999 Hochdorf")
            .Lines(120, 54, "Gemeinde Hochdorf", "Bauamt", "74999 Hochdorf")
            .Line(25, 105, "Sehr geehrter Herr Bürgermeister!").Line(25, 115, "Der Weg ist gesperrt.").Line(25, 125, "Herzliche Grüße")
                .Line(25, 135, "Jana Vogt")).Content;
        Assert.Equal("Gemeinde Hochdorf\nBauamt\n74999 Hochdorf", content.Recipient);
        Assert.Equal("Jana Vogt\nSeeweg 1\n74999 Hochdorf", content.Sender);
    }

    [Fact]
    public void LeaningScan_IsReadAtItsDisplayedPlace()
    {
        var page = new PaperBuilder { Skew = 2 }.Lines(25, 66, "Stadt Neustadt", "74820 Neustadt").Line(25, 116, "Guten Tag,")
            .Line(25, 126, "bitte helfen Sie mir.").Build();
        var word = LetterReader.Read("x", [page]).Fields.Single(f => f.Field == LetterField.Recipient).Words[0];
        Assert.Equal(page.ToDisplayed(page.Lines[0].Words[0].Box), word.Box);
        Assert.Equal(1, word.Page);
    }

    [Fact]
    public void EmptyAndMissingPages_GiveAnEmptyReading()
    {
        Assert.Empty(LetterReader.Read("x", []).Fields);
        Assert.Empty(LetterReader.Read("x", [new PaperBuilder().Build()]).Fields);
    }
}
