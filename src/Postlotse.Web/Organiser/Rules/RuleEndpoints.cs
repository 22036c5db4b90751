using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Postlotse.Letters;
using Postlotse.Responsibility.City;
using Postlotse.Web.Clearing;
using Postlotse.Web.Shared;

namespace Postlotse.Web.Organiser;

/// <summary>Rules (Regeln): letters that meet all of a rule's conditions go to its office, or to a person.</summary>
internal static class RuleEndpoints
{
    private const string Home = "/organiser/rules";

    public static void Map(IEndpointRouteBuilder organiser)
    {
        organiser.MapGet("/rules", (HttpContext http, Frames frames, CityInForce city, Drafts drafts) =>
            frames.Page<RuleListPage>(http, new RuleListModel(city.Current, drafts.Today)));
        organiser.MapGet("/rules/new", (HttpContext http, Frames frames, CityInForce city) =>
            frames.Page<RulePage>(http, new RuleModel(city.Current, new("", ""), IsNew: true, [])));
        organiser.MapGet("/rules/{id}", (string id, HttpContext http, Frames frames, CityInForce city) =>
            Find(city.Current, id) is { } rule
                ? frames.Page<RulePage>(http, new RuleModel(city.Current, rule, IsNew: false, []))
                : Results.NotFound());
        organiser.MapPost("/rules/new", (
            HttpContext http, Frames frames, CityInForce city, Drafts drafts, OfficeSearch offices, TimeProvider clock) =>
            SaveAsync(http, frames, city.Current, drafts, offices, new(LetterIds.New(clock), "")));
        organiser.MapPost("/rules/{id}", ChangeAsync);
    }

    private static CityRule? Find(CityState city, string id) =>
        city.Plan.Rules.FirstOrDefault(r => string.Equals(r.Id, id, StringComparison.Ordinal));

    private static async Task<IResult> ChangeAsync(
        string id, HttpContext http, Frames frames, CityInForce city, Drafts drafts, OfficeSearch offices)
    {
        if (Find(city.Current, id) is not { } rule) return Results.NotFound();
        var form = await http.Request.ReadFormAsync(http.RequestAborted);
        if (form["do"] == "remove") return await PrepareAsync(http, drafts, id, null);
        if (form["do"] == "off") return await PrepareAsync(http, drafts, id, Ended(rule, drafts.Today));
        return await SaveAsync(http, frames, city.Current, drafts, offices, rule);
    }

    /// <summary>Off from today on.</summary>
    private static CityRule Ended(CityRule rule, DateOnly today)
    {
        var until = today.AddDays(-1);
        return rule with { Until = until, From = rule.From > until ? until : rule.From };
    }

    private static async Task<IResult> SaveAsync(
        HttpContext http, Frames frames, CityState city, Drafts drafts, OfficeSearch offices, CityRule known)
    {
        var form = await http.Request.ReadFormAsync(http.RequestAborted);
        var (rule, problems) = Read(form, known, offices, city);
        var concerns = city.Decider.Proposals.Select(c => c.Id).ToList();
        problems = [.. problems, .. CityPlanFile.Check(new() { Rules = [rule] }, city.Organisation, concerns)];
        if (problems.Count == 0) return await PrepareAsync(http, drafts, rule.Id, rule);
        var isNew = Find(city, known.Id) is null;
        return frames.Page<RulePage>(http, new RuleModel(city, rule, isNew, problems), StatusCodes.Status400BadRequest);
    }

    private static Task<IResult> PrepareAsync(HttpContext http, Drafts drafts, string id, CityRule? rule) =>
        DraftEndpoints.PrepareAsync(http, drafts, now => (With(now.Plan, id, rule), now.Organisation), Home);

    /// <summary>The plan with a rule in its place, at the end when it is new, or without it.</summary>
    private static CityPlan With(CityPlan plan, string id, CityRule? rule)
    {
        var rules = plan.Rules.ToList();
        var at = rules.FindIndex(r => string.Equals(r.Id, id, StringComparison.Ordinal));
        if (at >= 0) rules.RemoveAt(at);
        if (rule is not null) rules.Insert(at >= 0 ? at : rules.Count, rule);
        return plan with { Rules = rules };
    }

    private static (CityRule Rule, IReadOnlyList<string> Problems) Read(
        IFormCollection form, CityRule known, OfficeSearch offices, CityState city)
    {
        List<string> problems = [];
        var valid = DayText.TryRead(form["from"].ToString(), out var from) & DayText.TryRead(form["until"].ToString(), out var until);
        if (!valid) problems.Add(T.Of("organiser.rule.badDate"));
        var unit = offices.Resolve(form["unit"].ToString(), form["unitText"].ToString().Trim());
        var target = form["target"].ToString();
        if (target is not ("person" or "concern") && unit.Length == 0) problems.Add(T.Of("organiser.rule.noOffice"));
        var title = form["concern"].ToString().Trim();
        var concern = city.Decider.Proposals.FirstOrDefault(c => string.Equals(c.Title, title, StringComparison.OrdinalIgnoreCase))?.Id;
        if (target is "concern" && concern is null) problems.Add(T.Of("organiser.rule.noConcern"));
        var rule = known with
        {
            Name = form["name"].ToString().Trim(), Unit = target is "person" or "concern" || unit.Length == 0 ? null : unit,
            Concern = target is "concern" ? concern : null,
            Words = form["words"].ToString().Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries),
            Sender = form["sender"].ToString().Trim(), Reference = form["reference"].ToString().Trim(),
            Form = form["form"].ToString().Trim(), Barcode = form["barcode"].ToString().Trim(),
            BarcodeKind = Enum.TryParse<BarcodeKind>(form["barcodeKind"].ToString(), out var kind) ? kind : null,
            From = from, Until = until,
        };
        return (rule, problems);
    }
}

public sealed record RuleListModel(CityState City, DateOnly Today);

/// <param name="Rule">As it is or as entered.</param>
public sealed record RuleModel(CityState City, CityRule Rule, bool IsNew, IReadOnlyList<string> Problems);
