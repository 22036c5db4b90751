using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Postlotse.Letters;
using Postlotse.Responsibility.City;
using Postlotse.Storage;
using Postlotse.Web.Letters;
using Postlotse.Web.Shared;

namespace Postlotse.Web.Organiser;

/// <summary>Versions (Fassungen) of the plan: who changed what, and back to an earlier one, as a new version.</summary>
internal static class VersionEndpoints
{
    private const int PageLength = 25;

    public static void Map(IEndpointRouteBuilder organiser)
    {
        organiser.MapGet("/versions", ListAsync);
        organiser.MapGet("/versions/{number:int}", ShowAsync);
        organiser.MapPost("/versions/{number:int}/restore", RestoreAsync);
    }

    private static async Task<IResult> ListAsync(
        HttpContext http, Frames frames, CityPlanStore plans, AccountStore accounts, int? from)
    {
        var read = await plans.ListAsync(from ?? int.MaxValue, PageLength + 1, http.RequestAborted);
        var names = await ActorNames.OfAsync(accounts, read.Select(v => v.Actor), http.RequestAborted);
        var rows = new List<VersionRow>();
        // From the oldest on: the organisation of each is that of the one before, unless it brought another.
        var plan = CityPlan.Empty;
        var organisation = read.Count == 0 ? null : await OrganisationAsync(plans, read[^1].Number, http.RequestAborted);
        foreach (var version in read.Reverse())
        {
            var after = version.Organisation ?? organisation!;
            var summary = PlanWords.Summary(PlanDifference.Of(plan, organisation!, version.Plan, after));
            rows.Add(new(version.Number, version.At, names.GetValueOrDefault(version.Actor, version.Actor), summary));
            (plan, organisation) = (version.Plan, after);
        }

        // One more was read, only for what the last one shown differs in.
        var more = read.Count > PageLength;
        rows.Reverse();
        return frames.Page<VersionListPage>(
            http, new VersionListModel([.. rows.Take(PageLength)], more ? read[PageLength].Number : null));
    }

    private static async Task<IResult> ShowAsync(
        int number, HttpContext http, Frames frames, CityPlanStore plans, AccountStore accounts, CityInForce city)
    {
        var read = await plans.ListAsync(number, 2, http.RequestAborted);
        if (read.Count == 0 || read[0].Number != number) return Results.NotFound();
        var after = await OrganisationAsync(plans, number, http.RequestAborted);
        var before = number == 1 ? after : await OrganisationAsync(plans, number - 1, http.RequestAborted);
        var difference = PlanDifference.Of(read.Count > 1 ? read[1].Plan : CityPlan.Empty, before, read[0].Plan, after);
        var names = await ActorNames.OfAsync(accounts, [read[0].Actor], http.RequestAborted);
        var who = names.GetValueOrDefault(read[0].Actor, read[0].Actor);
        var row = new VersionRow(number, read[0].At, who, PlanWords.Summary(difference));
        var lines = new PlanWords(city.Current, before, after).Lines(difference);
        return frames.Page<VersionPage>(http, new VersionModel(row, lines, city.Current.Version));
    }

    private static async Task<IResult> RestoreAsync(int number, HttpContext http, Drafts drafts, CityPlanStore plans)
    {
        var read = await plans.ListAsync(number, 1, http.RequestAborted);
        if (read.Count == 0 || read[0].Number != number) return Results.NotFound();
        var organisation = await OrganisationAsync(plans, number, http.RequestAborted);
        return await DraftEndpoints.PrepareAsync(http, drafts, _ => (read[0].Plan, organisation), "/organiser/versions");
    }

    /// <summary>The first version carries one, so every version has one.</summary>
    private static async Task<Organisation> OrganisationAsync(CityPlanStore plans, int number, CancellationToken cancellationToken) =>
        await plans.OrganisationAsync(number, cancellationToken)
        ?? throw new InvalidOperationException("a version of the plan without organisation");
}

/// <param name="Who">Display name; the pseudonym when the account is gone.</param>
public sealed record VersionRow(int Number, DateTimeOffset At, string Who, string Summary);

/// <param name="Next">Where the list goes on; null at its end.</param>
public sealed record VersionListModel(IReadOnlyList<VersionRow> Versions, int? Next);

/// <param name="InForce">Number of the version in force.</param>
public sealed record VersionModel(VersionRow Version, IReadOnlyList<string> Lines, int InForce);
