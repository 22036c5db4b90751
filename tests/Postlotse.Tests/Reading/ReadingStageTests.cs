using System.Text.Json;
using Postlotse.Letters;
using Postlotse.Reading;
using Xunit;
using LetterReading = Postlotse.Letters.Reading;

namespace Postlotse.Tests.Reading;

public sealed class ReadingStageTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("reading-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task RecognisedLetter_GetsAReadingUnderItsOwnId()
    {
        var done = Assert.IsType<StageResult.Done>(await RunAsync(Letter(), PaperBuilder.WholeLetter().Build()));
        Assert.Equal("letter-1", done.Letter.Reading!.Content.Id);
        Assert.Equal("Laterne vor Haus 4", done.Letter.Reading.Content.Subject);
    }

    [Fact]
    public async Task LetterThatIsRead_IsNotReadAgain()
    {
        var read = Letter() with { Reading = new LetterReading(new LetterContent { Id = "letter-1", Subject = "early" }, [], [], [],
            null) };
        var done = Assert.IsType<StageResult.Done>(await RunAsync(read, PaperBuilder.WholeLetter().Build()));
        Assert.Same(read, done.Letter);
    }

    [Fact]
    public async Task LetterWithoutText_NeedsAPersonAndKeepsItsReading()
    {
        var result = Assert.IsType<StageResult.NeedsHuman>(await RunAsync(Letter(), new PaperBuilder().Line(25, 20, "Hm").Build()));
        Assert.Equal(FindingKind.Unreadable, result.Reason.Kind);
        Assert.Contains(result.Reason, result.Letter.Findings);
        Assert.NotNull(result.Letter.Reading);
    }

    [Fact]
    public async Task HardlyLegibleLetter_NeedsAPerson()
    {
        var page = new PaperBuilder().Line(25, 100, "Sehr geehrte Damen und Herren, bitte helfen Sie mir", confidence: 0.3).Build();
        Assert.IsType<StageResult.NeedsHuman>(await RunAsync(Letter(), page));
    }

    [Fact]
    public async Task LetterThatWasNotRecognised_IsAProgrammersError() =>
        await Assert.ThrowsAsync<InvalidOperationException>(() => RunAsync(Letter() with { Recognition = null }, PaperBuilder.Letter()
            .Build()));

    [Fact]
    public async Task LetterOfABatch_GetsItsOwnPagesAndPdf()
    {
        var whole = Letter().Recognition! with { Pages = [new(1, 0, 0, false, 1), new(2, 0, 0, false, 1)] };
        var part = Letter() with
        {
            Recognition = null, Source = Letter().Source with { FirstPage = 2, PageCount = 1 },
            PartOf = new("batch", 1, [PageRole.Letter], Whole: whole),
        };
        var done = Assert.IsType<StageResult.Done>(
            await RunAsync(part, new PaperBuilder().Line(25, 20, "Fremdes").Build(), new PaperBuilder(2).Build() with
            {
                Lines = PaperBuilder.WholeLetter().Build().Lines,
            }));
        Assert.Equal("Laterne vor Haus 4", done.Letter.Reading!.Content.Subject);
        Assert.Equal([1], done.Letter.Recognition!.Pages.Select(p => p.Number));
        Assert.Null(done.Letter.PartOf!.Whole);
        Assert.StartsWith("2+1 Laterne vor Haus 4|", File.ReadAllText(Path.Combine(_folder, done.Letter.Recognition.Pdf.Sha256)));
        var own = await PagesFile.LoadAsync(new OneFolder(_folder), done.Letter.Recognition.PagesFile, CancellationToken.None);
        Assert.Equal((1, 1), (own.Count, own[0].Number));
    }

    [Fact]
    public async Task SingleLettersPdf_TellsWhatWasRead()
    {
        var done = Assert.IsType<StageResult.Done>(await RunAsync(Letter(), PaperBuilder.WholeLetter().Build()));
        Assert.StartsWith("1+1 Laterne vor Haus 4|", File.ReadAllText(Path.Combine(_folder, done.Letter.Recognition!.Pdf.Sha256)));
        Assert.Equal("pages", done.Letter.Recognition.PagesFile.Sha256);
    }

    [Fact]
    public async Task InvoiceAndOtherAttachments_LieInThePdf_AndTheOriginalWhenItIsSigned()
    {
        var letter = WithAttachments(new("plan.bin", new("plan", 5), "application/octet-stream", false), Invoice);
        Assert.Equal(" Invoice:r.xml:xml Enclosed:plan.bin:plan", await EnclosedAsync(letter));
        letter = letter with { Recognition = letter.Recognition! with { Signatures = [Signature] } };
        Assert.Equal(" Invoice:r.xml:xml Enclosed:plan.bin:plan Original:a.pdf:0", await EnclosedAsync(letter));
        Assert.Equal("", await EnclosedAsync(Letter()));
    }

    [Fact]
    public async Task AttachmentTooLargeForThePdf_StaysBesideIt()
    {
        var letter = WithAttachments(new("film.bin", new("film", ReadingStage.MostBytesInPdf), "application/octet-stream", false), Invoice);
        Assert.Equal(" Invoice:r.xml:xml", await EnclosedAsync(letter));
        var done = Assert.IsType<StageResult.Done>(await RunAsync(letter, PaperBuilder.WholeLetter().Build()));
        Assert.Equal(2, done.Letter.Recognition!.Attachments.Count);
    }

    [Fact]
    public async Task LetterOfABatchWithFiles_HoldsNone()
    {
        var whole = WithAttachments(Invoice).Recognition! with
        {
            Pages = [new(1, 0, 0, false, 1)], Signatures = [Signature], PdfHoldsFiles = true,
        };
        var part = Letter() with
        {
            Recognition = null, Source = Letter().Source with { PageCount = 1 }, PartOf = new("batch", 1, [PageRole.Letter], Whole: whole),
        };
        Assert.Equal("", await EnclosedAsync(part));
    }

    [Theory]
    [InlineData("Personalrat", true)]
    [InlineData("Bauamt", false)]
    public async Task UnreadableLetter_StaysClosedByItsEnvelope(string office, bool closed)
    {
        var page = new PaperBuilder().Lines(25, 55, "An den", office, "Rathausplatz 1", "74820 Neustadt").Build();
        page = page with
        {
            Lines = [.. page.Lines.Select(l => l with { Words = [.. l.Words.Select(w => w with { Confidence = 0.4 })] })],
        };
        var human = Assert.IsType<StageResult.NeedsHuman>(await RunAsync(Letter(), page));
        Assert.Equal((FindingKind.Unreadable, closed), (human.Reason.Kind, human.Letter.MustStayClosed));
    }

    [Theory]
    [InlineData("Personalrat", true)]
    [InlineData("Bauamt", false)]
    public async Task LetterThatFailsAfterReading_StaysClosedByItsEnvelope(string office, bool closed)
    {
        var page = PaperBuilder.WholeLetter().Line(25, 61, office).Build();
        var read = Assert.IsType<StageResult.Done>(await RunAsync(Letter(), page)).Letter;
        Assert.Equal(closed, !read.EnvelopeRead);
        Assert.Empty(read.Findings);
        Assert.Equal(closed, (read with { Place = Place.Clearing, Stage = null }).MustStayClosed);
        Assert.False((read with { Decision = new()
        {
            Id = read.Id, Outcome = Outcome.Review, Unit = "", Probability = 0, Ranking = [],
        } }).MustStayClosed);
    }

    private static Attachment Invoice => new("r.xml", new("xml", 3), "application/xml", true);

    private static DigitalSignature Signature => new(SignatureStatus.Valid, SignatureTrust.Unknown, "Jörg", null, true);

    private static Letter WithAttachments(params Attachment[] attachments) =>
        Letter() with { Recognition = Letter().Recognition! with { Attachments = attachments } };

    /// <summary>What lies in the letter's PDF; its conformance says the same.</summary>
    private async Task<string> EnclosedAsync(Letter letter)
    {
        var done = Assert.IsType<StageResult.Done>(await RunAsync(letter, PaperBuilder.WholeLetter().Build()));
        var pdf = await File.ReadAllTextAsync(Path.Combine(_folder, done.Letter.Recognition!.Pdf.Sha256));
        var enclosed = pdf[(pdf.IndexOf('|', StringComparison.Ordinal) + 1)..];
        var start = new[] { "Invoice:", "Enclosed:", "Original:" }.Select(r => enclosed.IndexOf(" " + r, StringComparison.Ordinal))
            .Where(i => i >= 0).DefaultIfEmpty(enclosed.Length).Min();
        Assert.Equal(start < enclosed.Length ? "PDF/A-3u" : "PDF/A-2u", done.Letter.Recognition.Conformance);
        return enclosed[start..];
    }

    private async Task<StageResult> RunAsync(Letter letter, params RecognisedPage[] pages)
    {
        await File.WriteAllTextAsync(Path.Combine(_folder, "pages"), JsonSerializer.Serialize(pages, PostlotseJson.Compact));
        return await new ReadingStage(new TextPdf(), recipient => recipient.Contains("Personalrat", StringComparison.Ordinal))
            .RunAsync(letter, new(new OneFolder(_folder), TimeProvider.System, _folder, 1), CancellationToken.None);
    }

    private static Letter Letter() => new()
    {
        Id = "letter-1", Source = new("a.pdf", "0", 1, FileFormat.Pdf), ReceivedAt = DateTimeOffset.UnixEpoch,
        Recognition = new([], new("pages", 1), new("pdf", 1), "de", 1, 1),
    };

    private sealed class OneFolder(string folder) : IFileStore
    {
        public string PathOf(string sha256) => Path.Combine(folder, sha256);

        public bool Exists(string sha256) => File.Exists(PathOf(sha256));

        public async Task<StoredFile> PutAsync(Stream content, CancellationToken cancellationToken)
        {
            await using var file = File.Create(PathOf("own pages"));
            await content.CopyToAsync(file, cancellationToken);
            return new("own pages", file.Length);
        }

        public Task<StoredFile> PutFileAsync(string path, CancellationToken cancellationToken)
        {
            File.Move(path, PathOf("own pdf"), overwrite: true);
            return Task.FromResult(new StoredFile("own pdf", 1));
        }
    }

    /// <summary>Says what it was asked for.</summary>
    private sealed class TextPdf : ILetterPdf
    {
        public void Write(
            string source, int firstPage, int pageCount, LetterMetadata metadata, IReadOnlyList<FileInPdf> files, string target)
        {
            var enclosed = string.Concat(files.Select(f => $" {f.Role}:{f.Name}:{Path.GetFileName(f.Path)}"));
            File.WriteAllText(target, FormattableString.Invariant($"{firstPage}+{pageCount} {metadata.Title}|{metadata.Author}{enclosed}"));
        }
    }
}
