using Postlotse.Letters;

namespace Postlotse.Responsibility.LanguageModels;

/// <summary>Which letters a language model is asked about.</summary>
/// <param name="OnlyWhenUnsure">Only those below the threshold of automatic delivery.</param>
/// <param name="Confidential">Also those that are, or may well be, for a confidential office.</param>
public sealed record LanguageModelOptions(bool OnlyWhenUnsure = true, bool Confidential = false);

/// <summary>What a vote does to the odds of an office.</summary>
/// <param name="Unit">The office.</param>
/// <param name="Weight">Logarithm of the factor.</param>
internal sealed record Vote(string Unit, double Weight);

/// <summary>
/// A language model (Sprachmodell) as one more voice: it chooses among the offices of the ranking, and its vote moves their odds by what
/// its earlier votes have earned. It can change what a person is proposed; it never makes a letter automatic, because what is promised
/// of automatic delivery was measured without it.
/// </summary>
/// <param name="model">Asked.</param>
/// <param name="record">How it did so far.</param>
/// <param name="options">Which letters.</param>
public sealed class LanguageModelVoice(ILanguageModel model, VoteRecord record, LanguageModelOptions options)
{
    /// <summary>Probability of confidential offices together from which a letter is treated as theirs.</summary>
    private const double LeastConfidential = 0.1;

    /// <summary>The decision with the model's vote; the given one, with what happened, when there is no vote.</summary>
    /// <param name="decision">By all other voices.</param>
    /// <param name="letter">What was decided.</param>
    /// <param name="decider">What decided.</param>
    /// <param name="decide">Decides again with a vote.</param>
    /// <param name="cancellationToken">Ends the stage.</param>
    internal async Task<Decision> HearAsync(
        Decision decision, LetterContent letter, Decider decider, Func<Vote, Decision> decide, CancellationToken cancellationToken)
    {
        if (!IsAsked(decision, decider)) return decision;
        var ranked = decision.Ranking.Select(r => r.Unit).ToHashSet(StringComparer.Ordinal);
        var question = new ModelQuestion(letter, [.. decider.Offices.Where(o => ranked.Contains(o.Id))
            .Select(o => new OfficeChoice(o.Id, o.Name, o.Above, o.Tasks))]);
        var reply = await model.AskAsync(question, cancellationToken);
        var (answer, unit) = reply.Failure is { } failure ? (failure, null) : question.Read(reply.Text);
        if (unit is null) return decision with { LanguageModel = new(model.Name, answer) };
        var vote = new LanguageModelVote(model.Name, answer)
        {
            Unit = unit, Weight = record.Weight,
            Prior = decision.Ranking.First(r => string.Equals(r.Unit, unit, StringComparison.Ordinal)).Probability,
        };
        if (vote.Weight <= 0) return decision with { LanguageModel = vote };
        var after = decide(new(unit, vote.Weight));
        // Automatic only what was automatic before, and for the same office.
        var stays = decision.Outcome == Outcome.Auto && string.Equals(after.Unit, decision.Unit, StringComparison.Ordinal);
        return after with { Outcome = stays ? after.Outcome : Outcome.Review, LanguageModel = vote };
    }

    private bool IsAsked(Decision decision, Decider decider)
    {
        if (decision.Outcome == Outcome.Sealed || decision.Ranking.Count < 2) return false;
        if (decision.Restriction is not (null or Restrictions.Confidential)) return false;
        if (options.OnlyWhenUnsure && decider.IsSure(decision.Ranking[0])) return false;
        return options.Confidential || (decision.Restriction is null && decision.Ranking.Where(r => IsConfidential(r.Unit))
            .Sum(r => r.Probability) < LeastConfidential);

        bool IsConfidential(string unit) =>
            decider.Offices.Any(o => o.Handling != Handling.Open && string.Equals(o.Id, unit, StringComparison.Ordinal));
    }
}
