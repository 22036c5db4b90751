using Postlotse.Letters;
using Postlotse.Responsibility;
using Xunit;

namespace Postlotse.Tests.Responsibility;

public sealed class EvaluationTests
{
    [Fact]
    public void Figures_AreThoseOfTheContract()
    {
        var figures = Evaluation.Measure(
        [
            Of("a", "1", Outcome.Auto, 0.9, 1, "1", "2"),
            Of("b", "1", Outcome.Auto, 0.8, 2, "2", "3", "1"),
            Of("c", "1", Outcome.Review, 0.4, 3, "2", "3", "4", "1"),
            Of("d", "9", Outcome.Sealed, 0.7, 4, "9"),
            Of("e", "", Outcome.Review, 0.1, 5, "1"),
            Of("f", "", Outcome.Auto, 0.9, 6, "1"),
            Of("g", null, Outcome.Auto, 0.9, 7, "1"),
        ]);

        Assert.Equal((4, 0.5, 0.75), (figures.Letters, figures.Top1, figures.Top3));
        Assert.Equal((0.5, 0.5, 0.5), (figures.Coverage, figures.Misroute, figures.ReviewRecall));
        Assert.Equal((3, 4), (figures.MillisecondsP50, figures.MillisecondsP99));
        Assert.Equal((0.1 + 0.8 + 0.4 + 0.3) / 4, figures.Ece, 9);
    }

    [Fact]
    public void AlsoAcceptableOffice_CountsAsRight()
    {
        var letter = Of("a", "1", Outcome.Auto, 0.9, 1, "2");

        var figures = Evaluation.Measure([letter with { Letter = letter.Letter with { AlsoAcceptable = ["2"] } }]);

        Assert.Equal((1, 1, 0), (figures.Top1, figures.Coverage, figures.Misroute));
    }

    [Fact]
    public void LetterWithoutDecision_CountsAsNotFound()
    {
        var found = Of("a", "1", Outcome.Auto, 1, 1, "1");

        var figures = Evaluation.Measure([found, found with { Decision = null }]);

        Assert.Equal((2, 0.5, 0.5, 0), (figures.Letters, figures.Top1, figures.Coverage, figures.Ece));
    }

    [Fact]
    public void NoLetters_GiveZeros()
    {
        Assert.Equal(new Figures(0, 0, 0, 0, 0, 0, 0, null, 0, 0), Evaluation.Measure([]));
    }

    [Fact]
    public void CoverageAtOnePercent_KeepsItsPromiseOnLettersThatChoseNoThreshold()
    {
        // Right above 0.5, wrong below: every threshold that is chosen on other letters lies at the gap.
        var letters = Enumerable.Range(0, 200).Select(i => Of($"l{i:000}", "1", Outcome.Review, (i + 0.5) / 200, 1, i >= 100 ? "1" : "2"));

        Assert.InRange(Evaluation.Measure(letters).CoverageAt1Percent, 0.49, 0.5);
    }

    [Fact]
    public void CoverageAtOnePercent_IsNothingWhenProbabilitiesSayNothing()
    {
        var letters = Enumerable.Range(0, 200).Select(i => Of($"l{i:000}", "1", Outcome.Review, 0.5, 1, i % 2 == 0 ? "1" : "2"));

        Assert.Equal(0, Evaluation.Measure(letters).CoverageAt1Percent);
    }

    [Fact]
    public void OrderOfTheLetters_ChangesNoFigure()
    {
        var letters = Enumerable.Range(0, 97)
            .Select(i => Of($"l{i:000}", "1", Outcome.Review, i * 37 % 97 / 97.0, i, i % 7 == 0 ? "2" : "1")).ToList();

        Assert.Equal(Evaluation.Measure(letters), Evaluation.Measure(Enumerable.Reverse(letters)));
    }

    private static EvaluatedLetter Of(
        string id, string? unit, Outcome outcome, double probability, double milliseconds, params string[] ranking) => new(
        new LabelledLetter(new LetterContent { Id = id, Body = "x" }, unit, []),
        new Decision
        {
            Id = id, Outcome = outcome, Unit = ranking[0], Probability = probability, Milliseconds = milliseconds,
            Ranking = [.. ranking.Select((r, i) => new RankedUnit(r, i == 0 ? probability : 0.01))],
        });
}
