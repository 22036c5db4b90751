using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Postlotse.Language;
using Postlotse.Letters;
using Postlotse.Responsibility.City;
using Postlotse.Web.Clearing;
using Postlotse.Web.Shared;

namespace Postlotse.Web.Organiser;

/// <summary>Assignments (Zuordnungen): which office does which concern, by proposal or by the organiser's word.</summary>
internal static class AssignmentEndpoints
{
    /// <summary>Rows shown at first.</summary>
    public const int Shown = 100;

    public static void Map(IEndpointRouteBuilder organiser)
    {
        organiser.MapGet("/assignments", (
            HttpContext http, Frames frames, CityInForce city, string? q, string? unit, string? order, string? all) =>
            frames.Page<AssignmentListPage>(http, List(city.Current, q?.Trim() ?? "", unit ?? "", order ?? "unsure", all is not null)));
        organiser.MapGet("/assignments/{concern}", (string concern, HttpContext http, Frames frames, CityInForce city) =>
            Find(city.Current, concern) is { } found
                ? frames.Page<AssignmentPage>(http, new AssignmentModel(city.Current, found, RowsOf(city.Current, concern), []))
                : Results.NotFound());
        organiser.MapPost("/assignments/{concern}", ChangeAsync);
    }

    private static AssignmentListModel List(CityState city, string search, string unit, string order, bool all)
    {
        var planned = city.Plan.Assignments.ToLookup(a => a.Concern, StringComparer.Ordinal);
        var words = GermanText.Tokens(search).Select(t => t.Text).ToList();
        var concerns = city.Decider.Proposals.Select(c => new ConcernRow(c, [.. planned[c.Id]]))
            .Where(c => words.TrueForAll(w => Fits(c.Concern, w)))
            .Where(c => unit.Length == 0 || c.Units.Contains(unit, StringComparer.Ordinal));
        var sorted = order switch
        {
            "title" => concerns.OrderBy(c => c.Concern.Title, StringComparer.OrdinalIgnoreCase),
            "planned" => concerns.OrderByDescending(c => c.Planned.Count > 0)
                .ThenBy(c => c.Concern.Title, StringComparer.OrdinalIgnoreCase),
            _ => concerns.OrderBy(c => c.Planned.Count > 0).ThenBy(c => c.Sureness).ThenBy(c => c.Concern.Title, StringComparer.Ordinal),
        };
        var found = sorted.ToList();
        return new(city, search, unit, order, all ? found : [.. found.Take(Shown)], found.Count);
    }

    private static bool Fits(ProposedConcern concern, string word) =>
        GermanText.Fold(concern.Title).Contains(word, StringComparison.Ordinal)
        || GermanText.Fold(concern.Office).Contains(word, StringComparison.Ordinal)
        || concern.Id.Contains(word, StringComparison.Ordinal);

    private static ProposedConcern? Find(CityState city, string concern) =>
        city.Decider.Proposals.FirstOrDefault(c => string.Equals(c.Id, concern, StringComparison.Ordinal));

    private static IReadOnlyList<PlannedAssignment> RowsOf(CityState city, string concern) =>
        [.. city.Plan.Assignments.Where(a => string.Equals(a.Concern, concern, StringComparison.Ordinal))];

    private static async Task<IResult> ChangeAsync(
        string concern, HttpContext http, Frames frames, CityInForce city, Drafts drafts, OfficeSearch offices)
    {
        var state = city.Current;
        if (Find(state, concern) is not { } found) return Results.NotFound();
        var form = await http.Request.ReadFormAsync(http.RequestAborted);
        var (rows, problems) = Rows(form, concern, offices);
        if (form["do"] == "add")
            return frames.Page<AssignmentPage>(http, new AssignmentModel(state, found, [.. rows, new(concern, "")], []));
        if (form["do"] == "remove") (rows, problems) = ([], []);
        var given = rows.Where(r => r.Unit.Length > 0).ToList();
        problems = [.. problems, .. CityPlanFile.Check(new() { Assignments = given }, state.Organisation, [concern])];
        if (problems.Count > 0)
            return frames.Page<AssignmentPage>(http, new AssignmentModel(state, found, rows, problems), StatusCodes.Status400BadRequest);
        return await DraftEndpoints.PrepareAsync(
            http, drafts, now => (With(now.Plan, concern, given), now.Organisation), http.Request.Path);
    }

    /// <summary>The plan with other rows for a concern, in their place.</summary>
    private static CityPlan With(CityPlan plan, string concern, IReadOnlyList<PlannedAssignment> rows)
    {
        var others = plan.Assignments.Where(a => !string.Equals(a.Concern, concern, StringComparison.Ordinal));
        return plan with { Assignments = [.. others.Concat(rows).OrderBy(a => a.Concern, StringComparer.Ordinal)] };
    }

    /// <summary>Rows as entered; lines without an office are left out when nothing else is said in them.</summary>
    private static (List<PlannedAssignment> Rows, IReadOnlyList<string> Problems) Rows(
        IFormCollection form, string concern, OfficeSearch offices)
    {
        var (rows, problems) = (new List<PlannedAssignment>(), new List<string>());
        for (var i = 0; i < form["unit"].Count; i++)
        {
            var unit = offices.Resolve(At("unit", i), At("unitText", i));
            var valid = DayText.TryRead(At("from", i), out var from) & DayText.TryRead(At("until", i), out var until);
            if (!valid) problems.Add(T.Of("organiser.badDate", i + 1));
            var row = new PlannedAssignment(concern, unit)
            {
                From = from, Until = until, Names = At("names", i),
                Districts = At("districts", i).Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries),
            };
            var says = row is { From: not null } or { Until: not null } or { Names.Length: > 0 } or { Districts.Count: > 0 };
            if (unit.Length == 0 && says) problems.Add(T.Of("organiser.noOffice", i + 1));
            if (unit.Length > 0 || says) rows.Add(row);
        }

        return (rows, problems);

        string At(string name, int i) => i < form[name].Count ? form[name][i]!.Trim() : "";
    }
}

/// <param name="Concern">With its proposal.</param>
/// <param name="Planned">What the organiser laid down; none: the proposal holds.</param>
public sealed record ConcernRow(ProposedConcern Concern, IReadOnlyList<PlannedAssignment> Planned)
{
    /// <summary>Offices that do it: as laid down, else as proposed.</summary>
    public IEnumerable<string> Units => Planned.Count > 0 ? Planned.Select(p => p.Unit) : Concern.Units.Select(u => u.Unit);

    /// <summary>How sure the proposal is, 0–1: the weaker of fit and share.</summary>
    public double Sureness => Concern.Units is not [var first, ..] ? 0
        : Math.Clamp(Concern.Alike > 0 ? Concern.Certainty : Math.Min(Concern.Certainty, first.Share), 0, 1);
}

/// <param name="Found">Number of all that meet search and filter.</param>
public sealed record AssignmentListModel(
    CityState City, string Search, string Unit, string Order, IReadOnlyList<ConcernRow> Concerns, int Found);

/// <param name="Rows">As laid down or as entered.</param>
public sealed record AssignmentModel(
    CityState City, ProposedConcern Concern, IReadOnlyList<PlannedAssignment> Rows, IReadOnlyList<string> Problems);
