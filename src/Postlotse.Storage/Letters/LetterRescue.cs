using System.Globalization;
using Postlotse.Evidence;
using Postlotse.Letters;

namespace Postlotse.Storage;

/// <summary>
/// A letter whose stored state cannot be read goes to a person, made again from its row and its first receipt; its original is
/// untouched, and the text that could not be read is kept.
/// </summary>
internal static class LetterRescue
{
    private const string RowSql = """
        SELECT number, id, batch_id, state, event_count, last_hash, outcome, proposal, probability, first_page, page_count, closed
        FROM letter WHERE id = @letterId
        """;

    private const string KeepSql = "INSERT INTO damaged_state (letter_id, found_at, state) VALUES (@Id, @at, @State)";

    /// <summary>Sends the letter to clearing without a proposal; what must stay closed does.</summary>
    /// <param name="session">Transaction that holds the letter's job.</param>
    /// <param name="letters">Stores the letter.</param>
    /// <param name="letterId">Letter.</param>
    /// <param name="place">Where the stored state stopped being readable; null when unknown.</param>
    /// <param name="now">Time.</param>
    public static async Task ToClearingAsync(Session session, LetterTable letters, string letterId, string? place, DateTimeOffset now)
    {
        var row = (await session.FirstAsync<DamagedLetter>($"{RowSql} {session.Dialect.ForUpdate}", new { letterId }))!;
        var receipt = (await session.FirstAsync<ReceiptRecord>(
            $"SELECT {ReceiptTable.Columns} FROM receipt WHERE letter_id = @file AND duplicate_of IS NULL",
            new { file = row.BatchId ?? letterId }))!.Receipt;
        await session.ExecuteAsync(KeepSql, new { row.Id, at = now.ToUnixTimeMilliseconds(), row.State });
        var finding = new Finding(FindingKind.StateUnreadable, null, place);
        var letter = new Letter
        {
            Id = row.Id,
            Source = new(
                receipt.SourceName, receipt.Sha256, receipt.Bytes, FileFormat.Unknown, (int)row.FirstPage, (int)row.PageCount),
            ReceivedAt = receipt.ReceivedAt,
            // Its own pages were named in the state alone; the batch is whole beside it.
            PartOf = row.BatchId is null ? null : new(row.BatchId, await DivisionOfAsync(session, letterId), []),
            Place = Place.Clearing,
            // Decided, and not closed; of any other nobody knows.
            EnvelopeRead = row is { Outcome: not null, Closed: 0 },
            Decision = row.Sealed,
            Findings = row is { Closed: not 0, Sealed: null } ? [finding, new(FindingKind.MustStayClosed)] : [finding],
        };
        var facts = EventData.Write(new { Finding = finding.Kind, finding.Detail, Damaged = LetterTable.StateHash(row.State) });
        await new JobTable(session).PutAsync(letter);
        await letters.SaveAsync(row, new(letter, [new(EventKind.SentToClearing, NewEvent.System, facts)]));
    }

    /// <summary>Number of the division that made a part of a batch, as its first event tells.</summary>
    private static async Task<int> DivisionOfAsync(Session session, string letterId)
    {
        var facts = await session.ScalarAsync<string>(
            "SELECT data FROM event WHERE letter_id = @letterId AND sequence = 1", new { letterId });
        return int.TryParse(EventData.Text(facts ?? "", "division"), NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? number : 0;
    }

    private sealed class DamagedLetter : LockedLetter
    {
        public string? BatchId { get; init; }

        public string? Outcome { get; init; }

        public string? Proposal { get; init; }

        public double? Probability { get; init; }

        public long FirstPage { get; init; }

        public long PageCount { get; init; }

        public long Closed { get; init; }

        /// <summary>The envelope's decision, which keeps the letter closed; null for any other.</summary>
        public Decision? Sealed => string.Equals(Outcome, nameof(Letters.Outcome.Sealed), StringComparison.Ordinal)
            ? new()
            {
                Id = Id, Outcome = Letters.Outcome.Sealed, Unit = Proposal ?? "", Probability = Probability ?? 0, Ranking = [],
                Restriction = Restrictions.Sealed,
            }
            : null;
    }
}
