using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Postlotse.Letters;
using Postlotse.Responsibility.City;
using Postlotse.Web.Shared;
using OrganisationFile = Postlotse.Responsibility.OrganisationFile;

namespace Postlotse.Web.Organiser;

/// <summary>
/// Import and export: organisation (JSON), assignments (CSV), the whole plan (JSON). A file with any problem changes nothing; one without
/// is shown like every other change before it is in force.
/// </summary>
internal static class ExchangeEndpoints
{
    private const string Home = "/organiser/exchange";
    private const long MostBytes = 32L * 1024 * 1024;

    public static void Map(IEndpointRouteBuilder organiser)
    {
        organiser.MapGet("/exchange", (HttpContext http, Frames frames) => frames.Page<ExchangePage>(http, new ExchangeModel([])));
        organiser.MapGet("/exchange/organisation.json", (CityInForce city) => Download(
            JsonSerializer.Serialize(city.Current.Organisation, PostlotseJson.Indented), "application/json", "organisation.json"));
        organiser.MapGet("/exchange/assignments.csv", (CityInForce city) => Download(
            AssignmentTable.Write(city.Current.Plan.Assignments), "text/csv", "assignments.csv"));
        organiser.MapGet("/exchange/proposals.csv", (CityInForce city) => Download(
            AssignmentTable.Write(city.Current.Decider.Proposals.Where(c => c.Units.Count > 0)
                .Select(c => new PlannedAssignment(c.Id, c.Units[0].Unit))), "text/csv", "proposals.csv"));
        organiser.MapGet("/exchange/plan.json", (CityInForce city) => Download(
            CityPlanFile.Write(city.Current.Plan), "application/json", "plan.json"));
        organiser.MapPost("/exchange/organisation", TakeOrganisationAsync);
        organiser.MapPost("/exchange/assignments", TakeAssignmentsAsync);
        organiser.MapPost("/exchange/plan", TakePlanAsync);
    }

    private static IResult Download(string text, string type, string name) =>
        Results.File(Encoding.UTF8.GetBytes(text), type + "; charset=utf-8", name);

    /// <summary>A re-organisation: the plan is made to fit, and the page of the change says what ends by that.</summary>
    private static async Task<IResult> TakeOrganisationAsync(HttpContext http, Frames frames, Drafts drafts)
    {
        if (await FileAsync(http) is not { } file) return Refuse(http, frames, [T.Of("organiser.exchange.noFile")]);
        await using var content = file.OpenReadStream();
        var reading = await Task.Run(() => OrganisationFile.Read(content), http.RequestAborted);
        if (reading.Organisation is not { } organisation) return Refuse(http, frames, reading.Problems);
        return await DraftEndpoints.PrepareAsync(http, drafts, now => (PlanVersion.Fit(now.Plan, organisation), organisation), Home);
    }

    private static async Task<IResult> TakeAssignmentsAsync(HttpContext http, Frames frames, Drafts drafts, CityInForce city)
    {
        if (await TextAsync(http) is not { } text) return Refuse(http, frames, [T.Of("organiser.exchange.noFile")]);
        var (rows, problems) = AssignmentTable.Read(text);
        if (problems.Count == 0) problems = Check(city.Current, new() { Assignments = rows });
        if (problems.Count > 0) return Refuse(http, frames, problems);
        var sorted = rows.OrderBy(r => r.Concern, StringComparer.Ordinal).ToList();
        return await DraftEndpoints.PrepareAsync(http, drafts, now => (now.Plan with { Assignments = sorted }, now.Organisation), Home);
    }

    private static async Task<IResult> TakePlanAsync(HttpContext http, Frames frames, Drafts drafts, CityInForce city)
    {
        if (await TextAsync(http) is not { } text) return Refuse(http, frames, [T.Of("organiser.exchange.noFile")]);
        var reading = CityPlanFile.Read(text.TrimStart('\uFEFF'), city.Current.Organisation, Concerns(city.Current));
        if (reading.Plan is not { } plan) return Refuse(http, frames, reading.Problems);
        return await DraftEndpoints.PrepareAsync(http, drafts, now => (plan, now.Organisation), Home);
    }

    private static IReadOnlyList<string> Check(CityState city, CityPlan plan) =>
        CityPlanFile.Check(plan, city.Organisation, Concerns(city));

    private static HashSet<string> Concerns(CityState city) =>
        city.Decider.Proposals.Select(c => c.Id).ToHashSet(StringComparer.Ordinal);

    /// <summary>Null when there is none, it is empty, or larger than any plan can be.</summary>
    private static async Task<IFormFile?> FileAsync(HttpContext http) =>
        (await http.Request.ReadFormAsync(http.RequestAborted)).Files is [{ Length: > 0 and <= MostBytes } file, ..] ? file : null;

    private static async Task<string?> TextAsync(HttpContext http)
    {
        if (await FileAsync(http) is not { } file) return null;
        using var reader = new StreamReader(file.OpenReadStream(), Encoding.UTF8);
        return await reader.ReadToEndAsync(http.RequestAborted);
    }

    private static IResult Refuse(HttpContext http, Frames frames, IReadOnlyList<string> problems) =>
        frames.Page<ExchangePage>(http, new ExchangeModel(problems), StatusCodes.Status400BadRequest);
}

/// <param name="Problems">Of the file that was given; none when there was none or it is fine.</param>
public sealed record ExchangeModel(IReadOnlyList<string> Problems);
