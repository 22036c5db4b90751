using System.Text.Json;
using Postlotse.Evidence;
using Postlotse.Letters;

namespace Postlotse.Storage;

/// <summary>Letters, their queue and their evidence in a database.</summary>
/// <param name="database">Open database.</param>
/// <param name="analyser">Text to search terms; the same one as for <see cref="LetterQueries"/>.</param>
/// <param name="clock">Times of receipts and events; leases go by the database's clock.</param>
public sealed class SqlJourneyStore(Database database, Func<string, IEnumerable<string>> analyser, TimeProvider clock) : IJourneyStore
{
    private readonly SearchTerms _terms = new(analyser);

    /// <inheritdoc/>
    public Task<ReceiveResult> ReceiveAsync(NewReceipt receipt, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(receipt);
        return database.WriteAsync(session => ReceiveAsync(session, receipt), cancellationToken);
    }

    /// <inheritdoc/>
    public async Task<Work?> ClaimAsync(TimeSpan lease, CancellationToken cancellationToken)
    {
        var claim = await database.WriteAsync(session => ClaimAsync(session, lease), cancellationToken);
        return claim.Damaged is null ? claim.Work : throw claim.Damaged;
    }

    /// <inheritdoc/>
    public Task<bool> ExtendAsync(Work work, TimeSpan lease, CancellationToken cancellationToken) =>
        database.WriteAsync(session => new JobTable(session).ExtendAsync(work, lease), cancellationToken);

    /// <inheritdoc/>
    public Task<bool> CompleteAsync(Work work, LetterChange change, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(work);
        ArgumentNullException.ThrowIfNull(change);
        if (!string.Equals(work.Letter.Id, change.Letter.Id, StringComparison.Ordinal))
            throw new ArgumentException("the change is of another letter than the work", nameof(change));
        return database.WriteAsync(session => CompleteAsync(session, work, change), cancellationToken);
    }

    /// <inheritdoc/>
    public Task<bool> RetryAsync(Work work, string cause, TimeSpan delay, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(work);
        var failed = new NewEvent(EventKind.StageFailed, NewEvent.System, EventData.Write(new { work.Stage, work.Attempt, cause }));
        return database.WriteAsync(
            async session =>
            {
                var letters = Letters(session);
                var locked = await letters.LockAsync(work.Letter.Id);
                var jobs = new JobTable(session);
                if (locked is null || !await jobs.PutBackAsync(work, delay, countAttempt: true)) return session.Abandon(false);
                await letters.AppendAsync(locked, [failed]);
                return true;
            },
            cancellationToken);
    }

    /// <inheritdoc/>
    public Task<bool> ReleaseAsync(Work work, CancellationToken cancellationToken) => database.WriteAsync(
        session => new JobTable(session).PutBackAsync(work, TimeSpan.Zero, countAttempt: false), cancellationToken);

    /// <inheritdoc/>
    public Task<Letter?> ChangeAsync(string letterId, Func<Letter, LetterChange?> change, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(change);
        return database.WriteAsync(session => ChangeAsync(session, letterId, change), cancellationToken);
    }

    /// <inheritdoc/>
    public Task<Letter?> ChangeBatchAsync(
        string batchId, Func<Letter, IReadOnlyList<Letter>, LetterChange?> change, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(change);
        return database.WriteAsync(session => ChangeBatchAsync(session, batchId, change), cancellationToken);
    }

    /// <summary>
    /// Makes all claimed work due at once. Only for a process that has the database to itself, before its workers start: whoever
    /// held the leases is dead.
    /// </summary>
    /// <returns>Number of pieces of work that had been claimed.</returns>
    public Task<int> FreeLeasesAsync(CancellationToken cancellationToken) => database.WriteAsync(
        session => session.ExecuteAsync("UPDATE job SET lease_until = 0, token = token + 1 WHERE lease_until > 0"), cancellationToken);

    private LetterTable Letters(Session session) => new(session, _terms, clock);

    private async Task<ReceiveResult> ReceiveAsync(Session session, NewReceipt delivered)
    {
        var receipts = new ReceiptTable(session);
        if (delivered.ClientKey is { } key && await receipts.ByClientKeyAsync(key) is { } known)
        {
            if (!string.Equals(known.Sha256, delivered.File.Sha256, StringComparison.Ordinal)) throw new ClientKeyConflictException(key);
            return session.Abandon(new ReceiveResult(known, Repeated: true));
        }

        var receipt = Booking.NewReceipt(delivered, UnixTime.Cut(clock.GetUtcNow()), LetterIds.New(clock), LetterIds.New(clock));
        var letter = Booking.NewLetter(receipt, delivered.Format, delivered.Manifest);
        var letters = Letters(session);
        var state = LetterTable.Write(letter);
        var isNew = await letters.AddAsync(letter, state, receipt.StoredAt);
        var locked = (await letters.LockByFileAsync(receipt.Sha256))!;
        if (!isNew) receipt = receipt with { LetterId = locked.Id, DuplicateOf = await receipts.FirstOfAsync(locked.Id) };
        await receipts.AddAsync(receipt);
        if (isNew) await new JobTable(session).PutAsync(letter);
        var booked = Booking.Event(receipt, delivered.Manifest?.File);
        await letters.AppendAsync(locked, [isNew ? LetterTable.Sealing(booked, state) : booked]);
        return new(receipt, Repeated: false);
    }

    private async Task<(Work? Work, InvalidDataException? Damaged)> ClaimAsync(Session session, TimeSpan lease)
    {
        var jobs = new JobTable(session);
        if (await jobs.ClaimAsync(lease) is not { } job) return (null, null);
        var state = await session.ScalarAsync<string>("SELECT state FROM letter WHERE id = @LetterId", job);
        try
        {
            return (new(job.Id, job.Token, (int)job.Attempt, job.Stage, LetterTable.Read(state!)), null);
        }
        catch (JsonException e)
        {
            await LetterRescue.ToClearingAsync(session, Letters(session), job.LetterId, e.Path, clock.GetUtcNow());
            return (null, new(StorageTexts.Format("LetterUnreadable", job.LetterId, e.Path), e));
        }
    }

    private async Task<bool> CompleteAsync(Session session, Work work, LetterChange change)
    {
        // The letter is locked before the job, here and in ChangeAsync: in one order, so that the two never wait for each other.
        var letters = Letters(session);
        var locked = await letters.LockAsync(work.Letter.Id);
        if (locked is null || !await new JobTable(session).CompleteAsync(work, change.Letter.Stage)) return session.Abandon(false);
        await letters.SaveAsync(locked, change);
        foreach (var made in change.NewLetters) await letters.AddPartAsync(made);
        return true;
    }

    private async Task<Letter?> ChangeAsync(Session session, string letterId, Func<Letter, LetterChange?> decide)
    {
        var letters = Letters(session);
        if (await letters.LockAsync(letterId) is not { } locked) return null;
        var letter = locked.Letter;
        if (decide(letter) is not { } change) return letter;
        if (!string.Equals(change.Letter.Id, letterId, StringComparison.Ordinal))
            throw new InvalidOperationException("a change must not turn a letter into another");
        await new JobTable(session).PutAsync(change.Letter);
        await letters.SaveAsync(locked, change);
        return change.Letter;
    }

    private async Task<Letter?> ChangeBatchAsync(
        Session session, string batchId, Func<Letter, IReadOnlyList<Letter>, LetterChange?> decide)
    {
        var letters = Letters(session);
        if (await letters.LockAsync(batchId) is not { } batch) return null;
        var parts = await letters.LockPartsAsync(batchId);
        if (decide(batch.Letter, parts.ConvertAll(p => p.Letter)) is not { } change) return batch.Letter;
        var jobs = new JobTable(session);
        await jobs.PutAsync(change.Letter);
        await letters.SaveAsync(batch, change);
        foreach (var other in change.OtherLetters)
        {
            await jobs.PutAsync(other.Letter);
            await letters.SaveAsync(parts.Single(p => string.Equals(p.Id, other.Letter.Id, StringComparison.Ordinal)), other);
        }

        foreach (var made in change.NewLetters) await letters.AddPartAsync(made);
        return change.Letter;
    }
}
