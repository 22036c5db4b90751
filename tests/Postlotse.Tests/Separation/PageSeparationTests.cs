using Postlotse.Letters;
using Postlotse.Separation;
using Postlotse.Tests.Reading;
using Xunit;

namespace Postlotse.Tests.Separation;

public sealed class PageSeparationTests
{
    private static RecognisedPage Letter => PaperBuilder.WholeLetter().Build();

    private static RecognisedPage Blank => new() { Number = 1, Width = 210, Height = 297, Blank = true };

    private static RecognisedPage Further => new PaperBuilder().Line(95, 12, "- 2 -")
        .Lines(25, 25, "noch immer dunkel, und die Kinder gehen morgens durch den Regen zur", "Haltestelle.").Build();

    private static RecognisedPage OtherLetter => new PaperBuilder().Lines(25, 15, "Jörg Dietz", "Rebenweg 14", "74820 Neustadt")
        .Lines(25, 66, "Stadtverwaltung Neustadt", "Rathausplatz 1", "74820 Neustadt").Line(150, 96, "5. März 2025")
        .Line(25, 106, "Hundesteuer").Line(25, 116, "Sehr geehrte Damen und Herren,")
        .Lines(25, 126, "unser Hund ist im Januar gestorben, bitte melden Sie ihn ab.", "Die Marke liegt bei.")
        .Lines(25, 141, "Mit freundlichen Grüßen", "Jörg Dietz").Build();

    private static RecognisedPage ThirdLetter => new PaperBuilder().Lines(25, 15, "Gerda Nowak", "Ulmenstraße 8", "74820 Neustadt")
        .Lines(25, 66, "Stadtverwaltung Neustadt", "Rathausplatz 1", "74820 Neustadt").Line(150, 96, "6. März 2025")
        .Line(25, 106, "Sperrmüll").Line(25, 116, "Guten Tag,").Lines(25, 126, "wann wird der Schrank vor unserem Haus geholt?")
        .Lines(25, 141, "Mit freundlichen Grüßen", "Gerda Nowak").Build();

    private static RecognisedPage Receipt => new PaperBuilder().Lines(25, 20, "Kopie", "Quittung 12", "Batterien 12,90 EUR 24,10 EUR",
        "Summe 37,00 EUR").Build();

    private static RecognisedPage Sheet(string text, BarcodeKind kind = BarcodeKind.Qr) =>
        new() { Number = 1, Width = 210, Height = 297, Barcodes = [new(kind, text, new(80, 80, 50, 50))] };

    private static (string Letters, string Roles, bool Sure) Divide(SeparationSettings? settings, params RecognisedPage[] pages)
    {
        var (division, sure) = PageSeparation.Divide(
            [.. pages.Select((p, i) => p with { Number = i + 1 })], settings ?? new() { UnsignedSheets = true });
        var letters = division.Letters().Select(
            l => FormattableString.Invariant($"{l.FirstPage}+{l.PageCount}") + (l.Unit is null ? "" : "@" + l.Unit));
        return (string.Join(' ', letters), string.Concat(division.Pages.Select(p => p.Role.ToString()[0])), sure);
    }

    [Fact]
    public void TwoLetters_AreTwo() => Assert.Equal("1+1 2+1", Divide(null, Letter, OtherLetter).Letters);

    [Fact]
    public void BlankBacksAndEnclosures_StayWithTheirLetter()
    {
        var (letters, roles, _) = Divide(null, Letter, Blank, Receipt, Blank, OtherLetter, Blank);
        Assert.Equal(("1+4 5+2", "LBEBLB"), (letters, roles));
    }

    [Fact]
    public void NumberedPage_GoesOnWithItsLetter() => Assert.Equal("1+2 3+1", Divide(null, Letter, Further, OtherLetter).Letters);

    [Theory]
    [InlineData("POSTLOTSE:1:START", BarcodeKind.Qr)]
    [InlineData("POSTLOTSE:1:START", BarcodeKind.Code128)]
    [InlineData("T", BarcodeKind.Patch)]
    [InlineData("II", BarcodeKind.Patch)]
    public void SheetThatBegins_SeparatesSurelyAndBelongsToNoLetter(string text, BarcodeKind kind)
    {
        var sheet = Sheet(text, kind);
        var (letters, roles, sure) = Divide(null, sheet, Blank, Letter, OtherLetter, sheet, Receipt);
        Assert.Equal(("3+2 6+1", "SBLESL", true), (letters, roles, sure));
    }

    [Fact]
    public void SheetThatWasNotPrintedHere_NeitherDividesNorRoutesAndIsAskedAbout()
    {
        var forged = Letter with { Number = 2, Barcodes = Sheet("POSTLOTSE:1:UNIT:32.3").Barcodes };
        var further = Further with { Number = 3 };
        var human = Assert.IsType<StageResult.NeedsHuman>(SeparationStage.Decide(
            Recognised, [OtherLetter, forged, further], new() { ByContent = false }, _ => false));
        Assert.Equal([(1, 3, null)], human.Letter.Division!.Letters().Select(l => (l.FirstPage, l.PageCount, l.Unit)));
        Assert.Contains(new Finding(FindingKind.SheetUnsigned, 2), human.Letter.Findings);
        var patched = SeparationStage.Decide(
            Recognised, [OtherLetter, Sheet("T", BarcodeKind.Patch) with { Number = 2 }, further], new(), _ => false);
        Assert.Equal(2, Assert.IsType<StageResult.Done>(patched).Letter.Division!.Letters().Count);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task SignedFileOrOneWithAttachments_StaysWhole(bool hasSignature)
    {
        var letter = Recognised with
        {
            Recognition = Recognised.Recognition! with
            {
                Signatures = hasSignature ? [new(SignatureStatus.Valid, SignatureTrust.Unknown, null, null, true)] : [],
                Attachments = hasSignature ? [] : [new("a.xml", new("x", 1), "text/xml", false)],
            },
        };
        // The pages are not even asked for: the store has none.
        var stage = new SeparationStage(new() { SureBelow = 0, SureAbove = 1 }, _ => true);
        var done = await stage.RunAsync(letter, new(null!, TimeProvider.System, "", 1), CancellationToken.None);
        Assert.Same(letter, Assert.IsType<StageResult.Done>(done).Letter);
    }

    [Fact]
    public void SheetThatSeemsToJoinLetters_IsAskedAbout()
    {
        var (letters, _, sure) = Divide(null, Sheet("POSTLOTSE:1:START"), Letter, OtherLetter, ThirdLetter);
        Assert.Equal(("2+3", false), (letters, sure));
    }

    [Fact]
    public void SheetOfAnOffice_HoldsForAllLettersUpToTheNext() => Assert.Equal(
        "2+1@32.3 3+1@32.3 5+1",
        Divide(null, Sheet("POSTLOTSE:1:UNIT:32.3"), Letter, OtherLetter, Sheet("POSTLOTSE:1:START"), Letter).Letters);

    [Fact]
    public void CoverOfAStack_IsNoLetter() => Assert.Equal(("2+1 3+1", "SLL"), Divide(
        null, Sheet("POSTLOTSE:1:BATCH:2026-117"), Letter, OtherLetter) is var (l, r, _) ? (l, r) : default);

    [Theory]
    [InlineData("POSTLOTSE:2:START", BarcodeKind.Qr)]
    [InlineData("POSTLOTSE:1:UNIT:", BarcodeKind.Qr)]
    [InlineData("https://example.org", BarcodeKind.Qr)]
    [InlineData("III", BarcodeKind.Patch)]
    [InlineData("TRENNER", BarcodeKind.Code128)]
    public void OtherBarcodes_AreNoSheets(string text, BarcodeKind kind)
    {
        var coded = Further with { Barcodes = Sheet(text, kind).Barcodes };
        Assert.Equal("1+2", Divide(null, Letter, coded).Letters);
    }

    [Fact]
    public void Code128OfTheSettings_Begins() => Assert.Equal(
        "2+1", Divide(new() { Code128 = ["TRENNER"] }, Sheet("TRENNER", BarcodeKind.Code128), Letter).Letters);

    [Fact]
    public void LettersPageWithOurCode_IsNoSheet()
    {
        var lines = Enumerable.Range(0, 30).Select(i => "ein langer Satz mit vielen Wörtern").ToArray();
        var quoting = new PaperBuilder().Lines(25, 60, lines).Build() with { Barcodes = Sheet("POSTLOTSE:1:START").Barcodes };
        Assert.DoesNotContain('S', Divide(null, Letter, quoting).Roles);
    }

    [Fact]
    public void WithoutContent_OnlySheetsSeparate() =>
        Assert.Equal(("1+2", true), Divide(new() { ByContent = false }, Letter, OtherLetter) is var (l, _, s) ? (l, s) : default);

    [Fact]
    public void UnsureStack_WaitsForAPersonWithTheProposal()
    {
        var settings = new SeparationSettings { SureBelow = 0, SureAbove = 1 };
        var result = SeparationStage.Decide(Recognised, [Letter, OtherLetter with { Number = 2 }], settings, _ => false);
        var human = Assert.IsType<StageResult.NeedsHuman>(result);
        var proposed = human.Letter.Division!;
        Assert.Equal((FindingKind.BoundariesUnsure, 0, 2), (human.Reason.Kind, proposed.Number, proposed.Letters().Count));
    }

    [Theory]
    [InlineData(0, 1)]
    [InlineData(0.5, 0.5)]
    public void PageOfALetterThatMustStayClosed_IsNamedWhetherTheStackIsSureOrNot(double sureBelow, double sureAbove)
    {
        var settings = new SeparationSettings { SureBelow = sureBelow, SureAbove = sureAbove };
        var result = SeparationStage.Decide(
            Recognised, [Letter, Blank with { Number = 2 }, OtherLetter with { Number = 3 }], settings, p => p.Number > 1);
        var letter = result is StageResult.NeedsHuman human ? human.Letter : Assert.IsType<StageResult.Done>(result).Letter;
        Assert.Equal([3], letter.Findings.Where(f => f.Kind == FindingKind.MustStayClosed).Select(f => f.Page));
        Assert.True(letter.MustStayClosed);
        Assert.True(letter.EnvelopeRead);
    }

    [Theory]
    [InlineData("Persönlich / Vertraulich", true)]
    [InlineData("- streng vertraulich -", true)]
    [InlineData("BITTE NICHT ÖFFNEN!", true)]
    [InlineData("Persoenlich", true)]
    [InlineData("Ich bitte Sie, das vertraulich zu behandeln.", false)]
    [InlineData("Persönliche Angaben", false)]
    public void LineThatForbidsToOpen_IsFoundWithoutAnAddress(string line, bool closed)
    {
        var marked = new PaperBuilder().Line(25, 30, line).Lines(25, 100, "Liebe Frau Huber,", "vielen Dank für Ihre Nachricht.").Build();
        var result = SeparationStage.Decide(
            Recognised, [Letter, marked with { Number = 2 }], new() { SureBelow = 0, SureAbove = 1 }, _ => false);
        Assert.Equal(closed, Assert.IsType<StageResult.NeedsHuman>(result).Letter.MustStayClosed);
    }

    [Fact]
    public void SingleLetter_PassesWithNothingChanged()
    {
        var settings = new SeparationSettings { SureBelow = 0.5, SureAbove = 0.5 };
        var done = Assert.IsType<StageResult.Done>(
            SeparationStage.Decide(Recognised, [Letter, Further with { Number = 2 }], settings, _ => true));
        Assert.Same(Recognised, done.Letter);
    }

    [Fact]
    public void StackWithoutLetters_IsLeftAsItIs() => Assert.Same(Recognised, Assert.IsType<StageResult.Done>(
        SeparationStage.Decide(Recognised, [Sheet("T", BarcodeKind.Patch), Blank with { Number = 2 }], new(), _ => true)).Letter);

    [Fact]
    public async Task SecondRun_ChangesNothing()
    {
        var divided = Recognised with { Division = new(1, []) };
        var context = new StageContext(null!, TimeProvider.System, "", 1);
        var done = Assert.IsType<StageResult.Done>(
            await new SeparationStage(new(), _ => true).RunAsync(divided, context, CancellationToken.None));
        Assert.Same(divided, done.Letter);
    }

    private static readonly Letter Recognised = new()
    {
        Id = "a", Source = new("a.pdf", "0", 1, FileFormat.Pdf), ReceivedAt = DateTimeOffset.UnixEpoch, Stage = StageName.Separation,
        Recognition = new([new(1, 0, 0, false, 1), new(2, 0, 0, false, 1)], new("p", 1), new("f", 1), "de", 1, 1),
    };
}
