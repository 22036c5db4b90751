using System.Security.Cryptography;
using Postlotse.Delivery;
using Postlotse.Evidence;

namespace Postlotse.Storage;

/// <summary>What signing in and a session's check need to know of an account.</summary>
/// <param name="Account">The account.</param>
/// <param name="PasswordHash">In the format of whoever made it.</param>
/// <param name="SessionStamp">A session that carries another one has ended.</param>
public sealed record AccountCredentials(Account Account, string PasswordHash, string SessionStamp);

/// <summary>
/// The accounts of this installation (Konten). Every change leaves its evidence in the same transaction; what changes rights or password
/// ends the account's sessions.
/// </summary>
/// <param name="database">Open database.</param>
/// <param name="clock">For evidence and waits.</param>
public sealed class AccountStore(Database database, TimeProvider clock)
{
    /// <summary>Adds an account; false when its name is taken.</summary>
    /// <param name="account">The new account.</param>
    /// <param name="passwordHash">In the caller's format.</param>
    /// <param name="actor">Id of the account that does it, or <see cref="NewEvent.System"/>.</param>
    /// <param name="cancellationToken">Ends the wait for the database.</param>
    public Task<bool> CreateAsync(Account account, string passwordHash, string actor, CancellationToken cancellationToken = default)
    {
        const string Sql = """
            INSERT INTO account (id, name, display_name, roles, units, must_change_password, disabled, password_hash, created_at,
                session_stamp)
            VALUES (@Id, @Name, @DisplayName, @Roles, @Units, @MustChange, @Disabled, @passwordHash, @now, @stamp)
            ON CONFLICT (name) DO NOTHING
            """;
        ArgumentNullException.ThrowIfNull(account);
        var row = Row(account);
        var now = clock.GetUtcNow().ToUnixTimeMilliseconds();
        var values = new
        {
            row.Id, row.Name, row.DisplayName, row.Roles, row.Units, row.MustChange, row.Disabled, passwordHash, now, stamp = NewStamp(),
        };
        return WriteAsync(
            async (session, chain) =>
            {
                if (await session.ExecuteAsync(Sql, values) != 1) return false;
                await chain.AppendAsync(account.Id, AccountEventKind.Created, actor, AccountChain.RightsOf(account));
                if (account.Disabled) await chain.AppendAsync(account.Id, AccountEventKind.Locked, actor);
                return true;
            },
            cancellationToken);
    }

    /// <summary>Account of a sign-in name in any case; null when there is none.</summary>
    public async Task<Account?> FindByNameAsync(string name, CancellationToken cancellationToken = default) =>
        (await CredentialsAsync(name, cancellationToken))?.Account;

    /// <summary>Account of an id; null when there is none.</summary>
    public async Task<Account?> FindAsync(string id, CancellationToken cancellationToken = default)
    {
        const string Sql = $"SELECT {AccountRecord.Columns} FROM account WHERE id = @id";
        return (await database.ReadAsync(session => session.FirstAsync<AccountRecord>(Sql, new { id }), cancellationToken))?.Account;
    }

    /// <summary>What signing in needs, by sign-in name in any case; null when there is no such account.</summary>
    public async Task<AccountCredentials?> CredentialsAsync(string name, CancellationToken cancellationToken = default)
    {
        const string Sql = $"SELECT {AccountRecord.Columns} FROM account WHERE name = @lower";
        var lower = Lower(name);
        var record = await database.ReadAsync(session => session.FirstAsync<AccountRecord>(Sql, new { lower }), cancellationToken);
        return record is null ? null : new(record.Account, record.PasswordHash, record.SessionStamp);
    }

    /// <summary>All accounts by name.</summary>
    public Task<IReadOnlyList<Account>> ListAsync(CancellationToken cancellationToken = default) =>
        database.ReadAsync<IReadOnlyList<Account>>(
            async session => (await session.ListAsync<AccountRecord>(AccountRecord.AllSql)).ConvertAll(r => r.Account), cancellationToken);

    /// <summary>Number of accounts.</summary>
    public Task<int> CountAsync(CancellationToken cancellationToken = default) => database.ReadAsync(
        async session => (int)await session.ScalarAsync<long>("SELECT count(*) FROM account"), cancellationToken);

    /// <summary>The evidence of all accounts, oldest first.</summary>
    public Task<IReadOnlyList<AccountEvent>> EventsAsync(CancellationToken cancellationToken = default) =>
        database.ReadAsync<IReadOnlyList<AccountEvent>>(
            async session => await new AccountChain(session, clock).ReadAsync(), cancellationToken);

    /// <summary>
    /// Changes display name, roles, units and disabled; id, name and password stay. Other rights or a lock end the account's sessions.
    /// False when there is no such account.
    /// </summary>
    /// <param name="account">As it is to be.</param>
    /// <param name="actor">Id of the account that does it, or <see cref="NewEvent.System"/>.</param>
    /// <param name="cancellationToken">Ends the wait for the database.</param>
    public Task<bool> UpdateAsync(Account account, string actor, CancellationToken cancellationToken = default)
    {
        const string Sql = """
            UPDATE account SET display_name = @DisplayName, roles = @Roles, units = @Units, disabled = @Disabled WHERE id = @Id
            """;
        ArgumentNullException.ThrowIfNull(account);
        return WriteAsync(
            async (session, chain) =>
            {
                if (await LockAsync(session, account.Id) is not { } before) return false;
                await session.ExecuteAsync(Sql, Row(account));
                await TellAsync(chain, before, account, actor);
                if (before.Disabled != account.Disabled || AccountChain.Difference(before, account) is not null)
                    await RenewStampAsync(session, account.Id);
                return true;
            },
            cancellationToken);
    }

    /// <summary>Sets the password; ends the account's sessions and every wait. False when there is no such account.</summary>
    /// <param name="id">Account.</param>
    /// <param name="passwordHash">In the caller's format.</param>
    /// <param name="mustChangePassword">True for a first password made by somebody else.</param>
    /// <param name="actor">Id of the account that does it, or <see cref="NewEvent.System"/>.</param>
    /// <param name="cancellationToken">Ends the wait for the database.</param>
    public Task<bool> SetPasswordAsync(
        string id, string passwordHash, bool mustChangePassword, string actor, CancellationToken cancellationToken = default)
    {
        const string Sql = "UPDATE account SET password_hash = @passwordHash, must_change_password = @must WHERE id = @id";
        return WriteAsync(
            async (session, chain) =>
            {
                if (await session.ExecuteAsync(Sql, new { id, passwordHash, must = mustChangePassword ? 1L : 0L }) != 1) return false;
                await session.ExecuteAsync("DELETE FROM sign_in_failure WHERE account_id = @id", new { id });
                await RenewStampAsync(session, id);
                var own = string.Equals(id, actor, StringComparison.Ordinal);
                await chain.AppendAsync(id, own ? AccountEventKind.PasswordChanged : AccountEventKind.PasswordReset, actor);
                return true;
            },
            cancellationToken);
    }

    /// <summary>Ends every session of the account, wherever its cookie was copied to.</summary>
    public Task<bool> EndSessionsAsync(string id, CancellationToken cancellationToken = default) =>
        WriteAsync((session, _) => RenewStampAsync(session, id), cancellationToken);

    private static async Task TellAsync(AccountChain chain, Account before, Account after, string actor)
    {
        var id = after.Id;
        if (AccountChain.Difference(before, after) is { } rights)
            await chain.AppendAsync(id, AccountEventKind.RightsChanged, actor, rights);
        if (before.Disabled != after.Disabled)
            await chain.AppendAsync(id, after.Disabled ? AccountEventKind.Locked : AccountEventKind.Unlocked, actor);
        if (!string.Equals(before.DisplayName, after.DisplayName, StringComparison.Ordinal))
            await chain.AppendAsync(id, AccountEventKind.Renamed, actor);
    }

    private static async Task<Account?> LockAsync(Session session, string id) => (await session.FirstAsync<AccountRecord>(
        $"SELECT {AccountRecord.Columns} FROM account WHERE id = @id {session.Dialect.ForUpdate}", new { id }))?.Account;

    private static async Task<bool> RenewStampAsync(Session session, string id) => await session.ExecuteAsync(
        "UPDATE account SET session_stamp = @stamp WHERE id = @id", new { id, stamp = NewStamp() }) == 1;

    /// <summary>Random, so that not even a database brought back from a backup makes an old cookie good again.</summary>
    private static string NewStamp() => Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16));

    private Task<bool> WriteAsync(Func<Session, AccountChain, Task<bool>> work, CancellationToken cancellationToken) =>
        database.WriteAsync(session => work(session, new(session, clock)), cancellationToken);

    private static AccountValues Row(Account account) => new(
        account.Id, Lower(account.Name), account.DisplayName, AccountRecord.Write(account.Roles), AccountRecord.Write(account.Units),
        account.MustChangePassword ? 1 : 0, account.Disabled ? 1 : 0);

    private static string Lower(string name) => StoredText.Clean(name).Trim().ToLowerInvariant();

    private sealed record AccountValues(
        string Id, string Name, string DisplayName, string Roles, string Units, long MustChange, long Disabled);
}
