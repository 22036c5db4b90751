using Dapper;
using Microsoft.Data.Sqlite;
using Npgsql;
using Postlotse.Evidence;

namespace Postlotse.Storage.Tests;

/// <summary>Which version of what was learned decided when can be proved, on every database.</summary>
public abstract class ModelEventLaws : EveryDatabase
{
    private async Task<(ModelEvents Events, EvidenceCheck Check)> BeginAsync()
    {
        var database = await OpenAsync();
        var events = new ModelEvents(database, TimeProvider.System);
        Assert.False(await events.TakeOverAsync(Facts(0, 0), default));
        await events.AppendAsync(ModelEventKind.WentLive, Facts(1, 0), NewEvent.System, default);
        await events.AppendAsync(ModelEventKind.WentLive, Facts(2, 1), NewEvent.System, default);
        await events.AppendAsync(ModelEventKind.WentBack, Facts(1, 2), "k7", default);
        return (events, new(database, new(Folder.At("files"), TimeProvider.System)));
    }

    private static ModelFacts Facts(int version, int before) => new(version, before, version * 10, "d" + version);

    [Fact]
    public async Task ServerWithAnotherVersion_TellsOfItOnce()
    {
        var (events, check) = await BeginAsync();
        Assert.False(await events.TakeOverAsync(Facts(1, 1), default));
        Assert.True(await events.TakeOverAsync(Facts(7, 7), default));
        Assert.False(await events.TakeOverAsync(Facts(7, 7), default));
        var last = (await events.ListAsync(default))[^1];
        Assert.Equal((4, ModelEventKind.TakenOver, NewEvent.System), (last.Sequence, last.Kind, last.Actor));
        Assert.Equal("1", EventData.Text(last.Data, "before"));
        Assert.Null((await check.RunAsync(null, default)).Fault);
    }

    [Theory]
    [InlineData(EvidenceFaultKind.ModelEventChanged, "UPDATE model_event SET actor = 'system' WHERE sequence = 3")]
    [InlineData(EvidenceFaultKind.ModelEventChanged, "UPDATE model_event SET kind = 'Nonsense' WHERE sequence = 2")]
    [InlineData(EvidenceFaultKind.ModelEventChanged, "UPDATE model_event SET at = 9000000000000000000 WHERE sequence = 2")]
    [InlineData(EvidenceFaultKind.ModelEventOutOfOrder, "DELETE FROM model_event WHERE sequence = 2")]
    [InlineData(EvidenceFaultKind.ModelEventsCutOff, "DELETE FROM model_event WHERE sequence = 3")]
    [InlineData(EvidenceFaultKind.ModelEventsCutOff, "DELETE FROM model_event")]
    public async Task Tampering_IsFound(EvidenceFaultKind expected, string sql)
    {
        var (events, check) = await BeginAsync();
        Assert.Equal((3, null), await events.CheckAsync(default) is var sound ? (sound.Events.Count, sound.Fault) : default);
        var settings = await SettingsAsync();
        await using System.Data.Common.DbConnection other = settings.Provider == DatabaseProvider.PostgreSql
            ? new NpgsqlConnection(settings.Connection)
            : new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = settings.Connection, Pooling = false }.ToString());
        await other.ExecuteAsync(sql);
        Assert.Equal(expected, (await check.RunAsync(null, default)).Fault?.Kind);
        Assert.Equal(expected, (await events.CheckAsync(default)).Fault?.Kind);
    }

    [Fact]
    public async Task VersionThatNothingLedTo_IsFound()
    {
        var (events, check) = await BeginAsync();
        await events.AppendAsync(ModelEventKind.WentBack, Facts(2, 5), "k7", default);
        Assert.Equal(EvidenceFaultKind.ModelEventOutOfOrder, (await check.RunAsync(null, default)).Fault?.Kind);
    }
}

public sealed class SqliteModelEventLaws : ModelEventLaws
{
    protected override Task<DatabaseSettings> SettingsAsync() =>
        Task.FromResult(new DatabaseSettings(DatabaseProvider.Sqlite, Folder.At("db")));
}

public sealed class PostgreSqlModelEventLaws(PostgreSqlServer server) : ModelEventLaws
{
    private string? _connection;

    protected override async Task<DatabaseSettings> SettingsAsync() =>
        new(DatabaseProvider.PostgreSql, _connection ??= await server.NewDatabaseAsync());
}
