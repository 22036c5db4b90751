using System.Text;
using Dapper;
using Microsoft.Data.Sqlite;
using Postlotse.Delivery;
using Postlotse.Evidence;
using Postlotse.Letters;
using static Postlotse.Storage.Tests.Samples;

namespace Postlotse.Storage.Tests;

/// <summary>Of a deleted letter nothing is left but its evidence, on every database.</summary>
public abstract class DeletionLaws : EveryDatabase
{
    private const string Secret = "zwiebelfisch";

    private static readonly Account Auditor = new("k1", "revision", "R", [Role.Auditor], [], false, false);
    private static readonly Account Admin = new("k2", "admin", "A", [Role.Administrator], [], false, false);
    private static readonly Account Clerk = new("k3", "erna", "E", [Role.Mailroom], [], false, false);

    private Database _database = null!;
    private SqlJourneyStore _store = null!;
    private LetterQueries _queries = null!;
    private FolderFileStore _files = null!;
    private StoredFile _shared = null!;

    [Fact]
    public async Task DeletedLetter_LeavesItsEvidenceAndNothingElse()
    {
        var id = await LetterAsync("first", "own pdf");
        var other = await LetterAsync("second", "other pdf");
        var before = (await _queries.LetterAsync(id))!;
        await DeleteAsync(id);

        var after = (await _queries.LetterAsync(id))!;
        Assert.Equal((Place.Deleted, null, null, null), (after.Place, after.Unit, after.Reading, after.Recognition));
        Assert.DoesNotContain((await _queries.PostkorbAsync("50", Secret, null, 10)).Items, l => l.Id == id);
        Assert.Single((await _queries.PostkorbAsync("50", Secret, null, 10)).Items, l => l.Id == other);
        Assert.Equal("", (await _queries.ReceiptsAsync(id)).Single().SourceName);
        var last = (await _queries.EventsAsync(id))[^1];
        Assert.Equal((EventKind.Deleted, "account:k2", "erasureRight"), (last.Kind, last.Actor, EventData.Text(last.Data, "reason")));
        await MustHoldAsync(letters: 2, deleted: 1);

        Assert.Equal(0, await RemoveAsync(TimeSpan.FromMinutes(50)));
        Assert.Equal(2, await RemoveAsync(TimeSpan.FromMinutes(70)));
        Assert.False(_files.Exists(before.Source.Sha256));
        Assert.False(_files.Exists(before.Recognition!.Pdf.Sha256));
        Assert.True(_files.Exists(_shared.Sha256));
        await MustHoldAsync(letters: 2, deleted: 1);
        await DeleteAsync(other);
        Assert.Equal(3, await RemoveAsync(TimeSpan.FromMinutes(70)));
        Assert.False(_files.Exists(_shared.Sha256));
        await MustHoldAsync(letters: 2, deleted: 2);
        Assert.Equal(0, await RemoveAsync(TimeSpan.FromMinutes(70)));
    }

    [Fact]
    public async Task SameFileDeliveredAgain_IsANewLetter_AndKeepsItsFile()
    {
        var id = await LetterAsync("first", "own pdf");
        await DeleteAsync(id);
        var again = (await ReceiveAsync("first")).LetterId;
        Assert.NotEqual(id, again);
        await RemoveAsync(TimeSpan.FromMinutes(70));
        Assert.True(_files.Exists(File("first").Sha256));
        await MustHoldAsync(letters: 2, deleted: 1);
    }

    [Fact]
    public async Task FileStoredAgainMeanwhile_Stays()
    {
        var id = await LetterAsync("first", "own pdf");
        await DeleteAsync(id);
        var path = _files.PathOf(File("first").Sha256);
        System.IO.File.SetLastWriteTimeUtc(path, new(2026, 1, 1, 0, 0, 0, DateTimeKind.Utc));
        await PutAsync("first");
        Assert.Equal(0, await RemoveAsync(TimeSpan.Zero));
        Assert.True(_files.Exists(File("first").Sha256));
    }

    [Fact]
    public async Task BatchGoesLast_AndItsFileWithIt()
    {
        await BeginAsync();
        var batch = (await ReceiveAsync("stack")).LetterId;
        var work = (await _store.ClaimAsync(Lease, default))!;
        var pages = Enumerable.Range(1, 2).Select(n => new PageSummary(n, 0, 0, false, 1)).ToList();
        var whole = work.Letter with { Recognition = new(pages, _shared, _shared, "de", 1, 1) };
        var division = new Division(1, [.. pages.Select(p => new DividedPage(p.Number, true, PageRole.Letter, 1))]);
        var facts = EventData.Write(new { Stage = StageName.Recognition, PagesFile = _shared.Sha256, Pdf = _shared.Sha256 });
        var divided = Batch.Divide(whole, division, [], NewEvent.System);
        await _store.CompleteAsync(
            work, divided with { Events = [new(EventKind.StageDone, NewEvent.System, facts), .. divided.Events] }, default);
        var parts = await _queries.PartsAsync(batch);
        foreach (var part in parts)
            await _store.ChangeAsync(part.Id, l => Change(InClearing(l), EventKind.SentToClearing), default);
        await _store.ChangeAsync(parts[1].Id, l => Clearing.SetAside(l, SetAsideReason.Duplicate, Clerk), default);

        await DeleteAsync(parts[0].Id);
        await RemoveAsync(TimeSpan.FromMinutes(70));
        Assert.True(_files.Exists(File("stack").Sha256));
        await RequestAsync(batch);
        Assert.Equal(Refusal.PartsRemain, await ApproveAsync(batch));
        await DeleteAsync(parts[1].Id);
        Assert.Null(await ApproveAsync(batch));
        await MustHoldAsync(letters: 3, deleted: 3);
        await RemoveAsync(TimeSpan.FromMinutes(70));
        Assert.False(_files.Exists(File("stack").Sha256));
    }

    [Fact]
    public async Task WhatIsToDelete_IsListedWithoutContent()
    {
        var (first, second) = (await LetterAsync("first", "a"), await LetterAsync("second", "b"));
        var deletions = new DeletionQueries(_database);
        Assert.Equal([first, second], (await deletions.OverdueAsync(Monday, 10)).Select(d => d.Letter.Id));
        Assert.Empty(await deletions.OverdueAsync(Monday.AddMinutes(-1), 10));
        await RequestAsync(first);
        Assert.Equal([second], (await deletions.OverdueAsync(Monday, 10)).Select(d => d.Letter.Id));
        Assert.Equal([first], (await deletions.RequestedAsync(10)).Select(d => d.Letter.Id));
        await _store.ChangeAsync(first, l => Deletion.Decline(l, Auditor), default);
        Assert.Empty(await deletions.RequestedAsync(10));
        await DeleteAsync(first);
        Assert.Equal([first], (await deletions.DeletedAsync(10)).Select(d => d.Letter.Id));
    }

    [Fact]
    public async Task DeletedLetterBroughtBack_IsFound()
    {
        var id = await LetterAsync("first", "a");
        var state = await _database.ReadAsync(s => s.ScalarAsync<string>("SELECT state FROM letter WHERE id = @id", new { id }), default);
        await DeleteAsync(id);
        await _database.WriteAsync(s => s.ExecuteAsync("UPDATE letter SET state = @state WHERE id = @id", new { id, state }), default);
        Assert.NotNull((await new EvidenceCheck(_database, _files).RunAsync(null, default)).Fault);
    }

    protected async Task<string> LetterAsync(string name, string pdf)
    {
        await BeginAsync();
        var id = (await ReceiveAsync(name)).LetterId;
        var made = await PutAsync(pdf);
        var facts = EventData.Write(new { Stage = StageName.Recognition, PagesFile = _shared.Sha256, Pdf = made.Sha256 });
        var (product, read) = (new Letters.Recognition([], _shared, made, "de", 1, 1), Read(id, "Antrag", body: Secret));
        await _store.ChangeAsync(id, letter => new(
            InPostkorb(letter with { Recognition = product, Reading = read }, "50", Monday),
            [new(EventKind.StageDone, NewEvent.System, facts), new(EventKind.Delivered, NewEvent.System, """{"unit":"50"}""")]), default);
        return id;
    }

    protected async Task DeleteAsync(string id)
    {
        await RequestAsync(id);
        Assert.Null(await ApproveAsync(id));
    }

    private async Task BeginAsync()
    {
        if (_database is not null) return;
        _database = await OpenAsync();
        _store = new(_database, Analyse, TimeProvider.System);
        _queries = new(_database, Analyse);
        _files = new(Folder.At("files"), TimeProvider.System);
        _shared = await PutAsync("[]");
    }

    private async Task<Receipt> ReceiveAsync(string name)
    {
        await PutAsync(name);
        return (await _store.ReceiveAsync(Delivered(name), default)).Receipt;
    }

    private async Task<StoredFile> PutAsync(string text)
    {
        using var bytes = new MemoryStream(Encoding.UTF8.GetBytes(text));
        return await _files.PutAsync(bytes, default);
    }

    private Task RequestAsync(string id) => _store.ChangeAsync(
        id, l => Deletion.Request(l, DeletionReason.ErasureRight, Auditor, TimeProvider.System.GetUtcNow(), null), default);

    private async Task<Refusal?> ApproveAsync(string id)
    {
        Refusal? refused = null;
        await _store.ChangeBatchAsync(id, (letter, parts) =>
        {
            var result = Deletion.Approve(letter, parts, Admin);
            refused = result.Refusal;
            return result;
        }, default);
        return refused;
    }

    private async Task<int> RemoveAsync(TimeSpan later)
    {
        var clock = new SettableClock(TimeProvider.System.GetUtcNow() + later);
        return await new ErasedFiles(_database, _files, clock).RunAsync(default);
    }

    private async Task MustHoldAsync(int letters, int deleted)
    {
        var report = await new EvidenceCheck(_database, _files).RunAsync(null, default);
        Assert.Equal((letters, deleted, null), (report.Letters, report.Deleted, report.Fault?.Text));
    }
}

public sealed class SqliteDeletionLaws : DeletionLaws
{
    protected override Task<DatabaseSettings> SettingsAsync() =>
        Task.FromResult(new DatabaseSettings(DatabaseProvider.Sqlite, Folder.At("db")));

    [Fact]
    public async Task TextOfADeletedLetter_IsNotInTheFileOfTheDatabase()
    {
        var id = await LetterAsync("first", "a");
        await CheckpointAsync();
        Assert.True(FileHoldsText());
        await DeleteAsync(id);
        await CheckpointAsync();
        Assert.False(FileHoldsText());
    }

    private bool FileHoldsText() => Encoding.Latin1.GetString(System.IO.File.ReadAllBytes(Folder.At("db")))
        .Contains("zwiebelfisch", StringComparison.OrdinalIgnoreCase);

    private async Task CheckpointAsync()
    {
        await using var connection = new SqliteConnection(
            new SqliteConnectionStringBuilder { DataSource = Folder.At("db"), Pooling = false }.ToString());
        await connection.ExecuteAsync("PRAGMA wal_checkpoint(TRUNCATE)");
    }
}

public sealed class PostgreSqlDeletionLaws(PostgreSqlServer server) : DeletionLaws
{
    private Task<string>? _connection;

    protected override async Task<DatabaseSettings> SettingsAsync() =>
        new(DatabaseProvider.PostgreSql, await (_connection ??= server.NewDatabaseAsync()));
}
