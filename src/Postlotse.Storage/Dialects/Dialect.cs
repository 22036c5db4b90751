using System.Data.Common;

namespace Postlotse.Storage;

/// <summary>What differs between the databases; everything else is common SQL.</summary>
internal abstract class Dialect : IAsyncDisposable
{
    public abstract DatabaseProvider Provider { get; }

    /// <summary>The database's own clock: milliseconds since 1970, so that all nodes agree on leases.</summary>
    public abstract string Now { get; }

    /// <summary>Locks the rows read until the transaction ends.</summary>
    public abstract string ForUpdate { get; }

    /// <summary>The same, passing over rows that others have locked.</summary>
    public abstract string SkipLocked { get; }

    /// <summary>Condition that a column's value is in the list @asked.</summary>
    public abstract string IsAsked { get; }

    /// <summary>Condition on letter l: its terms match @Terms (see <see cref="SearchQuery"/>).</summary>
    public abstract string SearchCondition { get; }

    /// <summary>Once before the first transaction.</summary>
    public abstract Task PrepareAsync(CancellationToken cancellationToken);

    public abstract Task<DbConnection> OpenAsync(CancellationToken cancellationToken);

    public abstract ValueTask<DbTransaction> BeginWriteAsync(DbConnection connection, CancellationToken cancellationToken);

    public abstract ValueTask<DbTransaction> BeginReadAsync(DbConnection connection, CancellationToken cancellationToken);

    /// <summary>Waits until this process may write; disposing gives the turn on.</summary>
    public abstract ValueTask<IDisposable?> WriterTurnAsync(CancellationToken cancellationToken);

    /// <summary>Whether the transaction failed only because another one was in the way.</summary>
    public abstract bool IsCollision(DbException exception);

    /// <summary>Keeps other processes away from the schema until the transaction ends.</summary>
    public abstract Task LockSchemaAsync(Session session);

    /// <summary>Replaces the search terms of a letter; none takes it out of the index.</summary>
    /// <param name="session">Transaction.</param>
    /// <param name="number">Number of the letter's row.</param>
    /// <param name="terms">Distinct, clean (see <see cref="SearchTerms"/>).</param>
    public abstract Task IndexAsync(Session session, long number, IReadOnlyCollection<string> terms);

    /// <summary>What this transaction deletes is overwritten in the database's files, as far as it can be helped.</summary>
    public abstract Task BeginErasureAsync(Session session);

    /// <summary>The same for the search index, when a letter was taken out of it.</summary>
    public abstract Task EndErasureAsync(Session session);

    /// <summary>Expression for <see cref="SearchCondition"/>: all terms, the last one as a beginning.</summary>
    public abstract string SearchQuery(IReadOnlyList<string> terms);

    public abstract ValueTask DisposeAsync();
}
