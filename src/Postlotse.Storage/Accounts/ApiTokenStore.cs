using Postlotse.Delivery;
using Postlotse.Evidence;

namespace Postlotse.Storage;

/// <summary>A token by which a program acts for an account. Only its hash is kept.</summary>
/// <param name="Id">For listing and revoking.</param>
/// <param name="Label">What it is for.</param>
/// <param name="CreatedAt">UTC.</param>
/// <param name="LastUsedAt">To the hour; null when never used.</param>
public sealed record ApiToken(string Id, string Label, DateTimeOffset CreatedAt, DateTimeOffset? LastUsedAt);

/// <summary>Tokens for programs (API).</summary>
/// <param name="database">Open database.</param>
/// <param name="clock">For creation and use.</param>
public sealed class ApiTokenStore(Database database, TimeProvider clock)
{
    private static readonly TimeSpan UseGrain = TimeSpan.FromHours(1);

    /// <summary>Adds a token.</summary>
    /// <param name="id">Unique.</param>
    /// <param name="account">For whom it acts.</param>
    /// <param name="label">What it is for.</param>
    /// <param name="hash">SHA-256 of the token, lower-case hexadecimal.</param>
    /// <param name="actor">Id of the account that issues it.</param>
    /// <param name="cancellationToken">Ends the wait for the database.</param>
    public Task AddAsync(string id, Account account, string label, string hash, string actor, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(account);
        const string Sql = "INSERT INTO api_token (id, account_id, label, hash, created_at) VALUES (@id, @AccountId, @clean, @hash, @now)";
        var clean = StoredText.Clean(label);
        return database.WriteAsync(
            async session =>
            {
                await session.ExecuteAsync(Sql, new { id, AccountId = account.Id, clean, hash, now = Now });
                var facts = new AccountFacts(Token: id, Label: clean);
                await new AccountChain(session, clock).AppendAsync(account.Id, AccountEventKind.TokenIssued, actor, facts);
                return id;
            },
            cancellationToken);
    }

    /// <summary>An account's tokens that are not revoked, newest first.</summary>
    public Task<IReadOnlyList<ApiToken>> ListAsync(string accountId, CancellationToken cancellationToken)
    {
        const string Sql = """
            SELECT id, label, created_at, last_used_at FROM api_token
            WHERE account_id = @accountId AND revoked_at IS NULL ORDER BY created_at DESC, id
            """;
        return database.ReadAsync<IReadOnlyList<ApiToken>>(
            async session => (await session.ListAsync<TokenRecord>(Sql, new { accountId }))
                .ConvertAll(r => new ApiToken(r.Id, r.Label, UnixTime.Of(r.CreatedAt), UnixTime.Of(r.LastUsedAt))),
            cancellationToken);
    }

    /// <summary>Ends a token at once; false when the account has no such token.</summary>
    /// <param name="id">Token.</param>
    /// <param name="accountId">Account it acts for.</param>
    /// <param name="actor">Id of the account that revokes it.</param>
    /// <param name="cancellationToken">Ends the wait for the database.</param>
    public Task<bool> RevokeAsync(string id, string accountId, string actor, CancellationToken cancellationToken)
    {
        const string Sql = "UPDATE api_token SET revoked_at = @now WHERE id = @id AND account_id = @accountId AND revoked_at IS NULL";
        return database.WriteAsync(
            async session =>
            {
                if (await session.ExecuteAsync(Sql, new { id, accountId, now = Now }) != 1) return false;
                var facts = new AccountFacts(Token: id);
                await new AccountChain(session, clock).AppendAsync(accountId, AccountEventKind.TokenRevoked, actor, facts);
                return true;
            },
            cancellationToken);
    }

    /// <summary>Id of the account that a token acts for; null when there is none or it is revoked.</summary>
    /// <param name="hash">As given to <see cref="AddAsync"/>.</param>
    /// <param name="cancellationToken">Ends the wait for the database.</param>
    public async Task<string?> AccountOfAsync(string hash, CancellationToken cancellationToken)
    {
        const string Find = """
            SELECT id, account_id, label, created_at, last_used_at FROM api_token WHERE hash = @hash AND revoked_at IS NULL
            """;
        const string Mark = "UPDATE api_token SET last_used_at = @now WHERE id = @Id";
        var found = await database.ReadAsync(session => session.FirstAsync<TokenRecord>(Find, new { hash }), cancellationToken);
        if (found is null) return null;
        if (found.LastUsedAt is null || Now - found.LastUsedAt > UseGrain.TotalMilliseconds)
            await database.WriteAsync(session => session.ExecuteAsync(Mark, new { found.Id, now = Now }), cancellationToken);
        return found.AccountId;
    }

    private long Now => clock.GetUtcNow().ToUnixTimeMilliseconds();

    private sealed class TokenRecord
    {
        public string Id { get; init; } = "";

        public string AccountId { get; init; } = "";

        public string Label { get; init; } = "";

        public long CreatedAt { get; init; }

        public long? LastUsedAt { get; init; }
    }
}
