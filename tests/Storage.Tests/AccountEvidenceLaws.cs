using Dapper;
using Microsoft.Data.Sqlite;
using Npgsql;
using Postlotse.Delivery;
using Postlotse.Evidence;
using static Postlotse.Storage.Tests.Samples;

namespace Postlotse.Storage.Tests;

/// <summary>Whoever changes accounts or their evidence behind the program's back is found out, on every database.</summary>
public abstract class AccountEvidenceLaws : EveryDatabase
{
    private async Task<EvidenceCheck> BeginAsync()
    {
        var database = await OpenAsync();
        var accounts = new AccountStore(database, TimeProvider.System);
        await accounts.CreateAsync(Person("k7", "muster"), "hash", NewEvent.System);
        await accounts.CreateAsync(Person("k8", "andere"), "hash", "k7");
        await accounts.UpdateAsync(Person("k8", "andere") with { Roles = [Role.Auditor], Units = [], Disabled = true }, "k7");
        var tokens = new ApiTokenStore(database, TimeProvider.System);
        await tokens.AddAsync("t1", Person("k7", "muster"), "Scanner", "aa", "k7", default);
        await tokens.AddAsync("t2", Person("k7", "muster"), "Alt", "bb", "k7", default);
        await tokens.RevokeAsync("t2", "k7", "k7", default);
        return new(database, new(Folder.At("files"), TimeProvider.System));
    }

    private async Task TamperAsync(string sql)
    {
        var settings = await SettingsAsync();
        await using System.Data.Common.DbConnection other = settings.Provider == DatabaseProvider.PostgreSql
            ? new NpgsqlConnection(settings.Connection)
            : new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = settings.Connection, Pooling = false }.ToString());
        await other.ExecuteAsync(sql);
    }

    [Fact]
    public async Task UntouchedEvidence_Holds()
    {
        var report = await (await BeginAsync()).RunAsync(null, default);
        Assert.Equal((7, null), (report.AccountEvents, report.Fault?.Text));
    }

    [Theory]
    [InlineData(EvidenceFaultKind.AccountEventChanged, "UPDATE account_event SET actor = 'system' WHERE sequence = 3")]
    [InlineData(EvidenceFaultKind.AccountEventChanged, "UPDATE account_event SET kind = 'Nonsense' WHERE sequence = 3")]
    [InlineData(EvidenceFaultKind.AccountEventMissing, "DELETE FROM account_event WHERE sequence = 3")]
    [InlineData(EvidenceFaultKind.AccountEventOutOfOrder, "UPDATE account_event SET previous_hash = hash WHERE sequence = 3")]
    [InlineData(EvidenceFaultKind.AccountEventsCutOff, "DELETE FROM account_event WHERE sequence > 6")]
    [InlineData(EvidenceFaultKind.AccountEventsCutOff, "DELETE FROM account_event")]
    [InlineData(EvidenceFaultKind.AccountContradicted, "UPDATE account SET roles = '[\"administrator\"]' WHERE id = 'k7'")]
    [InlineData(EvidenceFaultKind.AccountContradicted, "UPDATE account SET units = '[\"32.3\",\"50\"]' WHERE id = 'k7'")]
    [InlineData(EvidenceFaultKind.AccountContradicted, "UPDATE account SET disabled = 0 WHERE id = 'k8'")]
    [InlineData(EvidenceFaultKind.AccountContradicted, "DELETE FROM account WHERE id = 'k8'")]
    [InlineData(EvidenceFaultKind.AccountContradicted, "UPDATE api_token SET revoked_at = NULL WHERE id = 't2'")]
    [InlineData(EvidenceFaultKind.AccountContradicted, "UPDATE api_token SET account_id = 'k8' WHERE id = 't1'")]
    public async Task Tampering_IsFound(EvidenceFaultKind expected, string sql)
    {
        var check = await BeginAsync();
        await TamperAsync(sql);
        Assert.Equal(expected, (await check.RunAsync(null, default)).Fault?.Kind);
    }

    [Fact]
    public async Task OlderAccounts_AreTakenOverAsTheyAre()
    {
        var check = await BeginAsync();
        await TamperAsync($"DELETE FROM account_event; UPDATE account_chain SET event_count = 0, last_hash = '{EvidenceChain.Start}'");
        var database = await OpenAsync();
        await database.WriteAsync(
            async session =>
            {
                await new AccountChain(session, TimeProvider.System).TakeOverAsync();
                return true;
            },
            default);
        Assert.Equal(
            [AccountEventKind.TakenOver, AccountEventKind.Locked, AccountEventKind.TakenOver, AccountEventKind.TokenIssued],
            (await new AccountStore(database, TimeProvider.System).EventsAsync()).Select(e => e.Kind));
        Assert.Null((await check.RunAsync(null, default)).Fault);
    }
}

public sealed class SqliteAccountEvidenceLaws : AccountEvidenceLaws
{
    protected override Task<DatabaseSettings> SettingsAsync() =>
        Task.FromResult(new DatabaseSettings(DatabaseProvider.Sqlite, Folder.At("db")));
}

public sealed class PostgreSqlAccountEvidenceLaws(PostgreSqlServer server) : AccountEvidenceLaws
{
    private Task<string>? _connection;

    protected override async Task<DatabaseSettings> SettingsAsync() =>
        new(DatabaseProvider.PostgreSql, await (_connection ??= server.NewDatabaseAsync()));
}
