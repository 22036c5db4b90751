namespace Postlotse.Language;

/// <summary>
/// Takes German compounds apart over a list of word parts: the division into the fewest and longest parts wins, with the usual
/// linking sounds between parts and an inflection at the end; found parts are divided again. Pure, safe for many threads.
/// </summary>
internal sealed class CompoundSplitter
{
    private const int ShortestPart = 3;
    private const int LongestWord = 60;
    private const double Never = double.PositiveInfinity;
    private static readonly string[] Links = ["s", "es", "n", "en", "er", "e"];
    private static readonly string[] Endings = ["e", "en", "n", "s", "es", "er", "ern", "em"];

    private static readonly string[] LinkedNouns = ["ungs", "heits", "keits", "schafts", "tions", "taets"];

    /// <summary>Parts of the list that stand inside many words without being a part of their meaning.</summary>
    private static readonly string[] Misleading =
        [
        "ein", "all", "mit", "vor", "bei", "end", "ess", "sog", "hab", "los", "tun", "ion", "ass", "gen", "gel", "run", "mal", "sub", "neo",
        "unter", "ueber",
    ];

    private readonly HashSet<string> _parts;
    private readonly HashSet<string>.AlternateLookup<ReadOnlySpan<char>> _lookup;

    /// <summary>Takes the parts, folded.</summary>
    public CompoundSplitter(IEnumerable<string> parts)
    {
        _parts = parts.SelectMany(WithNouns).Where(p => p.Length >= ShortestPart).ToHashSet(StringComparer.Ordinal);
        _parts.ExceptWith(Misleading);
        _lookup = _parts.GetAlternateLookup<ReadOnlySpan<char>>();
    }

    /// <summary>Parts of a word, larger ones before the smaller ones inside them; empty when it is no compound.</summary>
    /// <param name="word">Folded.</param>
    public IReadOnlyList<string> Parts(string word)
    {
        ArgumentNullException.ThrowIfNull(word);
        if (word.Length is < 2 * ShortestPart or > LongestWord) return [];
        var found = new List<string>();
        Divide(word, found);
        return found;
    }

    /// <summary>
    /// The list has "beleuchtungs" and "anmelden" where a word may end in "beleuchtung" and "anmeldung": the nouns are added.
    /// </summary>
    private static IEnumerable<string> WithNouns(string part)
    {
        yield return part;
        foreach (var linked in LinkedNouns)
            if (part.EndsWith(linked, StringComparison.Ordinal)) yield return part[..^1];
        if (part.Length < 6) yield break;
        if (part.EndsWith("en", StringComparison.Ordinal)) yield return part[..^2] + "ung";
        else if (part is [.., 'e', 'r' or 'l', 'n']) yield return part[..^1] + "ung";
    }

    private void Divide(string word, List<string> into)
    {
        var division = BestDivision(word);
        foreach (var part in division)
        {
            into.Add(part);
            if (part.Length >= 2 * ShortestPart) Divide(part, into);
        }
    }

    /// <summary>
    /// A word that is on the list itself is divided only into long parts: "unterhalt" is more than "unter" and "halt", while
    /// "gewerbesteuer" is what it is made of.
    /// </summary>
    private List<string> BestDivision(string word)
    {
        Span<double> cost = stackalloc double[word.Length + 1];
        Span<int> start = stackalloc int[word.Length + 1];
        Span<int> length = stackalloc int[word.Length + 1];
        cost.Fill(Never);
        cost[0] = 0;
        for (var from = 0; from <= word.Length - ShortestPart; from++)
            if (cost[from] < Never) Relax(word, from, cost, start, length);
        var parts = cost[^1] < Never ? Trace(word, start, length) : [];
        var shortestAllowed = IsListed(word) ? 5 : ShortestPart;
        return parts.Count > 1 && parts.TrueForAll(p => p.Length >= shortestAllowed) ? parts : [];
    }

    private void Relax(string word, int from, Span<double> cost, Span<int> start, Span<int> length)
    {
        for (var size = ShortestPart; from + size <= word.Length; size++)
        {
            if (size == word.Length || !_lookup.Contains(word.AsSpan(from, size))) continue;
            var price = cost[from] + 1 + (size == 3 ? 1.2 : size == 4 ? 0.3 : 0);
            var rest = word.AsSpan(from + size);
            Offer(from + size, price, from, size, cost, start, length);
            foreach (var ending in from == 0 ? [] : Endings)
                if (rest.SequenceEqual(ending)) Offer(word.Length, price + 0.2, from, size, cost, start, length);
            foreach (var link in Links)
                if (rest.Length > link.Length && rest.StartsWith(link, StringComparison.Ordinal))
                    Offer(from + size + link.Length, price + 0.25, from, size, cost, start, length);
        }
    }

    private static void Offer(int to, double price, int from, int size, Span<double> cost, Span<int> start, Span<int> length)
    {
        if (price >= cost[to]) return;
        (cost[to], start[to], length[to]) = (price, from, size);
    }

    private static List<string> Trace(string word, Span<int> start, Span<int> length)
    {
        var parts = new List<string>();
        for (var at = word.Length; at > 0; at = start[at]) parts.Add(word.Substring(start[at], length[at]));
        parts.Reverse();
        return parts;
    }

    private bool IsListed(string word)
    {
        if (_parts.Contains(word)) return true;
        foreach (var ending in Endings)
            if (word.Length > ending.Length + ShortestPart && word.EndsWith(ending, StringComparison.Ordinal)
                && _lookup.Contains(word.AsSpan(0, word.Length - ending.Length))) return true;
        return false;
    }
}
