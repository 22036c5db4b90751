using System.Text.Json;
using Postlotse.Letters;

namespace Postlotse.Responsibility.City;

/// <summary>A plan as read, or what is wrong with it, for people.</summary>
/// <param name="Plan">Null when something is wrong.</param>
/// <param name="Problems">What, where, and what to do; empty when all is well.</param>
public sealed record CityPlanReading(CityPlan? Plan, IReadOnlyList<string> Problems);

/// <summary>Reads, writes and checks plans (Zuständigkeitspläne): JSON for all of it, CSV for the assignments.</summary>
public static class CityPlanFile
{
    /// <summary>Most rows of a plan.</summary>
    public const int MostRows = 20_000;

    /// <summary>Most rules of a plan: each is looked for in every letter.</summary>
    public const int MostRules = 500;

    private const int MostProblems = 30;

    private static readonly JsonSerializerOptions Strict = new(PostlotseJson.Compact)
    {
        RespectNullableAnnotations = true, RespectRequiredConstructorParameters = true,
    };

    /// <summary>Indented JSON.</summary>
    public static string Write(CityPlan plan) => JsonSerializer.Serialize(plan, PostlotseJson.Indented);

    /// <summary>Reads JSON and checks it against a city.</summary>
    public static CityPlanReading Read(string json, Organisation organisation, IReadOnlyCollection<string> concerns)
    {
        ArgumentNullException.ThrowIfNull(json);
        try
        {
            var plan = JsonSerializer.Deserialize<CityPlan>(json, Strict);
            if (plan is null) return new(null, [Texts.Now("PlanNoObject")]);
            var problems = Check(plan, organisation, concerns);
            return new(problems.Count == 0 ? plan : null, problems);
        }
        catch (JsonException e)
        {
            return new(null, [Texts.Now("PlanJson", (e.LineNumber ?? 0) + 1, (e.BytePositionInLine ?? 0) + 1, e.Path)]);
        }
    }

    /// <summary>Everything in a plan that does not fit the city or cannot be meant; empty when all fits.</summary>
    public static IReadOnlyList<string> Check(CityPlan plan, Organisation organisation, IReadOnlyCollection<string> concerns)
    {
        ArgumentNullException.ThrowIfNull(plan);
        ArgumentNullException.ThrowIfNull(organisation);
        if (plan.Assignments.Count > MostRows || plan.Rules.Count > MostRules)
            return [Texts.Now("PlanTooLarge", MostRows, MostRules)];
        var known = concerns.ToHashSet(StringComparer.Ordinal);
        var problems = new List<string>();
        if (plan.HighestMisrouteRate is not (>= 0 and <= 0.2)) problems.Add(Texts.Now("PlanRate"));
        foreach (var (row, at) in plan.Assignments.Select((row, i) => (row, Texts.Now("PlanRow", i + 1, row.Concern))))
            problems.AddRange(FaultsOf(row, organisation, known).Select(fault => $"{at}: {fault}"));
        foreach (var (rule, at) in plan.Rules.Select((rule, i) => (rule, Texts.Now("PlanRule", i + 1, rule.Name))))
            problems.AddRange(FaultsOf(rule, organisation, known).Select(fault => $"{at}: {fault}"));
        foreach (var twice in plan.Rules.GroupBy(r => r.Id, StringComparer.Ordinal).Where(g => g.Count() > 1))
            problems.Add(Texts.Now("PlanRuleTwice", twice.Key));
        return problems.Count <= MostProblems
            ? problems
            : [.. problems.Take(MostProblems), Texts.Now("OrgMore", problems.Count - MostProblems)];
    }

    private static IEnumerable<string> FaultsOf(PlannedAssignment row, Organisation organisation, HashSet<string> concerns)
    {
        if (!concerns.Contains(row.Concern)) yield return Texts.Now("PlanUnknownConcern", row.Concern);
        if (!organisation.IsTarget(row.Unit)) yield return Texts.Now("PlanUnknownUnit", row.Unit);
        if (row.From > row.Until) yield return Texts.Now("PlanDates");
        if (!LetterFacts.AreRanges(row.Names)) yield return Texts.Now("PlanNames", row.Names);
        foreach (var district in row.Districts)
            if (!organisation.Districts.Contains(district, StringComparer.OrdinalIgnoreCase))
                yield return Texts.Now("PlanDistrict", district);
    }

    private static IEnumerable<string> FaultsOf(CityRule rule, Organisation organisation, HashSet<string> concerns)
    {
        if (rule.Id.Length == 0 || rule.Name.Trim().Length == 0) yield return Texts.Now("PlanRuleNameless");
        if (rule.Unit is { } unit && !organisation.IsTarget(unit)) yield return Texts.Now("PlanUnknownUnit", unit);
        if (rule.Concern is { } concern && !concerns.Contains(concern)) yield return Texts.Now("PlanUnknownConcern", concern);
        if (rule is { Unit: not null, Concern: not null }) yield return Texts.Now("PlanRuleTwoTargets");
        if (rule.StatesNothing) yield return Texts.Now("PlanRuleStatesNothing");
        if (rule.From > rule.Until) yield return Texts.Now("PlanDates");
        foreach (var text in rule.Words.Concat([rule.Sender, rule.Reference, rule.Form, rule.Barcode]).Where(t => t.Length > 0))
        {
            if (text.Length > RuleVoice.MostCharacters) yield return Texts.Now("PlanRuleTooLong", RuleVoice.MostCharacters);
            if (text.Count(c => char.IsLetterOrDigit(c) || c == '#') < 2) yield return Texts.Now("PlanRuleTooShort", text);
        }
    }
}
