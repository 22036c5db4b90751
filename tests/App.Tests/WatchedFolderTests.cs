using Microsoft.Extensions.Logging.Abstractions;
using Postlotse.App.Serving;
using Postlotse.App.Settings;
using Postlotse.Language;
using Postlotse.Letters;
using Postlotse.Storage;
using Xunit;

namespace Postlotse.App.Tests;

public sealed class WatchedFolderTests : IAsyncLifetime
{
    private static readonly TimeSpan ManifestWait = TimeSpan.FromSeconds(60);
    private readonly ShiftedClock _clock = new();
    private readonly TemporaryFolder _folder = new();
    private Database _database = null!;
    private WatchedFolder _watched = null!;

    public async ValueTask InitializeAsync()
    {
        _database = await Database.OpenAsync(new(DatabaseProvider.Sqlite, _folder["db"]), CancellationToken.None);
        Directory.CreateDirectory(_folder["in/sub"]);
        _watched = Watch(Afterwards.Archive);
    }

    public async ValueTask DisposeAsync()
    {
        _watched.Dispose();
        await _database.DisposeAsync();
        _folder.Dispose();
    }

    [Fact]
    public async Task TakenFiles_GoToTheArchiveUnderUniqueNames()
    {
        Drop("a.pdf", "%PDF-1 %%EOF 1");
        Drop("sub/a.pdf", "%PDF-1 %%EOF 2");
        Assert.Equal(0, await LookAsync());
        Assert.Equal(2, await LookAsync());
        Drop("a.pdf", "%PDF-1 %%EOF 3");
        await LookAsync();
        Assert.Equal(1, await LookAsync());
        Assert.Equal(
            ["a (2).pdf", "a.pdf", "sub/a.pdf"],
            Directory.GetFiles(_folder["in/done"], "*", SearchOption.AllDirectories)
                .Select(p => Path.GetRelativePath(Directory.GetDirectories(_folder["in/done"]).Single(), p)).Order(StringComparer.Ordinal));
        Assert.Equal(0, await LookAsync());
        Assert.Equal(["a.pdf", "a.pdf", "sub/a.pdf"], (await NamesAsync()).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task NamesThatAreNoUtf8_AreChangedToWhatTheyMean()
    {
        if (!OperatingSystem.IsLinux()) return;
        Drop("Anträge (2).pdf", "%PDF-1 %%EOF 0");
        Drop("Anträge.pdf", "%PDF-1 %%EOF 1");
        const string Make = "cd \"$1\" && mkdir \"$(printf 'B\\374cher')\" && printf '%%PDF-1 %%%%EOF 2' > \"$(printf 'Antr\\344ge.pdf')\""
            + " && printf '%%PDF-1 %%%%EOF 3' > \"$(printf 'B\\374cher/a\\200.pdf')\""
            + " && find . -name '*.pdf' -exec touch -d '1 minute ago' {} +";
        using (var shell = System.Diagnostics.Process.Start("/bin/sh", ["-c", Make, "sh", _folder["in"]]))
        {
            await shell.WaitForExitAsync();
            Assert.Equal(0, shell.ExitCode);
        }

        for (var i = 0; i < 3; i++) await LookAsync();
        Assert.Equal(
            ["Anträge (2).pdf", "Anträge (3).pdf", "Anträge.pdf", "Bücher/a_.pdf"], (await NamesAsync()).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task NameThatLooksLikeAPath_IsAName()
    {
        File.WriteAllText(_folder["victim.pdf"], "%PDF-1 %%EOF");
        Drop("x\\..\\..\\victim.pdf", "%PDF-1 %%EOF");
        File.SetLastWriteTimeUtc(_folder["victim.pdf"], File.GetLastWriteTimeUtc(_folder["in/x\\..\\..\\victim.pdf"]));
        await LookAsync();
        Assert.Equal(1, await LookAsync());
        Assert.True(File.Exists(_folder["victim.pdf"]));
        Assert.Equal(["x\\..\\..\\victim.pdf"], await NamesAsync());
    }

    [Fact]
    public async Task FileBookedButNotClearedAway_IsNotBookedAgain()
    {
        Drop("a.pdf", "%PDF-1 %%EOF");
        File.WriteAllText(_folder["in/done"], "a file where the archive should be: clearing away fails after booking");
        await LookAsync();
        Assert.Equal(0, await LookAsync());
        Assert.Single(await NamesAsync());

        File.Delete(_folder["in/done"]);
        using var restarted = Watch(Afterwards.Delete);
        await restarted.LookAsync(CancellationToken.None);
        Assert.Equal(1, await restarted.LookAsync(CancellationToken.None));
        Assert.False(File.Exists(_folder["in/a.pdf"]));
        Assert.Single(await NamesAsync());
        Assert.Empty(Directory.GetFiles(_folder["marks"]));
    }

    [Fact]
    public async Task SameFileOnceMore_HasAReceiptOfItsOwn()
    {
        Drop("a.pdf", "%PDF-1 %%EOF");
        var time = File.GetLastWriteTimeUtc(_folder["in/a.pdf"]);
        await LookAsync();
        await LookAsync();
        Drop("a.pdf", "%PDF-1 %%EOF");
        File.SetLastWriteTimeUtc(_folder["in/a.pdf"], time);
        Assert.Equal(1, await LookAsync() + await LookAsync());
        Assert.Equal(["a.pdf", "a.pdf"], await NamesAsync());
    }

    [Fact]
    public async Task FileHeldByAnother_WaitsAndHoldsUpNoOther()
    {
        Drop("a.pdf", "%PDF-1 %%EOF");
        Drop("b.pdf", "%PDF-1 %%EOF b");
        await using (var writer = new FileStream(_folder["in/a.pdf"], FileMode.Open, FileAccess.Read, FileShare.None))
        {
            await LookAsync();
            Assert.Equal(1, await LookAsync());
        }

        Assert.Equal(["b.pdf"], await NamesAsync());
        Assert.True(File.Exists(_folder["in/a.pdf"]));
    }

    [Fact]
    public async Task FileThatLooksUnfinished_GetsMoreTime()
    {
        Drop("cut.pdf", "%PDF-1 and nothing more", age: 3);
        await LookAsync();
        Assert.Equal(0, await LookAsync());
        Drop("cut.pdf", "%PDF-1 and nothing more", age: 60);
        await LookAsync();
        Assert.Equal(1, await LookAsync());
    }

    [Fact]
    public async Task ManifestBesideAFile_IsTakenWithIt()
    {
        Drop("a.pdf", "%PDF-1 %%EOF");
        Drop("a.pdf.manifest.json", """{"sheets":3,"pages":6,"duplex":true,"operator":"Meier"}""");
        Drop("b.pdf", "%PDF-1 %%EOF b");
        Drop("b.manifest.txt", "pages=-1");
        await LookAsync();
        Assert.Equal(2, await LookAsync());
        Assert.Equal(["a.pdf", "b.pdf"], (await NamesAsync()).Order(StringComparer.Ordinal));
        Assert.Equal((3, 6, null), await ManifestAsync("a.pdf"));
        Assert.Equal((null, null, ManifestFault.BadValue), await ManifestAsync("b.pdf"));
        Assert.Empty(Directory.GetFiles(_folder["in"]));
        Assert.Equal(4, Directory.GetFiles(_folder["in/done"], "*", SearchOption.AllDirectories).Length);
    }

    [Fact]
    public async Task ManifestThatIsStillWritten_IsWaitedFor()
    {
        Drop("a.pdf", "%PDF-1 %%EOF");
        Drop("a.manifest.json", """{"pages":""", age: 3);
        await LookAsync();
        Assert.Equal(0, await LookAsync());
        Drop("a.manifest.json", """{"pages":1}""");
        await LookAsync();
        Assert.Equal(1, await LookAsync());
        Assert.Equal((null, 1, null), await ManifestAsync("a.pdf"));
    }

    [Fact]
    public async Task ManifestWithoutItsFile_BecomesALetterOnceItHasWaited()
    {
        Drop("late.manifest.json", """{"pages":1}""");
        await LookAsync();
        Assert.Equal(0, await LookAsync());
        _clock.Ahead = ManifestWait;
        Assert.Equal(1, await LookAsync());
        Assert.Equal(["late.manifest.json"], await NamesAsync());
    }

    [Fact]
    public async Task FileThatNeedsAManifest_WaitsForItAndGoesWithoutWhenItIsLate()
    {
        using var watched = Watch(Afterwards.Delete, needsManifest: true);
        Drop("a.pdf", "%PDF-1 %%EOF");
        Drop("b.pdf", "%PDF-1 %%EOF b");
        await watched.LookAsync(CancellationToken.None);
        Assert.Equal(0, await watched.LookAsync(CancellationToken.None));
        Drop("b.manifest.json", """{"pages":1}""");
        await watched.LookAsync(CancellationToken.None);
        Assert.Equal(1, await watched.LookAsync(CancellationToken.None));
        Assert.Equal(["b.pdf"], await NamesAsync());
        _clock.Ahead = ManifestWait;
        Assert.Equal(1, await watched.LookAsync(CancellationToken.None));
        Assert.Equal((null, null, ManifestFault.Missing), await ManifestAsync("a.pdf"));
    }

    [Fact]
    public async Task ManifestThatCannotBeOpened_HoldsItsFileUpForALimitedTime()
    {
        Drop("a.pdf", "%PDF-1 %%EOF");
        Drop("a.manifest.json", """{"pages":1}""");
        await using (var writer = new FileStream(_folder["in/a.manifest.json"], FileMode.Open, FileAccess.Read, FileShare.None))
        {
            await LookAsync();
            Assert.Equal(0, await LookAsync());
            _clock.Ahead = ManifestWait;
            Assert.Equal(1, await LookAsync());
        }

        Assert.Equal((null, null, ManifestFault.Unreadable), await ManifestAsync("a.pdf"));
        Assert.True(File.Exists(_folder["in/a.manifest.json"]));
    }

    private async Task<(int? Sheets, int? Pages, ManifestFault? Fault)> ManifestAsync(string name)
    {
        var queries = new LetterQueries(_database, GermanText.SearchTerms);
        var receipt = (await queries.RecentReceiptsAsync(100, null)).Single(r => r.Receipt.SourceName == name).Receipt;
        var manifest = (await queries.LetterAsync(receipt.LetterId))!.Manifest!;
        return (manifest.Sheets, manifest.Pages, manifest.Fault);
    }

    /// <summary>The time, or some of it later.</summary>
    private sealed class ShiftedClock : TimeProvider
    {
        public TimeSpan Ahead { get; set; }

        public override DateTimeOffset GetUtcNow() => base.GetUtcNow() + Ahead;
    }

    private WatchedFolder Watch(Afterwards afterwards, bool needsManifest = false)
    {
        var store = new SqlJourneyStore(_database, GermanText.SearchTerms, TimeProvider.System);
        var files = new FolderFileStore(_folder["files"], TimeProvider.System);
        return new(
            new(_folder["in"], afterwards, _folder["in/done"], TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(1), _folder["marks"],
                needsManifest, ManifestWait),
            new(files, store, long.MaxValue), _clock, NullLogger<WatchedFolder>.Instance);
    }

    private Task<int> LookAsync() => _watched.LookAsync(CancellationToken.None);

    /// <summary>A file that was last changed some seconds ago: complete at the second look.</summary>
    private void Drop(string name, string content, int age = 60)
    {
        File.WriteAllText(_folder["in/" + name], content);
        File.SetLastWriteTimeUtc(_folder["in/" + name], TimeProvider.System.GetUtcNow().UtcDateTime.AddSeconds(-age));
    }

    private async Task<List<string>> NamesAsync() =>
        [.. (await new LetterQueries(_database, GermanText.SearchTerms).RecentReceiptsAsync(100, null)).Select(r => r.Receipt.SourceName)];
}
