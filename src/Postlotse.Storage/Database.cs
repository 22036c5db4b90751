using System.Data.Common;

namespace Postlotse.Storage;

/// <summary>The databases Postlotse can live in.</summary>
public enum DatabaseProvider
{
    /// <summary>Embedded; one machine.</summary>
    Sqlite,

    /// <summary>Shared by several nodes.</summary>
    PostgreSql,
}

/// <summary>Where the database is.</summary>
/// <param name="Provider">Which kind.</param>
/// <param name="Connection">SQLite: path of the file (made when missing). PostgreSQL: Npgsql's connection string.</param>
public sealed record DatabaseSettings(DatabaseProvider Provider, string Connection);

/// <summary>
/// An open database with its schema up to date. Everything that changes something runs in <see cref="WriteAsync{T}"/>:
/// one call, one transaction.
/// </summary>
public sealed class Database : IAsyncDisposable
{
    private const int Repeats = 5;

    private readonly Dialect _dialect;

    static Database() => Dapper.DefaultTypeMap.MatchNamesWithUnderscores = true;

    private Database(Dialect dialect) => _dialect = dialect;

    /// <summary>Opens the database and brings its schema up to date.</summary>
    /// <exception cref="SchemaTooNewException">A newer version of the program has changed the schema.</exception>
    /// <exception cref="DbException">The database cannot be reached or opened.</exception>
    public static Task<Database> OpenAsync(DatabaseSettings settings, CancellationToken cancellationToken) =>
        OpenAsync(settings, readOnly: false, async database =>
        {
            await database._dialect.PrepareAsync(cancellationToken);
            await database.WriteAsync(session => new Migrations(session).ApplyAsync(), cancellationToken);
        });

    /// <summary>Opens a database that must not be changed: nothing is made, migrated or written.</summary>
    /// <exception cref="SchemaTooNewException">A newer version of the program has changed the schema.</exception>
    /// <exception cref="SchemaTooOldException">A server has to be started once, so that it brings the schema up to date.</exception>
    /// <exception cref="DbException">The database cannot be reached or opened, or is none.</exception>
    public static Task<Database> OpenReadOnlyAsync(DatabaseSettings settings, CancellationToken cancellationToken) =>
        OpenAsync(settings, readOnly: true, database =>
            database.ReadAsync(session => new Migrations(session).RequireCurrentAsync(), cancellationToken));

    private static async Task<Database> OpenAsync(DatabaseSettings settings, bool readOnly, Func<Database, Task> prepare)
    {
        ArgumentNullException.ThrowIfNull(settings);
        var database = new Database(settings.Provider == DatabaseProvider.PostgreSql
            ? new PostgreSqlDialect(settings.Connection)
            : new SqliteDialect(settings.Connection, readOnly));
        try
        {
            await prepare(database);
            return database;
        }
        catch
        {
            await database.DisposeAsync();
            throw;
        }
    }

    /// <summary>Which kind of database this is.</summary>
    public DatabaseProvider Provider => _dialect.Provider;

    /// <summary>Closes all connections.</summary>
    public ValueTask DisposeAsync() => _dialect.DisposeAsync();

    /// <summary>One transaction. It is run again when the database says that it collided with another one.</summary>
    internal async Task<T> WriteAsync<T>(Func<Session, Task<T>> work, CancellationToken cancellationToken)
    {
        using var turn = await _dialect.WriterTurnAsync(cancellationToken);
        for (var run = 1; ; run++)
        {
            try
            {
                return await RunAsync(work, cancellationToken);
            }
            catch (DbException e) when (run < Repeats && _dialect.IsCollision(e))
            {
                // Rolled back as a whole; the other transaction is through by now.
            }
        }
    }

    /// <summary>Reads from one consistent view.</summary>
    internal async Task<T> ReadAsync<T>(Func<Session, Task<T>> work, CancellationToken cancellationToken)
    {
        await using var connection = await _dialect.OpenAsync(cancellationToken);
        await using var transaction = await _dialect.BeginReadAsync(connection, cancellationToken);
        return await work(new Session(_dialect, connection, transaction, cancellationToken));
    }

    private async Task<T> RunAsync<T>(Func<Session, Task<T>> work, CancellationToken cancellationToken)
    {
        await using var connection = await _dialect.OpenAsync(cancellationToken);
        await using var transaction = await _dialect.BeginWriteAsync(connection, cancellationToken);
        var session = new Session(_dialect, connection, transaction, cancellationToken);
        var result = await work(session);
        if (session.Abandoned) await transaction.RollbackAsync(CancellationToken.None);
        else await transaction.CommitAsync(CancellationToken.None);
        return result;
    }
}
