using System.Runtime.CompilerServices;
using Postlotse.Language;
using Postlotse.Letters;

namespace Postlotse.Web.Clearing;

/// <summary>
/// Finds offices by what a clerk types: number, name, words of their tasks in any inflection, parts of compounds. Pure; the index is
/// made once.
/// </summary>
public sealed class OfficeSearch
{
    private const int Most = 8;

    private static readonly ConditionalWeakTable<Organisation, OfficeSearch> s_known = [];

    private readonly List<Entry> _entries;

    /// <summary>The search of an organisation; made at the first call for it.</summary>
    public static OfficeSearch Of(Organisation organisation) => s_known.GetValue(organisation, o => new(o));

    public OfficeSearch(Organisation organisation)
    {
        _entries = organisation.Units.Where(u => u.Tasks.Count > 0).Select(u => Make(u.Id, u.Id + " " + u.Name, u.Kind, u.Tasks))
            .Concat(organisation.ExternalAuthorities.Select(a => Make(a.Id, a.Name, "", a.Tasks))).ToList();
    }

    /// <summary>All that letters can go to, with their labels, in the organisation's order.</summary>
    public IEnumerable<(string Id, string Label)> All => _entries.Select(e => (e.Id, e.Label));

    /// <summary>The office that was chosen from a list or typed: what is found alone, else the first word as its id.</summary>
    /// <param name="chosen">Id as chosen; empty when none was.</param>
    /// <param name="typed">The text; when it is empty the choice was taken back.</param>
    public string Resolve(string chosen, string typed)
    {
        if (typed.Length == 0 || chosen.Length > 0) return typed.Length == 0 ? "" : chosen;
        return Find(typed) is [var only] ? only.Id : typed.Split(' ')[0];
    }

    /// <summary>The best offices, best first.</summary>
    public IReadOnlyList<FoundOffice> Find(string text)
    {
        var words = GermanText.Tokens(text).Select(t => t.Text).ToList();
        if (words.Count == 0) return [];
        var number = GermanText.Fold(text.Trim());
        return _entries.Select(e => (Entry: e, Score: Score(e, number, words))).Where(f => f.Score > 0)
            .OrderByDescending(f => f.Score).ThenBy(f => f.Entry.Order, StringComparer.Ordinal).Take(Most)
            .Select(f => new FoundOffice(f.Entry.Id, f.Entry.Label, BestTask(f.Entry, words))).ToList();
    }

    private static double Score(Entry entry, string number, List<string> words)
    {
        if (string.Equals(entry.Order, number, StringComparison.Ordinal)) return 1000;
        if (entry.Order.StartsWith(number, StringComparison.Ordinal)) return 500;
        var sum = 0.0;
        foreach (var word in words)
        {
            var best = Math.Max(3 * Fit(entry.Name, word), entry.Tasks.Select(t => Fit(t.Words, word)).DefaultIfEmpty(0).Max());
            if (best <= 0) return 0;
            sum += best;
        }

        return sum;
    }

    /// <summary>1: the word itself or its stem; 0.8: a beginning; 0.5: part of a compound on either side.</summary>
    private static double Fit(IReadOnlyList<Term> terms, string word)
    {
        var stem = GermanText.Stem(word);
        var parts = PartsOf(word);
        var best = 0.0;
        foreach (var term in terms)
        {
            if (string.Equals(term.Stem, stem, StringComparison.Ordinal)) return 1;
            if (term.Folded.StartsWith(word, StringComparison.Ordinal)) best = Math.Max(best, 0.8);
            else if (word.Length >= 4 && term.Folded.Contains(word, StringComparison.Ordinal)) best = Math.Max(best, 0.6);
            else if (term.Parts.Contains(stem) || parts.Contains(term.Stem)) best = Math.Max(best, 0.5);
        }

        return best;
    }

    private static string? BestTask(Entry entry, List<string> words)
    {
        var best = entry.Tasks.Select(t => (t.Text, Score: words.Sum(w => Fit(t.Words, w)))).MaxBy(t => t.Score);
        return best.Score > 0 ? best.Text : entry.Tasks.Count > 0 ? entry.Tasks[0].Text : null;
    }

    private static Entry Make(string id, string label, string kind, IReadOnlyList<string> tasks) =>
        new(id, label, GermanText.Fold(id), Terms(label + " " + kind), tasks.Select(t => new TaskTerms(t, Terms(t))).ToList());

    private static List<Term> Terms(string text) => GermanText.Tokens(text)
        .Select(t => new Term(t.Text, GermanText.Stem(t.Text), PartsOf(t.Text))).ToList();

    private static HashSet<string> PartsOf(string word) => GermanText.Parts(word).Select(GermanText.Stem).ToHashSet(StringComparer.Ordinal);

    private sealed record Entry(string Id, string Label, string Order, IReadOnlyList<Term> Name, IReadOnlyList<TaskTerms> Tasks);

    private sealed record TaskTerms(string Text, IReadOnlyList<Term> Words);

    private sealed record Term(string Folded, string Stem, IReadOnlySet<string> Parts);
}

/// <param name="Task">The task that fits best; null when the office names none.</param>
public sealed record FoundOffice(string Id, string Label, string? Task);
