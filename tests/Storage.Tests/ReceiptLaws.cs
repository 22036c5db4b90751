using Postlotse.Evidence;
using Postlotse.Letters;
using static Postlotse.Storage.Tests.Samples;

namespace Postlotse.Storage.Tests;

/// <summary>Laws of booking deliveries, on every database.</summary>
public abstract class ReceiptLaws : EveryDatabase
{
    private async Task<(SqlJourneyStore Store, LetterQueries Queries)> OpenBothAsync()
    {
        var database = await OpenAsync();
        return (new(database, Analyse, TimeProvider.System), new(database, Analyse));
    }

    [Fact]
    public async Task NewFile_BecomesALetterWithReceiptAndEvidence()
    {
        var (store, queries) = await OpenBothAsync();
        var receipt = (await store.ReceiveAsync(Delivered("a", receivedAt: Monday), default)).Receipt;
        Assert.Equal((Monday, ReceiptEvidence.Stated, null), (receipt.ReceivedAt, receipt.Evidence, receipt.DuplicateOf));
        var letter = await queries.LetterAsync(receipt.LetterId);
        var source = letter!.Source;
        Assert.Equal((Monday, receipt.Sha256, "a.pdf", 1L), (letter.ReceivedAt, source.Sha256, source.File, source.Bytes));
        Assert.Equal(EventKind.Received, Assert.Single(await queries.EventsAsync(letter.Id)).Kind);
        Assert.Equal(receipt, Assert.Single(await queries.ReceiptsAsync(letter.Id)));
    }

    [Fact]
    public async Task DeliveryWithoutStatedTime_CountsAsReceivedWhenStored()
    {
        var (store, _) = await OpenBothAsync();
        var receipt = (await store.ReceiveAsync(Delivered("a"), default)).Receipt;
        Assert.Equal((receipt.StoredAt, ReceiptEvidence.Stored), (receipt.ReceivedAt, receipt.Evidence));
    }

    [Fact]
    public async Task SameBytesAgain_GetTheirOwnReceiptOfTheSameLetter()
    {
        var (store, queries) = await OpenBothAsync();
        var first = (await store.ReceiveAsync(Delivered("a"), default)).Receipt;
        var second = (await store.ReceiveAsync(Delivered("a") with { SourceName = "other name.pdf" }, default)).Receipt;
        var third = (await store.ReceiveAsync(Delivered("a"), default)).Receipt;
        Assert.NotEqual(first.Id, second.Id);
        Assert.All([second, third], r => Assert.Equal((first.LetterId, first.Id), (r.LetterId, r.DuplicateOf)));
        Assert.Equal(
            [EventKind.Received, EventKind.ReceivedAgain, EventKind.ReceivedAgain],
            (await queries.EventsAsync(first.LetterId)).Select(e => e.Kind));
        Assert.Equal(1, (await queries.CountsAsync()).Places[Place.Underway]);
    }

    [Fact]
    public async Task SameKeyAndBytes_GiveBackTheFirstReceipt()
    {
        var (store, queries) = await OpenBothAsync();
        var first = await store.ReceiveAsync(Delivered("a", "key 1"), default);
        var again = await store.ReceiveAsync(Delivered("a", "key 1"), default);
        Assert.False(first.Repeated);
        Assert.True(again.Repeated);
        Assert.Equal(first.Receipt, again.Receipt);
        Assert.Single(await queries.EventsAsync(first.Receipt.LetterId));
    }

    [Fact]
    public async Task SameKeyWithOtherBytes_IsRefusedAndLeavesNothing()
    {
        var (store, queries) = await OpenBothAsync();
        await store.ReceiveAsync(Delivered("a", "key 1"), default);
        await Assert.ThrowsAsync<ClientKeyConflictException>(() => store.ReceiveAsync(Delivered("b", "key 1"), default));
        Assert.Single(await queries.RecentReceiptsAsync(10, null));
        Assert.Equal(1, (await queries.CountsAsync()).Places[Place.Underway]);
    }

    [Fact]
    public async Task SameBytesAtTheSameTime_BecomeOneLetterWithAllTheirReceipts()
    {
        const int Count = 8;
        var (store, queries) = await OpenBothAsync();
        var results = await Task.WhenAll(
            Enumerable.Range(0, Count).Select(_ => Task.Run(() => store.ReceiveAsync(Delivered("a"), default))));
        var letter = Assert.Single(results.Select(r => r.Receipt.LetterId).Distinct());
        Assert.Equal(Count, results.Select(r => r.Receipt.Id).Distinct().Count());
        Assert.Single(results, r => r.Receipt.DuplicateOf is null);
        Assert.Equal(Count, (await queries.ReceiptsAsync(letter)).Count);
        Assert.Null(EvidenceChain.FindFault(await queries.EventsAsync(letter)));
        Assert.NotNull(await store.ClaimAsync(Lease, default));
        Assert.Null(await store.ClaimAsync(Lease, default));
    }

    [Fact]
    public async Task SameKeyAtTheSameTime_BooksOnce()
    {
        var (store, queries) = await OpenBothAsync();
        var results = await Task.WhenAll(
            Enumerable.Range(0, 8).Select(_ => Task.Run(() => store.ReceiveAsync(Delivered("a", "key 1"), default))));
        Assert.Single(results.Select(r => r.Receipt).Distinct());
        Assert.Single(results, r => !r.Repeated);
        Assert.Single(await queries.RecentReceiptsAsync(10, null));
    }

    [Fact]
    public async Task NamesThatNoDatabaseTakes_AreCleaned()
    {
        var (store, queries) = await OpenBothAsync();
        var receipt = (await store.ReceiveAsync(Delivered("a") with { SourceName = "Ä\0\ud800'; DROP TABLE letter;--" }, default)).Receipt;
        Assert.Equal("Ä\ufffd'; DROP TABLE letter;--", receipt.SourceName);
        Assert.Equal(receipt.SourceName, (await queries.LetterAsync(receipt.LetterId))!.Source.File);
    }

    [Fact]
    public async Task RecentReceipts_ComeNewestFirstAndPageByPage()
    {
        var (store, queries) = await OpenBothAsync();
        for (var i = 0; i < 5; i++) await store.ReceiveAsync(Delivered($"letter {i % 4}"), default);
        var first = await queries.RecentReceiptsAsync(3, null);
        var rest = await queries.RecentReceiptsAsync(3, first[^1].Receipt.Id);
        Assert.Equal(["letter 0.pdf", "letter 3.pdf", "letter 2.pdf"], first.Select(r => r.Receipt.SourceName));
        Assert.Equal(["letter 1.pdf", "letter 0.pdf"], rest.Select(r => r.Receipt.SourceName));
        Assert.Equal(rest[^1].Receipt.Id, first[0].Receipt.DuplicateOf);
        Assert.All(first, r => Assert.Equal((Place.Underway, StageName.Recognition, null), (r.Place, r.Stage, r.Unit)));
    }
}

public sealed class SqliteReceiptLaws : ReceiptLaws
{
    protected override Task<DatabaseSettings> SettingsAsync() =>
        Task.FromResult(new DatabaseSettings(DatabaseProvider.Sqlite, Folder.At("db")));
}

public sealed class PostgreSqlReceiptLaws(PostgreSqlServer server) : ReceiptLaws
{
    private Task<string>? _connection;

    protected override async Task<DatabaseSettings> SettingsAsync() =>
        new(DatabaseProvider.PostgreSql, await (_connection ??= server.NewDatabaseAsync()));
}
