using System.Data.Common;
using Dapper;

namespace Postlotse.Storage;

/// <summary>A transaction and the dialect spoken in it.</summary>
internal sealed class Session(Dialect dialect, DbConnection connection, DbTransaction transaction, CancellationToken cancellationToken)
{
    /// <summary>What differs between the databases.</summary>
    public Dialect Dialect { get; } = dialect;

    /// <summary>Ends the wait for the database.</summary>
    public CancellationToken CancellationToken { get; } = cancellationToken;

    /// <summary>Nothing of this transaction is to be kept.</summary>
    public bool Abandoned { get; private set; }

    /// <summary>Gives back a result, but keeps nothing of what the transaction wrote.</summary>
    public T Abandon<T>(T result)
    {
        Abandoned = true;
        return result;
    }

    /// <summary>Number of rows changed.</summary>
    public Task<int> ExecuteAsync(string sql, object? values = null) => connection.ExecuteAsync(Command(sql, values));

    /// <summary>First row; null when there is none.</summary>
    public Task<T?> FirstAsync<T>(string sql, object? values = null) => connection.QueryFirstOrDefaultAsync<T>(Command(sql, values));

    /// <summary>A single value.</summary>
    public Task<T?> ScalarAsync<T>(string sql, object? values = null) => connection.ExecuteScalarAsync<T>(Command(sql, values));

    /// <summary>All rows.</summary>
    public async Task<List<T>> ListAsync<T>(string sql, object? values = null) =>
        (await connection.QueryAsync<T>(Command(sql, values))).AsList();

    private CommandDefinition Command(string sql, object? values) =>
        new(sql, values, transaction, cancellationToken: CancellationToken);
}
