using Postlotse.Letters;
using Postlotse.Reading;
using Xunit;

namespace Postlotse.Tests.Reading;

public sealed class LetterReaderTests
{
    private static LetterContent Read(params PaperBuilder[] pages) => LetterReader.Read("x", [.. pages.Select(p => p.Build())]).Content;

    [Fact]
    public void PlainLetter_HasAllItsFields()
    {
        var reading = LetterReader.Read("x", [PaperBuilder.WholeLetter().Line(25, 160, "Anlage: 2 Fotos").Build()]);
        Assert.Equal("x", reading.Content.Id);
        Assert.Equal("Stadtverwaltung Neustadt\nRathausplatz 1\n74820 Neustadt", reading.Content.Recipient);
        Assert.Equal("Erna Schwab\nLindenweg 4\n74820 Neustadt", reading.Content.Sender);
        Assert.Equal("3. März 2025", reading.Content.Date);
        Assert.Equal(new DateOnly(2025, 3, 3), reading.LetterDate);
        Assert.Equal("Laterne vor Haus 4", reading.Content.Subject);
        Assert.Equal("2 Fotos", reading.Content.Enclosures);
        Assert.StartsWith("Sehr geehrte Damen und Herren,\n\nseit dem", reading.Content.Body);
        Assert.EndsWith("abends sehr dunkel.\n\nMit freundlichen Grüßen\nErna Schwab", reading.Content.Body);
    }

    [Theory]
    [InlineData(45)] // form A
    [InlineData(63)] // form B
    [InlineData(90)] // lower than any norm
    public void AddressField_IsFoundAtEveryHeight(double y)
    {
        var content = Read(new PaperBuilder().Lines(22, y, "An die", "Gemeinde Hochdorf", "Hauptstr. 3", "74999 Hochdorf")
            .Line(25, y + 40, "Guten Tag,").Line(25, y + 50, "wann ist die nächste Sitzung des Rates?"));
        Assert.Equal("An die\nGemeinde Hochdorf\nHauptstr. 3\n74999 Hochdorf", content.Recipient);
    }

    [Fact]
    public void ReturnLine_IsTheSenderAndNotTheRecipient()
    {
        var content = Read(new PaperBuilder().Line(20, 58, "Hartmann GmbH, Industriestr. 4, 74830 Altenburg", 1.8)
            .Lines(20, 63, "Stadt Neustadt", "Postfach 12 34", "74820 Neustadt").Line(25, 110, "Sehr geehrte Damen und Herren,"));
        Assert.Equal("Stadt Neustadt\nPostfach 12 34\n74820 Neustadt", content.Recipient);
        Assert.Equal("Hartmann GmbH\nIndustriestr. 4\n74830 Altenburg", content.Sender);
    }

    [Fact]
    public void PostalServices_AreLeftOut_EndorsementsStay()
    {
        var content = Read(new PaperBuilder()
            .Lines(20, 50, "Einschreiben", "Persönlich / Vertraulich", "Frau Oberbürgermeisterin", "Rathaus", "74820 Neustadt")
            .Line(25, 110, "Sehr geehrte Frau Stark,"));
        Assert.Equal("Persönlich / Vertraulich\nFrau Oberbürgermeisterin\nRathaus\n74820 Neustadt", content.Recipient);
    }

    [Fact]
    public void ReceiptStamp_EntersNoField()
    {
        var content = Read(PaperBuilder.WholeLetter().Line(135, 12, "Stadt Neustadt", 3.3).Line(135, 20, "Eing. 12. Nov. 2025", 4)
            .Line(135, 28, "Anl. 2", 3.3));
        Assert.Equal("3. März 2025", content.Date);
        Assert.Equal("Erna Schwab\nLindenweg 4\n74820 Neustadt", content.Sender);
        Assert.DoesNotContain("2025\n", content.Body, StringComparison.Ordinal);
        Assert.DoesNotContain("Eing", string.Concat(Enum.GetValues<LetterField>().Select(f => content[f])), StringComparison.Ordinal);
    }

    [Fact]
    public void SentenceAboutAnArrival_IsNoStamp()
    {
        var content = Read(PaperBuilder.Letter().Line(25, 116, "Sehr geehrte Damen und Herren,")
            .Lines(25, 126, "den Eingang meines Antrags am 3. Mai 2025 haben Sie bestätigt.").Line(25, 140, "Mit freundlichen Grüßen"));
        Assert.Contains("den Eingang meines Antrags am 3. Mai 2025 haben Sie bestätigt.", content.Body, StringComparison.Ordinal);
    }

    [Fact]
    public void DatesInSentencesAndReferences_AreNotTheLettersDate()
    {
        var content = Read(new PaperBuilder().Lines(25, 66, "Stadt Neustadt", "74820 Neustadt").Line(25, 96, "Ihr Schreiben vom 1.2.2025")
            .Line(25, 106, "Guten Tag,").Line(25, 116, "am 3. April 2025 habe ich geschrieben."));
        Assert.Equal("", content.Date);
        Assert.Equal("Ihr Schreiben vom 1.2.2025", content.Reference);
    }

    [Fact]
    public void InformationBlock_GivesReferencesAndDate()
    {
        var reading = LetterReader.Read("x", [new PaperBuilder().Lines(25, 66, "Stadt Neustadt", "Ordnungsamt", "74820 Neustadt")
            .Line(125, 52, "Ihr Zeichen:").Line(155, 52, "32.4-118/25").Line(125, 57, "Unser Zeichen:").Line(155, 57, "44.12/0815")
            .Line(125, 62, "Telefon:").Line(155, 62, "07944 555-123").Line(125, 67, "Datum:").Line(155, 67, "17.03.2025")
            .Line(25, 106, "Verkehrszählung").Line(25, 116, "Sehr geehrte Damen und Herren,").Line(25, 126, "anbei die Zahlen.").Build()]);
        Assert.Equal("Ihr Zeichen: 32.4-118/25\nUnser Zeichen: 44.12/0815", reading.Content.Reference);
        Assert.Equal(["32.4-118/25"], reading.OurReferences.Select(r => r.Text));
        Assert.Equal(["44.12/0815"], reading.TheirReferences.Select(r => r.Text));
        Assert.Equal("17.03.2025", reading.Content.Date);
    }

    [Fact]
    public void ReferenceRowOfTheOldStyle_HasItsValuesBelow()
    {
        var reading = LetterReader.Read("x", [new PaperBuilder().Lines(25, 66, "Stadt Neustadt", "Postfach 1", "74820 Neustadt")
            .Line(25, 98, "Ihr Zeichen", 2).Line(75, 98, "Unser Zeichen", 2).Line(165, 98, "Datum", 2)
            .Line(25, 102, "22.1/7", 2).Line(75, 102, "Ha/mü", 2).Line(165, 102, "22.04.2025", 2)
            .Line(25, 116, "Sehr geehrte Damen und Herren,").Build()]);
        Assert.Equal("Ihr Zeichen 22.1/7\nUnser Zeichen Ha/mü", reading.Content.Reference);
        Assert.Equal("22.04.2025", reading.Content.Date);
        Assert.Equal(["22.1/7"], reading.OurReferences.Select(r => r.Text));
    }

    [Fact]
    public void NumbersOfOurs_AreAlsoFoundInSubjectAndText()
    {
        var reading = LetterReader.Read("x", [PaperBuilder.Letter().Line(25, 106, "Widerspruch, Kassenzeichen 5.0101.012345.6")
            .Line(25, 116, "Sehr geehrte Damen und Herren,").Line(25, 126, "gegen Ihr Aktenzeichen: 22-418/25 wende ich mich.").Build()]);
        Assert.Equal(["5.0101.012345.6", "22-418/25"], reading.OurReferences.Select(r => r.Text));
    }

    [Fact]
    public void Reference_HasItsOwnPlaceAndConfidence()
    {
        var page = new PaperBuilder().Lines(25, 66, "Stadt Neustadt", "Ordnungsamt", "74820 Neustadt")
            .Line(125, 52, "Ihr Zeichen:").Line(155, 52, "32.4 / 118", confidence: 0.8).Line(125, 57, "Unser Zeichen:")
            .Line(155, 57, "44.12/0815", confidence: 0.4).Line(25, 106, "Verkehrszählung").Line(25, 116, "Sehr geehrte Damen und Herren,")
            .Line(25, 126, "gegen Ihr Aktenzeichen:22-418/25 wende ich mich.", confidence: 0.6).Build();
        var reading = LetterReader.Read("x", [page]);
        Assert.Equal(["32.4 / 118", "22-418/25"], reading.OurReferences.Select(r => r.Text));
        var (spaced, inText, theirs) = (reading.OurReferences[0], reading.OurReferences[1], Assert.Single(reading.TheirReferences));
        Assert.Equal([(0, 4), (5, 1), (7, 3)], spaced.Words.Select(w => (w.Start, w.Length)));
        Assert.Equal(page.Lines[4].Words.Select(w => page.ToDisplayed(w.Box)), spaced.Words.Select(w => w.Box));
        Assert.Equal((0, 9), (inText.Words.Single().Start, inText.Words.Single().Length));
        Assert.Equal(page.ToDisplayed(page.Lines[^1].Words[2].Box), inText.Words.Single().Box);
        Assert.Equal(page.ToDisplayed(page.Lines[6].Words[0].Box), theirs.Words.Single().Box);
        Assert.Equal([0.744, 0.558, 0.372], new[] { spaced, inText, theirs }.Select(r => Math.Round(r.Confidence!.Value, 3)));
    }

    [Theory]
    [InlineData("Betreff: Laterne", "Laterne")]
    [InlineData("Betr.: Laterne", "Laterne")]
    [InlineData("Laterne", "Laterne")]
    public void SubjectLabel_IsNoPartOfTheSubject(string printed, string subject) =>
        Assert.Equal(subject,
            Read(PaperBuilder.Letter().Line(25, 106, printed).Line(25, 116, "Guten Tag,").Line(25, 126, "sie ist dunkel.")).Subject);

    [Fact]
    public void LetterWithoutSubject_HasNone() =>
        Assert.Equal("", Read(PaperBuilder.Letter().Line(25, 116, "Guten Tag,").Line(25, 126, "die Laterne ist dunkel.")).Subject);

    [Fact]
    public void LetterWithoutGreeting_KeepsItsText()
    {
        var content = Read(PaperBuilder.Letter().Line(25, 106, "Lärm am Kanal")
            .Lines(25, 120, "Seit der neue Besitzer in der Halle arbeitet, ist es auch nachts laut, und niemand kann",
                "schlafen. Bitte helfen Sie."));
        Assert.Equal("Lärm am Kanal", content.Subject);
        Assert.StartsWith("Seit der neue Besitzer", content.Body);
    }

    [Fact]
    public void AddressBelowTheName_IsTheSender() =>
        Assert.Equal("Peter Lang\nHauptstr. 12\n74820 Neustadt", Read(new PaperBuilder().Line(25, 40, "An die Stadt Neustadt, Ordnungsamt")
            .Line(25, 60, "Hallo,").Line(25, 70, "es ist zu laut.").Line(25, 85, "Viele Grüße")
                .Lines(25, 95, "Peter Lang", "Hauptstr. 12", "74820 Neustadt")).Sender);
}
