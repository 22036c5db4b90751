using Postlotse.Evidence;

namespace Postlotse.Storage;

/// <summary>
/// Wrong passwords, counted for each account by network address: whoever guesses has to wait longer and longer, while the person
/// signs in from elsewhere undisturbed.
/// </summary>
/// <param name="database">Open database.</param>
/// <param name="clock">For waits.</param>
public sealed class SignInFailures(Database database, TimeProvider clock)
{
    /// <summary>Wrong passwords in a row from one address that make it wait.</summary>
    public const int AllowedFailures = 5;

    /// <summary>The first wait; each further wrong password doubles it.</summary>
    public static readonly TimeSpan FirstWait = TimeSpan.FromMinutes(1);

    /// <summary>No wait is longer.</summary>
    public static readonly TimeSpan LongestWait = TimeSpan.FromMinutes(15);

    private static readonly TimeSpan s_kept = TimeSpan.FromDays(1);

    /// <summary>Until when no password of the account is checked from there; null when it is.</summary>
    public async Task<DateTimeOffset?> WaitAsync(string accountId, string address, CancellationToken cancellationToken = default)
    {
        const string Sql = "SELECT locked_until FROM sign_in_failure WHERE account_id = @accountId AND address = @address";
        var until = await database.ReadAsync(session => session.ScalarAsync<long?>(Sql, new { accountId, address }), cancellationToken);
        return until > clock.GetUtcNow().ToUnixTimeMilliseconds() ? UnixTime.Of(until) : null;
    }

    /// <summary>Counts a wrong password; from the fifth in a row on each one makes the address wait and leaves evidence.</summary>
    /// <returns>End of the wait; null for none.</returns>
    public Task<DateTimeOffset?> RecordFailureAsync(string accountId, string address, CancellationToken cancellationToken = default)
    {
        const string Count = """
            INSERT INTO sign_in_failure (account_id, address, failed_count, locked_until, last_at) VALUES (@accountId, @address, 1, 0, @at)
            ON CONFLICT (account_id, address) DO UPDATE SET failed_count = sign_in_failure.failed_count + 1, last_at = excluded.last_at
            RETURNING failed_count
            """;
        const string Slow = "UPDATE sign_in_failure SET locked_until = @until WHERE account_id = @accountId AND address = @address";
        return database.WriteAsync(
            async session =>
            {
                var now = clock.GetUtcNow();
                var (at, old) = (now.ToUnixTimeMilliseconds(), (now - s_kept).ToUnixTimeMilliseconds());
                await session.ExecuteAsync("DELETE FROM sign_in_failure WHERE last_at < @old", new { old });
                var count = await session.ScalarAsync<long>(Count, new { accountId, address, at });
                if (count < AllowedFailures) return (DateTimeOffset?)null;
                var end = UnixTime.Cut(now + WaitAfter(count));
                await session.ExecuteAsync(Slow, new { accountId, address, until = end.ToUnixTimeMilliseconds() });
                // The address is a person's and stays out of what is kept for ever.
                await new AccountChain(session, clock).AppendAsync(
                    accountId, AccountEventKind.SignInSlowed, NewEvent.System, new(Until: end));
                return end;
            },
            cancellationToken);
    }

    /// <summary>A right password ends the count for its address.</summary>
    public Task RecordSuccessAsync(string accountId, string address, CancellationToken cancellationToken = default) => database.WriteAsync(
        session => session.ExecuteAsync(
            "DELETE FROM sign_in_failure WHERE account_id = @accountId AND address = @address", new { accountId, address }),
        cancellationToken);

    private static TimeSpan WaitAfter(long failures)
    {
        var doubled = FirstWait * Math.Pow(2, Math.Min(failures - AllowedFailures, 10));
        return doubled < LongestWait ? doubled : LongestWait;
    }
}
