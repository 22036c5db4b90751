using Postlotse.Letters;

namespace Postlotse.Responsibility.City;

/// <summary>A letter of the past that a change of plan is tried on.</summary>
/// <param name="Content">What was read.</param>
/// <param name="ReceivedAt">Legal receipt.</param>
/// <param name="Unit">Office in whose Postkorb it lies; null elsewhere.</param>
/// <param name="Confirmed">A person has decided about its office.</param>
public sealed record PastLetter(LetterContent Content, DateTimeOffset ReceivedAt, string? Unit, bool Confirmed);

/// <summary>Where a letter goes: an office without a person, or a person with an office as the proposal.</summary>
/// <param name="Unit">Office; empty: none.</param>
/// <param name="Automatic">Without a person.</param>
public sealed record Destination(string Unit, bool Automatic);

/// <summary>A letter that the change sends elsewhere. It tells nothing of what the letter says.</summary>
/// <param name="ReceivedAt">Legal receipt.</param>
/// <param name="Before">As decided without the change.</param>
/// <param name="After">As decided with the change.</param>
/// <param name="Unit">Office in whose Postkorb it lies; null elsewhere.</param>
/// <param name="Confirmed">A person has decided about its office.</param>
public sealed record MovedLetter(DateTimeOffset ReceivedAt, Destination Before, Destination After, string? Unit, bool Confirmed);

/// <summary>How many letters meet a rule, and in which Postkörbe they lie.</summary>
/// <param name="Rule">The rule.</param>
/// <param name="Letters">Their number, whatever the rule's dates.</param>
/// <param name="Places">By office (null: in none), most letters first.</param>
public sealed record RuleEffect(CityRule Rule, int Letters, IReadOnlyList<RulePlace> Places);

/// <summary>Letters that meet a rule in one Postkorb, and how many of them a person put there.</summary>
public sealed record RulePlace(string? Unit, int Letters, int Confirmed);

/// <summary>
/// Dry run (Probelauf) of a change of plan: decides past letters without and with the change, before anything is in force. Changes
/// nothing. Runs once; its progress may be read from other threads.
/// </summary>
public sealed class PlanTrial
{
    private readonly CityState _before;
    private readonly CityState _after;
    private readonly RuleVoice _rules;
    private readonly RuleVoice? _only;
    private readonly IReadOnlyList<CityRule> _tried;
    private volatile int _letters;

    /// <summary>Prepares it; quick.</summary>
    /// <param name="before">In force.</param>
    /// <param name="after">With the change.</param>
    /// <param name="difference">Between the two.</param>
    /// <param name="today">Today in the city.</param>
    public PlanTrial(CityState before, CityState after, PlanDifference difference, DateOnly today)
    {
        ArgumentNullException.ThrowIfNull(difference);
        (_before, _after) = (before, after);
        Day = DayOf(difference, today);
        _tried = [.. difference.Rules.Select(r => r.After).OfType<CityRule>()];
        _rules = new(new CityPlan { Rules = _tried });
        // Where nothing but rules differs, only letters that meet one of them, as it was or as it will be, can go elsewhere.
        var others = difference.Assignments.Count > 0 || difference.Rate is not null || difference.ChangesOrganisation;
        if (!others) _only = new(new CityPlan { Rules = [.. difference.Rules.Select(r => r.Before).OfType<CityRule>(), .. _tried] });
    }

    /// <summary>Day by which the change is tried: today, or the first on which something of it holds.</summary>
    public DateOnly Day { get; }

    /// <summary>Letters tried so far.</summary>
    public int Letters => _letters;

    /// <summary>Tries the change on letters.</summary>
    /// <exception cref="OperationCanceledException">It was given up.</exception>
    public async Task<TrialResult> RunAsync(IAsyncEnumerable<PastLetter> letters, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(letters);
        var moved = new List<MovedLetter>();
        var met = _tried.ToDictionary(r => r.Id, _ => new List<PastLetter>(), StringComparer.Ordinal);
        await foreach (var letter in letters.WithCancellation(cancellationToken))
        {
            if (Moved(letter) is { } elsewhere) moved.Add(elsewhere);
            foreach (var rule in _rules.Hear(letter.Content, day: null)) met[rule.Rule.Id].Add(letter);
            _letters++;
        }

        return new(Letters, moved, [.. _tried.Select(r => new RuleEffect(r, met[r.Id].Count, Places(met[r.Id])))]);
    }

    private MovedLetter? Moved(PastLetter letter)
    {
        if (_only?.Hear(letter.Content, day: null) is { Count: 0 }) return null;
        var before = Of(_before.Decider.Decide(letter.Content, Day));
        var after = Of(_after.Decider.Decide(letter.Content, Day));
        return before == after ? null : new(letter.ReceivedAt, before, after, letter.Unit, letter.Confirmed);
    }

    private static Destination Of(Decision decision) => new(decision.Unit, decision.Outcome != Outcome.Review);

    private static IReadOnlyList<RulePlace> Places(List<PastLetter> letters) =>
        [.. letters.GroupBy(l => l.Unit, StringComparer.Ordinal).Select(g => new RulePlace(g.Key, g.Count(), g.Count(l => l.Confirmed)))
            .OrderByDescending(p => p.Letters).ThenBy(p => p.Unit, StringComparer.Ordinal)];

    private static DateOnly DayOf(PlanDifference difference, DateOnly today)
    {
        var ways = difference.Assignments.SelectMany(a => a.After).Select(a => (a.From, Holds: a.HoldsOn(today)))
            .Concat(difference.Rules.Select(r => r.After).OfType<CityRule>().Select(r => (r.From, Holds: r.HoldsOn(today)))).ToList();
        var future = ways.Where(w => w.From > today).Select(w => w.From!.Value).DefaultIfEmpty(today).Min();
        return ways.Count == 0 || ways.Exists(w => w.Holds) ? today : future;
    }
}

/// <summary>What a dry run gave.</summary>
/// <param name="Letters">Letters tried.</param>
/// <param name="Moved">Those that the change sends elsewhere, in the order of the letters.</param>
/// <param name="Rules">Effects of the rules that are new or differ.</param>
public sealed record TrialResult(int Letters, IReadOnlyList<MovedLetter> Moved, IReadOnlyList<RuleEffect> Rules);
