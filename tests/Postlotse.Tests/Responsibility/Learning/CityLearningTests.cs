using Postlotse.Letters;
using Postlotse.Responsibility.Learning;
using Xunit;

namespace Postlotse.Tests.Responsibility.Learning;

public sealed class CityLearningTests
{
    [Fact]
    public void SingleLetter_CountsFromTheNextOneOn()
    {
        var learning = new CityLearning(Town.Cold);
        learning.Add(new() { Id = "a", Body = "Wann wird der Trinkbrunnen am Anger wieder aufgedreht?" }, "63.1");
        var decision = learning.Current.Decide(new() { Id = "b", Body = "Der Trinkbrunnen am Anger läuft immer noch nicht." });

        Assert.Equal("63.1", decision.Unit);
        Assert.Contains(decision.Reasons, r => r.Kind == ReasonKind.Learned);
    }

    [Fact]
    public void History_IsLearnedAndGeneralises()
    {
        var learning = Town.Learned(120);

        Assert.True(Town.Right(learning.Current) >= 90);
        Assert.Equal(0, Town.Right(Town.Cold));
        Assert.Equal([0, 1], learning.Versions.Select(v => v.Number));
        Assert.True(learning.Versions[1].Live);
    }

    [Fact]
    public void LearnedReason_ShowsTheTellingWords()
    {
        var letter = new LetterContent { Id = "x", Body = "bitte unser Nachbar seit gestern Wintergarten noch Antwort" };
        var decision = Town.Learned(120).Current.Decide(letter);
        var reason = Assert.Single(decision.Reasons, r => r.Kind == ReasonKind.Learned);

        Assert.Equal("63.1", decision.Unit);
        Assert.Contains(reason.Spans, s => letter.Body.Substring(s.Start, s.Length).Contains("Wintergarten", StringComparison.Ordinal));
    }

    [Fact]
    public void ForgottenLetter_LeavesWhatHadBeenWithoutIt()
    {
        var never = new CityLearning(Town.Cold);
        never.Import(Town.Letters(0, 60).Where(l => l.Letter.Id is not "letter 17"), TestContext.Current.CancellationToken);
        var forgetting = Town.Learned(60);

        Assert.True(forgetting.Forget("letter 17"));
        Assert.False(forgetting.Forget("letter 17"));
        Assert.True(forgetting.TrainingIsDue);
        forgetting.Train(TestContext.Current.CancellationToken);

        foreach (var (letter, _) in Town.Letters(500, 20))
            Assert.Equal(never.Current.Decide(letter).Ranking, forgetting.Current.Decide(letter).Ranking);
    }

    [Fact]
    public void Forgetting_TakesEffectAtOnce()
    {
        var learning = new CityLearning(Town.Cold);
        learning.Add(new() { Id = "a", Body = "Der Trinkbrunnen am Anger tropft." }, "63.1");
        learning.Forget("a");

        Assert.Empty(learning.Current.Decide(new() { Id = "b", Body = "Der Trinkbrunnen am Anger tropft." }).Unit);
    }

    [Fact]
    public void OrderOfLetters_ChangesNothing()
    {
        var turned = new CityLearning(Town.Cold);
        turned.Import(Town.Letters(0, 60).Reverse(), TestContext.Current.CancellationToken);
        var straight = Town.Learned(60);

        foreach (var (letter, _) in Town.Letters(500, 20))
            Assert.Equal(straight.Current.Decide(letter).Ranking, turned.Current.Decide(letter).Ranking);
    }

    [Fact]
    public void CorrectedDecision_ReplacesTheOlder()
    {
        var learning = new CityLearning(Town.Cold);
        var letter = new LetterContent { Id = "a", Body = "Der Trinkbrunnen am Anger tropft." };
        learning.Add(letter, "63.1");
        learning.Add(letter, "FB2-1");

        Assert.Equal(1, learning.Letters);
        Assert.Equal("FB2-1", learning.Current.Decide(letter).Unit);
    }

    [Fact]
    public void Rollback_DecidesAsTheVersionDid()
    {
        var learning = Town.Learned(40);
        var before = Town.Letters(500, 20).Select(l => learning.Current.Decide(l.Letter).Ranking).ToList();
        learning.Import(Town.Letters(40, 60), TestContext.Current.CancellationToken);
        Assert.NotEqual(before, Town.Letters(500, 20).Select(l => learning.Current.Decide(l.Letter).Ranking));

        Assert.True(learning.Rollback(1, TestContext.Current.CancellationToken));
        Assert.Equal(before, Town.Letters(500, 20).Select(l => learning.Current.Decide(l.Letter).Ranking));
        Assert.Equal(1, Assert.Single(learning.Versions, v => v.Live).Number);
        Assert.False(learning.Rollback(99, TestContext.Current.CancellationToken));
        Assert.True(learning.Rollback(0, TestContext.Current.CancellationToken));
        Assert.Equal(0, Town.Right(learning.Current));
    }

    [Theory]
    [InlineData(40, false)]
    [InlineData(2, true)]
    public void VersionWorseOnUnseenLetters_GoesLiveOnlyWhileItMayBeChance(int letters, bool passes)
    {
        var state = Town.Learned(200).State;
        var unseen = Town.Letters(1000, letters).Select(l => Town.Cold.Take(l.Letter, l.Unit, state.Key)).ToList();
        var candidate = state.Live with
        {
            Letters = unseen,
                HeldOut = [.. unseen.Select(l => new HeldOutDecision(l.Key, l.Unit, "S", 0.9f, Doubtful: false, ColdRight: false))],
        };

        var comparison = GoLiveGate.Compare(state, candidate, Town.Cold.Basis);
        Assert.Equal(passes, comparison.Passed);
        Assert.Equal(letters, comparison.Letters);
        var after = state.Trained(candidate, comparison, 20);
        Assert.Equal(passes ? 2 : 1, Assert.Single(after.Versions, v => v.Live).Number);
        Assert.Equal(passes, after.Versions[^1].Passed);
    }

    [Fact]
    public void UnknownOffice_IsRefused() =>
        Assert.Throws<ArgumentException>(() => new CityLearning(Town.Cold).Add(Town.Letter(1).Letter, "no such office"));

    [Fact]
    public async Task LearningAndDeciding_GoOnAtTheSameTime()
    {
        var learning = Town.Learned(40);
        var token = TestContext.Current.CancellationToken;
        var adding = Task.Run(() => { foreach (var (letter, unit) in Town.Letters(40, 40)) learning.Add(letter, unit); }, token);
        var training = Task.Run(() => learning.Train(token), token);
        var deciding = Task.Run(
            () => Town.Letters(500, 200).All(l => learning.Current.Decide(l.Letter).Ranking.Sum(r => r.Probability) <= 1.0001), token);
        await Task.WhenAll(adding, training, deciding);

        Assert.True(await deciding);
        Assert.Equal(80, learning.Letters);
        Assert.Equal(Town.Right(Town.Learned(80).Current), RightAfterTraining());

        int RightAfterTraining()
        {
            learning.Train(token);
            return Town.Right(learning.Current);
        }
    }
}
