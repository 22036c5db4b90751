using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Postlotse.Letters;

namespace Postlotse.Responsibility.Knowledge;

/// <summary>
/// The knowledge pack (Wissenspaket): every concern of data/knowledge, read and checked as a whole.
/// It is what people edit; what decides is the <see cref="ConcernModel"/> that is trained from it and names its <see cref="Hash"/>.
/// </summary>
public sealed class KnowledgePack
{
    private KnowledgePack(IReadOnlyList<Concern> concerns, string hash) => (Concerns, Hash) = (concerns, hash);

    /// <summary>Sorted by id.</summary>
    public IReadOnlyList<Concern> Concerns { get; }

    /// <summary>
    /// Lower-case hexadecimal SHA-256 over what the model is trained from, in order of the ids: independent of files and line order, and of
    /// what only people read.
    /// </summary>
    public string Hash { get; }

    /// <summary>Reads the pack from its files' texts.</summary>
    /// <param name="files">Name of each file (for messages) and its JSON lines.</param>
    /// <exception cref="FormatException">No concern, a doubled id, an unknown neighbour; the message says where.</exception>
    public static KnowledgePack Parse(IEnumerable<(string Name, string Text)> files)
    {
        ArgumentNullException.ThrowIfNull(files);
        var concerns = new SortedDictionary<string, Concern>(StringComparer.Ordinal);
        foreach (var (name, text) in files)
        {
            var number = 0;
            foreach (var line in text.Split('\n'))
            {
                number++;
                if (line.Length == 0)
                    continue;
                var concern = ParseLine(line, $"{name}:{number}");
                if (!concerns.TryAdd(concern.Id, concern))
                    throw new FormatException($"{name}:{number}: concern '{concern.Id}' occurs twice");
            }
        }

        CheckNeighbours(concerns.Values, concerns.ContainsKey);
        CheckOffices(concerns.Values);
        return new([.. concerns.Values], HashOf(concerns.Values));
    }

    /// <summary>A pack of some of the concerns, for trials; neighbours outside are kept as they are.</summary>
    public KnowledgePack Take(int count) => new([.. Concerns.Take(count)], $"{Hash}/{count}");

    private static string HashOf(IEnumerable<Concern> concerns)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var c in concerns)
        {
            string[] trained =
            [
                c.Id, c.Title, c.Definition, c.External ? "external" : c.Vague ? "vague" : "", c.Office.Name, .. c.Office.Synonyms, "",
                .. c.OtherOffices, "", .. c.Phrases, "", .. c.Utterances, "",
            ];
            foreach (var text in trained)
                hash.AppendData(Encoding.UTF8.GetBytes(text + "\n"));
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    private static Concern ParseLine(string line, string place)
    {
        Concern? concern;
        try
        {
            concern = JsonSerializer.Deserialize<Concern>(line, PostlotseJson.Compact);
        }
        catch (JsonException exception)
        {
            throw new FormatException($"{place}: no concern: {exception.Message}", exception);
        }

        if (concern is null || concern.Id.Length == 0 || concern.Title.Length == 0)
            throw new FormatException($"{place}: id and title must not be empty");
        if (concern.Vague != (concern.Office.Name.Length == 0))
            throw new FormatException($"{place}: '{concern.Id}' needs either an office.name or \"vague\"");
        if (concern.Phrases.Count + concern.Utterances.Count == 0)
            throw new FormatException($"{place}: '{concern.Id}' has neither phrases nor utterances");
        return concern;
    }

    private static void CheckOffices(IEnumerable<Concern> concerns)
    {
        var known = concerns.Select(c => c.Office.Name).ToHashSet(StringComparer.Ordinal);
        foreach (var concern in concerns)
            foreach (var office in concern.OtherOffices)
                if (!known.Contains(office) || string.Equals(office, concern.Office.Name, StringComparison.Ordinal))
                    throw new FormatException($"other office '{office}' of '{concern.Id}' is the office of no other concern");
    }

    private static void CheckNeighbours(IEnumerable<Concern> concerns, Func<string, bool> known)
    {
        foreach (var concern in concerns)
            foreach (var neighbour in concern.Neighbours)
                if (!known(neighbour.Id))
                    throw new FormatException($"neighbour '{neighbour.Id}' of '{concern.Id}' is unknown");
    }
}
