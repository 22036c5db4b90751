namespace Postlotse.Storage;

/// <summary>Who has opened which letter in a Postkorb: what is new to an office, and who has looked at what.</summary>
/// <param name="database">Open database.</param>
/// <param name="clock">Time of opening.</param>
public sealed class OpenedLetters(Database database, TimeProvider clock)
{
    /// <summary>Notes that an account has opened a letter.</summary>
    public Task MarkAsync(string letterId, string accountId, CancellationToken cancellationToken)
    {
        const string Sql = """
            INSERT INTO letter_opened (letter_id, account_id, first_at, last_at) VALUES (@letterId, @accountId, @now, @now)
            ON CONFLICT (letter_id, account_id) DO UPDATE SET last_at = excluded.last_at
            """;
        var now = clock.GetUtcNow().ToUnixTimeMilliseconds();
        return database.WriteAsync(session => session.ExecuteAsync(Sql, new { letterId, accountId, now }), cancellationToken);
    }

    /// <summary>Those of the letters that somebody has opened since they came into their present Postkorb.</summary>
    public async Task<IReadOnlySet<string>> OpenedAsync(IReadOnlyCollection<string> letterIds, CancellationToken cancellationToken)
    {
        const string Sql = """
            SELECT DISTINCT o.letter_id FROM letter_opened o JOIN letter l ON l.id = o.letter_id
            WHERE o.last_at >= l.delivered_at AND o.letter_id
            """;
        var asked = letterIds.ToList();
        if (asked.Count == 0) return new HashSet<string>(StringComparer.Ordinal);
        var opened = await database.ReadAsync(
            session => session.ListAsync<string>($"{Sql} {session.Dialect.IsAsked}", new { asked }), cancellationToken);
        return opened.ToHashSet(StringComparer.Ordinal);
    }

    /// <summary>Letters in offices' Postkörbe that nobody has opened there; offices without any are missing.</summary>
    public async Task<IReadOnlyDictionary<string, int>> UnopenedCountsAsync(
        IReadOnlyCollection<string> units, CancellationToken cancellationToken)
    {
        const string Sql = """
            SELECT l.unit, count(*) AS count FROM letter l
            WHERE l.place = 'Postkorb' AND NOT EXISTS (
                SELECT 1 FROM letter_opened o WHERE o.letter_id = l.id AND o.last_at >= l.delivered_at) AND l.unit
            """;
        var asked = units.ToList();
        if (asked.Count == 0) return new Dictionary<string, int>(StringComparer.Ordinal);
        var rows = await database.ReadAsync(
            session => session.ListAsync<UnitCount>($"{Sql} {session.Dialect.IsAsked} GROUP BY l.unit", new { asked }), cancellationToken);
        return rows.ToDictionary(r => r.Unit, r => (int)r.Count, StringComparer.Ordinal);
    }

    private sealed class UnitCount
    {
        public string Unit { get; init; } = "";

        public long Count { get; init; }
    }
}
