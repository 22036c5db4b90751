using Postlotse.Delivery;
using Postlotse.Evidence;

namespace Postlotse.Storage;

/// <summary>The accounts' evidence: one chain over all of them, written in the transaction of the change it tells of.</summary>
internal sealed class AccountChain(Session session, TimeProvider clock)
{
    /// <summary>End of the name of the migration with which the chain begins.</summary>
    public const string FirstMigration = "-account-events";

    private const string AppendSql = """
        INSERT INTO account_event (sequence, account_id, at, kind, actor, data, previous_hash, hash)
        VALUES (@Sequence, @AccountId, @At, @Kind, @Actor, @Data, @PreviousHash, @Hash)
        """;

    /// <summary>Puts an event at the end; the chain stays locked until the transaction ends.</summary>
    public async Task AppendAsync(string accountId, AccountEventKind kind, string actor, AccountFacts? facts = null)
    {
        var end = await EndAsync(session.Dialect.ForUpdate);
        var data = EventData.Write(facts ?? new());
        var e = EvidenceChain.Append(accountId, (int)end.EventCount, end.LastHash, clock.GetUtcNow(), kind, actor, data);
        await session.ExecuteAsync(AppendSql, new
        {
            e.Sequence, e.AccountId, At = e.At.ToUnixTimeMilliseconds(), Kind = e.Kind.ToString(), e.Actor, e.Data, e.PreviousHash, e.Hash,
        });
        await session.ExecuteAsync("UPDATE account_chain SET event_count = @Sequence, last_hash = @Hash", new { e.Sequence, e.Hash });
    }

    /// <summary>Where the chain ends.</summary>
    public async Task<ChainEnd> EndAsync(string forUpdate = "") =>
        await session.FirstAsync<ChainEnd>($"SELECT event_count, last_hash FROM account_chain WHERE number = 1 {forUpdate}") ?? new();

    /// <summary>All events, oldest first.</summary>
    public async Task<List<AccountEvent>> ReadAsync()
    {
        const string Sql = """
            SELECT sequence, account_id, at, kind, actor, data, previous_hash, hash FROM account_event ORDER BY sequence
            """;
        return (await session.ListAsync<AccountEventRecord>(Sql)).ConvertAll(r => r.Event);
    }

    /// <summary>Begins the evidence of accounts that are older than the chain: as they are now.</summary>
    public async Task TakeOverAsync()
    {
        foreach (var account in (await session.ListAsync<AccountRecord>(AccountRecord.AllSql)).Select(r => r.Account))
        {
            await AppendAsync(account.Id, AccountEventKind.TakenOver, NewEvent.System, RightsOf(account));
            if (account.Disabled) await AppendAsync(account.Id, AccountEventKind.Locked, NewEvent.System);
        }

        foreach (var token in await session.ListAsync<ActiveToken>(ActiveToken.AllSql))
        {
            var facts = new AccountFacts(Token: token.Id, Label: token.Label);
            await AppendAsync(token.AccountId, AccountEventKind.TokenIssued, NewEvent.System, facts);
        }
    }

    /// <summary>An account's rights as given at once.</summary>
    public static AccountFacts RightsOf(Account account) => new(RolesAdded: Names(account.Roles), UnitsAdded: account.Units);

    /// <summary>What was given and taken; null when nothing.</summary>
    public static AccountFacts? Difference(Account before, Account after)
    {
        var (roles, units) = (before.Roles.ToHashSet(), before.Units.ToHashSet(StringComparer.Ordinal));
        var facts = new AccountFacts(
            Names(after.Roles.Where(r => !roles.Contains(r))), Names(before.Roles.Where(r => !after.Roles.Contains(r))),
            after.Units.Where(u => !units.Contains(u)).ToList(),
            before.Units.Where(u => !after.Units.Contains(u, StringComparer.Ordinal)).ToList());
        var any = facts is not { RolesAdded: [], RolesRemoved: [], UnitsAdded: [], UnitsRemoved: [] };
        return any ? facts : null;
    }

    private static List<string> Names(IEnumerable<Role> roles) => roles.Select(r => r.ToString()).ToList();
}

/// <summary>Where the accounts' chain ends.</summary>
internal sealed class ChainEnd
{
    public long EventCount { get; init; }

    public string LastHash { get; init; } = "";
}

/// <summary>A token that works.</summary>
internal sealed class ActiveToken
{
    public const string AllSql = "SELECT id, account_id, label FROM api_token WHERE revoked_at IS NULL ORDER BY created_at, id";

    public string Id { get; init; } = "";

    public string AccountId { get; init; } = "";

    public string Label { get; init; } = "";
}

/// <summary>An account event's row.</summary>
internal sealed class AccountEventRecord : ChainRecord
{
    public string AccountId { get; init; } = "";

    public AccountEvent Event =>
        new(AccountId, (int)Sequence, UnixTime.Of(At), KnownKind<AccountEventKind>(), Actor, Data, PreviousHash, Hash);
}
