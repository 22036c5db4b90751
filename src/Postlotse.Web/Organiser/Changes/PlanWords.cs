using Postlotse.Letters;
using Postlotse.Responsibility.City;
using Postlotse.Web.Shared;

namespace Postlotse.Web.Organiser;

/// <summary>Says in words what a plan lays down and what differs between two of them.</summary>
public sealed class PlanWords
{
    private readonly Dictionary<string, string> _titles;
    private readonly UnitNames _before, _after;

    /// <summary>For two states: offices that are gone keep their names.</summary>
    public PlanWords(CityState before, CityState after)
        : this(before, before.Organisation, after.Organisation)
    {
    }

    /// <summary>For two organisations, with the concerns of a state.</summary>
    public PlanWords(CityState known, Organisation before, Organisation after)
    {
        ArgumentNullException.ThrowIfNull(known);
        (_before, _after) = (new(before), new(after));
        _titles = known.Decider.Proposals.ToDictionary(c => c.Id, c => c.Title, StringComparer.Ordinal);
    }

    /// <summary>Title of a concern; its id when the knowledge does not have it.</summary>
    public string Title(string concern) => _titles.GetValueOrDefault(concern, concern);

    /// <summary>Number and name of an office.</summary>
    public string Office(string unit) => (_after.Exists(unit) ? _after : _before).Label(unit);

    /// <summary>Where a letter goes.</summary>
    public string Way(Destination way)
    {
        ArgumentNullException.ThrowIfNull(way);
        if (way.Unit.Length == 0) return T.Of("organiser.way.nobody");
        return T.Of(way.Automatic ? "organiser.way.automatic" : "organiser.way.person", Office(way.Unit));
    }

    /// <summary>One row of a concern.</summary>
    public string Row(PlannedAssignment row)
    {
        ArgumentNullException.ThrowIfNull(row);
        List<string> limits = [];
        if (row.Districts.Count > 0) limits.Add(T.Of("organiser.row.districts", string.Join(", ", row.Districts)));
        if (row.Names.Length > 0) limits.Add(T.Of("organiser.row.names", row.Names));
        if (Dates(row.From, row.Until) is { Length: > 0 } dates) limits.Add(dates);
        return Office(row.Unit) + (limits.Count == 0 ? "" : " (" + string.Join("; ", limits) + ")");
    }

    /// <summary>What a letter must have to meet a rule.</summary>
    public static string Conditions(CityRule rule)
    {
        ArgumentNullException.ThrowIfNull(rule);
        List<string> parts = [];
        if (rule.Words.Count > 0) parts.Add(T.Of("organiser.rule.words.say", string.Join(" + ", rule.Words)));
        if (rule.Sender.Length > 0) parts.Add(T.Of("organiser.rule.sender.say", rule.Sender));
        if (rule.Reference.Length > 0) parts.Add(T.Of("organiser.rule.reference.say", rule.Reference));
        if (rule.Form.Length > 0) parts.Add(T.Of("organiser.rule.form.say", rule.Form));
        if (rule.Barcode.Length > 0)
        {
            var kind = rule.BarcodeKind is { } coded ? $" ({T.Of("organiser.barcode." + coded)})" : "";
            parts.Add(T.Of("organiser.rule.barcode.say", rule.Barcode) + kind);
        }

        return string.Join(", ", parts);
    }

    /// <summary>Where a rule's letters go.</summary>
    public string Target(CityRule rule)
    {
        ArgumentNullException.ThrowIfNull(rule);
        if (rule.Concern is { } concern) return T.Of("organiser.rule.concern.say", Title(concern));
        return rule.Unit is { } unit ? Office(unit) : T.Of("organiser.rule.person");
    }

    /// <summary>First and last day in words; empty when it holds always.</summary>
    public static string Dates(DateOnly? from, DateOnly? until) => (from, until) switch
    {
        ({ } first, { } last) => T.Of("organiser.dates.both", Display.Day(first), Display.Day(last)),
        ({ } first, null) => T.Of("organiser.dates.from", Display.Day(first)),
        (null, { } last) => T.Of("organiser.dates.until", Display.Day(last)),
        _ => "",
    };

    /// <summary>A rate with at most two decimals.</summary>
    public static string Rate(double rate)
    {
        var percent = Math.Round(rate * 100, 2).ToString("0.##", System.Globalization.CultureInfo.InvariantCulture);
        return (string.Equals(T.Language, "de", StringComparison.Ordinal) ? percent.Replace('.', ',') : percent) + "\u00a0%";
    }

    /// <summary>What differs, one sentence each.</summary>
    public IReadOnlyList<string> Lines(PlanDifference difference)
    {
        ArgumentNullException.ThrowIfNull(difference);
        var (assignments, rules) = (difference.Assignments.Select(Line), difference.Rules.Select(Line));
        return [.. Organisation(difference), .. assignments, .. rules, .. Promise(difference)];
    }

    /// <summary>The same in a few words.</summary>
    public static string Summary(PlanDifference difference)
    {
        ArgumentNullException.ThrowIfNull(difference);
        List<string> parts = [];
        if (difference.ChangesOrganisation)
            parts.Add(T.Of("organiser.sum.units", difference.UnitsAdded.Count, difference.UnitsRemoved.Count,
                difference.UnitsRenamed.Count + difference.UnitsChanged.Count));
        if (difference.Assignments.Count > 0) parts.Add(T.Of("organiser.sum.assignments", difference.Assignments.Count));
        if (difference.Rules.Count > 0) parts.Add(T.Of("organiser.sum.rules", difference.Rules.Count));
        if (difference.Rate is not null) parts.Add(T.Of("organiser.sum.promise"));
        return parts.Count == 0 ? T.Of("organiser.sum.nothing") : string.Join(", ", parts);
    }

    private string Line(AssignmentChange change) => T.Of(
        "organiser.line.assignment", Title(change.Concern), Rows(change.Before), Rows(change.After));

    private string Rows(IReadOnlyList<PlannedAssignment> rows) =>
        rows.Count == 0 ? T.Of("organiser.line.proposal") : string.Join(" | ", rows.Select(Row));

    private string Line(RuleChange change) => change switch
    {
        { Before: null, After: { } rule } => T.Of("organiser.line.ruleNew", Whole(rule)),
        { Before: { } rule, After: null } => T.Of("organiser.line.ruleGone", rule.Name),
        _ => T.Of("organiser.line.rule", Whole(change.Before!), Whole(change.After!)),
    };

    private string Whole(CityRule rule)
    {
        var dates = Dates(rule.From, rule.Until);
        return $"{rule.Name} ({Conditions(rule)} → {Target(rule)}{(dates.Length == 0 ? "" : "; " + dates)})";
    }

    private static IEnumerable<string> Organisation(PlanDifference difference)
    {
        foreach (var unit in difference.UnitsAdded) yield return T.Of("organiser.line.unitNew", unit.Id, unit.Name);
        foreach (var unit in difference.UnitsRemoved) yield return T.Of("organiser.line.unitGone", unit.Id, unit.Name);
        foreach (var unit in difference.UnitsRenamed) yield return T.Of("organiser.line.unitNamed", unit.Id, unit.Before, unit.After);
        foreach (var unit in difference.UnitsChanged) yield return T.Of("organiser.line.unit", unit.Id, unit.Name);
        if (difference.Other) yield return T.Of("organiser.line.city");
    }

    private static IEnumerable<string> Promise(PlanDifference difference)
    {
        if (difference.Rate is { } rate) yield return T.Of("organiser.line.promise", Rate(rate.Before), Rate(rate.After));
    }
}
