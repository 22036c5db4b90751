using Postlotse.Evidence;
using Postlotse.Letters;

namespace Postlotse.Storage;

/// <summary>All that is stored of one letter.</summary>
/// <param name="Row">Its row.</param>
/// <param name="Events">Its evidence in order.</param>
/// <param name="Receipts">Its receipts.</param>
/// <param name="Parts">Ids of the letters taken out of it.</param>
internal sealed record LetterTraces(
    EvidenceRow Row, IReadOnlyList<JourneyEvent> Events, IReadOnlyList<Receipt> Receipts, IReadOnlyList<string> Parts);

/// <summary>Reads letters with their events and receipts, a batch in one consistent view.</summary>
internal static class EvidenceRows
{
    private const string LetterSql = """
        SELECT l.number, l.id, l.state, l.event_count, l.last_hash, l.place, l.stage, l.unit, l.outcome, l.proposal, l.probability,
            l.urgency, l.deadline, l.subject, l.sender, l.recipient, l.findings, l.received_at, l.delivered_at, l.source_sha256,
            l.source_name, l.first_page, l.page_count, l.batch_id, l.replaced, l.closed, j.stage AS job_stage,
            b.source_sha256 AS batch_sha256, b.received_at AS batch_received_at
        FROM letter l LEFT JOIN job j ON j.letter_id = l.id LEFT JOIN letter b ON b.id = l.batch_id
        WHERE l.number > @after ORDER BY l.number LIMIT @take
        """;

    private const string Range = "letter_id IN (SELECT id FROM letter WHERE number > @after AND number <= @last)";

    private const string EventSql = $"SELECT {EventRecord.Columns} FROM event WHERE {Range} ORDER BY letter_id, sequence";

    private const string ReceiptSql = $"SELECT {ReceiptTable.Columns} FROM receipt WHERE {Range} ORDER BY number";

    private const string PartSql =
        "SELECT id, batch_id FROM letter WHERE batch_id IN (SELECT id FROM letter WHERE number > @after AND number <= @last)";

    public static async Task<List<LetterTraces>> ReadAsync(Session session, long after, int take)
    {
        var rows = await session.ListAsync<EvidenceRow>(LetterSql, new { after, take });
        if (rows.Count == 0) return [];
        var values = new { after, last = rows[^1].Number };
        var events = (await session.ListAsync<EventRecord>(EventSql, values)).ToLookup(e => e.LetterId, StringComparer.Ordinal);
        var receipts = (await session.ListAsync<ReceiptRecord>(ReceiptSql, values)).ToLookup(r => r.LetterId, StringComparer.Ordinal);
        var parts = (await session.ListAsync<PartRow>(PartSql, values)).ToLookup(p => p.BatchId, p => p.Id, StringComparer.Ordinal);
        return rows.ConvertAll(row => new LetterTraces(
            row, events[row.Id].Select(e => e.Event).ToList(), receipts[row.Id].Select(r => r.Receipt).ToList(), [.. parts[row.Id]]));
    }

    /// <summary>Id of the first letter after a number, read alone: for telling which row cannot be read.</summary>
    public static Task<string?> NextIdAsync(Session session, long after) => session.ScalarAsync<string>(
        "SELECT id FROM letter WHERE number > @after ORDER BY number LIMIT 1", new { after });

    /// <summary>Traces of a letter whose own row is gone.</summary>
    public static async Task<EvidenceFault?> OrphanAsync(Session session)
    {
        const string Sql = """
            SELECT letter_id FROM (SELECT letter_id FROM event UNION SELECT letter_id FROM receipt UNION SELECT letter_id FROM job) t
            WHERE NOT EXISTS (SELECT 1 FROM letter l WHERE l.id = t.letter_id) ORDER BY letter_id LIMIT 1
            """;
        return await session.ScalarAsync<string>(Sql) is { } id ? EvidenceCheck.Fault(EvidenceFaultKind.LetterMissing, id) : null;
    }
}

/// <summary>A letter taken out of a batch.</summary>
internal sealed record PartRow
{
    public string Id { get; init; } = "";

    public string BatchId { get; init; } = "";
}

/// <summary>A letter's row as far as the check compares it.</summary>
internal sealed record EvidenceRow : LetterColumns
{
    public string Id { get; init; } = "";

    public long EventCount { get; init; }

    public string LastHash { get; init; } = "";

    public string SourceSha256 { get; init; } = "";

    public string? JobStage { get; init; }

    public string? BatchSha256 { get; init; }

    public long? BatchReceivedAt { get; init; }

    /// <summary>Whether a part of a batch has the file and the receipt of that one.</summary>
    public bool FitsItsBatch => BatchId is null
        || (string.Equals(BatchSha256, SourceSha256, StringComparison.Ordinal) && BatchReceivedAt == ReceivedAt);

    /// <summary>Whether every column that lists show says what the letter's state says.</summary>
    public bool Shows(Letter letter) => AreOf(letter) && string.Equals(Id, letter.Id, StringComparison.Ordinal)
        && string.Equals(SourceSha256, letter.Source.Sha256, StringComparison.Ordinal);
}
