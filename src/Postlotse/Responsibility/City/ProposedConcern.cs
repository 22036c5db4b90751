namespace Postlotse.Responsibility.City;

/// <summary>A concern (Anliegen) as an organiser sees it: who does it by the program's proposal.</summary>
/// <param name="Id">In the knowledge pack.</param>
/// <param name="Title">Short German title.</param>
/// <param name="Office">Kind of office that usually does it.</param>
/// <param name="External">Usually the business of an authority outside the city.</param>
/// <param name="Units">Proposed units with their shares, likeliest first; empty when none fits.</param>
/// <param name="Certainty">How well the first unit fits in itself, about 0 (not at all) to 1 (by name and by task).</param>
public sealed record ProposedConcern(
    string Id, string Title, string Office, bool External, IReadOnlyList<ProposedUnit> Units, double Certainty)
{
    /// <summary>
    /// Number of units that do the same work as the first (schools, for instance), so that only a name in the letter tells which is meant;
    /// 0 when it is the only one.
    /// </summary>
    public int Alike { get; init; }
}

/// <summary>A unit or external authority and its share of a concern, 0–1.</summary>
public sealed record ProposedUnit(string Unit, double Share);
