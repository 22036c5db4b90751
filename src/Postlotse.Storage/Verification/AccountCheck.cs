using System.Data;
using System.Text.Json;
using Postlotse.Delivery;
using Postlotse.Evidence;
using Postlotse.Letters;

namespace Postlotse.Storage;

/// <summary>
/// Checks the accounts' chain, its end, and whether roles, offices, locks and tokens are those that the events say: a right that was
/// given behind the program's back is found.
/// </summary>
internal static class AccountCheck
{
    /// <summary>Number of events, and the first fault.</summary>
    public static async Task<(int Events, EvidenceFault? Fault)> RunAsync(Session session)
    {
        try
        {
            return await CheckAsync(session);
        }
        catch (Exception e) when (e is JsonException or DataException or InvalidCastException or FormatException or OverflowException)
        {
            // Values that no program wrote.
            return (0, Fault(EvidenceFaultKind.AccountContradicted, "?"));
        }
    }

    private static async Task<(int Events, EvidenceFault? Fault)> CheckAsync(Session session)
    {
        var chain = new AccountChain(session, TimeProvider.System);
        var events = await chain.ReadAsync();
        if (EvidenceChain.FindFault(events) is { } broken)
        {
            var kind = broken.Kind switch
            {
                ChainFaultKind.Gap => EvidenceFaultKind.AccountEventMissing,
                ChainFaultKind.BrokenLink => EvidenceFaultKind.AccountEventOutOfOrder,
                _ => EvidenceFaultKind.AccountEventChanged,
            };
            return (events.Count, Fault(kind, broken.Event.Subject, broken.Event.Sequence, broken.Event.KindName));
        }

        var end = await chain.EndAsync();
        var last = events.Count > 0 ? events[^1].Hash : EvidenceChain.Start;
        if (events.Count != end.EventCount || !string.Equals(last, end.LastHash, StringComparison.Ordinal))
            return (events.Count, Fault(EvidenceFaultKind.AccountEventsCutOff, "", events.Count, end.EventCount));
        return (events.Count, await ContradictionAsync(session, events));
    }

    private static async Task<EvidenceFault?> ContradictionAsync(Session session, List<AccountEvent> events)
    {
        var expected = events.GroupBy(e => e.AccountId, StringComparer.Ordinal)
            .ToDictionary(g => g.Key, Expected.Of, StringComparer.Ordinal);
        var tokens = (await session.ListAsync<ActiveToken>(ActiveToken.AllSql)).ToLookup(t => t.AccountId, StringComparer.Ordinal);
        foreach (var account in (await session.ListAsync<AccountRecord>(AccountRecord.AllSql)).Select(r => r.Account))
        {
            var holds = expected.Remove(account.Id, out var said) && said.Holds(account, tokens[account.Id].Select(t => t.Id));
            if (!holds) return Fault(EvidenceFaultKind.AccountContradicted, account.Id);
        }

        return expected.Keys.FirstOrDefault() is { } gone ? Fault(EvidenceFaultKind.AccountContradicted, gone) : null;
    }

    private static EvidenceFault Fault(EvidenceFaultKind kind, string accountId, params ReadOnlySpan<object?> details) =>
        EvidenceCheck.Fault(kind, accountId, details) with { LetterId = null };

    /// <summary>An account as its events say.</summary>
    private sealed class Expected
    {
        private readonly HashSet<string> _roles = new(StringComparer.Ordinal);
        private readonly HashSet<string> _units = new(StringComparer.Ordinal);
        private readonly HashSet<string> _tokens = new(StringComparer.Ordinal);
        private bool _locked;

        public static Expected Of(IEnumerable<AccountEvent> events)
        {
            var expected = new Expected();
            foreach (var e in events) expected.Follow(e);
            return expected;
        }

        public bool Holds(Account account, IEnumerable<string> tokens) =>
            _locked == account.Disabled && _roles.SetEquals(account.Roles.Select(r => r.ToString()))
            && _units.SetEquals(account.Units) && _tokens.SetEquals(tokens);

        private void Follow(AccountEvent e)
        {
            var facts = JsonSerializer.Deserialize<AccountFacts>(e.Data, PostlotseJson.Compact) ?? new();
            _roles.ExceptWith(facts.RolesRemoved ?? []);
            _roles.UnionWith(facts.RolesAdded ?? []);
            _units.ExceptWith(facts.UnitsRemoved ?? []);
            _units.UnionWith(facts.UnitsAdded ?? []);
            _locked = e.Kind == AccountEventKind.Locked || (_locked && e.Kind != AccountEventKind.Unlocked);
            if (facts.Token is not { } token) return;
            if (e.Kind == AccountEventKind.TokenIssued) _tokens.Add(token);
            else _tokens.Remove(token);
        }
    }
}
