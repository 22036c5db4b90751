using System.Globalization;
using Postlotse.Evidence;
using Postlotse.Letters;
using Postlotse.Recognition;
using Xunit;

namespace Postlotse.Tests.Recognition;

public sealed class SheetCountTests
{
    private static readonly StoredFile File = new(new string('a', 64), 10);
    private static readonly SourcePages Source = new("a.pdf", new string('b', 64), 1, FileFormat.Pdf);

    [Theory]
    [InlineData(12, true, 0, null, 24, null)]
    [InlineData(12, true, 0, 24, 23, "PageCountDiffers,SheetCountDiffers")]
    [InlineData(12, true, 0, 23, 23, "SheetCountDiffers")]
    [InlineData(12, true, 1, 23, 23, null)]
    [InlineData(12, true, null, 13, 13, null)]
    [InlineData(12, true, null, null, 11, "SheetCountDiffers")]
    [InlineData(12, false, 0, 12, 12, null)]
    [InlineData(12, false, null, 11, 11, "SheetCountDiffers")]
    [InlineData(12, false, 1, 11, 11, null)]
    [InlineData(null, null, 0, 5, 6, "PageCountDiffers")]
    [InlineData(0, true, 0, 0, 1, "PageCountDiffers,SheetCountDiffers")]
    public void AnnouncedAndCounted_AreCompared(int? sheets, bool? duplex, int? dropped, int? pages, int counted, string? expected)
    {
        var manifest = new ScanManifest(File) { Sheets = sheets, Duplex = duplex, BlanksDropped = dropped, Pages = pages };
        var kinds = string.Join(',', SheetCount.Reconcile(manifest, Source, counted).Select(f => f.Kind));
        Assert.Equal(expected ?? "", kinds);
    }

    [Fact]
    public void FileThatIsAnother_IsFoundByItsHash()
    {
        Assert.Empty(SheetCount.Reconcile(new(File) { Sha256 = Source.Sha256 }, Source, 1));
        var other = SheetCount.Reconcile(new(File) { Sha256 = File.Sha256 }, Source, null);
        Assert.Equal(FindingKind.ScanHashDiffers, Assert.Single(other).Kind);
    }

    [Fact]
    public void Clerk_IsToldWhatWasAnnouncedWhatWasCountedAndWhatToDo()
    {
        var manifest = new ScanManifest(File) { Sheets = 12, Duplex = true, BlanksDropped = null, Pages = 24 };
        var german = CultureInfo.GetCultureInfo("de");
        var told = SheetCount.Reconcile(manifest, Source, 11).Select(f => FindingTexts.Of(f, german)).ToList();
        Assert.StartsWith(
            "Der Scanner hat 24 Seiten gemeldet, gezählt wurden 11. Papier nicht vernichten", told[0], StringComparison.Ordinal);
        Assert.StartsWith("Der Scanner hat 12 Blatt gemeldet, daraus entstehen 12–24 Seiten; gezählt wurden 11. Papier nicht vernichten",
            told[1], StringComparison.Ordinal);
        var wrong = Assert.Single(SheetCount.Reconcile(new(File, ManifestFault.BadValue, "pages"), Source, 1));
        Assert.Contains("„pages“", FindingTexts.Of(wrong, CultureInfo.GetCultureInfo("de")), StringComparison.Ordinal);
        Assert.Contains("Do not destroy", FindingTexts.Of(wrong, CultureInfo.GetCultureInfo("en")), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(2, "true")]
    [InlineData(3, "false")]
    public void Comparison_IsEvidence(int announced, string agrees)
    {
        var letter = Recognised(new(File) { Pages = announced });
        var work = new Work(1, 1, 1, StageName.Recognition, letter with { Recognition = null });
        var step = JourneyStep.After(work, new StageResult.Done(letter), new() { ScratchFolder = "none" });
        var told = Assert.Single(Assert.IsType<JourneyStep.Complete>(step).Change.Events, e => e.Kind == EventKind.Reconciled);
        Assert.Contains($"\"agrees\":{agrees}", told.Data, StringComparison.Ordinal);
        Assert.Contains("\"counted\":2", told.Data, StringComparison.Ordinal);
        Assert.Contains(File.Sha256, told.Data, StringComparison.Ordinal);
    }

    [Fact]
    public void EveryLetterOfABatch_TellsThatItsPaperMustStay()
    {
        var batch = Recognised(new(File) { Pages = 3 });
        var division = new Division(1, [new(1, true, PageRole.Letter, 1), new(2, true, PageRole.Letter, 1)]);
        var letters = Batch.Divide(batch, division, [], NewEvent.System).NewLetters.Select(l => l.Letter).ToList();
        Assert.Equal(2, letters.Count);
        Assert.All(letters, l => Assert.Equal([new(FindingKind.PageCountDiffers, Detail: "3 2")], l.Findings));
    }

    private static Letter Recognised(ScanManifest manifest)
    {
        var letter = new Letter
        {
            Id = "a", ReceivedAt = DateTimeOffset.UnixEpoch, Source = Source, Stage = StageName.Recognition, Manifest = manifest,
            Recognition = new([new(1, 0, 0, false, 1), new(2, 0, 0, false, 1)], File, File, "de", 1, 1),
        };
        return SheetCount.Reconcile(manifest, Source, 2).Aggregate(letter, (l, f) => l.With(f));
    }
}
