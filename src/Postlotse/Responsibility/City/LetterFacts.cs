using System.Globalization;
using System.Text.RegularExpressions;
using Postlotse.Letters;

namespace Postlotse.Responsibility.City;

/// <summary>What a city may split a task by: the sender's initial and the districts that a letter speaks of.</summary>
/// <param name="Initial">Upper-case initial of the sender's surname without umlaut (Ä is A); null when the sender is no person.</param>
/// <param name="Districts">Districts of the organisation found in the letter.</param>
internal sealed partial record LetterFacts(char? Initial, IReadOnlySet<string> Districts)
{
    private static readonly string[] NoPerson =
    [
        "gmbh", "ag", "kg", "ohg", "gbr", "ug", "mbh", "se", "ev", "eg", "amt", "gericht", "verein", "verband", "stadtwerke",
        "versicherung", "rechtsanwälte", "rechtsanwalt", "kanzlei", "polizei", "polizeipräsidium", "landratsamt", "krankenkasse",
        "bank", "sparkasse", "firma", "stiftung", "hausverwaltung", "genossenschaft", "kirche", "schule", "universität",
        "klinikum", "notar", "notarin",
    ];

    private static readonly string[] BeforeNames =
    [
        "herr", "frau", "familie", "fam", "eheleute", "dr", "prof", "dipl", "ing", "med", "jur", "absender",
    ];

    public static LetterFacts Of(LetterContent letter, IReadOnlyList<string> districts)
    {
        var found = districts.Where(d => d.Length > 0 && (Holds(letter.Sender, d) || Holds(letter.Subject, d) || Holds(letter.Body, d)));
        return new(InitialOf(letter.Sender), found.ToHashSet(StringComparer.OrdinalIgnoreCase));
    }

    /// <summary>Whether an initial lies in "A-K", "S" or "A-D, M"; true for no range.</summary>
    public static bool Covers(string names, char initial) =>
        names.Length == 0 || Ranges().Matches(names.ToUpperInvariant()).Any(m =>
            initial >= m.Groups["first"].Value[0] && initial <= (m.Groups["last"].Success ? m.Groups["last"] : m.Groups["first"]).Value[0]);

    /// <summary>Whether a text is a list of ranges of initials.</summary>
    public static bool AreRanges(string names) => names.Length == 0 || RangeList().IsMatch(names.ToUpperInvariant());

    private static char? InitialOf(string sender)
    {
        var line = sender.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).FirstOrDefault();
        if (line is null) return null;
        var words = Words().Matches(line).Select(m => m.Value).ToList();
        if (words.Exists(IsNoPerson) || line.Any(char.IsDigit)) return null;
        words.RemoveAll(w => BeforeNames.Contains(w, StringComparer.OrdinalIgnoreCase));
        if (words.Count < 2) return null;
        var surname = line.Contains(',', StringComparison.Ordinal) ? words[0] : words[^1];
        var plain = surname.Normalize(System.Text.NormalizationForm.FormD)[0];
        return char.IsAsciiLetter(plain) ? char.ToUpperInvariant(plain) : null;
    }

    private static bool IsNoPerson(string word) => NoPerson.Contains(word.ToLower(CultureInfo.InvariantCulture), StringComparer.Ordinal);

    /// <summary>As a word of its own: a district called "Au" is not in every "Aufgabe".</summary>
    private static bool Holds(string text, string name)
    {
        for (var at = text.IndexOf(name, StringComparison.OrdinalIgnoreCase); at >= 0;
             at = text.IndexOf(name, at + 1, StringComparison.OrdinalIgnoreCase))
            if ((at == 0 || !char.IsLetterOrDigit(text[at - 1]))
                && (at + name.Length == text.Length || !char.IsLetterOrDigit(text[at + name.Length]))) return true;
        return false;
    }

    [GeneratedRegex(@"[\p{L}][\p{L}'’-]*", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Words();

    [GeneratedRegex(@"(?<first>[A-Z])(?:\s*[-–]\s*(?<last>[A-Z]))?", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Ranges();

    [GeneratedRegex(
        @"^\s*[A-Z](?:\s*[-–]\s*[A-Z])?(?:\s*,\s*[A-Z](?:\s*[-–]\s*[A-Z])?)*\s*$",
        RegexOptions.CultureInvariant, 1000)]
    private static partial Regex RangeList();
}
