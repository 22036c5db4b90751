using System.Runtime.InteropServices;
using Postlotse.Responsibility.Knowledge;
using Postlotse.Responsibility.Knowledge.Assigning;

namespace Postlotse.Responsibility.Learning;

/// <summary>
/// Which offices do a concern's work (Zuständigkeitsverteilung), corrected by confirmed decisions: the proposed shares count as so many
/// letters, each decided letter adds what it says about its concerns (posterior mean under a Dirichlet prior). Kept apart from what words
/// mean, so that a re-organisation changes this alone. Adding and forgetting are additions and subtractions.
/// </summary>
internal sealed class LearnedAssignments
{
    /// <summary>Letters that the proposal is worth, also that nobody here does it.</summary>
    private const double ProposalLetters = 3;

    /// <summary>
    /// Chance that an office does a concern's work though it was not proposed: a letter is rather about another concern of its office.
    /// </summary>
    private const double Unexpected = 0.05;

    private readonly Func<string, IReadOnlyList<Assignment>> _proposed;
    private readonly Dictionary<(string Concern, string Unit), double> _credit = [];
    private readonly Dictionary<string, List<string>> _units = new(StringComparer.Ordinal);

    /// <summary>Takes the proposal and the letters.</summary>
    public LearnedAssignments(Func<string, IReadOnlyList<Assignment>> proposed, IEnumerable<LearnedLetter> letters)
    {
        _proposed = proposed;
        foreach (var letter in letters)
            foreach (var (concern, credit) in CreditOf(letter))
            {
                ref var sum = ref CollectionsMarshal.GetValueRefOrAddDefault(_credit, (concern, letter.Unit), out var known);
                sum += credit;
                if (known) continue;
                if (!_units.TryGetValue(concern, out var units)) _units[concern] = units = [];
                units.Add(letter.Unit);
            }
    }

    /// <summary>Concerns that some letter taught something about.</summary>
    public IEnumerable<string> Taught => _units.Keys;

    /// <summary>Shares of the offices in a concern, as they would be without a letter (null: with all).</summary>
    public IEnumerable<Assignment> Of(string concern, LearnedLetter? without = null)
    {
        var proposed = _proposed(concern);
        if (!_units.TryGetValue(concern, out var taught)) return proposed;
        var own = without is null ? default : CreditOf(without)
            .FirstOrDefault(c => string.Equals(c.Concern, concern, StringComparison.Ordinal));
        var sum = taught.Sum(Credit);
        return proposed.Select(a => a.Unit).Union(taught, StringComparer.Ordinal)
            .Select(u => new Assignment(u, (ProposalLetters * Proposed(proposed, u) + Credit(u)) / (ProposalLetters + sum)))
            .Where(a => a.Weight > 1e-9);

        double Credit(string unit) => _credit.GetValueOrDefault((concern, unit))
            - (own.Concern is not null && string.Equals(unit, without!.Unit, StringComparison.Ordinal) ? own.Credit : 0);
    }

    /// <summary>Share of "nobody can tell", with that of the concerns that perhaps nobody here does.</summary>
    public double NobodyOf(LearnedLetter letter, LearnedLetter? without = null) =>
        letter.Known.Nobody + letter.Known.Concerns.Sum(c => c.Share * Math.Max(0, 1 - Of(c.Concern, without).Sum(a => a.Weight)));

    /// <summary>Evidence for each office by knowledge, address and what was learned about assignments; sparse.</summary>
    public Dictionary<string, double> MassOf(LearnedLetter letter, LearnedLetter? without = null)
    {
        var mass = new Dictionary<string, double>(StringComparer.Ordinal);
        foreach (var (concern, share) in letter.Known.Concerns)
            foreach (var (unit, weight) in Of(concern, without))
                CollectionsMarshal.GetValueRefOrAddDefault(mass, unit, out _) += share * weight;
        foreach (var (unit, extra, factor) in letter.Known.Units)
            mass[unit] = (mass.GetValueOrDefault(unit) + extra) * Math.Exp(factor);
        return mass;
    }

    /// <summary>How much a letter teaches about each of its concerns.</summary>
    private IEnumerable<(string Concern, double Credit)> CreditOf(LearnedLetter letter)
    {
        if (letter.Unit.Length == 0) yield break;
        var shares = letter.Known.Concerns
            .Select(c => (c.Concern, c.Share, Fit: c.Share * (Proposed(_proposed(c.Concern), letter.Unit) + Unexpected))).ToList();
        var (all, fits) = (shares.Sum(s => s.Share), shares.Sum(s => s.Fit));
        foreach (var (concern, _, fit) in shares) yield return (concern, all * fit / fits);
    }

    private static double Proposed(IReadOnlyList<Assignment> proposed, string unit)
    {
        foreach (var (other, weight) in proposed)
            if (string.Equals(other, unit, StringComparison.Ordinal)) return weight;
        return 0;
    }
}
