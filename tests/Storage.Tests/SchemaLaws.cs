using Dapper;
using Microsoft.Data.Sqlite;
using Npgsql;
using Postlotse.Letters;
using static Postlotse.Storage.Tests.Samples;

namespace Postlotse.Storage.Tests;

/// <summary>Laws of opening a database and of its schema, on every database.</summary>
public abstract class SchemaLaws : EveryDatabase
{
    private async Task<System.Data.Common.DbConnection> ConnectAsync()
    {
        var settings = await SettingsAsync();
        System.Data.Common.DbConnection connection = settings.Provider == DatabaseProvider.Sqlite
            ? new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = settings.Connection, Pooling = false }.ToString())
            : new NpgsqlConnection(settings.Connection);
        await connection.OpenAsync();
        return connection;
    }

    [Fact]
    public async Task OpeningTwice_KeepsWhatIsThere()
    {
        var store = new SqlJourneyStore(await OpenAsync(), Analyse, TimeProvider.System);
        var id = (await store.ReceiveAsync(Delivered("a"), default)).Receipt.LetterId;
        Assert.NotNull(await new LetterQueries(await OpenAsync(), Analyse).LetterAsync(id));
    }

    [Fact]
    public async Task OpeningAtTheSameTime_AppliesEachMigrationOnce()
    {
        await SettingsAsync();
        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(OpenAsync)));
        await using var connection = await ConnectAsync();
        var versions = (await connection.QueryAsync<long>("SELECT version FROM schema_version ORDER BY version")).ToList();
        Assert.Equal(Enumerable.Range(1, versions.Count).Select(i => (long)i), versions);
    }

    [Fact]
    public async Task LettersFromBeforeBatches_StayWithAllThatRefersToThem()
    {
        var settings = await SettingsAsync();
        var assembly = typeof(Database).Assembly;
        if (settings.Provider == DatabaseProvider.Sqlite) Directory.CreateDirectory(Path.GetDirectoryName(settings.Connection)!);
        await using (var connection = await ConnectAsync())
        {
            await connection.ExecuteAsync("CREATE TABLE schema_version (version BIGINT PRIMARY KEY, name TEXT NOT NULL)");
            var scripts = assembly.GetManifestResourceNames()
                .Where(n => n.StartsWith(settings.Provider + "/", StringComparison.Ordinal)).Order(StringComparer.Ordinal);
            var before = scripts.TakeWhile(n => !n.EndsWith("-batches", StringComparison.Ordinal));
            foreach (var (name, i) in before.Select((n, i) => (n, i)))
            {
                using var script = new StreamReader(assembly.GetManifestResourceStream(name)!);
                await connection.ExecuteAsync(await script.ReadToEndAsync());
                await connection.ExecuteAsync("INSERT INTO schema_version VALUES (@version, @name)", new { version = i + 1L, name });
            }

            await connection.ExecuteAsync("""
                INSERT INTO letter (id, state, version, event_count, last_hash, place, stage, urgency, subject, sender, recipient, findings,
                    received_at, stored_at, source_sha256, source_name, first_page, page_count)
                VALUES ('old', '{}', 0, 0, '', 'Underway', 'Recognition', 'Normal', '', '', '', '[]', 1, 1, 'abc', 'a.pdf', 1, 0),
                    ('personal', '{"decision":{"restriction":"personal"}}', 0, 0, '', 'Clearing', NULL, 'Normal', 'geheim', 'a', 'b', '[]',
                        1, 1, 'def', 'b.pdf', 1, 0),
                    ('decided', '{"decision":{"restriction":null}}', 0, 0, '', 'Clearing', NULL, 'Normal', 'offen', 'a', 'b', '[]',
                        1, 1, 'jkl', 'd.pdf', 1, 0),
                    ('quoting', '{"body":"\"restriction\":\"personal\""}', 0, 0, '', 'Clearing', NULL, 'Normal', 'offen', 'a', 'b', '[]',
                        1, 1, 'ghi', 'c.pdf', 1, 0);
                UPDATE letter SET outcome = 'Review' WHERE id = 'decided';
                INSERT INTO job (letter_id, stage, received_at, run_at) VALUES ('old', 'Recognition', 1, 1);
                INSERT INTO receipt (id, letter_id, received_at, evidence, channel, source_name, sha256, bytes, stored_at)
                VALUES ('r', 'old', 1, 'Stored', 'Upload', 'a.pdf', 'abc', 1, 1);
                """);
        }

        await OpenAsync();
        await using var after = await ConnectAsync();
        const string Joined = "SELECT l.id FROM letter l JOIN job j ON j.letter_id = l.id JOIN receipt r ON r.letter_id = l.id";
        Assert.Equal("old", await after.ExecuteScalarAsync<string>(Joined));
        const string Closed = "SELECT id || closed || subject || sender || recipient FROM letter WHERE place = 'Clearing' ORDER BY id";
        // Neither was decided, and no version before looked at envelopes.
        Assert.Equal(["decided0offenab", "personal1", "quoting1"], await after.QueryAsync<string>(Closed));
        await Assert.ThrowsAnyAsync<System.Data.Common.DbException>(() => after.ExecuteAsync("DELETE FROM letter"));
    }

    [Fact]
    public async Task NewerSchema_IsRefusedAndLeftAlone()
    {
        await OpenAsync();
        await using var connection = await ConnectAsync();
        await connection.ExecuteAsync("INSERT INTO schema_version (version, name) VALUES (99, 'from the future')");
        var refusal = await Assert.ThrowsAsync<SchemaTooNewException>(OpenAsync);
        Assert.Contains("99", refusal.Message);
        Assert.Equal(99, await connection.ExecuteScalarAsync<long>("SELECT max(version) FROM schema_version"));
    }

    [Theory]
    [InlineData("UPDATE letter SET unit = '50'")]
    [InlineData("UPDATE letter SET stage = NULL")]
    [InlineData("UPDATE letter SET place = 'Postkorb', stage = NULL")]
    [InlineData("UPDATE letter SET place = 'Clearing'")]
    public async Task LetterInTwoPlaces_IsRefusedByTheDatabaseItself(string sql)
    {
        var store = new SqlJourneyStore(await OpenAsync(), Analyse, TimeProvider.System);
        await store.ReceiveAsync(Delivered("a"), default);
        await using var connection = await ConnectAsync();
        await Assert.ThrowsAnyAsync<System.Data.Common.DbException>(() => connection.ExecuteAsync(sql));
    }

    [Fact]
    public async Task FailedChange_LeavesNothingBehind()
    {
        var database = await OpenAsync();
        var store = new SqlJourneyStore(database, Analyse, TimeProvider.System);
        var id = (await store.ReceiveAsync(Delivered("a"), default)).Receipt.LetterId;
        var halfDone = await Assert.ThrowsAnyAsync<System.Data.Common.DbException>(
            () => store.ChangeAsync(id, letter => Change(letter with { Place = Place.Postkorb, Stage = null }), default));
        Assert.NotNull(halfDone);
        var queries = new LetterQueries(database, Analyse);
        Assert.Equal(Place.Underway, (await queries.LetterAsync(id))!.Place);
        Assert.Single(await queries.EventsAsync(id));
        Assert.NotNull(await store.ClaimAsync(Lease, default));
    }

    [Fact]
    public async Task UnreadableLetter_DoesNotHoldUpTheOthers()
    {
        var store = new SqlJourneyStore(await OpenAsync(), Analyse, TimeProvider.System);
        var bad = (await store.ReceiveAsync(Delivered("a", receivedAt: Monday), default)).Receipt.LetterId;
        var good = (await store.ReceiveAsync(Delivered("b"), default)).Receipt.LetterId;
        await using var connection = await ConnectAsync();
        await connection.ExecuteAsync("UPDATE letter SET state = '{' WHERE id = @bad", new { bad });
        var complaint = await Assert.ThrowsAsync<InvalidDataException>(() => store.ClaimAsync(Lease, default));
        Assert.Contains(bad, complaint.Message);
        Assert.Equal(good, (await store.ClaimAsync(Lease, default))!.Letter.Id);
    }
}

public sealed class SqliteSchemaLaws : SchemaLaws
{
    protected override Task<DatabaseSettings> SettingsAsync() =>
        Task.FromResult(new DatabaseSettings(DatabaseProvider.Sqlite, Folder.At("new folder/db")));

    [Fact]
    public async Task DatabaseFile_IsReadableByItsOwnerAlone()
    {
        await OpenAsync();
        Assert.All(Directory.GetFiles(Folder.At("new folder")), file =>
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, TestFolder.ModeOf(file)));
    }
}

public sealed class PostgreSqlSchemaLaws(PostgreSqlServer server) : SchemaLaws
{
    private Task<string>? _connection;

    protected override async Task<DatabaseSettings> SettingsAsync() =>
        new(DatabaseProvider.PostgreSql, await (_connection ??= server.NewDatabaseAsync()));
}
