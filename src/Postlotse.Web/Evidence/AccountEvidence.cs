using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Postlotse.Delivery;
using Postlotse.Evidence;
using Postlotse.Letters;
using Postlotse.Storage;
using Postlotse.Web.Shared;
using Postlotse.Web.SignIn;

namespace Postlotse.Web.Evidence;

/// <summary>
/// Evidence of the accounts: who changed which rights when. Administrators see the sign-in names they manage anyway; auditors see
/// pseudonyms, which tell nothing about whose letters went where.
/// </summary>
internal static class AccountEvidence
{
    private const int EventsAPage = 100;

    public static async Task<IResult> ShowAsync(HttpContext http, Frames frames, AccountStore accounts, UnitNames units, int? before)
    {
        var all = await accounts.EventsAsync(http.RequestAborted);
        var shown = all.Reverse().Where(e => before is null || e.Sequence < before).Take(EventsAPage).ToList();
        var known = Access.IsAtWork(CurrentAccount.Of(http)!, Role.Administrator) ? await accounts.ListAsync(http.RequestAborted) : [];
        var rows = shown.ConvertAll(e => new AccountEventRow(e, FactsOf(e, units, frames.Display)));
        return frames.Page<AccountEvidencePage>(http, new AccountEvidenceModel(
            rows, all.Count, EvidenceChain.FindFault(all), known.ToDictionary(a => a.Id, a => a.Name, StringComparer.Ordinal),
            shown.Count == EventsAPage ? shown[^1].Sequence : null));
    }

    /// <summary>What changed, a line for each list; nothing for a chain that was damaged by hand.</summary>
    private static IReadOnlyList<AccountEventFact> FactsOf(AccountEvent e, UnitNames units, Display display)
    {
        try
        {
            return JsonSerializer.Deserialize<AccountFacts>(e.Data, PostlotseJson.Compact) is { } facts
                ? Lines(facts, units, display).Where(f => f.Items.Count > 0).ToList() : [];
        }
        catch (JsonException)
        {
            return [];
        }
    }

    private static IEnumerable<AccountEventFact> Lines(AccountFacts facts, UnitNames units, Display display)
    {
        yield return new("accountEvent.roles.added", (facts.RolesAdded ?? []).Select(r => T.Of("role." + r)).ToList());
        yield return new("accountEvent.roles.removed", (facts.RolesRemoved ?? []).Select(r => T.Of("role." + r)).ToList());
        yield return new("accountEvent.units.added", (facts.UnitsAdded ?? []).Select(units.Label).ToList());
        yield return new("accountEvent.units.removed", (facts.UnitsRemoved ?? []).Select(units.Label).ToList());
        yield return new("accountEvent.label", facts.Label is { } label ? [label] : []);
        yield return new("accountEvent.token", facts is { Token: { } token, Label: null } ? [token] : []);
        yield return new("accountEvent.until", facts.Until is { } until ? [display.Exact(until)] : []);
    }
}

/// <param name="Events">Newest first.</param>
/// <param name="Total">Events there are.</param>
/// <param name="Fault">First event that does not hold; null when all hold.</param>
/// <param name="Names">Sign-in names by account id, as far as the reader may know them.</param>
/// <param name="Before">Where the next page begins; null at the end.</param>
public sealed record AccountEvidenceModel(
    IReadOnlyList<AccountEventRow> Events, int Total, ChainFault? Fault, IReadOnlyDictionary<string, string> Names, int? Before);

public sealed record AccountEventRow(AccountEvent Event, IReadOnlyList<AccountEventFact> Facts);

/// <param name="Text">Key of what the items are.</param>
/// <param name="Items">In words.</param>
public sealed record AccountEventFact(string Text, IReadOnlyList<string> Items);
