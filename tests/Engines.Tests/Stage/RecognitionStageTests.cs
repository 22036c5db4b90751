using System.Security.Cryptography;
using System.Text.Json;
using Engines.Tests.Support;
using Postlotse.Letters;
using Postlotse.Recognition;

namespace Engines.Tests.Stage;

/// <summary>Laws of the recognition stage, with an engine that says what it is told.</summary>
public sealed class RecognitionStageTests : IDisposable
{
    private readonly Folder _folder = new();
    private readonly Store _store;

    public RecognitionStageTests() => _store = new(_folder.New("store"));

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task ReadLetter_HasPdfAndPagesInTheStore()
    {
        var done = Assert.IsType<StageResult.Done>(await RunAsync(Read()));
        var recognition = done.Letter.Recognition;
        Assert.NotNull(recognition);
        Assert.Equal(1, done.Letter.Source.PageCount);
        Assert.Equal("%PDF", await File.ReadAllTextAsync(_store.PathOf(recognition.Pdf.Sha256), TestContext.Current.CancellationToken));
        await using var json = File.OpenRead(_store.PathOf(recognition.PagesFile.Sha256));
        var pages = await JsonSerializer.DeserializeAsync<List<RecognisedPage>>(
            json, PostlotseJson.Compact, TestContext.Current.CancellationToken);
        Assert.Equal("Guten Tag", Assert.Single(pages!).Text);
        Assert.Equal(90, Assert.Single(recognition.Pages).Rotation);
    }

    [Fact]
    public async Task LetterThatWasRead_IsNotReadAgain()
    {
        var done = Assert.IsType<StageResult.Done>(await RunAsync(Read()));
        var neverAsked = new EngineAnswer.Failed("must not be asked", FindingKind.StageFailed);
        var again = Assert.IsType<StageResult.Done>(await RunAsync(neverAsked, done.Letter));
        Assert.Same(done.Letter, again.Letter);
    }

    [Fact]
    public async Task LetterWhoseFilesAreLost_IsReadAgain()
    {
        var done = Assert.IsType<StageResult.Done>(await RunAsync(Read()));
        File.Delete(_store.PathOf(done.Letter.Recognition!.Pdf.Sha256));
        Assert.IsType<StageResult.Done>(await RunAsync(Read(), done.Letter));
        Assert.True(_store.Exists(done.Letter.Recognition.Pdf.Sha256));
    }

    [Fact]
    public async Task UnusableFile_NeedsAHuman()
    {
        var finding = new Finding(FindingKind.Encrypted);
        var human = Assert.IsType<StageResult.NeedsHuman>(await RunAsync(new EngineAnswer.Unusable(finding)));
        Assert.Equal(finding, human.Reason);
        Assert.Contains(finding, human.Letter.Findings);
    }

    [Fact]
    public async Task FailedChild_IsTriedLater()
    {
        var later = Assert.IsType<StageResult.RetryLater>(await RunAsync(new EngineAnswer.Failed("crash", FindingKind.TimeLimit)));
        Assert.Equal(("crash", FindingKind.TimeLimit), (later.Cause, later.WhenExhausted));
    }

    [Fact]
    public async Task BlankLetter_NeedsAHumanAndKeepsItsPdf()
    {
        var human = Assert.IsType<StageResult.NeedsHuman>(await RunAsync(Read() with { Findings = [new(FindingKind.AllPagesBlank)] }));
        Assert.Equal(FindingKind.AllPagesBlank, human.Reason.Kind);
        Assert.NotNull(human.Letter.Recognition);
    }

    [Fact]
    public async Task PortfolioLetter_NeedsAHuman() => Assert.Equal(
        FindingKind.Portfolio,
        Assert.IsType<StageResult.NeedsHuman>(await RunAsync(Read() with { Findings = [new(FindingKind.Portfolio)] })).Reason.Kind);

    [Fact]
    public async Task AttachmentWhoseFileIsLost_IsTakenOutAgain()
    {
        var answer = Read() with
        {
            Document = new([], [new("a.xml", _folder.Write("attachment", "<a/>"u8), "application/xml", false)], [new(1, "Notiz")]),
        };
        var letter = Assert.IsType<StageResult.Done>(await RunAsync(answer)).Letter;
        var attachment = Assert.Single(letter.Recognition!.Attachments);
        Assert.Equal(("a.xml", 4L), (attachment.Name, attachment.File.Bytes));
        Assert.Equal([new(1, "Notiz")], letter.Recognition.Notes);
        File.Delete(_store.PathOf(attachment.File.Sha256));
        Assert.IsType<StageResult.Done>(await RunAsync(answer, letter));
        Assert.True(_store.Exists(attachment.File.Sha256));
    }

    private EngineAnswer.Read Read() => new(
        [new() { Number = 1, Width = 210, Height = 297, Rotation = 90, Text = "Guten Tag" }], _folder.Write("out.pdf", "%PDF"u8),
        "de", 5, []);

    private async Task<StageResult> RunAsync(EngineAnswer answer, Letter? letter = null)
    {
        var original = await _store.PutAsync(new MemoryStream([1, 2, 3]), TestContext.Current.CancellationToken);
        letter ??= new() { Id = "a", ReceivedAt = DateTimeOffset.UnixEpoch, Source = new("a.pdf", original.Sha256, 3, FileFormat.Pdf) };
        var context = new StageContext(_store, TimeProvider.System, _folder.New("scratch"), 1);
        return await new RecognitionStage(new Told(answer)).RunAsync(letter, context, TestContext.Current.CancellationToken);
    }

    private sealed class Told(EngineAnswer answer) : IPageEngine
    {
        public Task<EngineAnswer> ReadAsync(EngineRequest request, CancellationToken cancellationToken) => Task.FromResult(answer);
    }

    private sealed class Store(string folder) : IFileStore
    {
        public async Task<StoredFile> PutAsync(Stream content, CancellationToken cancellationToken)
        {
            using var bytes = new MemoryStream();
            await content.CopyToAsync(bytes, cancellationToken);
            var name = Convert.ToHexStringLower(SHA256.HashData(bytes.ToArray()));
            await File.WriteAllBytesAsync(Path.Combine(folder, name), bytes.ToArray(), cancellationToken);
            return new(name, bytes.Length);
        }

        public async Task<StoredFile> PutFileAsync(string path, CancellationToken cancellationToken)
        {
            await using var stream = File.OpenRead(path);
            return await PutAsync(stream, cancellationToken);
        }

        public string PathOf(string sha256) => Path.Combine(folder, sha256);

        public bool Exists(string sha256) => File.Exists(PathOf(sha256));
    }
}
