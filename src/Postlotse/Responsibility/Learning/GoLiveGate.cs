namespace Postlotse.Responsibility.Learning;

/// <summary>
/// Decides whether a new version goes live: both versions decide letters that neither has learned – the ones since the last training, or
/// all
/// while nothing is in use – and the new one must not be worse (one-sided sign test; with few letters chance is no reason to refuse).
/// </summary>
internal static class GoLiveGate
{
    private const double Risk = 0.1;

    public static GateComparison Compare(LearningState before, LearnedModel candidate, LearningBasis basis)
    {
        var live = before.Live;
        var judged = candidate.HeldOut;
        Dictionary<UInt128, bool> old;
        if (live.Version == 0)
        {
            old = judged.ToDictionary(h => h.Key, h => h.ColdRight);
        }
        else
        {
            var learned = live.Letters.Select(l => l.Key).ToHashSet();
            var unseen = candidate.Letters.Where(l => !learned.Contains(l.Key)).ToList();
            var proposals = ModelTraining.Propose(live, unseen, basis);
            old = unseen.Zip(proposals).ToDictionary(p => p.First.Key,
                p => string.Equals(p.First.Unit, p.Second, StringComparison.Ordinal));
        }

        var better = judged.Count(h => old.TryGetValue(h.Key, out var was) && h.Right && !was);
        var worse = judged.Count(h => old.TryGetValue(h.Key, out var was) && !h.Right && was);
        // Probability of so many losses or more if both were equally good.
        var chance = Binomial.AtMost(better, better + worse, 0.5);
        return new(old.Count, better, worse, worse <= better || chance >= Risk);
    }
}

/// <summary>A new version against the one in use, on letters that neither had learned.</summary>
/// <param name="Letters">Letters compared.</param>
/// <param name="Better">Right only by the new one.</param>
/// <param name="Worse">Right only by the old one.</param>
/// <param name="Passed">Whether the new one goes live.</param>
public sealed record GateComparison(int Letters, int Better, int Worse, bool Passed);
