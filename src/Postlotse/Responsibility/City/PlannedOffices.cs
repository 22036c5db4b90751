using Postlotse.Letters;

namespace Postlotse.Responsibility.City;

/// <summary>
/// The offices of each concern for one letter: as proposed, except where the plan says otherwise on that day. Thread-safe.
/// </summary>
/// <param name="proposed">Offices by concern, with their shares, 1 at most together.</param>
/// <param name="concerns">Place of a concern by its id.</param>
/// <param name="offices">Place of an office by its id.</param>
/// <param name="plan">What the organiser laid down; rows of unknown concerns or units say nothing.</param>
/// <param name="districts">Districts of the organisation.</param>
internal sealed class PlannedOffices(
    (int Office, float Weight)[][] proposed, IReadOnlyDictionary<string, int> concerns, IReadOnlyDictionary<string, int> offices,
    CityPlan plan, IReadOnlyList<string> districts)
{
    private readonly (int Concern, (PlannedAssignment Row, int Office)[] Rows)[] _planned = [.. plan.Assignments
        .Where(a => concerns.ContainsKey(a.Concern) && offices.ContainsKey(a.Unit))
        .GroupBy(a => concerns[a.Concern])
        .Select(g => (g.Key, g.Select(a => (a, offices[a.Unit])).ToArray()))];

    /// <summary>Offices by concern for a letter.</summary>
    public (int Office, float Weight)[][] Of(LetterContent letter, DateOnly? day)
    {
        if (_planned.Length == 0) return proposed;
        var facts = LetterFacts.Of(letter, districts);
        var result = ((int Office, float Weight)[][])proposed.Clone();
        foreach (var (concern, rows) in _planned)
        {
            var valid = rows.Where(r => r.Row.HoldsOn(day)).ToArray();
            if (valid.Length == 0) continue;
            var meant = valid.Where(r => Meets(r.Row, facts)).ToArray();

            // The letter does not say which part of the city or of the alphabet it belongs to: any of them may be meant.
            var taken = (meant.Length > 0 ? meant : valid).Select(r => r.Office).Distinct().ToArray();
            result[concern] = [.. taken.Select(office => (office, 1f / taken.Length))];
        }

        return result;
    }

    private static bool Meets(PlannedAssignment row, LetterFacts facts) =>
        (row.Districts.Count == 0 || row.Districts.Any(facts.Districts.Contains))
        && (row.Names.Length == 0 || (facts.Initial is { } initial && LetterFacts.Covers(row.Names, initial)));
}
