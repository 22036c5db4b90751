using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Postlotse.Letters;
using Postlotse.Responsibility.City;
using Postlotse.Storage;
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
        var rows = new List<VersionRow>();
        for (var i = 0; i < Math.Min(PageLength, read.Count); i++)
        {
            var version = read[i];
            var after = await OrganisationAsync(plans, version.Number, http.RequestAborted);
            var before = version.Organisation is null || version.Number == 1
                ? after : await OrganisationAsync(plans, version.Number - 1, http.RequestAborted);
            var plan = i + 1 < read.Count ? read[i + 1].Plan : CityPlan.Empty;
            var summary = PlanWords.Summary(PlanDifference.Of(plan, before, version.Plan, after));
            rows.Add(new(version.Number, version.At, await NameAsync(accounts, version.Actor, http.RequestAborted), summary));
        }

        return frames.Page<VersionListPage>(http, new VersionListModel(rows, read.Count > PageLength ? read[PageLength].Number : null));
    }

    private static async Task<IResult> ShowAsync(
        int number, HttpContext http, Frames frames, CityPlanStore plans, AccountStore accounts, CityInForce city)
    {
        var read = await plans.ListAsync(number, 2, http.RequestAborted);
        if (read.Count == 0 || read[0].Number != number) return Results.NotFound();
        var after = await OrganisationAsync(plans, number, http.RequestAborted);
        var before = number == 1 ? after : await OrganisationAsync(plans, number - 1, http.RequestAborted);
        var difference = PlanDifference.Of(read.Count > 1 ? read[1].Plan : CityPlan.Empty, before, read[0].Plan, after);
        var row = new VersionRow(
            number, read[0].At, await NameAsync(accounts, read[0].Actor, http.RequestAborted), PlanWords.Summary(difference));
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

    private static async Task<string> NameAsync(AccountStore accounts, string actor, CancellationToken cancellationToken) =>
        (await accounts.FindAsync(actor, cancellationToken))?.DisplayName ?? actor;
}

/// <param name="Who">Display name; the pseudonym when the account is gone.</param>
public sealed record VersionRow(int Number, DateTimeOffset At, string Who, string Summary);

/// <param name="Next">Where the list goes on; null at its end.</param>
public sealed record VersionListModel(IReadOnlyList<VersionRow> Versions, int? Next);

/// <param name="InForce">Number of the version in force.</param>
public sealed record VersionModel(VersionRow Version, IReadOnlyList<string> Lines, int InForce);
