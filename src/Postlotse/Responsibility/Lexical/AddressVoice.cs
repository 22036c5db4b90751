using Postlotse.Language;
using Postlotse.Letters;

namespace Postlotse.Responsibility.Lexical;

/// <summary>What the address block says for an office, 0–1 each.</summary>
/// <param name="Named">How well a phrase fits the office's name.</param>
/// <param name="Phrase">That phrase; null when none fits.</param>
/// <param name="IsGroup">The phrase names a larger unit that the office belongs to.</param>
/// <param name="Street">1 when the letter goes to this office's street and few offices are there; else 0.</param>
/// <param name="StreetLine">That line; null when it fits no street.</param>
internal sealed record AddressSupport(double Named, TextSpan? Phrase, bool IsGroup, double Street, TextSpan? StreetLine)
{
    /// <summary>The phrase names a unit above it ("Dezernat II") and not the first part of its own name ("Personalamt – …").</summary>
    public bool IsAbove { get; init; }

    public static readonly AddressSupport None = new(0, null, false, 0, null);
}

/// <summary>
/// The voice of the address: offices named in the recipient block, tolerant of other endings and compounds ("Gewerbeamt" for
/// "Ordnungsamt – Gewerbe und Gaststätten"), and their streets. Reads nothing but the recipient field.
/// </summary>
internal sealed class AddressVoice
{
    /// <summary>From this fit on an office counts as named.</summary>
    public const double NamedFrom = 0.6;

    /// <summary>Offices of a house whose street still tells something.</summary>
    private const int MostOfOneHouse = 8;

    private const double WorthTelling = 0.45;
    private static readonly string[] Separators = [" – ", " - ", ","];
    private readonly IReadOnlyList<Office> _offices;
    private readonly List<Variant>[] _variants;
    private readonly Dictionary<string, double> _rarity = new(StringComparer.Ordinal);
    private readonly TownName _town;
    private readonly double _unknown;

    public AddressVoice(IReadOnlyList<Office> offices, string city)
    {
        _offices = offices;
        _town = new(city);
        _variants = [.. offices.Select(o => Variants(o).ToList())];
        foreach (var term in _variants.SelectMany(v => v.SelectMany(x => x.Terms).Distinct(StringComparer.Ordinal)))
            _rarity[term] = _rarity.GetValueOrDefault(term) + 1;
        foreach (var (term, count) in _rarity.ToList()) _rarity[term] = Math.Log(1 + offices.Count / count);
        _unknown = Math.Log(1 + offices.Count);
    }

    /// <summary>Support for each office, in the order of the offices.</summary>
    public AddressSupport[] Hear(RecipientBlock block, string recipient)
    {
        var support = new AddressSupport[_offices.Count];
        Array.Fill(support, AddressSupport.None);
        foreach (var phrase in block.Phrases)
        {
            var terms = Terms(recipient.Substring(phrase.Start, phrase.Length));
            if (terms.Count == 0) continue;
            for (var i = 0; i < support.Length; i++)
                foreach (var variant in _variants[i])
                    if (Fit(terms, variant) is var fit && fit > Math.Max(support[i].Named, WorthTelling))
                        support[i] = new(fit, phrase, variant.IsGroup, 0, null) { IsAbove = variant.IsAbove };
        }

        AddStreets(block, recipient, support);
        return support;
    }

    private void AddStreets(RecipientBlock block, string recipient, AddressSupport[] support)
    {
        foreach (var line in block.Lines)
        {
            var street = GermanText.Fold(recipient.Substring(line.Start, line.Length)).Trim();
            var there = Enumerable.Range(0, _offices.Count).Where(i => _offices[i].Street.Length > 0
                && string.Equals(_offices[i].Street, street, StringComparison.Ordinal)).ToList();
            // A house with many offices is what anybody writes on a letter to the city.
            if (there.Count > MostOfOneHouse) continue;
            foreach (var i in there) support[i] = support[i] with { Street = 1, StreetLine = line };
        }
    }

    private IEnumerable<Variant> Variants(Office office)
    {
        // What stands in brackets explains a name and is none by itself.
        var bare = office.Name.IndexOf('(', StringComparison.Ordinal) is var bracket and > 0 ? office.Name[..bracket] : office.Name;
        var names = bare.Split(Separators, StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        var own = names.Select((n, i) => (Name: n, IsGroup: names.Length > 1 && i == 0)).Prepend((office.Name, false));
        var group = names.Length > 1 ? Terms(names[0]) : [];
        foreach (var (name, isGroup) in own)
            if (Terms(name) is { Count: > 0 } terms) yield return new(terms, isGroup || terms.SetEquals(group), IsAbove: false);
        foreach (var name in office.Above)
            if (Terms(name) is { Count: > 0 } terms) yield return new(terms, IsGroup: true, IsAbove: true);
    }

    /// <summary>What a name says: stems of its words and of its compounds' parts. Words that any name may have are left out.</summary>
    private HashSet<string> Terms(string name)
    {
        var terms = new HashSet<string>(StringComparer.Ordinal);
        foreach (var token in GermanText.Tokens(name))
        {
            if (GermanText.IsStopWord(token.Text) || _town.IsIn(token.Text)) continue;
            var parts = GermanText.Parts(token.Text);
            foreach (var word in parts.Count == 0 ? [token.Text] : parts.Where(p => GermanText.Parts(p).Count == 0))
                if (GermanText.Stem(word) is var stem && !Office.IsGeneric(stem)) terms.Add(stem);
        }

        return terms;
    }

    /// <summary>
    /// Share of the phrase that the name explains and, less heavily, share of the name that the phrase mentions; rare words count more.
    /// </summary>
    private double Fit(HashSet<string> phrase, Variant variant)
    {
        var (common, inPhrase) = (0d, 0d);
        foreach (var term in phrase)
        {
            var rarity = _rarity.GetValueOrDefault(term, _unknown);
            inPhrase += rarity;
            if (variant.Terms.Contains(term)) common += rarity;
        }

        if (common == 0) return 0;
        var inName = variant.Terms.Sum(t => _rarity.GetValueOrDefault(t, _unknown));
        return Math.Pow(common / inPhrase, 0.7) * Math.Pow(common / inName, 0.3) * (variant.IsGroup ? 0.95 : 1);
    }

    private sealed record Variant(HashSet<string> Terms, bool IsGroup, bool IsAbove);
}
