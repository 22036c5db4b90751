using System.Text.RegularExpressions;
using Postlotse.Letters;

namespace Postlotse.Responsibility.Lexical;

/// <summary>A reference that speaks for offices.</summary>
/// <param name="Support">0–1 for each office.</param>
/// <param name="Text">For the clerk.</param>
/// <param name="Span">Where it stands.</param>
internal sealed record ReferenceSupport(double[] Support, string Text, TextSpan Span);

/// <summary>
/// The voice of reference numbers (Aktenzeichen, Kassenzeichen): our own ones that begin with an office's id, and kinds that belong to one
/// sort of office everywhere in Germany. Which office of this city that is, the words of its name and tasks tell.
/// </summary>
internal sealed partial class ReferenceVoice
{
    private readonly IReadOnlyList<Office> _offices;
    private readonly (Regex Shape, string Name, double[] Support)[] _kinds;

    public ReferenceVoice(IReadOnlyList<Office> offices, ConcernVoice concerns)
    {
        _offices = offices;
        _kinds = [.. Kinds().Select(k => (k.Shape, k.Name, Normalised(concerns.Hear(concerns.AskWords(k.Words)))))];
    }

    /// <summary>Everything that is found in reference, subject and body; each kind once.</summary>
    public IReadOnlyList<ReferenceSupport> Hear(LetterContent letter)
    {
        var found = new List<ReferenceSupport>();
        var kinds = new HashSet<string>(StringComparer.Ordinal);
        var known = new HashSet<int>();
        foreach (var field in (LetterField[])[LetterField.Reference, LetterField.Subject, LetterField.Body])
        {
            var text = letter[field];
            if (text.Length == 0) continue;
            AddOwn(field, text, known, found);
            foreach (var (shape, name, support) in _kinds)
            {
                if (shape.Match(text) is not { Success: true } match || !kinds.Add(name)) continue;
                var reason = Texts.Stored("ReasonReference", Texts.Stored(name), match.Value.Trim());
                found.Add(new(support, reason, new(field, match.Index, match.Length)));
            }
        }

        return found;
    }

    /// <summary>Only after words that call the number ours: other people's numbers look the same. Each office once.</summary>
    private void AddOwn(LetterField field, string text, HashSet<int> known, List<ReferenceSupport> found)
    {
        foreach (Match match in OwnShape().Matches(text))
        {
            var number = match.Groups["number"];
            for (var i = 0; i < _offices.Count; i++)
            {
                if (!BeginsWith(number.Value, _offices[i].Id) || !known.Add(i)) continue;
                var support = new double[_offices.Count];
                support[i] = 1;
                var reason = Texts.Stored("ReasonOwnReference", _offices[i].Name, number.Value);
                found.Add(new(support, reason, new(field, number.Index, number.Length)));
            }
        }
    }

    private static bool BeginsWith(string number, string id) => id.Any(char.IsAsciiDigit)
        && number.StartsWith(id, StringComparison.OrdinalIgnoreCase)
        && (number.Length == id.Length || !(char.IsLetterOrDigit(number[id.Length]) || IsDeeper(number, id.Length)));

    /// <summary>"32.3-…" is no number of office 32.</summary>
    private static bool IsDeeper(string number, int at) => number[at] == '.' && at + 1 < number.Length && char.IsAsciiDigit(number[at + 1]);

    private static double[] Normalised(double[] scores)
    {
        var best = scores.Length == 0 ? 0 : scores.Max();
        return best <= 0 ? scores : [.. scores.Select(s => s / best is var share && share >= 0.5 ? share * share : 0)];
    }

    private static IEnumerable<(Regex Shape, string Name, string Words)> Kinds() =>
    [
        (CashAccount(), "RefCashAccount", "Kasse Stadtkasse Kassenzeichen Zahlung Mahnung Vollstreckung"),
        (Fine(), "RefFine", "Bußgeldstelle Bußgeld Ordnungswidrigkeit Verwarnung Einspruch"),
        (Tax(), "RefTax", "Finanzamt Steuernummer Einkommensteuererklärung"),
        (Jobcentre(), "RefJobcentre", "Jobcenter Bürgergeld SGB II"),
        (ChildBenefit(), "RefChildBenefit", "Familienkasse Kindergeld"),
        (Pension(), "RefPension", "Rentenversicherung Rentenantrag Kontenklärung"),
        (Court(), "RefCourt", "Rechtsamt Klage Gericht Prozess Verwaltungsstreitverfahren"),
        (Building(), "RefBuilding", "Bauantrag Baugenehmigung Baurechtsamt"),
        (Invoice(), "RefInvoice", "Rechnung Rechnungseingang Lieferant"),
        (Notary(), "RefNotary", "Notar Grundstück Kaufvertrag Vorkaufsrecht"),
        (Broadcast(), "RefBroadcast", "Rundfunkbeitrag Beitragsservice"),
    ];

    private const RegexOptions Options = RegexOptions.CultureInvariant | RegexOptions.IgnoreCase;
    private const RegexOptions CaseCounts = RegexOptions.CultureInvariant;

    [GeneratedRegex(
        @"\bIhr(?:e[mns]?)?\s+(?:Zeichen|Aktenzeichen|Az|Gesch(?:ä|ae)ftszeichen|Schreiben|Bescheid)\b[\s:.]*(?:Nr\.?\s*)?" +
        @"(?<number>[A-Z]{0,3}\.?\d[\w./-]{0,40})",
        Options, 1000)]
    private static partial Regex OwnShape();

    [GeneratedRegex(@"\b(?:Kassen|Buchungs)z(?:eichen|\.)?[\s:]*\d[\d.]{5,20}|\b5\.\d{4}\.\d{6}\.\d\b", Options, 1000)]
    private static partial Regex CashAccount();

    [GeneratedRegex(@"\b50\d\.\d{1,3}\.\d{6}\.\d\b", Options, 1000)]
    private static partial Regex Fine();

    [GeneratedRegex(@"\b(?:Steuernummer|Steuer-?Nr\.?|St\.?-?Nr\.?)[\s:]*\d{2,5}/\d{3,5}(?:/\d{4,5})?\b", Options, 1000)]
    private static partial Regex Tax();

    [GeneratedRegex(@"\b\d{5}//\d{7}\b", Options, 1000)]
    private static partial Regex Jobcentre();

    [GeneratedRegex(@"\b\d{3}\s?FK\s?\d{6}\b", Options, 1000)]
    private static partial Regex ChildBenefit();

    [GeneratedRegex(@"\b\d{2}\s?\d{6}\s?[A-Z]\s?\d{3}\b", Options, 1000)]
    private static partial Regex Pension();

    [GeneratedRegex(@"\b(?:\d{1,3}|[IVX]{1,5})\s(?:K|L|O|C|S|Ca|SO|U|W)\s\d{1,6}/\d{2}\b", CaseCounts, 1000)]
    private static partial Regex Court();

    [GeneratedRegex(@"\b(?:BV|BA|BG|VE)[\s-]?\d{4}[-/]?\d{3,5}\b", CaseCounts, 1000)]
    private static partial Regex Building();

    [GeneratedRegex(
        @"\b(?:Rechnung(?:s-?Nr\.?|snummer|\s+Nr\.?)?|Debitor|Kd-?\.?\s?-?Nr\.?)[\s:]*(?:Nr\.?\s*)?\d[\w./-]{2,20}", Options, 1000)]
    private static partial Regex Invoice();

    [GeneratedRegex(@"\b(?:UR|UVZ)-?\s?Nr\.?\s*\d+", Options, 1000)]
    private static partial Regex Notary();

    [GeneratedRegex(@"\bBeitragsnummer[\s:]*\d{3}\s?\d{3}\s?\d{3}\b", Options, 1000)]
    private static partial Regex Broadcast();
}
