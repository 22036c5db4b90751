using Postlotse.Evidence;
using static Postlotse.Storage.Tests.Samples;

namespace Postlotse.Storage.Tests;

/// <summary>Laws of what is new to an office and of what nobody looks after, on every database.</summary>
public abstract class OpenedLetterLaws : EveryDatabase
{
    private readonly SettableClock _clock = new(Monday);
    private readonly List<string> _ids = [];
    private SqlJourneyStore _store = null!;
    private LetterQueries _queries = null!;

    /// <summary>Two letters in Postkorb 50, one in 66.</summary>
    private async Task<OpenedLetters> BeginAsync()
    {
        var database = await OpenAsync();
        (_store, _queries) = (new(database, Analyse, _clock), new(database, Analyse));
        await new AccountStore(database, _clock).CreateAsync(Person("k7", "muster"), "hash", NewEvent.System);
        foreach (var unit in new[] { "50", "50", "66" })
        {
            _ids.Add((await _store.ReceiveAsync(Delivered("letter " + _ids.Count), default)).Receipt.LetterId);
            await DeliverAsync(_ids[^1], unit);
        }

        return new(database, _clock);
    }

    private Task DeliverAsync(string id, string unit) => _store.ChangeAsync(
        id, letter => Change(InPostkorb(letter, unit, _clock.Now), EventKind.Delivered), default);

    [Fact]
    public async Task Letter_IsNewUntilSomebodyOpensIt()
    {
        var opened = await BeginAsync();
        Assert.Empty(await opened.OpenedAsync(_ids, default));
        Assert.Equal((2, 1), Counts(await opened.UnopenedCountsAsync(["50", "66", "99"], default)));
        await opened.MarkAsync(_ids[0], "k7", default);
        await opened.MarkAsync(_ids[0], "k7", default);
        Assert.Equal([_ids[0]], await opened.OpenedAsync(_ids, default));
        Assert.Equal((1, 1), Counts(await opened.UnopenedCountsAsync(["50", "66", "99"], default)));
        Assert.Equal(["66"], (await opened.UnopenedCountsAsync(["66"], default)).Keys);

        static (int, int) Counts(IReadOnlyDictionary<string, int> counts) => (counts["50"], counts["66"]);
    }

    [Fact]
    public async Task LetterThatCameAgain_IsNewAgain()
    {
        var opened = await BeginAsync();
        await opened.MarkAsync(_ids[0], "k7", default);
        _clock.Now = Monday.AddHours(1);
        await DeliverAsync(_ids[0], "66");
        Assert.Empty(await opened.OpenedAsync(_ids, default));
        Assert.Equal(2, (await opened.UnopenedCountsAsync(["66"], default))["66"]);
    }

    [Fact]
    public async Task NothingAsked_IsNothing()
    {
        var opened = await BeginAsync();
        Assert.Empty(await opened.OpenedAsync([], default));
        Assert.Empty(await opened.UnopenedCountsAsync([], default));
    }

    [Fact]
    public async Task LettersThatNobodyLooksAfter_AreThoseOfTheOtherOffices()
    {
        await BeginAsync();
        Assert.Equal([_ids[2]], (await _queries.UnattendedAsync(["50", "10"], null, 10)).Items.Select(l => l.Id));
        Assert.Equal((1, 0, 3), (
            await _queries.UnattendedCountAsync(["50"]), await _queries.UnattendedCountAsync(["50", "66"]),
            await _queries.UnattendedCountAsync([])));
        var first = await _queries.UnattendedAsync([], null, 2);
        var rest = await _queries.UnattendedAsync([], first.Next, 2);
        Assert.Equal(_ids, first.Items.Concat(rest.Items).Select(l => l.Id));
    }

    [Fact]
    public async Task News_NameTheOfficeConcernedAndNoProposal()
    {
        await BeginAsync();
        var before = (await _queries.NewsAsync(0)).Max(n => n.Number);
        await _store.ChangeAsync(_ids[0], letter => new(letter, [
            new(EventKind.StageDone, NewEvent.System, """{"unit":"66"}"""), new(EventKind.Assigned, NewEvent.System, """{"unit":"50"}"""),
            new(EventKind.Returned, NewEvent.System, "{}")]), default);
        Assert.Equal([null, "50", null], (await _queries.NewsAsync(before)).Select(n => n.Unit));
    }
}

public sealed class SqliteOpenedLetterLaws : OpenedLetterLaws
{
    protected override Task<DatabaseSettings> SettingsAsync() =>
        Task.FromResult(new DatabaseSettings(DatabaseProvider.Sqlite, Folder.At("db")));
}

public sealed class PostgreSqlOpenedLetterLaws(PostgreSqlServer server) : OpenedLetterLaws
{
    private Task<string>? _connection;

    protected override async Task<DatabaseSettings> SettingsAsync() =>
        new(DatabaseProvider.PostgreSql, await (_connection ??= server.NewDatabaseAsync()));
}
