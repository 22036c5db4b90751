using Dapper;
using Microsoft.Data.Sqlite;
using Npgsql;
using Postlotse.Delivery;
using Postlotse.Evidence;
using Postlotse.Letters;
using static Postlotse.Storage.Tests.Samples;

namespace Postlotse.Storage.Tests;

/// <summary>Laws of a batch and the letters taken out of it, on every database.</summary>
public abstract class BatchLaws : EveryDatabase
{
    private static readonly Account Clerk = new("1", "erna", "Erna", [Role.Mailroom], [], false, false);

    private Database _database = null!;
    private FolderFileStore _files = null!;
    private SqlJourneyStore _store = null!;
    private LetterQueries _queries = null!;

    [Fact]
    public async Task DividedBatch_BecomesLettersWithItsReceiptAndItsOwnEvidence()
    {
        var batch = await DivideAsync(1, 3);
        var parts = await _queries.PartsAsync(batch.Id);
        Assert.Equal([batch.Id + "-p001", batch.Id + "-p003"], parts.Select(p => p.Id));
        Assert.Equal([(1, 2), (3, 1)], parts.Select(p => (p.Source.FirstPage, p.Source.PageCount)));
        Assert.All(parts, p => Assert.Equal((batch.ReceivedAt, batch.Source.Sha256), (p.ReceivedAt, p.Source.Sha256)));
        Assert.Equal(Place.Divided, (await _queries.LetterAsync(batch.Id))!.Place);
        Assert.Equal(batch.Id, (await _queries.ReceiptsAsync(parts[1].Id)).Single().LetterId);
        Assert.Equal(EventKind.SplitOff, (await _queries.EventsAsync(parts[0].Id)).Single().Kind);
        await MustHoldAsync(3);
        Assert.Equal(parts.Select(p => p.Id), new[] { await ClaimAsync(), await ClaimAsync() }.Order(StringComparer.Ordinal));
        Assert.Null(await _store.ClaimAsync(Lease, default));
    }

    [Fact]
    public async Task DivisionByAWorkerThatLostItsLease_StoresNothing()
    {
        await BeginAsync();
        var work = (await _store.ClaimAsync(TimeSpan.Zero, default))!;
        Assert.NotNull(await _store.ClaimAsync(Lease, default));
        Assert.False(await _store.CompleteAsync(work, Batch.Divide(Recognised(work.Letter), Begin(1, 2), [], NewEvent.System), default));
        Assert.Empty(await _queries.PartsAsync(work.Letter.Id));
    }

    [Fact]
    public async Task BatchDividedAnew_KeepsWhatStaysAndSetsTheRestAside()
    {
        var batch = await DivideAsync(1, 2);
        var after = await RepairAsync(batch.Id, 1, 1, 2, 3);
        Assert.Equal(2, after!.Division!.Number);
        var parts = await _queries.PartsAsync(batch.Id);
        Assert.Equal(
            [("-p001", Place.Clearing), ("-p002", Place.SetAside), ("-p002-2", Place.Underway), ("-p003-2", Place.Underway)],
            parts.Select(p => (p.Id[batch.Id.Length..], p.Place)));
        await MustHoldAsync(5);
        Assert.Equal(2, (await _queries.UnderwayAsync(10)).Count);
        Assert.Empty((await _queries.SetAsideAsync(null, 10)).Items);
        Assert.Equal(batch.Id, (await _queries.BatchesAsync(divided: true, null, 10)).Items.Single().Id);
        var facts = (await _queries.BatchFactsAsync([batch.Id, "unknown"])).Single();
        var divided = (await _queries.EventsAsync(batch.Id)).Last(e => e.Kind == EventKind.Divided);
        Assert.Equal((batch.Id, 3, divided.At), (facts.Key, facts.Value.Letters, facts.Value.DividedAt));
    }

    [Fact]
    public async Task RearrangedBatch_IsReadAnewAndThenDividedAsStated()
    {
        var batch = await DivideAsync(1, 2);
        await ComeToRestAsync(batch.Id);
        await _store.ChangeBatchAsync(
            batch.Id, (now, parts) => Rearrangement.Apply(
                now, parts, [new(3, 90), new(1, 0), new(2, 0)],
                [new(true, PageRole.Letter), new(true, PageRole.Letter), new(false, PageRole.Letter)], 1, Clerk),
            default);
        await MustHoldAsync(3);
        var work = (await _store.ClaimAsync(Lease, default))!;
        Assert.Equal((batch.Id, StageName.Recognition, 90), (work.Letter.Id, work.Stage, work.Letter.Arrangement![0].Rotation));
        Assert.Null(await _store.ClaimAsync(Lease, default));

        var settings = new JourneySettings { ScratchFolder = "none" };
        await CompleteAsync(work, new StageResult.Done(Recognised(work.Letter)));
        work = (await _store.ClaimAsync(Lease, default))!;
        await CompleteAsync(work, new StageResult.Done(work.Letter));
        Assert.Equal(
            [("-p001", true), ("-p001-2", false), ("-p002", true), ("-p002-2", false)],
            (await _queries.PartsAsync(batch.Id)).Select(p => (p.Id[batch.Id.Length..], p.PartOf!.Replaced)));
        await MustHoldAsync(5);

        async Task CompleteAsync(Work done, StageResult result) => Assert.True(await _store.CompleteAsync(
            done, Assert.IsType<JourneyStep.Complete>(JourneyStep.After(done, result, settings)).Change, default));
    }

    [Fact]
    public async Task DivisionThatIsUndone_GivesTheLettersThatWereThereBefore()
    {
        var batch = await DivideAsync(1, 2);
        await RepairAsync(batch.Id, 1, 1);
        await RepairAsync(batch.Id, 2, 1, 2);
        var inForce = (await _queries.PartsAsync(batch.Id)).Where(p => !p.PartOf!.Replaced);
        Assert.Equal([(1, 1), (2, 2)], inForce.Select(p => (p.Source.FirstPage, p.Source.PageCount)));
        await MustHoldAsync(6);
    }

    [Fact]
    public async Task OfTwoDivisions_TheSecondChangesNothing()
    {
        var batch = await DivideAsync(1, 2);
        await RepairAsync(batch.Id, 1, 1, 3);
        await RepairAsync(batch.Id, 1, 1);
        Assert.Equal(2, (await _queries.LetterAsync(batch.Id))!.Division!.Number);
        await MustHoldAsync(5);
    }

    [Fact]
    public async Task WorkOnAReplacedLetter_IsTakenFromItsWorker()
    {
        var batch = await DivideAsync(1, 2);
        var work = (await _store.ClaimAsync(Lease, default))!;
        await _store.ChangeBatchAsync(batch.Id, (now, parts) => Batch.Divide(now, Begin(1) with { Number = 2 }, [], "a") with
        {
            OtherLetters = [.. parts.Select(p => Change(p with
            {
                Place = Place.SetAside, Stage = null, PartOf = p.PartOf! with { Replaced = true },
            }, EventKind.SetAside))],
        }, default);
        Assert.False(await _store.CompleteAsync(work, Change(work.Letter with { Stage = StageName.Reading }), default));
        await MustHoldAsync(4);
    }

    [Fact]
    public async Task SameFileAgain_IsAReceiptOfTheBatch()
    {
        var batch = await DivideAsync(1, 2);
        var again = await _store.ReceiveAsync(Delivered("stack"), default);
        Assert.Equal(batch.Id, again.Receipt.LetterId);
        await MustHoldAsync(3);
    }

    [Theory]
    [InlineData(
        "DELETE FROM job WHERE letter_id = @part", "DELETE FROM event WHERE letter_id = @part", "DELETE FROM letter WHERE id = @part")]
    [InlineData("UPDATE letter SET received_at = received_at + 1 WHERE id = @batch")]
    public async Task PartThatDoesNotFitItsBatch_IsFound(params string[] tampering)
    {
        var batch = await DivideAsync(1, 2);
        var settings = await SettingsAsync();
        await using System.Data.Common.DbConnection connection = settings.Provider == DatabaseProvider.Sqlite
            ? new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = settings.Connection, Pooling = false }.ToString())
            : new NpgsqlConnection(settings.Connection);
        await connection.OpenAsync();
        foreach (var sql in tampering)
            Assert.Equal(1, await connection.ExecuteAsync(sql, new { part = batch.Id + "-p002", batch = batch.Id }));
        Assert.NotNull((await new EvidenceCheck(_database, _files).RunAsync(null, default)).Fault);
    }

    [Fact]
    public async Task PartWithUnreadableState_ReachesAPersonAsAPart()
    {
        var batch = await DivideAsync(1, 2);
        var part = await ClaimAsync();
        await _database.WriteAsync(
            session => session.ExecuteAsync("UPDATE letter SET state = '{' WHERE id = @part", new { part }), default);
        await _store.FreeLeasesAsync(default);
        await Assert.ThrowsAsync<InvalidDataException>(() => _store.ClaimAsync(Lease, default));
        var rescued = (await _queries.LetterAsync(part))!;
        Assert.Equal((Place.Clearing, batch.Id, 1), (rescued.Place, rescued.PartOf!.BatchId, rescued.PartOf.Division));
        await MustHoldAsync(3);
    }

    private async Task BeginAsync()
    {
        _database = await OpenAsync();
        _files = new(Folder.At("files"), TimeProvider.System);
        _store = new(_database, Analyse, TimeProvider.System);
        _queries = new(_database, Analyse);
        foreach (var content in new[] { "stack", "pages", "pdf" })
        {
            using var bytes = new MemoryStream(System.Text.Encoding.UTF8.GetBytes(content));
            await _files.PutAsync(bytes, default);
        }

        await _store.ReceiveAsync(Delivered("stack"), default);
    }

    /// <summary>A batch of three pages whose letters begin on the pages given.</summary>
    private async Task<Letter> DivideAsync(params int[] beginnings)
    {
        await BeginAsync();
        var work = (await _store.ClaimAsync(Lease, default))!;
        var recognised = Recognised(work.Letter);
        var facts = EventData.Write(new { PagesFile = File("pages").Sha256, Pdf = File("pdf").Sha256 });
        var change = Batch.Divide(recognised, Begin(beginnings), [], NewEvent.System);
        change = change with { Events = [new(EventKind.StageDone, NewEvent.System, facts), .. change.Events] };
        Assert.True(await _store.CompleteAsync(work, change, default));
        return change.Letter;
    }

    /// <summary>A person divides the batch anew, once all its letters have come to rest.</summary>
    private async Task<Letter?> RepairAsync(string batchId, int basedOn, params int[] beginnings)
    {
        await ComeToRestAsync(batchId);
        return await _store.ChangeBatchAsync(
            batchId, (batch, parts) => Repair.Divide(batch, parts, Begin(beginnings).Pages, basedOn, Clerk), default);
    }

    private async Task ComeToRestAsync(string batchId)
    {
        foreach (var part in (await _queries.PartsAsync(batchId)).Where(p => p.Place == Place.Underway))
            await _store.ChangeAsync(
                part.Id, p => Change(p with { Place = Place.Clearing, Stage = null }, EventKind.SentToClearing), default);
    }

    private async Task<string> ClaimAsync() => (await _store.ClaimAsync(Lease, default))!.Letter.Id;

    private async Task MustHoldAsync(int letters)
    {
        var report = await new EvidenceCheck(_database, _files).RunAsync(null, default);
        Assert.Equal((null, letters), (report.Fault?.Text, report.Letters));
    }

    private static Letter Recognised(Letter letter) => letter with
    {
        Recognition = new(
            [.. Enumerable.Range(1, 3).Select(n => new PageSummary(n, 0, 0, false, 1))], File("pages"), File("pdf"), "de", 1, 1),
        Division = letter.Division ?? Begin(1) with { Number = 0 }, EnvelopeRead = true,
    };

    private static Division Begin(params int[] pages) =>
        new(1, [.. Enumerable.Range(1, 3).Select(n => new DividedPage(n, pages.Contains(n), PageRole.Letter, 1))]);
}

public sealed class SqliteBatchLaws : BatchLaws
{
    protected override Task<DatabaseSettings> SettingsAsync() =>
        Task.FromResult(new DatabaseSettings(DatabaseProvider.Sqlite, Folder.At("db")));
}

public sealed class PostgreSqlBatchLaws(PostgreSqlServer server) : BatchLaws
{
    private Task<string>? _connection;

    protected override async Task<DatabaseSettings> SettingsAsync() =>
        new(DatabaseProvider.PostgreSql, await (_connection ??= server.NewDatabaseAsync()));
}
