using System.Data;
using System.Data.Common;
using Npgsql;

namespace Postlotse.Storage;

/// <summary>PostgreSQL, 13 or newer.</summary>
internal sealed class PostgreSqlDialect(string connection) : Dialect
{
    // An arbitrary number that nothing else in the database uses: "Postlots" as bytes.
    private const long SchemaLock = 0x506f73746c6f7473;

    private readonly NpgsqlDataSource _source = NpgsqlDataSource.Create(connection);

    public override DatabaseProvider Provider => DatabaseProvider.PostgreSql;

    public override string Now => "CAST(extract(epoch FROM clock_timestamp()) * 1000 AS BIGINT)";

    public override string ForUpdate => "FOR UPDATE";

    public override string SkipLocked => "FOR UPDATE SKIP LOCKED";

    public override string IsAsked => "= ANY (@asked)";

    public override string SearchCondition =>
        "l.number IN (SELECT s.number FROM letter_search s WHERE s.terms @@ CAST(@Terms AS tsquery))";

    public override Task PrepareAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public override async Task<DbConnection> OpenAsync(CancellationToken cancellationToken) =>
        await _source.OpenConnectionAsync(cancellationToken);

    public override ValueTask<DbTransaction> BeginWriteAsync(DbConnection connection, CancellationToken cancellationToken) =>
        connection.BeginTransactionAsync(IsolationLevel.ReadCommitted, cancellationToken);

    public override ValueTask<DbTransaction> BeginReadAsync(DbConnection connection, CancellationToken cancellationToken) =>
        connection.BeginTransactionAsync(IsolationLevel.RepeatableRead, cancellationToken);

    public override ValueTask<IDisposable?> WriterTurnAsync(CancellationToken cancellationToken) => new((IDisposable?)null);

    public override bool IsCollision(DbException exception) => exception.SqlState is
        PostgresErrorCodes.UniqueViolation or PostgresErrorCodes.SerializationFailure or PostgresErrorCodes.DeadlockDetected;

    public override Task LockSchemaAsync(Session session) =>
        session.ExecuteAsync("SELECT pg_advisory_xact_lock(@SchemaLock)", new { SchemaLock });

    public override Task IndexAsync(Session session, long number, IReadOnlyCollection<string> terms)
    {
        if (terms.Count == 0) return session.ExecuteAsync("DELETE FROM letter_search WHERE number = @number", new { number });
        const string Sql = """
            INSERT INTO letter_search (number, terms) VALUES (@number, array_to_tsvector(@words))
            ON CONFLICT (number) DO UPDATE SET terms = excluded.terms
            """;
        return session.ExecuteAsync(Sql, new { number, words = terms.ToArray() });
    }

    // Old versions of rows go with the next vacuum.
    public override Task BeginErasureAsync(Session session) => Task.CompletedTask;

    public override Task EndErasureAsync(Session session) => Task.CompletedTask;

    public override string SearchQuery(IReadOnlyList<string> terms) => string.Join(" & ", terms.Select(Quote)) + ":*";

    public override ValueTask DisposeAsync() => _source.DisposeAsync();

    private static string Quote(string term) =>
        "'" + term.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("'", "''", StringComparison.Ordinal) + "'";
}
