using Postlotse.Language;
using Postlotse.Letters;

namespace Postlotse.Responsibility.Knowledge.Assigning;

/// <summary>Something letters can be delivered to, as the assignment sees it.</summary>
/// <param name="Id">Of the unit or external authority.</param>
/// <param name="Name">Its name.</param>
/// <param name="Above">Names of the units above, nearest first.</param>
/// <param name="Kind">As in the organisation.</param>
/// <param name="Parts">Its tasks, cut at commas and the like, and its name.</param>
/// <param name="External">Outside the city.</param>
internal sealed record AssignmentTarget(
    string Id, string Name, IReadOnlyList<string> Above, string Kind, IReadOnlyList<string> Parts, bool External)
{
    private static readonly char[] Separators = [',', ';', ':', '(', ')'];

    public static IReadOnlyList<AssignmentTarget> Of(Organisation organisation)
    {
        var byId = organisation.Units.ToDictionary(u => u.Id, StringComparer.Ordinal);
        var own = organisation.Units.Where(u => u.Tasks.Count > 0)
            .Select(u => new AssignmentTarget(u.Id, u.Name, NamesAbove(u, byId), u.Kind, PartsOf(u.Name, u.Tasks), External: false));
        var others = organisation.ExternalAuthorities
            .Select(a => new AssignmentTarget(a.Id, a.Name, [], "", PartsOf(a.Name, a.Tasks), External: true));
        return [.. own, .. others];
    }

    private static List<string> NamesAbove(Unit unit, Dictionary<string, Unit> byId)
    {
        var names = new List<string>();
        var seen = new HashSet<string>(StringComparer.Ordinal) { unit.Id };
        for (var at = unit.Parent; at is not null && seen.Add(at) && byId.TryGetValue(at, out var above); at = above.Parent)
            names.Add(above.Name);
        return names;
    }

    /// <summary>"Müll-, Straßen- und Abwassergebühren": every word with the ending that the last one lends it.</summary>
    private static string WholeWords(string task)
    {
        var words = task.Split(' ');
        for (var i = words.Length - 1; i >= 0; i--)
        {
            var bare = words[i].TrimEnd(Separators);
            if (bare.Length < 4 || bare[^1] != '-') continue;
            var last = Array.FindIndex(words, i + 1, w => w.TrimEnd(Separators) is [.., not '-'] and not ("und" or "oder" or "sowie"));
            if (last < 0 || GermanText.Parts(GermanText.Fold(words[last].Trim(Separators))) is not [.., var head]) continue;
            words[i] = bare[..^1] + head + words[i][bare.Length..];
        }

        return string.Join(' ', words);
    }

    private static List<string> PartsOf(string name, IReadOnlyList<string> tasks)
    {
        var parts = new List<string> { name };
        foreach (var task in tasks)
        {
            parts.Add(task);
            var pieces = WholeWords(task).Split(Separators, StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
                .SelectMany(p => p.Split(" und ", StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)).ToArray();
            if (pieces.Length > 1)
                parts.AddRange(pieces);
        }

        return parts;
    }
}
