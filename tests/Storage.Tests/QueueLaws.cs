using System.Data.Common;
using Dapper;
using Postlotse.Letters;
using static Postlotse.Storage.Tests.Samples;

namespace Postlotse.Storage.Tests;

/// <summary>Laws of the queue, on every database.</summary>
public abstract class QueueLaws : EveryDatabase
{
    private async Task<SqlJourneyStore> StoreAsync() => new(await OpenAsync(), Analyse, TimeProvider.System);

    private static async Task<Work> MustClaimAsync(IJourneyStore store, TimeSpan? lease = null) =>
        await store.ClaimAsync(lease ?? Lease, default) ?? throw new InvalidOperationException("nothing to claim");

    [Fact]
    public async Task ReceivedLetter_IsClaimedOnceAtItsFirstStage()
    {
        var store = await StoreAsync();
        var result = await store.ReceiveAsync(Delivered("a"), default);
        var work = await MustClaimAsync(store);
        Assert.Equal((result.Receipt.LetterId, Journey.First, 1), (work.Letter.Id, work.Stage, work.Attempt));
        Assert.Equal(Place.Underway, work.Letter.Place);
        Assert.Null(await store.ClaimAsync(Lease, default));
    }

    [Fact]
    public async Task OldestReceipt_IsClaimedFirst()
    {
        var store = await StoreAsync();
        foreach (var day in new[] { 3, 1, 2 }) await store.ReceiveAsync(Delivered($"day {day}", receivedAt: Monday.AddDays(day)), default);
        var names = new List<string>();
        while (await store.ClaimAsync(Lease, default) is { } work) names.Add(work.Letter.Source.File);
        Assert.Equal(["day 1.pdf", "day 2.pdf", "day 3.pdf"], names);
    }

    [Fact]
    public async Task CompletedStage_PutsTheNextOneIntoTheQueue()
    {
        var store = await StoreAsync();
        await store.ReceiveAsync(Delivered("a"), default);
        var first = await MustClaimAsync(store);
        Assert.True(await store.CompleteAsync(first, Change(first.Letter with { Stage = StageName.Reading }), default));
        var second = await MustClaimAsync(store);
        Assert.Equal((StageName.Reading, 1), (second.Stage, second.Attempt));
        Assert.True(second.Token > first.Token);
    }

    [Fact]
    public async Task LapsedLease_GoesToAnotherWorkerAndFencesTheFirst()
    {
        var store = await StoreAsync();
        await store.ReceiveAsync(Delivered("a"), default);
        var first = await MustClaimAsync(store, TimeSpan.Zero);
        var second = await MustClaimAsync(store);
        Assert.Equal((first.JobId, 2), (second.JobId, second.Attempt));
        Assert.True(second.Token > first.Token);

        Assert.False(await store.ExtendAsync(first, Lease, default));
        Assert.False(await store.RetryAsync(first, "x", TimeSpan.Zero, default));
        Assert.False(await store.ReleaseAsync(first, default));
        Assert.False(await store.CompleteAsync(first, Change(InClearing(first.Letter)), default));
        Assert.True(await store.ExtendAsync(second, Lease, default));
        Assert.True(await store.CompleteAsync(second, Change(second.Letter with { Stage = StageName.Reading }), default));
        Assert.False(await store.CompleteAsync(second, Change(InClearing(second.Letter)), default));
    }

    [Fact]
    public async Task FencedCompletion_StoresNothing()
    {
        var database = await OpenAsync();
        var store = new SqlJourneyStore(database, Analyse, TimeProvider.System);
        var queries = new LetterQueries(database, Analyse);
        await store.ReceiveAsync(Delivered("a"), default);
        var first = await MustClaimAsync(store, TimeSpan.Zero);
        await MustClaimAsync(store);
        await store.CompleteAsync(first, Change(InClearing(first.Letter)), default);
        Assert.Equal(Place.Underway, (await queries.LetterAsync(first.Letter.Id))!.Place);
        Assert.Single(await queries.EventsAsync(first.Letter.Id));
    }

    [Fact]
    public async Task ExtendedLease_KeepsTheWork()
    {
        var store = await StoreAsync();
        await store.ReceiveAsync(Delivered("a"), default);
        var work = await MustClaimAsync(store, TimeSpan.Zero);
        Assert.True(await store.ExtendAsync(work, Lease, default));
        Assert.Null(await store.ClaimAsync(Lease, default));
    }

    [Fact]
    public async Task Retry_CountsTheAttemptAndWaits()
    {
        var store = await StoreAsync();
        await store.ReceiveAsync(Delivered("a"), default);
        Assert.True(await store.RetryAsync(await MustClaimAsync(store), "engine crashed", TimeSpan.Zero, default));
        var again = await MustClaimAsync(store);
        Assert.Equal(2, again.Attempt);
        Assert.True(await store.RetryAsync(again, "engine crashed", TimeSpan.FromHours(1), default));
        Assert.Null(await store.ClaimAsync(Lease, default));
    }

    [Fact]
    public async Task Release_DoesNotCountTheAttempt()
    {
        var store = await StoreAsync();
        await store.ReceiveAsync(Delivered("a"), default);
        Assert.True(await store.ReleaseAsync(await MustClaimAsync(store), default));
        Assert.Equal(1, (await MustClaimAsync(store)).Attempt);
    }

    [Fact]
    public async Task WorkOfADeadProcess_IsFreedAtOnce()
    {
        var store = await StoreAsync();
        await store.ReceiveAsync(Delivered("a"), default);
        var dead = await MustClaimAsync(store);
        Assert.Equal(1, await store.FreeLeasesAsync(default));
        Assert.NotNull(await store.ClaimAsync(Lease, default));
        Assert.False(await store.CompleteAsync(dead, Change(InClearing(dead.Letter)), default));
    }

    [Fact]
    public async Task PersonsChange_TakesTheWorkAwayFromItsWorker()
    {
        var store = await StoreAsync();
        var id = (await store.ReceiveAsync(Delivered("a"), default)).Receipt.LetterId;
        var work = await MustClaimAsync(store);
        var changed = await store.ChangeAsync(id, letter => Change(letter with { Place = Place.SetAside, Stage = null }), default);
        Assert.Equal(Place.SetAside, changed!.Place);
        Assert.False(await store.CompleteAsync(work, Change(work.Letter with { Stage = StageName.Reading }), default));
        Assert.Null(await store.ClaimAsync(Lease, default));

        await store.ChangeAsync(id, letter => Change(letter with { Place = Place.Underway, Stage = StageName.Reading }), default);
        Assert.Equal(StageName.Reading, (await MustClaimAsync(store)).Stage);
    }

    [Fact]
    public async Task ChangeThatIsNone_LeavesEverything()
    {
        var store = await StoreAsync();
        var id = (await store.ReceiveAsync(Delivered("a"), default)).Receipt.LetterId;
        Assert.Equal(id, (await store.ChangeAsync(id, _ => null, default))!.Id);
        Assert.Null(await store.ChangeAsync("no such letter", _ => throw new InvalidOperationException("must not be asked"), default));
    }

    [Fact]
    public async Task FurtherLetters_NeedNoFurtherStatements()
    {
        var store = await StoreAsync();
        var settings = await SettingsAsync();
        var name = settings.Provider == DatabaseProvider.Sqlite ? settings.Connection
            : (string)new DbConnectionStringBuilder { ConnectionString = settings.Connection }["Database"];
        await TakeThroughAsync("first");
        var statements = Statements();
        Assert.NotEmpty(statements);
        await TakeThroughAsync("second");
        Assert.Equal(statements, Statements());

        // Each text is compiled by Dapper and kept: a letter's number in it would be kept for every letter.
        string[] Statements() => [.. SqlMapper.GetCachedSQL()
            .Where(s => (s.Item1 + ";").Contains($"={name};", StringComparison.Ordinal))
            .Select(s => s.Item2).Order(StringComparer.Ordinal)];

        async Task TakeThroughAsync(string bytes)
        {
            await store.ReceiveAsync(Delivered(bytes), default);
            var work = await MustClaimAsync(store);
            await store.CompleteAsync(work, Change(work.Letter with { Stage = StageName.Reading }), default);
            work = await MustClaimAsync(store);
            await store.CompleteAsync(work, Change(InPostkorb(work.Letter, "32.3", Monday)), default);
        }
    }

    [Fact]
    public async Task WorkersAtTheSameTime_NeverShareALetter()
    {
        const int Count = 40;
        var store = await StoreAsync();
        for (var i = 0; i < Count; i++) await store.ReceiveAsync(Delivered($"letter {i}"), default);
        var claims = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(async () =>
        {
            var mine = new List<string>();
            while (await store.ClaimAsync(Lease, default) is { } work) mine.Add(work.Letter.Id);
            return mine;
        })));
        Assert.Equal(Count, claims.Sum(c => c.Count));
        Assert.Equal(Count, claims.SelectMany(c => c).Distinct().Count());
    }
}

public sealed class SqliteQueueLaws : QueueLaws
{
    protected override Task<DatabaseSettings> SettingsAsync() =>
        Task.FromResult(new DatabaseSettings(DatabaseProvider.Sqlite, Folder.At("db")));
}

public sealed class PostgreSqlQueueLaws(PostgreSqlServer server) : QueueLaws
{
    private Task<string>? _connection;

    protected override async Task<DatabaseSettings> SettingsAsync() =>
        new(DatabaseProvider.PostgreSql, await (_connection ??= server.NewDatabaseAsync()));
}
