using System.Text.Json;
using Postlotse.Delivery;
using Postlotse.Letters;

namespace Postlotse.Storage;

/// <summary>What signing in needs to know of an account.</summary>
/// <param name="Account">The account.</param>
/// <param name="PasswordHash">In the format of whoever made it.</param>
/// <param name="FailedCount">Wrong passwords in a row.</param>
/// <param name="LockedUntil">No password is accepted before; null when not locked.</param>
public sealed record AccountCredentials(Account Account, string PasswordHash, int FailedCount, DateTimeOffset? LockedUntil);

/// <summary>The accounts of this installation (Konten).</summary>
/// <param name="database">Open database.</param>
/// <param name="clock">For locks.</param>
public sealed class AccountStore(Database database, TimeProvider clock)
{
    /// <summary>Wrong passwords in a row that lock an account.</summary>
    public const int AllowedFailures = 5;

    /// <summary>How long an account stays locked.</summary>
    public static readonly TimeSpan LockDuration = TimeSpan.FromMinutes(15);

    private const string Columns = """
        id, name, display_name, roles, units, must_change_password, disabled, password_hash, failed_count, locked_until
        """;

    /// <summary>Adds an account; false when its name is taken.</summary>
    public Task<bool> CreateAsync(Account account, string passwordHash, CancellationToken cancellationToken = default)
    {
        const string Sql = """
            INSERT INTO account (id, name, display_name, roles, units, must_change_password, disabled, password_hash, created_at)
            VALUES (@Id, @Name, @DisplayName, @Roles, @Units, @MustChange, @Disabled, @passwordHash, @now)
            ON CONFLICT (name) DO NOTHING
            """;
        var row = Row(account);
        var now = clock.GetUtcNow().ToUnixTimeMilliseconds();
        var values = new { row.Id, row.Name, row.DisplayName, row.Roles, row.Units, row.MustChange, row.Disabled, passwordHash, now };
        return ChangeAsync(Sql, values, cancellationToken);
    }

    /// <summary>Account of a sign-in name in any case; null when there is none.</summary>
    public async Task<Account?> FindByNameAsync(string name, CancellationToken cancellationToken = default) =>
        (await CredentialsAsync(name, cancellationToken))?.Account;

    /// <summary>Account of an id; null when there is none.</summary>
    public async Task<Account?> FindAsync(string id, CancellationToken cancellationToken = default)
    {
        const string Sql = $"SELECT {Columns} FROM account WHERE id = @id";
        return (await database.ReadAsync(session => session.FirstAsync<AccountRecord>(Sql, new { id }), cancellationToken))?.Account;
    }

    /// <summary>What signing in needs, by sign-in name in any case; null when there is no such account.</summary>
    public async Task<AccountCredentials?> CredentialsAsync(string name, CancellationToken cancellationToken = default)
    {
        var lower = Lower(name);
        var sql = $"SELECT {Columns} FROM account WHERE name = @lower";
        var record = await database.ReadAsync(session => session.FirstAsync<AccountRecord>(sql, new { lower }), cancellationToken);
        if (record is null) return null;
        DateTimeOffset? until = record.LockedUntil > clock.GetUtcNow().ToUnixTimeMilliseconds() ? UnixTime.Of(record.LockedUntil) : null;
        return new(record.Account, record.PasswordHash, (int)record.FailedCount, until);
    }

    /// <summary>All accounts by name.</summary>
    public Task<IReadOnlyList<Account>> ListAsync(CancellationToken cancellationToken = default)
    {
        const string Sql = $"SELECT {Columns} FROM account ORDER BY name";
        return database.ReadAsync<IReadOnlyList<Account>>(
            async session => (await session.ListAsync<AccountRecord>(Sql)).ConvertAll(r => r.Account), cancellationToken);
    }

    /// <summary>Number of accounts.</summary>
    public Task<int> CountAsync(CancellationToken cancellationToken = default) => database.ReadAsync(
        async session => (int)await session.ScalarAsync<long>("SELECT count(*) FROM account"), cancellationToken);

    /// <summary>Changes display name, roles, units and disabled; id, name and password stay. False when there is no such account.</summary>
    public Task<bool> UpdateAsync(Account account, CancellationToken cancellationToken = default)
    {
        const string Sql = """
            UPDATE account SET display_name = @DisplayName, roles = @Roles, units = @Units, disabled = @Disabled WHERE id = @Id
            """;
        return ChangeAsync(Sql, Row(account), cancellationToken);
    }

    /// <summary>Sets the password, and with it ends a lock. False when there is no such account.</summary>
    /// <param name="id">Account.</param>
    /// <param name="passwordHash">In the caller's format.</param>
    /// <param name="mustChangePassword">True for a first password made by somebody else.</param>
    /// <param name="cancellationToken">Ends the wait for the database.</param>
    public Task<bool> SetPasswordAsync(
        string id, string passwordHash, bool mustChangePassword, CancellationToken cancellationToken = default)
    {
        const string Sql = """
            UPDATE account SET password_hash = @passwordHash, must_change_password = @must, failed_count = 0, locked_until = 0
            WHERE id = @id
            """;
        return ChangeAsync(Sql, new { id, passwordHash, must = mustChangePassword ? 1L : 0L }, cancellationToken);
    }

    /// <summary>Counts a wrong password; the fifth in a row locks the account and begins a new count.</summary>
    /// <returns>End of the lock; null when not locked.</returns>
    public async Task<DateTimeOffset?> RecordFailureAsync(string id, CancellationToken cancellationToken = default)
    {
        var sql = $"""
            UPDATE account SET
                locked_until = CASE WHEN failed_count + 1 >= {AllowedFailures} THEN @until ELSE locked_until END,
                failed_count = CASE WHEN failed_count + 1 >= {AllowedFailures} THEN 0 ELSE failed_count + 1 END
            WHERE id = @id RETURNING locked_until
            """;
        var now = clock.GetUtcNow();
        var until = (now + LockDuration).ToUnixTimeMilliseconds();
        var locked = await database.WriteAsync(session => session.ScalarAsync<long?>(sql, new { id, until }), cancellationToken);
        return locked > now.ToUnixTimeMilliseconds() ? UnixTime.Of(locked) : null;
    }

    /// <summary>A right password ends the count.</summary>
    public Task RecordSuccessAsync(string id, CancellationToken cancellationToken = default) =>
        ChangeAsync("UPDATE account SET failed_count = 0, locked_until = 0 WHERE id = @id", new { id }, cancellationToken);

    private async Task<bool> ChangeAsync(string sql, object values, CancellationToken cancellationToken) =>
        await database.WriteAsync(session => session.ExecuteAsync(sql, values), cancellationToken) == 1;

    private static AccountValues Row(Account account) => new(
        account.Id, Lower(account.Name), account.DisplayName, AccountRecord.Write(account.Roles), AccountRecord.Write(account.Units),
        account.MustChangePassword ? 1 : 0, account.Disabled ? 1 : 0);

    private static string Lower(string name) => StoredText.Clean(name).Trim().ToLowerInvariant();

    private sealed record AccountValues(
        string Id, string Name, string DisplayName, string Roles, string Units, long MustChange, long Disabled);

    private sealed class AccountRecord
    {
        public string Id { get; init; } = "";

        public string Name { get; init; } = "";

        public string DisplayName { get; init; } = "";

        public string Roles { get; init; } = "[]";

        public string Units { get; init; } = "[]";

        public long MustChangePassword { get; init; }

        public long Disabled { get; init; }

        public string PasswordHash { get; init; } = "";

        public long FailedCount { get; init; }

        public long LockedUntil { get; init; }

        public Account Account => new(
            Id, Name, DisplayName, Read<Role>(Roles), Read<string>(Units), MustChangePassword != 0, Disabled != 0);

        public static string Write<T>(IReadOnlyList<T> values) => JsonSerializer.Serialize(values, PostlotseJson.Compact);

        private static List<T> Read<T>(string json) => JsonSerializer.Deserialize<List<T>>(json, PostlotseJson.Compact) ?? [];
    }
}
