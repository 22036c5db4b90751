using System.Runtime.CompilerServices;
using Postlotse.Delivery;
using Postlotse.Letters;
using Postlotse.Responsibility.City;

namespace Postlotse.Storage;

/// <summary>
/// Decided letters for an organiser's dry run, and counts of letters by office. Letters that must stay closed are left out
/// (<see cref="Access.MayBeTried"/>).
/// </summary>
/// <param name="database">Open database.</param>
public sealed class PastLetters(Database database)
{
    private const int BatchSize = 100;

    private const string Decided = "outcome IS NOT NULL AND closed = 0 AND replaced = 0";

    /// <summary>How many letters <see cref="NewestAsync"/> can give, at most.</summary>
    public Task<int> CountAsync(int most, CancellationToken cancellationToken = default) => database.ReadAsync(
        async session => (int)await session.ScalarAsync<long>(
            $"SELECT count(*) FROM (SELECT number FROM letter WHERE {Decided} ORDER BY number DESC LIMIT @most) t",
            new { most = (long)most }),
        cancellationToken);

    /// <summary>The newest decided letters, newest first; read in portions while they are gone through.</summary>
    /// <param name="most">Rows looked at.</param>
    /// <param name="organisation">The one in force.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public async IAsyncEnumerable<PastLetter> NewestAsync(
        int most, Organisation organisation, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var (before, left) = (long.MaxValue, most);
        while (left > 0)
        {
            var take = Math.Min(left, BatchSize);
            var rows = await database.ReadAsync(session => ReadAsync(session, before, take), cancellationToken);
            foreach (var row in rows)
                if (row.Letter is { Reading.Content: { } content } letter && Access.MayBeTried(letter, organisation))
                    yield return new(content with { Id = letter.Id }, letter.ReceivedAt, letter.Unit, row.Confirmed > 0);
            if (rows.Count < take) yield break;
            (before, left) = (rows[^1].Number, left - take);
        }
    }

    /// <summary>Letters that came into each office's Postkorb since then and lie there, by office.</summary>
    public Task<IReadOnlyDictionary<string, int>> DeliveredSinceAsync(
        DateTimeOffset since, CancellationToken cancellationToken = default) =>
        CountByUnitAsync("place = 'Postkorb' AND delivered_at >= @since", since, cancellationToken);

    /// <summary>Letters in all Postkörbe, by office, also those of offices that are gone.</summary>
    public Task<IReadOnlyDictionary<string, int>> InPostkorbAsync(CancellationToken cancellationToken = default) =>
        CountByUnitAsync("place = 'Postkorb'", DateTimeOffset.UnixEpoch, cancellationToken);

    /// <summary>Letters in clearing, by the office that is proposed (empty: none).</summary>
    public Task<IReadOnlyDictionary<string, int>> ProposedInClearingAsync(CancellationToken cancellationToken = default) =>
        CountByUnitAsync("place = 'Clearing'", DateTimeOffset.UnixEpoch, cancellationToken, "coalesce(proposal, '')");

    /// <summary>Ids of the letters in an office's Postkorb.</summary>
    public Task<IReadOnlyList<string>> IdsInPostkorbAsync(string unit, CancellationToken cancellationToken = default) =>
        database.ReadAsync<IReadOnlyList<string>>(
            async session => await session.ListAsync<string>(
                "SELECT id FROM letter WHERE place = 'Postkorb' AND unit = @unit ORDER BY number", new { unit }),
            cancellationToken);

    private Task<IReadOnlyDictionary<string, int>> CountByUnitAsync(
        string condition, DateTimeOffset since, CancellationToken cancellationToken, string column = "unit")
    {
        var sql = $"SELECT {column} AS unit, count(*) AS count FROM letter WHERE {condition} GROUP BY {column}";
        return database.ReadAsync<IReadOnlyDictionary<string, int>>(
            async session => (await session.ListAsync<UnitCount>(sql, new { since = since.ToUnixTimeMilliseconds() }))
                .ToDictionary(row => row.Unit, row => (int)row.Count, StringComparer.Ordinal),
            cancellationToken);
    }

    private static Task<List<PastRow>> ReadAsync(Session session, long before, int take) => session.ListAsync<PastRow>(
        $"""
        SELECT l.number, l.state,
            (SELECT count(*) FROM event e WHERE e.letter_id = l.id AND e.kind = 'Assigned') AS confirmed
        FROM letter l WHERE {Decided} AND l.number < @before ORDER BY l.number DESC LIMIT @take
        """,
        new { before, take = (long)take });

    private sealed class UnitCount
    {
        public string Unit { get; init; } = "";

        public long Count { get; init; }
    }

    private sealed class PastRow
    {
        public long Number { get; init; }

        public string State { get; init; } = "";

        public long Confirmed { get; init; }

        /// <summary>Null when the stored state is damaged: no dry run needs it, and the check of the evidence tells of it.</summary>
        public Letter? Letter
        {
            get
            {
                try
                {
                    return LetterTable.Read(State);
                }
                catch (System.Text.Json.JsonException)
                {
                    return null;
                }
            }
        }
    }
}
