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

    private async Task<StageResult> RunAsync(Letter letter, params RecognisedPage[] pages)
    {
        await File.WriteAllTextAsync(Path.Combine(_folder, "pages"), JsonSerializer.Serialize(pages, PostlotseJson.Compact));
        return await new ReadingStage()
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

        public Task<StoredFile> PutAsync(Stream content, CancellationToken cancellationToken) => throw new NotSupportedException();

        public Task<StoredFile> PutFileAsync(string path, CancellationToken cancellationToken) => throw new NotSupportedException();
    }
}
