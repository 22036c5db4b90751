using Postlotse.Language;
using Postlotse.Letters;

namespace Postlotse.Responsibility.Knowledge.Voices;

/// <summary>A form's name printed on a letter, and the concern whose form it is.</summary>
/// <param name="Concern">Id of the concern.</param>
/// <param name="Share">1 shared by the concerns that use the same form.</param>
/// <param name="Span">Where it stands.</param>
internal sealed record NamedForm(string Concern, double Share, TextSpan Span);

/// <summary>
/// The voice of forms (Formulare, Vordrucke): phrases of the knowledge pack that are names of forms, looked for in what the letter prints
/// as a form's title or number. Immutable; data/knowledge/forms.tsv is made of the pack by dev/train-knowledge.cs.
/// </summary>
public sealed class FormNames
{
    private const string Shipped = "Postlotse.knowledge.forms.tsv";

    /// <summary>A form that so many concerns use tells nothing.</summary>
    private const int MostConcerns = 3;

    private const int MostWords = 7;

    private static readonly string[] Kinds =
    [
        "antrag", "formular", "vordruck", "formblatt", "fragebogen", "meldebogen", "anmeldung", "abmeldung", "ummeldung", "erklaerung",
        "anzeige", "verwendungsnachweis", "vollmacht",
    ];

    private static readonly Lazy<FormNames> OfProgram = new(LoadShipped);

    /// <summary>By the first stem: all stems of a name, and its concerns.</summary>
    private readonly Dictionary<string, List<(string[] Stems, string[] Concerns)>> _names = new(StringComparer.Ordinal);

    private FormNames(string text)
    {
        var names = text.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(l => l.Split('\t'))
            .Select(l => (Stems: Stems(l[0]).Select(s => s.Stem).ToArray(), Concerns: l[1..]));
        foreach (var name in names)
        {
            if (!_names.TryGetValue(name.Stems[0], out var list)) _names[name.Stems[0]] = list = [];
            list.Add(name);
        }
    }

    /// <summary>The names that are shipped with the program.</summary>
    internal static FormNames OfTheProgram => OfProgram.Value;

    /// <summary>Names of forms in a pack and the ids of their concerns, a line each with tabs between; sorted.</summary>
    public static string TableOf(KnowledgePack pack)
    {
        ArgumentNullException.ThrowIfNull(pack);
        var names = pack.Concerns.Where(c => !c.Vague)
            .SelectMany(c => c.Phrases.Append(c.Title).Where(IsName).Select(p => (Name: p.Trim(), c.Id)))
            .GroupBy(n => n.Name, StringComparer.Ordinal).OrderBy(g => g.Key, StringComparer.Ordinal);
        return string.Concat(names.Select(g => (g.Key, Ids: g.Select(n => n.Id).Distinct(StringComparer.Ordinal).ToArray()))
            .Where(n => n.Ids.Length <= MostConcerns).Select(n => $"{n.Key}\t{string.Join('\t', n.Ids)}\n"));
    }

    /// <summary>Forms that a letter names as its own, each concern once; of names within each other the longest.</summary>
    internal IReadOnlyList<NamedForm> Find(LetterContent letter)
    {
        if (letter.Form.Length == 0) return [];
        var found = new List<NamedForm>();
        var start = 0;
        foreach (var line in letter.Form.Split('\n'))
        {
            var stems = Stems(line);
            for (var i = 0; i < stems.Count;)
            {
                var length = Longest(stems, i, out var concerns);
                foreach (var concern in concerns.Where(c => !found.Exists(f => string.Equals(f.Concern, c, StringComparison.Ordinal))))
                {
                    var (first, last) = (stems[i].At, stems[i + length - 1].At);
                    found.Add(new(concern, 1.0 / concerns.Count,
                        new(LetterField.Form, start + first.Start, last.Start + last.Length - first.Start)));
                }

                i += Math.Max(1, length);
            }

            start += line.Length + 1;
        }

        return found;
    }

    private int Longest(List<(string Stem, Token At)> stems, int from, out IReadOnlyList<string> concerns)
    {
        (concerns, var length) = (Array.Empty<string>(), 0);
        if (!_names.TryGetValue(stems[from].Stem, out var names)) return 0;
        foreach (var (name, ids) in names)
        {
            var fits = name.Length > length && name.Length <= stems.Count - from
                && name.Select((stem, i) => string.Equals(stem, stems[from + i].Stem, StringComparison.Ordinal)).All(same => same);
            if (fits) (concerns, length) = (ids, name.Length);
        }

        return length;
    }

    /// <summary>
    /// A kind of form and what for, without a verb: "Antrag auf Wohngeld", "Bauantrag", "Vordruck 3809"; not "Antrag", "Abmeldung
    /// verweigert".
    /// </summary>
    private static bool IsName(string phrase)
    {
        var stems = Stems(phrase);
        if (stems.Count is 0 or > MostWords || phrase.Contains(',', StringComparison.Ordinal)) return false;
        var words = GermanText.Tokens(phrase);
        var plain = words.All(w => GermanText.IsStopWord(w.Text) || char.IsUpper(phrase[w.Start]) || char.IsDigit(phrase[w.Start]));
        if (!plain) return false;
        var alone = Kinds.Contains(words[0].Text, StringComparer.Ordinal);
        return alone ? stems.Count > 1 : words.Count == 1 && Array.Exists(Kinds, k => words[0].Text.EndsWith(k, StringComparison.Ordinal));
    }

    private static List<(string Stem, Token At)> Stems(string text) =>
        [.. GermanText.Tokens(text).Where(t => !GermanText.IsStopWord(t.Text)).Select(t => (GermanText.Stem(t.Text), t))];

    private static FormNames LoadShipped()
    {
        using var stream = typeof(FormNames).Assembly.GetManifestResourceStream(Shipped)
            ?? throw new InvalidOperationException($"resource {Shipped} is missing");
        using var reader = new StreamReader(stream);
        return new(reader.ReadToEnd());
    }
}
