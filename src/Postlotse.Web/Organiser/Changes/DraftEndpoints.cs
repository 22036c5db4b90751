using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Postlotse.Delivery;
using Postlotse.Responsibility.City;
using Postlotse.Storage;
using Postlotse.Web.Shared;
using Postlotse.Web.SignIn;

namespace Postlotse.Web.Organiser;

/// <summary>
/// Every change goes this way: prepared, shown with what it means for past letters, confirmed, appended as a version, in force.
/// </summary>
internal static class DraftEndpoints
{
    public static void Map(IEndpointRouteBuilder organiser)
    {
        organiser.MapGet("/draft", ShowAsync);
        organiser.MapPost("/draft/confirm", ConfirmAsync);
        organiser.MapPost("/draft/drop", (HttpContext http, Drafts drafts) =>
        {
            var id = CurrentAccount.Of(http)!.Id;
            var back = drafts.Of(id)?.Back ?? "/organiser";
            drafts.Drop(id);
            return Results.Redirect(back);
        });
    }

    /// <summary>Prepares a change and leads to its page.</summary>
    public static async Task<IResult> PrepareAsync(HttpContext http, Drafts drafts, PlanChange change, string back)
    {
        await drafts.BeginAsync(CurrentAccount.Of(http)!.Id, change, back, http.RequestAborted);
        return Results.Redirect("/organiser/draft");
    }

    private static async Task<IResult> ShowAsync(
        HttpContext http, Frames frames, Drafts drafts, Notices notices, PastLetters past, AccountStore accounts)
    {
        if (drafts.Of(CurrentAccount.Of(http)!.Id) is not { } draft)
        {
            notices.Leave(http, T.Of("organiser.draft.none"), good: false);
            return Results.Redirect("/organiser");
        }

        var affected = draft.Difference.ChangesOrganisation ? await AffectedAsync(draft, past, accounts, http.RequestAborted) : null;
        return frames.Page<DraftPage>(http, new DraftModel(draft, new PlanWords(draft.Before, draft.After), affected));
    }

    private static async Task<IResult> ConfirmAsync(
        HttpContext http, Drafts drafts, Notices notices, CityPlanStore plans, CityInForce city)
    {
        var account = CurrentAccount.Of(http)!;
        var shown = (await http.Request.ReadFormAsync(http.RequestAborted))["draft"].ToString();
        if (drafts.Of(account.Id) is not { } draft || !string.Equals(draft.Id, shown, StringComparison.Ordinal))
        {
            notices.Leave(http, T.Of("organiser.draft.other"), good: false);
            return Results.Redirect("/organiser/draft");
        }

        var (after, before) = (draft.After, draft.Before);
        if (await plans.AppendAsync(before.Version, account.Id, after.Plan, after.Organisation, http.RequestAborted) is null)
        {
            // Nothing is lost: the other's version stays, and this change is shown again on top of it.
            await plans.FollowAsync(city, http.RequestAborted);
            await drafts.BeginAsync(account.Id, draft.Change, draft.Back, http.RequestAborted);
            notices.Leave(http, T.Of("organiser.draft.overtaken", city.Current.Version), good: false);
            return Results.Redirect("/organiser/draft");
        }

        drafts.Drop(account.Id);
        // Usually the dry run has made what decides; else this one answer waits for it, and no letter does.
        await Task.Run(() => city.Replace(after), http.RequestAborted);
        notices.Leave(http, T.Of("organiser.draft.done", after.Version));
        return Results.Redirect(draft.Back);
    }

    private static async Task<AffectedByReorganisation> AffectedAsync(
        PlanDraft draft, PastLetters past, AccountStore accounts, CancellationToken cancellationToken)
    {
        var gone = draft.Difference.UnitsRemoved.Select(u => u.Id).ToHashSet(StringComparer.Ordinal);
        var inPostkorb = await past.InPostkorbAsync(cancellationToken);
        var proposed = await past.ProposedInClearingAsync(cancellationToken);
        var all = await accounts.ListAsync(cancellationToken);
        var unattended = new Attendance(draft.After.Organisation, all).Unattended.Select(u => u.Id).ToHashSet(StringComparer.Ordinal);
        return new(
            [.. inPostkorb.Where(c => gone.Contains(c.Key)).Select(c => new UnitNumber(c.Key, c.Value))],
            proposed.Where(c => gone.Contains(c.Key)).Sum(c => c.Value),
            all.Count(a => !a.Disabled && a.Roles.Contains(Role.Office) && a.Units.All(gone.Contains)),
            [.. draft.Difference.UnitsAdded.Where(u => unattended.Contains(u.Id))]);
    }
}

/// <param name="Words">Says what differs.</param>
/// <param name="Affected">Null when the organisation stays.</param>
public sealed record DraftModel(PlanDraft Draft, PlanWords Words, AffectedByReorganisation? Affected);

/// <summary>What a re-organisation leaves behind.</summary>
/// <param name="Postkorb">Letters in Postkörbe of offices that go.</param>
/// <param name="Proposals">Letters in clearing whose proposal is an office that goes.</param>
/// <param name="Homeless">Accounts that belong to offices that go alone.</param>
/// <param name="Unattended">New offices without a member.</param>
public sealed record AffectedByReorganisation(
    IReadOnlyList<UnitNumber> Postkorb, int Proposals, int Homeless, IReadOnlyList<NamedUnit> Unattended);

/// <summary>A number for an office.</summary>
public sealed record UnitNumber(string Unit, int Number);
