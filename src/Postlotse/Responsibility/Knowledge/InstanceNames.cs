using System.Text.RegularExpressions;
using Postlotse.Language;
using Postlotse.Letters;
using Postlotse.Responsibility.Knowledge.Assigning;

namespace Postlotse.Responsibility.Knowledge;

/// <summary>A unit's own name as found in a letter.</summary>
/// <param name="Target">Place of the unit among the targets.</param>
/// <param name="Strength">1 for the whole name, less for its telling word or its district alone.</param>
/// <param name="Span">Where; null for the district.</param>
/// <param name="IsGreeted">The letter is meant for it: "Hallo Sonnenschein-Team".</param>
internal sealed record NamedInstance(int Target, double Strength, TextSpan? Span, bool IsGreeted = false);

/// <summary>
/// Units of which a city has many (schools, day-care centres) do the same work: which one is meant, only its name in the letter tells,
/// or at least its district. Listens for the names of such units and no others, for offices are often named without being meant.
/// </summary>
internal sealed partial class InstanceNames
{
    private const double TellingWord = 0.6;
    private const double SameDistrict = 0.25;
    private const int Nearby = 3;

    /// <summary>Characters; longer lines are no greeting.</summary>
    private const int LongestGreeting = 90;

    /// <summary>Letters of a word that says what kind of house it is ("kita").</summary>
    private const int ShortestKind = 4;

    /// <summary>Letters of a word that tells a house from the others: by itself, and before "schule" or in a greeting.</summary>
    private const int ShortestTelling = 5, ShortestBeforeKind = 4;

    /// <summary>Shorter initials mean too many things.</summary>
    private const int FewestInitials = 3;

    private readonly List<Name> _names = [];
    private readonly string[] _districts;
    private readonly HashSet<string> _kinds = new(StringComparer.Ordinal);

    public InstanceNames(IReadOnlyList<AssignmentTarget> targets, IReadOnlySet<int> instances, IReadOnlyList<string> districts)
    {
        _districts = [.. districts.Select(GermanText.Fold)];
        var owners = targets.SelectMany(t => Words(t.Name).Distinct(StringComparer.Ordinal))
            .CountBy(w => w, StringComparer.Ordinal).ToDictionary(StringComparer.Ordinal);
        var initials = instances.Select(t => Initials(targets[t].Name)).CountBy(i => i, StringComparer.Ordinal)
            .ToDictionary(StringComparer.Ordinal);
        foreach (var t in instances.Order())
        {
            var words = Words(targets[t].Name).ToArray();
            _kinds.UnionWith(words.Where(w => owners[w] > 1));
            var own = GermanText.Tokens(targets[t].Name).Where(w => owners[GermanText.Stem(w.Text)] == 1
                && !_districts.Contains(w.Text, StringComparer.Ordinal)).ToArray();
            var text = string.Join(' ', targets[t].Parts.Append(targets[t].Name).Select(GermanText.Fold));
            var letters = Initials(targets[t].Name);
            _names.Add(new(
                t, words, Stems(own, ShortestTelling), Stems(own, ShortestBeforeKind),
                letters.Length >= FewestInitials && initials[letters] == 1 ? letters : null,
                Array.FindIndex(_districts, d => text.Contains(d, StringComparison.Ordinal))));
        }

        static string[] Stems(Token[] tokens, int shortest) =>
            [.. tokens.Where(w => w.Text.Length >= shortest).Select(w => GermanText.Stem(w.Text))];
    }

    /// <summary>Instances the letter names or whose district it names, each once, as strongly as it is found.</summary>
    public IReadOnlyList<NamedInstance> Find(LetterContent letter)
    {
        var found = new Dictionary<int, NamedInstance>();
        if (_names.Count == 0)
            return [];
        foreach (var field in (LetterField[])[LetterField.Recipient, LetterField.Subject, LetterField.Body, LetterField.Enclosures])
        {
            var words = new Line(LetterFeatures.Text(letter, field), field);
            foreach (var name in _names)
                if (Match(name, words, name.Telling) is { } match
                    && match.Strength > (found.GetValueOrDefault(name.Target)?.Strength ?? 0))
                    found[name.Target] = match;
        }

        AddOfDistrict(letter.Recipient, found);
        MarkGreeted(letter.Body, found);
        AddDistricts(letter, found);
        return [.. found.Values.OrderBy(f => f.Target)];
    }

    /// <summary>
    /// A greeting is the first line and short; a person greeted by name ("Frau Kleist") is no house. A name in the address alone is often
    /// a guess, as with offices.
    /// </summary>
    private void MarkGreeted(string body, Dictionary<int, NamedInstance> found)
    {
        var greeting = body.Split('\n', 2)[0];
        if (greeting.Length > LongestGreeting || Person().IsMatch(greeting)) return;
        var words = new Line(greeting, LetterField.Body);
        foreach (var name in _names)
            if (Match(name, words, name.BeforeKind) is { } match)
                found[name.Target] = match with { IsGreeted = true };
    }

    /// <summary>"Grundschule in Sontheim" in the address: the only one of its kind in a district.</summary>
    private void AddOfDistrict(string recipient, Dictionary<int, NamedInstance> found)
    {
        var folded = GermanText.Fold(recipient);
        var stems = GermanText.Tokens(recipient).Select(t => GermanText.Stem(t.Text)).ToArray();
        var meant = _names.FindAll(n => n.District >= 0 && folded.Contains(_districts[n.District], StringComparison.Ordinal)
            && n.Words.Any(w => !n.Telling.Contains(w, StringComparer.Ordinal) && w.Length >= ShortestKind
                && !_districts.Contains(w, StringComparer.Ordinal) && stems.Contains(w, StringComparer.Ordinal)));
        if (meant is [var one] && !found.ContainsKey(one.Target)) found[one.Target] = new(one.Target, 1, null, IsGreeted: true);
    }

    private NamedInstance? Match(Name name, Line line, string[] telling)
    {
        var stems = line.Stems;
        for (var i = 0; i < stems.Length; i++)
        {
            if (name.Initials is { } initials && line.Word(i).SequenceEqual(initials))
                return new(name.Target, 1, line.Span(i, i));
            if (!string.Equals(stems[i], name.Words[0], StringComparison.Ordinal))
                continue;
            var end = i;
            foreach (var word in name.Words.Skip(1))
                end = end < 0 ? end : Array.FindIndex(stems, end + 1, Math.Min(Nearby, stems.Length - end - 1),
                    s => string.Equals(s, word, StringComparison.Ordinal));
            if (end >= i)
                return new(name.Target, 1, line.Span(i, end));
        }

        var found = Array.FindIndex(stems, s => telling.Contains(s, StringComparer.Ordinal) || IsShortened(name, s));
        return found < 0 ? null : new(name.Target, TellingWord, line.Span(found, found));
    }

    /// <summary>"Dammschule" for the Damm-Grundschule.</summary>
    private bool IsShortened(Name name, string stem) => Array.Exists(name.BeforeKind, own =>
        stem.Length >= own.Length + ShortestKind && stem.StartsWith(own, StringComparison.Ordinal)
        && _kinds.Any(kind => kind.AsSpan().EndsWith(stem.AsSpan(own.Length), StringComparison.Ordinal)));

    private void AddDistricts(LetterContent letter, Dictionary<int, NamedInstance> found)
    {
        if (_districts.Length == 0)
            return;
        var text = GermanText.Fold(string.Join(' ', ((LetterField[])[LetterField.Sender, LetterField.Subject, LetterField.Body])
            .Select(f => LetterFeatures.Text(letter, f))));
        foreach (var name in _names)
            if (name.District >= 0 && !found.ContainsKey(name.Target) && text.Contains(_districts[name.District], StringComparison.Ordinal))
                found[name.Target] = new(name.Target, SameDistrict, null);
    }

    /// <summary>"THG" of the Theodor-Heuss-Gymnasium.</summary>
    private static string Initials(string name) => string.Concat(GermanText.Tokens(name).Select(t => char.ToUpperInvariant(name[t.Start])));

    private static IEnumerable<string> Words(string name) => GermanText.Tokens(name).Select(t => GermanText.Stem(t.Text));

    [GeneratedRegex(@"\b(Frau|Herrn?|Familie)\b", RegexOptions.ExplicitCapture | RegexOptions.IgnoreCase, 1000)]
    private static partial Regex Person();

    /// <summary>What is listened for.</summary>
    /// <param name="Target">Place among the targets.</param>
    /// <param name="Words">All of its name, as stems.</param>
    /// <param name="Telling">Those that no other name has.</param>
    /// <param name="BeforeKind">The same, also shorter ones.</param>
    /// <param name="Initials">Null when another name has the same.</param>
    /// <param name="District">Place among the districts; −1 for none.</param>
    private sealed record Name(int Target, string[] Words, string[] Telling, string[] BeforeKind, string? Initials, int District);

    private sealed class Line(string text, LetterField field)
    {
        private readonly IReadOnlyList<Token> _tokens = GermanText.Tokens(text);
        private string[]? _stems;

        public string[] Stems => _stems ??= [.. _tokens.Select(t => GermanText.Stem(t.Text))];

        public ReadOnlySpan<char> Word(int i) => text.AsSpan(_tokens[i].Start, _tokens[i].Length);

        public TextSpan Span(int first, int last) =>
            new(field, _tokens[first].Start, _tokens[last].Start + _tokens[last].Length - _tokens[first].Start);
    }
}
