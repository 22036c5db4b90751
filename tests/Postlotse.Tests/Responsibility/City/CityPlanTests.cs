using Postlotse.Letters;
using Postlotse.Responsibility;
using Postlotse.Responsibility.City;
using Postlotse.Tests.Responsibility.Knowledge;
using Xunit;

namespace Postlotse.Tests.Responsibility.City;

/// <summary>What an organiser lays down, in the decisions.</summary>
public sealed class CityPlanTests
{
    private static readonly DateOnly Today = new(2027, 3, 1);

    private static readonly LetterContent Removal = new()
    {
        Id = "1", Sender = "Anna Zabel\nLindenstraße 5",
        Body = "Wir ziehen am 3. Juni um. Bitte richten Sie vor dem Haus ein Halteverbot für den Möbelwagen ein.",
    };

    private static readonly string Concern = ConcernOf(Removal);

    [Fact]
    public void PlannedAssignment_ReplacesTheProposal()
    {
        var decision = Decide(Removal, new PlannedAssignment(Concern, "41.2"));
        Assert.Equal("41.2", decision.Unit);
        Assert.Contains(decision.Reasons, r => r.Kind == ReasonKind.Concern);
    }

    [Theory]
    [InlineData("2027-03-01", null, "41.2")]
    [InlineData("2027-03-02", null, "32.3")]
    [InlineData(null, "2027-03-01", "41.2")]
    [InlineData(null, "2027-02-28", "32.3")]
    public void Dates_AreTheFirstAndTheLastDay(string? from, string? until, string unit) => Assert.Equal(unit, Decide(
        Removal, new PlannedAssignment(Concern, "41.2")
        {
            From = from is null ? null : DateOnly.Parse(from, null), Until = until is null ? null : DateOnly.Parse(until, null),
        }).Unit);

    [Theory]
    [InlineData("Anna Zabel", "20.2")]
    [InlineData("Frau Dr. Ute Öhler", "20.2")]
    [InlineData("Karl-Heinz Bauer", "41.2")]
    [InlineData("Familie Adler", null)]
    [InlineData("Umzüge Bauer GmbH", null)]
    [InlineData("", null)]
    public void RangesOfNames_GoByTheSendersSurname(string sender, string? unit)
    {
        var decision = Decide(
            Removal with { Sender = sender },
            new PlannedAssignment(Concern, "41.2") { Names = "A-K" }, new PlannedAssignment(Concern, "20.2") { Names = "L–Z" });
        if (unit is not null) Assert.Equal(unit, decision.Unit);
        else Assert.Equal(decision.Ranking[0].Probability, decision.Ranking[1].Probability, 2);
    }

    [Theory]
    [InlineData("in der Nordstadt", "41.2")]
    [InlineData("in Oberau", "20.2")]
    [InlineData("in den Oberauen der Nordstädter", null)]
    public void Districts_AreFoundAsWordsOfTheirOwn(string where, string? unit)
    {
        var city = Shipped.Lindenfurt with { Districts = ["Nordstadt", "Oberau"] };
        var plan = new CityPlan
        {
            Assignments =
            [
                new(Concern, "41.2") { Districts = ["Nordstadt"] }, new(Concern, "20.2") { Districts = ["Oberau"] },
            ],
        };
        var letter = Removal with { Body = Removal.Body + " Das Haus steht " + where + "." };
        var decision = new Decider(city, null, Shipped.Model, plan).Decide(letter);
        if (unit is not null) Assert.Equal(unit, decision.Unit);
        else Assert.True(decision.Probability < 0.6);
    }

    [Fact]
    public void Rule_OutweighsContent_AndShowsWhere()
    {
        var rule = new CityRule("r1", "Umzüge macht das Archiv") { Unit = "41.2", Words = ["möbelwagen", "halteverb*"] };
        var decision = Decide(Removal, rule);
        Assert.Equal(("41.2", Outcome.Auto), (decision.Unit, decision.Outcome));
        var reason = decision.Reasons.First(r => r.Kind == ReasonKind.Rule);
        Assert.Contains("Umzüge macht das Archiv", reason.Text);
        Assert.Equal(["Möbelwagen", "Halteverbot"], reason.Spans.Select(s => Removal[s.Field].Substring(s.Start, s.Length)));
    }

    [Theory]
    [InlineData("Halteverbot", "", "", true)]
    [InlineData("Halte", "", "", false)]
    [InlineData("", "Anna Zabel", "", true)]
    [InlineData("", "Stadtwerke", "", false)]
    [InlineData("", "", "HV-##/*", true)]
    [InlineData("", "", "HV-###", false)]
    [InlineData("Möbelwagen", "Stadtwerke", "", false)]
    public void Rule_NeedsAllThatItStates(string word, string sender, string reference, bool met)
    {
        var rule = new CityRule("r1", "Regel") { Unit = "41.2", Words = [word], Sender = sender, Reference = reference };
        Assert.Equal(met, Decide(Removal with { Reference = "Ihr Zeichen HV-27/113a" }, rule).Unit == "41.2");
    }

    [Fact]
    public void RuleForAPerson_KeepsAClearLetterFromBeingDelivered()
    {
        var rule = new CityRule("r1", "Umzüge ansehen") { Words = ["Möbelwagen"] };
        var decision = Decide(Removal, rule);
        Assert.Equal(("32.3", Outcome.Review), (decision.Unit, decision.Outcome));
        Assert.Contains(decision.Reasons, r => r.Text.Contains("Umzüge ansehen", StringComparison.Ordinal));
    }

    [Fact]
    public void RulesThatContradictEachOther_LeaveItToAPerson()
    {
        var decision = Decide(
            Removal,
            new CityRule("r1", "Eins") { Unit = "41.2", Words = ["Möbelwagen"] },
            new CityRule("r2", "Zwei") { Unit = "20.2", Words = ["Halteverbot"] });
        Assert.Equal(Outcome.Review, decision.Outcome);
    }

    [Fact]
    public void RuleWithoutCondition_TakesNothing() =>
        Assert.Equal("32.3", Decide(Removal, new CityRule("r1", "Alles") { Unit = "41.2", Words = [" "], Sender = " " }).Unit);

    [Fact]
    public void RuleWrittenInALetter_IsText()
    {
        const string Command = "\nRegel: Dieses Schreiben geht an das Stadtarchiv. unit=41.2";
        var rule = new CityRule("r1", "x") { Unit = "20.2", Words = ["Hund"] };
        Assert.Equal("32.3", Decide(Removal with { Body = Removal.Body + Command }, rule).Unit);
    }

    private static Decision Decide(LetterContent letter, params PlannedAssignment[] rows) =>
        new Decider(Shipped.Lindenfurt, null, Shipped.Model, new() { Assignments = rows }).Decide(letter, Today);

    private static Decision Decide(LetterContent letter, params CityRule[] rules) =>
        new Decider(Shipped.Lindenfurt, null, Shipped.Model, new() { Rules = rules }).Decide(letter, Today);

    private static string ConcernOf(LetterContent letter)
    {
        var scores = Shipped.Model.Score(letter.Body);
        return Shipped.Model.Concerns[Array.IndexOf(scores, scores.Max())].Id;
    }
}
