using System.Runtime.InteropServices;
using Postlotse.Letters;
using Postlotse.Responsibility.Knowledge.Voices;
using Postlotse.Responsibility.Knowledge;

namespace Postlotse.Responsibility.Learning;

/// <summary>What earlier letters with the same trace say for an office.</summary>
/// <param name="Kind">Of the trace.</param>
/// <param name="Unit">The office.</param>
/// <param name="There">Earlier letters that went there.</param>
/// <param name="All">Earlier letters.</param>
/// <param name="Trace">Which trace.</param>
internal readonly record struct EarlierLetters(TraceKind Kind, string Unit, int There, int All, ulong Trace)
{
    private const int FewestOfSeries = 2;
    private const double LeastOfSeries = 0.9;

    /// <summary>The voice that tells of it.</summary>
    public ReasonKind Voice => Kind switch
    {
        TraceKind.Sender => ReasonKind.Sender,
        TraceKind.Person => ReasonKind.Address,
        _ => ReasonKind.Reference,
    };

    /// <summary>
    /// A form or barcode of one kind tells something only while several letters with it went to the same office and hardly any elsewhere.
    /// </summary>
    public bool Holds => Kind != TraceKind.Series || (All >= FewestOfSeries && There >= All * LeastOfSeries);

    /// <summary>Share of the letters that went there, smoothed, 0–1: one letter of a sender says less than one with the number.</summary>
    public double Strength => There / (All + (Kind switch { TraceKind.Sender => 2, TraceKind.Series or TraceKind.Person => 1, _ => 0.5 }));

    /// <summary>What the office gains by it, as a multiple of "nobody can tell".</summary>
    private double Extra => Strength * (Kind switch
    {
        TraceKind.Sender => VoiceWeights.EarlierSender,
        TraceKind.Person => VoiceWeights.EarlierPerson,
        _ => VoiceWeights.EarlierReference,
    });

    /// <summary>Reason's weight: logarithm of the factor on what else speaks for the office.</summary>
    public double LogFactor => Strength * VoiceWeights.Earlier;

    /// <summary>The office's evidence with that of the earlier letters.</summary>
    /// <param name="mass">Without it.</param>
    /// <param name="nobody">Evidence that nobody can tell.</param>
    public double AddTo(double mass, double nobody) => mass * Math.Exp(LogFactor) + Extra * nobody;
}

/// <summary>
/// Where earlier letters with the same reference, of the same sender or to the same person went (Vorgeschichte), by confirmed decisions
/// alone. What a sender wrote to an office whose mail is not open to everybody tells nothing about his other letters, nor does the person
/// he greeted. Never changes.
/// </summary>
internal sealed class LetterHistory
{
    private readonly Dictionary<ulong, Dictionary<string, int>> _letters = [];

    /// <summary>Counts letters.</summary>
    /// <param name="letters">Decided letters.</param>
    /// <param name="discreet">Offices whose mail is confidential or sealed.</param>
    public LetterHistory(IEnumerable<LearnedLetter> letters, IReadOnlySet<string> discreet)
    {
        foreach (var letter in letters.Where(l => l.Unit.Length > 0))
            foreach (var (hash, kind) in letter.Traces)
            {
                if (kind is TraceKind.Sender or TraceKind.Person && discreet.Contains(letter.Unit)) continue;
                ref var units = ref CollectionsMarshal.GetValueRefOrAddDefault(_letters, hash, out _);
                units ??= new(StringComparer.Ordinal);
                CollectionsMarshal.GetValueRefOrAddDefault(units, letter.Unit, out _)++;
            }
    }

    /// <summary>What the history says about traces; of several references to one office the strongest, of the sender all.</summary>
    /// <param name="traces">Of the letter.</param>
    /// <param name="own">Office under which the letter itself is counted; null: it is not.</param>
    public IReadOnlyList<EarlierLetters> Of(IReadOnlyList<(ulong Hash, TraceKind Kind)> traces, string? own = null)
    {
        var found = new List<EarlierLetters>();
        foreach (var (hash, kind) in traces)
        {
            if (!_letters.TryGetValue(hash, out var units)) continue;
            var itself = own is not null && units.ContainsKey(own) ? 1 : 0;
            var all = units.Values.Sum() - itself;
            foreach (var (unit, count) in units)
                if (count - (string.Equals(unit, own, StringComparison.Ordinal) ? itself : 0) is > 0 and var there)
                    found.Add(new(kind, unit, there, all, hash));
        }

        return [.. found.Where(f => f.Holds).GroupBy(f => (f.Kind, f.Unit)).Select(g => g.MaxBy(f => f.Strength))];
    }
}
