using Postlotse.Evidence;
using static Postlotse.Storage.Tests.Samples;

namespace Postlotse.Storage.Tests;

/// <summary>Laws of the tokens for programs, on every database.</summary>
public abstract class ApiTokenLaws : EveryDatabase
{
    private const string Boss = "account:boss";

    private readonly SettableClock _clock = new(Monday);
    private AccountStore _accounts = null!;

    private async Task<ApiTokenStore> BeginAsync()
    {
        var database = await OpenAsync();
        _accounts = new(database, _clock);
        Assert.True(await _accounts.CreateAsync(Person("k7", "muster"), "hash", NewEvent.System));
        Assert.True(await _accounts.CreateAsync(Person("k8", "andere"), "hash", NewEvent.System));
        var tokens = new ApiTokenStore(database, _clock);
        await tokens.AddAsync("t1", Person("k7", "muster"), "Scanner Rathaus", "aa", Boss, default);
        return tokens;
    }

    [Fact]
    public async Task Token_ActsForItsAccountUntilRevoked()
    {
        var tokens = await BeginAsync();
        Assert.Equal("k7", await tokens.AccountOfAsync("aa", default));
        Assert.Null(await tokens.AccountOfAsync("bb", default));
        Assert.False(await tokens.RevokeAsync("t1", "k8", Boss, default));
        Assert.True(await tokens.RevokeAsync("t1", "k7", Boss, default));
        Assert.False(await tokens.RevokeAsync("t1", "k7", Boss, default));
        Assert.Null(await tokens.AccountOfAsync("aa", default));
        Assert.Empty(await tokens.ListAsync("k7", default));
    }

    [Fact]
    public async Task List_ShowsNewestFirstAndTheUseToTheHour()
    {
        var tokens = await BeginAsync();
        _clock.Now = Monday.AddHours(1);
        await tokens.AddAsync("t2", Person("k7", "muster"), "Zweiter", "bb", Boss, default);
        await tokens.AccountOfAsync("aa", default);
        _clock.Now = Monday.AddHours(1.5);
        await tokens.AccountOfAsync("aa", default);
        Assert.Equal(
            [new("t2", "Zweiter", Monday.AddHours(1), null), new("t1", "Scanner Rathaus", Monday, Monday.AddHours(1))],
            await tokens.ListAsync("k7", default));
        _clock.Now = Monday.AddHours(2.1);
        await tokens.AccountOfAsync("aa", default);
        Assert.Equal(Monday.AddHours(2.1), (await tokens.ListAsync("k7", default))[1].LastUsedAt);
        Assert.Empty(await tokens.ListAsync("k8", default));
    }

    [Fact]
    public async Task IssueAndRevocation_LeaveEvidenceWithoutTheToken()
    {
        var tokens = await BeginAsync();
        await tokens.RevokeAsync("t1", "k7", Boss, default);
        var events = (await _accounts.EventsAsync()).Where(e => e.Actor == Boss).ToList();
        Assert.Equal([AccountEventKind.TokenIssued, AccountEventKind.TokenRevoked], events.Select(e => e.Kind));
        Assert.All(events, e => Assert.Contains("\"t1\"", e.Data, StringComparison.Ordinal));
        Assert.All(events, e => Assert.DoesNotContain("\"aa\"", e.Data, StringComparison.Ordinal));
    }
}

public sealed class SqliteApiTokenLaws : ApiTokenLaws
{
    protected override Task<DatabaseSettings> SettingsAsync() =>
        Task.FromResult(new DatabaseSettings(DatabaseProvider.Sqlite, Folder.At("db")));
}

public sealed class PostgreSqlApiTokenLaws(PostgreSqlServer server) : ApiTokenLaws
{
    private Task<string>? _connection;

    protected override async Task<DatabaseSettings> SettingsAsync() =>
        new(DatabaseProvider.PostgreSql, await (_connection ??= server.NewDatabaseAsync()));
}
