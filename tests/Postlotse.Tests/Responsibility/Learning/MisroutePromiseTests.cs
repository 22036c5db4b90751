using Postlotse.Responsibility.Learning;
using Xunit;

namespace Postlotse.Tests.Responsibility.Learning;

public sealed class MisroutePromiseTests
{
    [Fact]
    public void TooFewDecisions_GiveNoPromiseAndSayHowManyItTakes()
    {
        var promise = MisroutePromise.Of(Decisions(229, _ => 0.9999f, _ => true));

        Assert.Null(promise.Threshold);
        Assert.Null(promise.ThresholdOf("u"));
        Assert.Equal(230, promise.Needed);
    }

    [Fact]
    public void EnoughDecisionsWithoutError_AreDelivered()
    {
        var promise = MisroutePromise.Of(Decisions(300, _ => 0.9f, _ => true));

        Assert.InRange(promise.Threshold!.Value, 0.4, 0.9);
        Assert.Equal(1, promise.Curve[^1].Coverage);
        Assert.True(promise.Curve[^1].UpperBound < 0.01);
    }

    [Fact]
    public void OfficeThatErrs_BecomesStricterThanTheOthers()
    {
        var good = Decisions(4000, _ => 0.955f, _ => true, "good");
        var bad = Decisions(400, i => i < 250 ? 0.9999f : 0.955f, i => i < 250 || i % 25 != 0, "bad");
        var promise = MisroutePromise.Of([.. good, .. bad]);

        Assert.True(promise.ThresholdOf("bad") > 0.955);
        Assert.True(promise.ThresholdOf("good") <= 0.955);
    }

    [Fact]
    public void DoubtfulLetters_AreNeverCounted() =>
        Assert.Null(MisroutePromise.Of([.. Decisions(300, _ => 0.9999f, _ => true).Select(d => d with { Doubtful = true })]).Threshold);

    [Fact]
    public void Promise_HoldsAsOftenAsItSays()
    {
        // Letters whose chance of being right is below the probability told: 200 cities, each with its own held-out letters.
        var random = new Random(3);
        var broken = 0;
        for (var city = 0; city < 200; city++)
        {
            var promise = MisroutePromise.Of([.. Enumerable.Range(0, 1500).Select(_ => Random())], rate: 0.02);
            if (promise.Threshold is not { } threshold) continue;
            var (wrong, mass) = (0d, 0d);
            for (var p = threshold; p < 1; p += 0.0005, mass++) wrong += Error(p);
            if (mass > 0 && wrong / mass > 0.02) broken++;
        }

        Assert.InRange(broken, 0, 30);

        HeldOutDecision Random()
        {
            var probability = 0.5 + random.NextDouble() / 2;
            return Decision((float)probability, random.NextDouble() >= Error(probability), "u");
        }

        static double Error(double probability) => Math.Min(1, (1 - probability) * 0.4);
    }

    [Theory]
    [InlineData(0, 230, 0.01, 0.0991)]
    [InlineData(2, 10, 0.5, 0.0547)]
    [InlineData(10, 10, 0.5, 1)]
    public void Binomial_IsExact(int most, int count, double probability, double expected) =>
        Assert.Equal(expected, Binomial.AtMost(most, count, probability), 0.0001);

    [Fact]
    public void UpperBound_IsClopperAndPearsons()
    {
        Assert.Equal(0.2589, Binomial.UpperBound(0, 10, 0.05), 0.0005);
        Assert.Equal(1, Binomial.UpperBound(10, 10, 0.05));
        Assert.Equal(1, Binomial.UpperBound(0, 0, 0.05));
    }

    private static List<HeldOutDecision> Decisions(int count, Func<int, float> probability, Func<int, bool> right, string unit = "u") =>
        [.. Enumerable.Range(0, count).Select(i => Decision(probability(i), right(i), unit))];

    private static HeldOutDecision Decision(float probability, bool right, string unit) =>
        new(0, right ? unit : "another", unit, probability, Doubtful: false, ColdRight: false);
}
