using System.Text.Json;
using Postlotse.Evidence;
using Postlotse.Letters;

namespace Postlotse.Responsibility.LanguageModels;

/// <summary>
/// How often people decided as a language model had voted, and the weight that it has earned by that. Made anew from the evidence at
/// every start; the newest letters count. Safe for many threads.
/// </summary>
/// <param name="model">Name of the model; votes of others do not count.</param>
public sealed class VoteRecord(string model)
{
    /// <summary>Decided letters that count at most.</summary>
    public const int MostLetters = 1000;

    /// <summary>Invented letters, half right and half expected, that every model begins with: few real ones say little.</summary>
    private const double Smoothing = 10;

    /// <summary>No vote moves the odds by more than this, as a logarithm: a factor of 20.</summary>
    private const double MostWeight = 3;

    private readonly Lock _lock = new();
    private readonly List<(string Letter, bool Hit, double Prior)> _votes = [];

    /// <summary>
    /// Logarithm of the factor for the odds of the office voted for: how much oftener the vote was right than the other voices expected of
    /// that office. 0 until something is decided, and for a model that only repeats what was known; never negative.
    /// </summary>
    public double Weight
    {
        get
        {
            lock (_lock)
            {
                var right = Smoothed(_votes.Count(v => v.Hit));
                return Math.Clamp(right - Smoothed(_votes.Sum(v => v.Prior)), 0, MostWeight);
            }

            double Smoothed(double count)
            {
                var share = (count + Smoothing / 2) / (_votes.Count + Smoothing);
                return Math.Log(share / (1 - share));
            }
        }
    }

    /// <summary>Takes a person's decision about a letter; taken again, only the last one counts.</summary>
    /// <param name="letterId">The letter.</param>
    /// <param name="unit">Office it went to; null: the decision was taken back.</param>
    /// <param name="events">All events of the letter, in order.</param>
    public void Take(string letterId, string? unit, IEnumerable<JourneyEvent> events)
    {
        var vote = events.Where(e => e.Kind == EventKind.StageDone).Select(e => VoteIn(e.Data)).LastOrDefault(v => v is not null);
        lock (_lock)
        {
            _votes.RemoveAll(v => string.Equals(v.Letter, letterId, StringComparison.Ordinal));
            if (unit is null || vote is not { Unit: { } voted } || !string.Equals(vote.Model, model, StringComparison.Ordinal)) return;
            _votes.Add((letterId, string.Equals(voted, unit, StringComparison.Ordinal), Math.Clamp(vote.Prior, 0, 1)));
            if (_votes.Count > MostLetters) _votes.RemoveAt(0);
        }
    }

    private static LanguageModelVote? VoteIn(string facts)
    {
        try
        {
            return JsonSerializer.Deserialize<Facts>(facts, PostlotseJson.Compact)?.LanguageModel;
        }
        catch (JsonException)
        {
            // Somebody else's text in place of the facts: it tells of no vote.
            return null;
        }
    }

    private sealed record Facts(LanguageModelVote? LanguageModel);
}
