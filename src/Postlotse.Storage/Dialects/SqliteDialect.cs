using System.Data;
using System.Data.Common;
using Dapper;
using Microsoft.Data.Sqlite;

namespace Postlotse.Storage;

/// <summary>SQLite: write-ahead log, flushed at every commit. Writers of one process queue up instead of polling the lock.</summary>
internal sealed class SqliteDialect(string path, bool readOnly = false) : Dialect
{
    private const int Busy = 5, Locked = 6;

    private readonly SemaphoreSlim _writer = new(1, 1);
    private readonly string _connection = (readOnly ? Untouched(path) : new() { DataSource = path, ForeignKeys = true }).ToString();

    public override DatabaseProvider Provider => DatabaseProvider.Sqlite;

    public override string Now => "CAST(unixepoch('subsec') * 1000 AS INTEGER)";

    public override string ForUpdate => "";

    public override string SkipLocked => "";

    public override string IsAsked => "IN @asked";

    public override string SearchCondition => "l.number IN (SELECT rowid FROM letter_search WHERE letter_search MATCH @Terms)";

    public override async Task PrepareAsync(CancellationToken cancellationToken)
    {
        MakeFile();
        await using var connection = await OpenAsync(cancellationToken);
        await connection.ExecuteAsync(new CommandDefinition("PRAGMA journal_mode = WAL", cancellationToken: cancellationToken));
    }

    public override async Task<DbConnection> OpenAsync(CancellationToken cancellationToken)
    {
        var connection = new SqliteConnection(_connection);
        await connection.OpenAsync(cancellationToken);
        await connection.ExecuteAsync(readOnly ? "PRAGMA busy_timeout = 15000" : "PRAGMA synchronous = FULL; PRAGMA busy_timeout = 15000");
        return connection;
    }

    public override ValueTask<DbTransaction> BeginWriteAsync(DbConnection connection, CancellationToken cancellationToken) =>
        new(((SqliteConnection)connection).BeginTransaction(deferred: false));

    public override ValueTask<DbTransaction> BeginReadAsync(DbConnection connection, CancellationToken cancellationToken) =>
        new(((SqliteConnection)connection).BeginTransaction(deferred: true));

    public override async ValueTask<IDisposable?> WriterTurnAsync(CancellationToken cancellationToken)
    {
        await _writer.WaitAsync(cancellationToken);
        return new Turn(_writer);
    }

    public override bool IsCollision(DbException exception) => exception is SqliteException { SqliteErrorCode: Busy or Locked };

    // The write transaction itself (BEGIN IMMEDIATE) excludes every other writer.
    public override Task LockSchemaAsync(Session session) => Task.CompletedTask;

    public override async Task IndexAsync(Session session, long number, IReadOnlyCollection<string> terms)
    {
        await session.ExecuteAsync("DELETE FROM letter_search WHERE rowid = @number", new { number });
        if (terms.Count == 0) return;
        var text = string.Join(' ', terms);
        await session.ExecuteAsync("INSERT INTO letter_search (rowid, terms) VALUES (@number, @text)", new { number, text });
    }

    public override async Task BeginErasureAsync(Session session) => await session.ScalarAsync<long>("PRAGMA secure_delete = ON");

    // The index only marks rows as deleted; their terms go when its parts are merged.
    public override Task EndErasureAsync(Session session) =>
        session.ExecuteAsync("INSERT INTO letter_search (letter_search) VALUES ('optimize')");

    public override string SearchQuery(IReadOnlyList<string> terms) =>
        string.Join(" AND ", terms.Select(term => "\"" + term.Replace("\"", "\"\"", StringComparison.Ordinal) + "\"")) + "*";

    public override ValueTask DisposeAsync()
    {
        using (var connection = new SqliteConnection(_connection)) SqliteConnection.ClearPool(connection);
        _writer.Dispose();
        return ValueTask.CompletedTask;
    }

    /// <summary>
    /// Without a log beside it nobody has the database open: said to be immutable it is read without making one
    /// (https://www.sqlite.org/wal.html, "Read-Only Databases").
    /// </summary>
    private static SqliteConnectionStringBuilder Untouched(string path) => new()
    {
        DataSource = File.Exists(path + "-wal") ? path : new Uri(Path.GetFullPath(path)).AbsoluteUri + "?immutable=1",
        Mode = SqliteOpenMode.ReadOnly,
        Pooling = false,
    };

    /// <summary>Readable by its owner alone from the first byte; the log beside it inherits that.</summary>
    private void MakeFile()
    {
        if (Path.GetDirectoryName(Path.GetFullPath(path)) is { } folder) PrivateFolder.Make(folder);
        if (File.Exists(path) || OperatingSystem.IsWindows()) return;
        var options = new FileStreamOptions
        {
            Mode = FileMode.OpenOrCreate, Access = FileAccess.Write, Share = FileShare.ReadWrite,
            UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite,
        };
        new FileStream(path, options).Dispose();
    }

    private sealed class Turn(SemaphoreSlim writer) : IDisposable
    {
        public void Dispose() => writer.Release();
    }
}
