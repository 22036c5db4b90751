using Postlotse.Letters;

namespace Postlotse.Responsibility.City;

/// <summary>A version of the plan as it was put in force.</summary>
/// <param name="Number">From 1 without gaps.</param>
/// <param name="At">When.</param>
/// <param name="Actor">Pseudonym of the account.</param>
/// <param name="Plan">The whole plan.</param>
/// <param name="Organisation">Where it is the first or was exchanged with this version; null: as before.</param>
public sealed record PlanVersion(int Number, DateTimeOffset At, string Actor, CityPlan Plan, Organisation? Organisation)
{
    /// <summary>
    /// The plan made to fit another organisation: rows for what is gone end (the proposal holds again), rules to an office that is gone
    /// put their letters before a person.
    /// </summary>
    public static CityPlan Fit(CityPlan plan, Organisation organisation)
    {
        ArgumentNullException.ThrowIfNull(plan);
        ArgumentNullException.ThrowIfNull(organisation);
        return plan with
        {
            Assignments = [.. plan.Assignments.Where(a => organisation.IsTarget(a.Unit)
                && a.Districts.All(d => organisation.Districts.Contains(d, StringComparer.OrdinalIgnoreCase)))],
            Rules = [.. plan.Rules.Select(r => r.Unit is { } unit && !organisation.IsTarget(unit) ? r with { Unit = null } : r)],
        };
    }
}
