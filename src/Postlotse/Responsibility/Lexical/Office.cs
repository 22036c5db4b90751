using Postlotse.Language;
using Postlotse.Letters;

namespace Postlotse.Responsibility.Lexical;

/// <summary>A target of letters as the voices see it: a unit with tasks or an external authority, whatever the city calls it.</summary>
/// <param name="Id">Its id in ORG.json.</param>
/// <param name="Name">Its name.</param>
/// <param name="Above">Names of the units above it, nearest first.</param>
/// <param name="Tasks">Its tasks.</param>
/// <param name="Handling">How its mail is handled.</param>
/// <param name="Street">Street and number, folded; empty when unknown.</param>
internal sealed record Office(
    string Id, string Name, IReadOnlyList<string> Above, IReadOnlyList<string> Tasks, Handling Handling, string Street)
{
    /// <summary>Words that every office's name may have: they tell no office from another.</summary>
    private static readonly HashSet<string> Generic = ((string[])
    [
        "amt", "abteilung", "behörde", "stelle", "büro", "fachstelle", "fachbereich", "fachdienst", "referat", "dezernat", "sachgebiet",
        "dienst", "zentrale", "städtisch", "stadt", "stadtverwaltung", "verwaltung", "kreis", "landkreis", "gemeinde", "gemeindeverwaltung",
        "leitung", "amtsleitung", "leiter", "leiterin", "herr", "herrn", "frau", "team", "rathaus", "postfach", "hd", "händen",
        "stabsstelle", "eigenbetrieb", "betrieb", "kommunal", "allgemein", "sonstige", "weitere", "bereich", "aufgabe",
        "zuständig",
    ]).SelectMany(w => new[] { GermanText.Fold(w), GermanText.Stem(GermanText.Fold(w)) }).ToHashSet(StringComparer.Ordinal);

    /// <summary>Whether a term (stem) tells no office from another.</summary>
    public static bool IsGeneric(string term) => term.Length < 2 || Generic.Contains(term);

    /// <summary>All targets of an organisation, in its order.</summary>
    public static IReadOnlyList<Office> Of(Organisation organisation)
    {
        var units = organisation.Units.Where(u => u.Tasks.Count > 0).Select(u => new Office(
            u.Id, u.Name, Ancestors(u, organisation), u.Tasks, u.Handling, GermanText.Fold(u.Address?.Street ?? "").Trim()));
        var authorities = organisation.ExternalAuthorities.Select(a => new Office(a.Id, a.Name, [], a.Tasks, Handling.Open, ""));
        return [.. units, .. authorities];
    }

    private static List<string> Ancestors(Unit unit, Organisation organisation)
    {
        var names = new List<string>();
        var seen = new HashSet<string>(StringComparer.Ordinal) { unit.Id };
        for (var at = unit.Parent; at is not null && seen.Add(at) && organisation.UnitById(at) is { } parent; at = parent.Parent)
            names.Add(parent.Name);
        return names;
    }
}
