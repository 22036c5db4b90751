using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Postlotse.Evidence;
using Postlotse.Letters;

namespace Postlotse.Storage;

/// <summary>
/// The letters: the whole record as JSON, beside it the columns that lists ask for, the end of its evidence chain, and its search
/// terms. All of it is written together.
/// </summary>
internal sealed class LetterTable(Session session, SearchTerms terms, TimeProvider clock)
{
    /// <summary>Name of the fact that holds the state's hash.</summary>
    public const string StateFact = "state";

    private const string Columns = """
        state = @State, replaced = @Replaced, place = @Place, stage = @Stage, unit = @Unit, outcome = @Outcome, proposal = @Proposal,
        probability = @Probability, urgency = @Urgency, deadline = @Deadline, subject = @Subject, sender = @Sender, recipient = @Recipient,
        findings = @Findings, closed = @Closed, received_at = @ReceivedAt, delivered_at = @DeliveredAt, source_name = @SourceName,
        first_page = @FirstPage, page_count = @PageCount
        """;

    private const string SaveSql = $"UPDATE letter SET version = version + 1, {Columns} WHERE number = @Number";

    private const string AddSql = """
        INSERT INTO letter (id, batch_id, state, version, event_count, last_hash, place, stage, urgency, subject, sender, recipient,
            findings, received_at, stored_at, source_sha256, source_name, first_page, page_count)
        VALUES (@Id, @BatchId, @State, 0, 0, @LastHash, @Place, @Stage, @Urgency, '', '', '', '[]',
            @ReceivedAt, @StoredAt, @Sha256, @SourceName, @FirstPage, @PageCount)
        ON CONFLICT DO NOTHING
        """;

    private const string AppendSql = """
        INSERT INTO event (letter_id, sequence, at, kind, actor, data, previous_hash, hash)
        VALUES (@LetterId, @Sequence, @At, @Kind, @Actor, @Data, @PreviousHash, @Hash)
        """;

    /// <summary>Adds a letter unless one of the same bytes exists (of a part of a batch: one of the same id); then false.</summary>
    /// <param name="letter">The letter.</param>
    /// <param name="state">As <see cref="Write"/> writes it.</param>
    /// <param name="storedAt">When its bytes were stored.</param>
    public async Task<bool> AddAsync(Letter letter, string state, DateTimeOffset storedAt)
    {
        var values = new
        {
            letter.Id, letter.PartOf?.BatchId, State = state, LastHash = EvidenceChain.Start, Place = letter.Place.ToString(),
            Stage = letter.Stage?.ToString(), Urgency = nameof(Urgency.Normal), ReceivedAt = letter.ReceivedAt.ToUnixTimeMilliseconds(),
            StoredAt = storedAt.ToUnixTimeMilliseconds(), letter.Source.Sha256, SourceName = letter.Source.File,
            letter.Source.FirstPage, letter.Source.PageCount,
        };
        return await session.ExecuteAsync(AddSql, values) == 1;
    }

    /// <summary>The letter and the end of its chain, locked until the transaction ends; null when there is none.</summary>
    public Task<LockedLetter?> LockAsync(string id) => session.FirstAsync<LockedLetter>(
        $"SELECT number, id, state, event_count, last_hash FROM letter WHERE id = @id {session.Dialect.ForUpdate}", new { id });

    /// <summary>Adds a letter that was taken out of a batch, with the first events of its evidence and its first work.</summary>
    /// <exception cref="InvalidOperationException">It exists already: a programmer's error.</exception>
    public async Task AddPartAsync(LetterChange made)
    {
        if (!await AddAsync(made.Letter, Write(made.Letter), clock.GetUtcNow()))
            throw new InvalidOperationException("letter " + made.Letter.Id + " exists already");
        await new JobTable(session).PutAsync(made.Letter);
        await SaveAsync((await LockAsync(made.Letter.Id))!, made);
    }

    /// <summary>All letters taken out of a batch, also replaced ones, by their pages and divisions; locked.</summary>
    public Task<List<LockedLetter>> LockPartsAsync(string batchId) => session.ListAsync<LockedLetter>(
        $"""
        SELECT number, id, state, event_count, last_hash FROM letter
        WHERE batch_id = @batchId ORDER BY first_page, number {session.Dialect.ForUpdate}
        """,
        new { batchId });

    /// <summary>The letter that a file became, locked; of a batch the batch itself. What was deleted is none.</summary>
    public Task<LockedLetter?> LockByFileAsync(string sha256) => session.FirstAsync<LockedLetter>(
        $"""
        SELECT number, id, state, event_count, last_hash FROM letter
        WHERE source_sha256 = @sha256 AND batch_id IS NULL AND place <> 'Deleted' {session.Dialect.ForUpdate}
        """,
        new { sha256 });

    /// <summary>Stores the letter's new state and its evidence, whose last event names the state's hash.</summary>
    /// <exception cref="InvalidOperationException">A change without evidence: a programmer's error.</exception>
    public async Task SaveAsync(LockedLetter locked, LetterChange change)
    {
        if (change.Letter.Place == Place.Deleted) await session.Dialect.BeginErasureAsync(session);
        if (change.Events.Count == 0) throw new InvalidOperationException("a change without an event");
        var row = LetterColumns.Of(change.Letter) with { Number = locked.Number };
        await AppendAsync(locked, [.. change.Events.SkipLast(1), Sealing(change.Events[^1], row.State)]);
        await session.ExecuteAsync(SaveSql, row);
        // Only Postkörbe are searched.
        var content = change.Letter.Place == Place.Postkorb ? change.Letter.Reading?.Content : null;
        await session.Dialect.IndexAsync(session, locked.Number, content is null ? [] : terms.OfLetter(content));
        if (change.Letter.Place == Place.Deleted) await Erasure.RunAsync(session, locked);
    }

    /// <summary>Puts events at the end of the letter's chain.</summary>
    public async Task AppendAsync(LockedLetter locked, IReadOnlyList<NewEvent> events)
    {
        var (count, hash) = ((int)locked.EventCount, locked.LastHash);
        foreach (var happened in events)
        {
            var e = EvidenceChain.Append(locked.Id, count, hash, clock.GetUtcNow(), happened);
            var (milliseconds, kind) = (e.At.ToUnixTimeMilliseconds(), e.Kind.ToString());
            await session.ExecuteAsync(
                AppendSql, new { e.LetterId, e.Sequence, At = milliseconds, Kind = kind, e.Actor, e.Data, e.PreviousHash, e.Hash });
            (count, hash) = (e.Sequence, e.Hash);
        }

        await session.ExecuteAsync(
            "UPDATE letter SET event_count = @count, last_hash = @hash WHERE number = @Number", new { count, hash, locked.Number });
    }

    /// <summary>The event with the hash of the state it leads to, so that the chain covers all that is stored of a letter.</summary>
    public static NewEvent Sealing(NewEvent last, string state) =>
        last with { Data = EventData.With(last.Data, StateFact, StateHash(state)) };

    /// <summary>SHA-256 of a stored state, lower-case hexadecimal.</summary>
    public static string StateHash(string state) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(state)));

    public static string Write(Letter letter) => JsonSerializer.Serialize(letter, PostlotseJson.Compact);

    /// <exception cref="JsonException">The stored state was damaged or comes from another version.</exception>
    public static Letter Read(string state) =>
        JsonSerializer.Deserialize<Letter>(state, PostlotseJson.Compact) ?? throw new JsonException("the stored letter is null");
}

/// <summary>A letter's row while the transaction holds it.</summary>
internal class LockedLetter
{
    public long Number { get; init; }

    public string Id { get; init; } = "";

    public string State { get; init; } = "";

    public long EventCount { get; init; }

    public string LastHash { get; init; } = "";

    public Letter Letter => LetterTable.Read(State);
}
