using Postlotse.Evidence;
using Postlotse.Letters;

namespace Postlotse.Storage;

/// <summary>A letter and its latest event of deletion; tells nothing of what the letter says.</summary>
/// <param name="Letter">As it is now; its content must not be shown.</param>
/// <param name="Event">The event; null: its time is over, and nobody has asked yet.</param>
public sealed record DeletionRow(Letter Letter, JourneyEvent? Event);

/// <summary>What there is to delete and what was deleted (Löschungen). Reads only.</summary>
/// <param name="database">Open database.</param>
public sealed class DeletionQueries(Database database)
{
    private const string Kinds = "('DeletionRequested', 'DeletionDeclined', 'Deleted')";

    /// <summary>Requests that wait for a second person, oldest first.</summary>
    public Task<IReadOnlyList<DeletionRow>> RequestedAsync(int take, CancellationToken cancellationToken = default) =>
        LatestAsync(EventKind.DeletionRequested, "ASC", take, cancellationToken);

    /// <summary>Deleted letters, latest first.</summary>
    public Task<IReadOnlyList<DeletionRow>> DeletedAsync(int take, CancellationToken cancellationToken = default) =>
        LatestAsync(EventKind.Deleted, "DESC", take, cancellationToken);

    /// <summary>Letters that came to where they are before a moment and that nobody wants deleted yet, oldest first.</summary>
    public Task<IReadOnlyList<DeletionRow>> OverdueAsync(DateTimeOffset before, int take, CancellationToken cancellationToken = default) =>
        database.ReadAsync<IReadOnlyList<DeletionRow>>(
            async session => (await session.ListAsync<string>(
                """
                SELECT state FROM letter
                WHERE place IN ('Postkorb', 'Clearing', 'SetAside', 'Divided') AND coalesce(delivered_at, received_at) <= @time
                ORDER BY received_at, number LIMIT @take
                """,
                new { time = before.ToUnixTimeMilliseconds(), take = (long)take }))
                .ConvertAll(state => new DeletionRow(LetterTable.Read(state), null)).FindAll(row => row.Letter.Deletion is null),
            cancellationToken);

    private Task<IReadOnlyList<DeletionRow>> LatestAsync(EventKind kind, string order, int take, CancellationToken cancellationToken)
    {
        var sql = $"""
            SELECT e.letter_id, e.sequence, e.at, e.kind, e.actor, e.data, e.previous_hash, e.hash, l.state
            FROM event e JOIN letter l ON l.id = e.letter_id
            WHERE e.kind IN {Kinds} AND e.kind = @kind AND NOT EXISTS (
                SELECT 1 FROM event later WHERE later.letter_id = e.letter_id AND later.sequence > e.sequence AND later.kind IN {Kinds})
            ORDER BY e.at {order}, e.number {order} LIMIT @take
            """;
        return database.ReadAsync<IReadOnlyList<DeletionRow>>(
            async session => (await session.ListAsync<DeletionRecord>(sql, new { kind = kind.ToString(), take = (long)take }))
                .ConvertAll(r => new DeletionRow(LetterTable.Read(r.State), r.Event)),
            cancellationToken);
    }

    private sealed class DeletionRecord : EventRecord
    {
        public string State { get; init; } = "";
    }
}
