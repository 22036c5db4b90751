using Postlotse.Letters;

namespace Postlotse.Responsibility.City;

/// <summary>What differs between two versions of a plan and of the organisation it is for.</summary>
public sealed record PlanDifference
{
    /// <summary>Concerns whose rows differ, with the rows before and after.</summary>
    public required IReadOnlyList<AssignmentChange> Assignments { get; init; }

    /// <summary>Rules that came, went or differ.</summary>
    public required IReadOnlyList<RuleChange> Rules { get; init; }

    /// <summary>The rates before and after; null when they are the same.</summary>
    public (double Before, double After)? Rate { get; init; }

    /// <summary>Units and authorities that came.</summary>
    public required IReadOnlyList<NamedUnit> UnitsAdded { get; init; }

    /// <summary>Units and authorities that went.</summary>
    public required IReadOnlyList<NamedUnit> UnitsRemoved { get; init; }

    /// <summary>Names before and after of those that stayed.</summary>
    public required IReadOnlyList<RenamedUnit> UnitsRenamed { get; init; }

    /// <summary>Units that stayed under their name, but whose tasks, place or handling differ.</summary>
    public required IReadOnlyList<NamedUnit> UnitsChanged { get; init; }

    /// <summary>Whether nothing differs.</summary>
    public bool IsEmpty => Assignments.Count + Rules.Count == 0 && Rate is null && !ChangesOrganisation;

    /// <summary>Whether the organisation differs.</summary>
    public bool ChangesOrganisation => UnitsAdded.Count + UnitsRemoved.Count + UnitsRenamed.Count + UnitsChanged.Count > 0 || Other;

    /// <summary>City's name or districts differ.</summary>
    public bool Other { get; init; }

    /// <summary>Compares.</summary>
    public static PlanDifference Of(CityPlan before, Organisation organisationBefore, CityPlan after, Organisation organisationAfter)
    {
        ArgumentNullException.ThrowIfNull(before);
        ArgumentNullException.ThrowIfNull(organisationBefore);
        ArgumentNullException.ThrowIfNull(after);
        ArgumentNullException.ThrowIfNull(organisationAfter);
        var (old, now) = (UnitsOf(organisationBefore), UnitsOf(organisationAfter));
        var stayed = now.Where(u => old.ContainsKey(u.Key)).ToList();
        var renamed = stayed.Where(u => !Same(old[u.Key].Name, u.Value.Name)).ToList();
        return new()
        {
            Assignments = AssignmentChanges(before, after),
            Rules = RuleChanges(before, after),
            Rate = before.HighestMisrouteRate.Equals(after.HighestMisrouteRate)
                ? null : (before.HighestMisrouteRate, after.HighestMisrouteRate),
            UnitsAdded = [.. now.Where(u => !old.ContainsKey(u.Key)).Select(u => new NamedUnit(u.Key, u.Value.Name))],
            UnitsRemoved = [.. old.Where(u => !now.ContainsKey(u.Key)).Select(u => new NamedUnit(u.Key, u.Value.Name))],
            UnitsRenamed = [.. renamed.Select(u => new RenamedUnit(u.Key, old[u.Key].Name, u.Value.Name))],
            UnitsChanged = [.. stayed.Except(renamed).Where(u => !Same(old[u.Key].Facts, u.Value.Facts))
                .Select(u => new NamedUnit(u.Key, u.Value.Name))],
            Other = !Same(organisationBefore.City, organisationAfter.City)
                || !organisationBefore.Districts.SequenceEqual(organisationAfter.Districts, StringComparer.Ordinal),
        };
    }

    private static List<AssignmentChange> AssignmentChanges(CityPlan before, CityPlan after)
    {
        var old = before.Assignments.ToLookup(a => a.Concern, StringComparer.Ordinal);
        var now = after.Assignments.ToLookup(a => a.Concern, StringComparer.Ordinal);
        return [.. old.Select(g => g.Key).Union(now.Select(g => g.Key), StringComparer.Ordinal).Order(StringComparer.Ordinal)
            .Where(concern => !old[concern].Select(Key).SequenceEqual(now[concern].Select(Key), StringComparer.Ordinal))
            .Select(concern => new AssignmentChange(concern, [.. old[concern]], [.. now[concern]]))];
    }

    private static List<RuleChange> RuleChanges(CityPlan before, CityPlan after)
    {
        // Whoever reads a plan checks that ids are unique; comparing must not fail on one that is not.
        var old = before.Rules.DistinctBy(r => r.Id, StringComparer.Ordinal).ToDictionary(r => r.Id, StringComparer.Ordinal);
        var now = after.Rules.DistinctBy(r => r.Id, StringComparer.Ordinal).ToDictionary(r => r.Id, StringComparer.Ordinal);
        return [.. old.Keys.Union(now.Keys, StringComparer.Ordinal)
            .Select(id => new RuleChange(old.GetValueOrDefault(id), now.GetValueOrDefault(id)))
            .Where(c => c.Before is null || c.After is null || !Same(Key(c.Before), Key(c.After)))];
    }

    private static Dictionary<string, (string Name, string Facts)> UnitsOf(Organisation organisation) => organisation.Units
        .Select(u => (u.Id, u.Name, Facts: Write(u)))
        .Concat(organisation.ExternalAuthorities.Select(a => (a.Id, a.Name, Facts: Write(a))))
        .DistinctBy(u => u.Id, StringComparer.Ordinal)
        .ToDictionary(u => u.Id, u => (u.Name, u.Facts), StringComparer.Ordinal);

    private static string Key(PlannedAssignment row) => Write(row);

    private static string Key(CityRule rule) => Write(rule);

    /// <summary>Lists in records are compared by what they hold.</summary>
    private static string Write<T>(T value) => System.Text.Json.JsonSerializer.Serialize(value, PostlotseJson.Compact);

    private static bool Same(string a, string b) => string.Equals(a, b, StringComparison.Ordinal);
}

/// <summary>Rows of a concern before and after; none: as proposed.</summary>
public sealed record AssignmentChange(string Concern, IReadOnlyList<PlannedAssignment> Before, IReadOnlyList<PlannedAssignment> After);

/// <summary>A rule before and after; null: not there.</summary>
public sealed record RuleChange(CityRule? Before, CityRule? After);

/// <summary>A unit or external authority.</summary>
public sealed record NamedUnit(string Id, string Name);

/// <summary>A unit or external authority under its old and its new name.</summary>
public sealed record RenamedUnit(string Id, string Before, string After);
