using Postlotse.Letters;
using Postlotse.Responsibility.Knowledge;
using Xunit;

namespace Postlotse.Tests.Responsibility.Knowledge;

public sealed class ShownReasonsTests
{
    [Fact]
    public void ShownWords_CarryTheDecision()
    {
        var random = new Random(1);
        var (count, holds, shownDrop, otherDrop) = (0, 0, 0d, 0d);
        foreach (var letter in Shipped.DevelopmentLetters().Where((_, i) => i % 4 == 1))
        {
            var decision = Shipped.Decider.Decide(letter);
            var shown = decision.Reasons.SelectMany(r => r.Spans).Where(s => s.Field == LetterField.Body).ToList();
            if (decision.Outcome == Outcome.Sealed || shown.Count == 0) continue;
            var words = TextFeatures.Tokens(letter.Body).ToList();
            var marked = words.FindAll(w => shown.Exists(s => w.Start < s.Start + s.Length && s.Start < w.Start + w.Length));
            var others = words.Except(marked).Where(w => w.Length >= 4).ToArray();
            random.Shuffle(others);
            var (without, drawn) = (Drop(letter, decision, marked), Drop(letter, decision, others.Take(marked.Count)));
            (count, shownDrop, otherDrop, holds) = (count + 1, shownDrop + without, otherDrop + drawn, holds + (without > drawn ? 1 : 0));
        }

        Assert.True(count > 40);
        Assert.True(shownDrop / count > 0.2, $"shown words {shownDrop / count}");
        Assert.True(otherDrop / count < 0.05, $"other words {otherDrop / count}");
        Assert.True(holds > 0.8 * count, $"{holds} of {count}");
    }

    [Fact]
    public void WhatRestsOnOneWord_IsLessSureThanWhatIsSaidTwice()
    {
        var once = Shipped.Decider.Decide(new() { Id = "a", Body = "Ich schreibe Ihnen heute wegen der Sache mit dem Hundekot dort." });
        var twice = Shipped.Decider.Decide(new()
        {
            Id = "b", Body = "Ich schreibe Ihnen heute wegen dem Hundekot dort. Die freilaufenden Hunde gehören an die Leine.",
        });

        Assert.Equal(once.Unit, twice.Unit);
        Assert.True(once.Probability < twice.Probability - 0.05);
    }

    [Fact]
    public void SecondMatter_IsNamedAndGoesToAPerson()
    {
        var decision = Shipped.Decider.Decide(new()
        {
            Id = "a", Subject = "Reisepass und Hundekot",
            Body = "Mein Reisepass läuft ab, ich brauche einen neuen Reisepass. Genauso wichtig: Auf unserem Spielweg liegt "
                + "täglich Hundekot und die Halter gehören kontrolliert. Bitte bearbeiten Sie beides, eins so dringend wie das andere.",
        });

        Assert.Equal(Outcome.Review, decision.Outcome);
        Assert.Equal(["32.4", "33.1"], decision.AlsoConcerns.Append(decision.Unit).Order(StringComparer.Ordinal));
    }

    private static double Drop(LetterContent letter, Decision decision, IEnumerable<(int Start, int Length)> gone)
    {
        var body = letter.Body.ToCharArray();
        foreach (var (start, length) in gone) Array.Fill(body, ' ', start, length);
        var ranking = Shipped.Decider.Decide(letter with { Body = new(body) }).Ranking;
        return decision.Probability
            - (ranking.FirstOrDefault(r => string.Equals(r.Unit, decision.Unit, StringComparison.Ordinal))?.Probability ?? 0);
    }
}
