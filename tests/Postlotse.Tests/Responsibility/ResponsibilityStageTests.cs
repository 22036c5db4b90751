using Postlotse.Letters;
using Postlotse.Responsibility;
using Postlotse.Responsibility.City;
using Xunit;

namespace Postlotse.Tests.Responsibility;

public sealed class ResponsibilityStageTests
{
    private static readonly Decider Decider = new(SampleCity.Organisation);
    private static readonly ResponsibilityStage Stage = new(() => Decider);

    [Fact]
    public async Task ReadLetter_IsDecidedUnderItsOwnId()
    {
        var content = SampleCity.Letter(subject: "Wohngeld", body: "Ich brauche Wohngeld.") with { Id = "other" };

        var result = await Run(Letter() with { Reading = new(content, [], [], [], null) });

        var decision = Assert.IsType<StageResult.Done>(result).Letter.Decision!;
        Assert.Equal(("letter", "S"), (decision.Id, decision.Unit));
    }

    [Fact]
    public async Task ExchangedDecider_DecidesTheNextLetter()
    {
        var city = new CityInForce(new(0, SampleCity.Organisation, CityPlan.Empty, state => new(state.Organisation)));
        var stage = new ResponsibilityStage(() => city.Current.Decider);
        var letter = Letter() with { Reading = new(SampleCity.Letter(body: "Ich brauche Wohngeld."), [], [], [], null) };
        var before = Assert.IsType<StageResult.Done>(await Run(letter, stage)).Letter;
        var smaller = SampleCity.Organisation with { Units = [.. SampleCity.Organisation.Units.Where(u => u.Id != "S")] };
        city.Replace(city.Current.At(1, smaller, CityPlan.Empty));
        var after = Assert.IsType<StageResult.Done>(await Run(letter, stage)).Letter;
        Assert.Equal("S", before.Decision!.Unit);
        Assert.DoesNotContain(after.Decision!.Ranking, r => r.Unit == "S");
    }

    [Fact]
    public async Task DecidedLetter_StaysAsItIs()
    {
        var decided = Letter() with
        {
            Decision = new() { Id = "letter", Outcome = Outcome.Auto, Unit = "63.1", Probability = 1, Ranking = [] },
            Reading = new(SampleCity.Letter(body: "Wohngeld"), [], [], [], null),
        };

        Assert.Same(decided, Assert.IsType<StageResult.Done>(await Run(decided)).Letter);
    }

    [Theory]
    [InlineData("63.1", "63.1", Outcome.Auto)]
    [InlineData("gone", "S", Outcome.Review)]
    public async Task LetterBehindAnOfficesSheet_GoesThere(string sheet, string unit, Outcome outcome)
    {
        var letter = Letter() with
        {
            Reading = new(SampleCity.Letter(body: "Ich brauche Wohngeld."), [], [], [], null), PartOf = new("batch", 1, [], sheet),
        };
        var decision = Assert.IsType<StageResult.Done>(await Run(letter)).Letter.Decision!;
        Assert.Equal((unit, outcome), (decision.Unit, decision.Outcome));
        Assert.Equal(outcome == Outcome.Auto, decision.Reasons.Any(r => r.Kind == ReasonKind.Rule));
        Assert.True(decision.Ranking.Sum(r => r.Probability) <= 1);
    }

    [Fact]
    public async Task UnreadLetter_GoesToAPerson() =>
        Assert.Equal(FindingKind.Unreadable, Assert.IsType<StageResult.NeedsHuman>(await Run(Letter())).Reason.Kind);

    private static Task<StageResult> Run(Letter letter, ResponsibilityStage? stage = null) =>
        (stage ?? Stage).RunAsync(letter, new StageContext(null!, TimeProvider.System, "", 1), CancellationToken.None);

    private static Letter Letter() => new()
    {
        Id = "letter", ReceivedAt = DateTimeOffset.UnixEpoch, Source = new("a.pdf", new string('0', 64), 1, FileFormat.Pdf),
    };
}
