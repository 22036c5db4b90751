using Postlotse.Letters;
using Postlotse.Reading;
using Xunit;

namespace Postlotse.Tests.Reading;

public sealed class FormTests
{
    private const string Text = "Ich bitte um Prüfung der Unterlagen, die in der Anlage zu diesem Blatt liegen.";

    [Theory]
    [InlineData("Antrag auf Wohngeld (Mietzuschuss)", 40, 4.5, true)]
    [InlineData("Hundesteueranmeldung", 40, 4.5, true)]
    [InlineData("Antrag auf Wohngeld (Mietzuschuss)", 40, 2.8, false)]
    [InlineData("Antrag auf Wohngeld (Mietzuschuss)", 200, 4.5, false)]
    [InlineData("Stadt Lindenfurt", 40, 4.5, false)]
    public void Title_IsLargePrintAtTheHead(string title, double y, double size, bool found) =>
        Assert.Equal(found ? title : "", Read(Page().Line(25, y, title, size)).Content.Form);

    [Theory]
    [InlineData("Formular 50-012", 120, "Formular 50-012")]
    [InlineData("Vordruck Nr. 312/04 bitte hier unterschreiben", 120, "Vordruck Nr. 312/04")]
    [InlineData("Dazu habe ich Ihr Formular 50-012 ausgefüllt, das beim letzten Mal fehlte", 120, "")]
    [InlineData("50-012 (01.24)", 285, "50-012 (01.24)")]
    [InlineData("312/04 – Stand 3/2025", 285, "312/04 – Stand 3/2025")]
    [InlineData("50-012 (01.24)", 120, "")]
    [InlineData("0711 216-4711", 285, "")]
    [InlineData("Seite 1/2", 285, "")]
    [InlineData("ELSTER", 285, "ELSTER")]
    public void Number_HasALabel_OrAnEditionAtTheFoot(string line, double y, string form) =>
        Assert.Equal(form, Read(Page().Line(25, y, line)).Content.Form);

    [Fact]
    public void TitleAndNumber_StandWhereTheyArePrinted()
    {
        var reading = Read(Page().Line(25, 40, "Antrag auf Wohngeld", 4.5).Line(150, 285, "50-012 (01.24)", 2));
        Assert.Equal("Antrag auf Wohngeld\n50-012 (01.24)", reading.Content.Form);
        var words = Assert.Single(reading.Fields, f => f.Field == LetterField.Form).Words;
        Assert.Equal("Antrag", reading.Content.Form.Substring(words[0].Start, words[0].Length));
        Assert.InRange(words[0].Box.Y, 34, 40);
        Assert.InRange(words[^1].Box.X, 150, 190);
    }

    [Fact]
    public void Barcodes_BecomeALineEach_WithTheirPlaces()
    {
        var page = Page().Build() with
        {
            Barcodes =
            [
                new(BarcodeKind.Code128, "WG-1", new(20, 20, 40, 10)), new(BarcodeKind.Patch, "T", new(5, 5, 9, 9)),
                new(BarcodeKind.Qr, "BCD\n002\nCode128 WG-2", new(100, 20, 30, 30)),
            ],
        };
        var reading = LetterReader.Read("l", [page]);
        Assert.Equal("Code128 WG-1\nQr BCD 002 Code128 WG-2", reading.Content.Barcodes);
        var places = Assert.Single(reading.Fields, f => f.Field == LetterField.Barcodes).Words;
        Assert.Equal("WG-1", reading.Content.Barcodes.Substring(places[0].Start, places[0].Length));
        Assert.Equal(new Box(100, 20, 30, 30), places[1].Box);
    }

    private static PaperBuilder Page() => new PaperBuilder().Lines(25, 150, Text, Text, Text, Text);

    private static Postlotse.Letters.Reading Read(PaperBuilder paper) => LetterReader.Read("l", [paper.Build()]);
}
