using Postlotse.Letters;

namespace Postlotse.Storage;

/// <summary>
/// The queue: at most one job a letter. A job is taken for the length of a lease by the database's clock; its token grows with
/// every claim and every change from outside, so that whoever was overtaken finds nothing to complete.
/// </summary>
internal sealed class JobTable(Session session)
{
    private string Now => session.Dialect.Now;

    /// <summary>Puts the letter's next stage into the queue; takes the work away from whoever is at it.</summary>
    public Task PutAsync(Letter letter)
    {
        if (letter.Stage is null) return session.ExecuteAsync("DELETE FROM job WHERE letter_id = @Id", new { letter.Id });
        var sql = $"""
            INSERT INTO job (letter_id, stage, received_at, run_at) VALUES (@Id, @stage, @receivedAt, {Now})
            ON CONFLICT (letter_id) DO UPDATE SET
                stage = excluded.stage, run_at = excluded.run_at, attempt = 0, lease_until = 0, token = job.token + 1
            """;
        var receivedAt = letter.ReceivedAt.ToUnixTimeMilliseconds();
        return session.ExecuteAsync(sql, new { letter.Id, stage = letter.Stage.ToString(), receivedAt });
    }

    /// <summary>Takes the next job that is due; null when there is none.</summary>
    public Task<JobRow?> ClaimAsync(TimeSpan lease)
    {
        var sql = $"""
            UPDATE job SET token = token + 1, attempt = attempt + 1, lease_until = {Now} + @milliseconds
            WHERE id = (SELECT id FROM job WHERE run_at <= {Now} AND lease_until <= {Now}
                ORDER BY received_at, id LIMIT 1 {session.Dialect.SkipLocked})
            RETURNING id, letter_id, stage, token, attempt
            """;
        return session.FirstAsync<JobRow>(sql, new { milliseconds = (long)lease.TotalMilliseconds });
    }

    /// <summary>Whether the work was still its holder's; then its lease is longer now.</summary>
    public async Task<bool> ExtendAsync(Work work, TimeSpan lease)
    {
        var sql = $"UPDATE job SET lease_until = {Now} + @milliseconds WHERE id = @JobId AND token = @Token";
        return await session.ExecuteAsync(sql, new { milliseconds = (long)lease.TotalMilliseconds, work.JobId, work.Token }) == 1;
    }

    /// <summary>Whether the work was still its holder's; then the next stage is in the queue, or the job is gone.</summary>
    public async Task<bool> CompleteAsync(Work work, StageName? next)
    {
        var sql = next is null
            ? "DELETE FROM job WHERE id = @JobId AND token = @Token"
            : $"""
               UPDATE job SET stage = @next, run_at = {Now}, attempt = 0, lease_until = 0, token = token + 1
               WHERE id = @JobId AND token = @Token
               """;
        return await session.ExecuteAsync(sql, new { next = next?.ToString(), work.JobId, work.Token }) == 1;
    }

    /// <summary>Whether the work was still its holder's; then it is due again after the delay.</summary>
    /// <param name="work">Work as claimed.</param>
    /// <param name="delay">Zero or more.</param>
    /// <param name="countAttempt">Whether the attempt counts as one.</param>
    public async Task<bool> PutBackAsync(Work work, TimeSpan delay, bool countAttempt)
    {
        var sql = $"""
            UPDATE job SET run_at = {Now} + @milliseconds, lease_until = 0, token = token + 1, attempt = attempt - @less
            WHERE id = @JobId AND token = @Token
            """;
        var milliseconds = (long)delay.TotalMilliseconds;
        return await session.ExecuteAsync(sql, new { milliseconds, less = countAttempt ? 0 : 1, work.JobId, work.Token }) == 1;
    }
}

/// <summary>A job as claimed.</summary>
internal sealed class JobRow
{
    public long Id { get; init; }

    public string LetterId { get; init; } = "";

    public StageName Stage { get; init; }

    public long Token { get; init; }

    public long Attempt { get; init; }
}
