using System.Globalization;
using Postlotse.Letters;
using Xunit;

namespace Postlotse.Tests.Letters;

public sealed class FindingTextsTests
{
    public static TheoryData<FindingKind> Kinds => [.. Enum.GetValues<FindingKind>()];

    [Theory]
    [MemberData(nameof(Kinds))]
    public void EveryFinding_HasAGermanAndAnEnglishText(FindingKind kind) => Assert.NotEqual(
        FindingTexts.Of(new(kind), CultureInfo.GetCultureInfo("de")), FindingTexts.Of(new(kind), CultureInfo.GetCultureInfo("en")));

    [Fact]
    public void TechnicalDetail_IsNotShown() => Assert.Equal(
        "Page 3: The file is damaged or incomplete. Please scan it again or have it sent again.",
        FindingTexts.Of(new(FindingKind.Damaged, 3, "JPEG ends too early"), CultureInfo.GetCultureInfo("en")));

    [Theory]
    [InlineData("Picture WebP", "Die Datei ist ein Bild im Format WebP. Bitte als PDF, TIFF, JPEG oder PNG senden.")]
    [InlineData("Archive ZIP",
        "Die Datei ist ein Archiv (ZIP). Bitte auspacken und die Dateien darin einzeln als PDF, TIFF, JPEG oder PNG senden.")]
    [InlineData("Document Office 97 / Outlook",
        "Die Datei ist ein Dokument im Format Office 97 / Outlook. Bitte als PDF speichern („Drucken in PDF“) und das PDF senden.")]
    [InlineData("Mail",
        "Die Datei ist eine E-Mail. Bitte die Nachricht und ihre Anhänge einzeln als PDF, TIFF, JPEG oder PNG senden.")]
    [InlineData("Program EXE",
        "Die Datei ist ein Programm und kein Schreiben. Bitte nicht öffnen; den Absender nach dem Schreiben fragen.")]
    [InlineData("Something else", "Die Datei ist weder PDF noch TIFF, JPEG oder PNG. Bitte in einem dieser Formate senden.")]
    [InlineData(null, "Die Datei ist weder PDF noch TIFF, JPEG oder PNG. Bitte in einem dieser Formate senden.")]
    public void OtherFormat_IsNamedWithWhatToDo(string? detail, string expected)
    {
        var finding = new Finding(FindingKind.UnknownFormat, Detail: detail);
        Assert.Equal(expected, FindingTexts.Of(finding, CultureInfo.GetCultureInfo("de")));
        Assert.NotEqual(expected, FindingTexts.Of(finding, CultureInfo.GetCultureInfo("en")));
    }

    [Theory]
    [InlineData(FindingKind.TooManyPixels, "139000000 > 80000000", "(139\u00a0Mio. Bildpunkte, erlaubt sind 80\u00a0Mio. Bildpunkte)")]
    [InlineData(FindingKind.TooManyPages, "1200 > 1000", "(1200\u00a0Seiten, erlaubt sind 1000\u00a0Seiten)")]
    [InlineData(FindingKind.FileTooLarge, "209715201 > 209715200", "(201\u00a0MB, erlaubt sind 200\u00a0MB)")]
    [InlineData(FindingKind.FileTooLarge, "200 MB", "(200 MB)")]
    public void Measure_CompletesTheTextWithItsUnit(FindingKind kind, string detail, string expected) =>
        Assert.EndsWith(expected, FindingTexts.Of(new(kind, null, detail), CultureInfo.GetCultureInfo("de")), StringComparison.Ordinal);
}
