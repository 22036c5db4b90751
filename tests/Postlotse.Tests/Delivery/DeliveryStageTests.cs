using Postlotse.Delivery;
using Postlotse.Letters;
using Xunit;

namespace Postlotse.Tests.Delivery;

public sealed class DeliveryStageTests
{
    [Theory]
    [InlineData(Outcome.Auto)]
    [InlineData(Outcome.Sealed)]
    public void CertainLetter_GoesToThePostkorb(Outcome outcome)
    {
        var result = DeliveryStage.Decide(Some.Letter(Place.Underway, decision: Some.Decision(outcome)), Some.Noon);

        var letter = Assert.IsType<StageResult.Done>(result).Letter;
        Assert.Equal((Place.Postkorb, "1.1", Some.Noon), (letter.Place, letter.Unit, letter.DeliveredAt));
    }

    [Fact]
    public void UnsureLetter_GoesToAPerson()
    {
        var result = DeliveryStage.Decide(Some.Letter(Place.Underway, decision: Some.Decision(Outcome.Review)), Some.Noon);

        Assert.Equal(FindingKind.Unsure, Assert.IsType<StageResult.NeedsHuman>(result).Reason.Kind);
    }

    [Fact]
    public void LetterOfAScanThatIsNotProvedComplete_GoesToAPersonHoweverCertain()
    {
        var incomplete = new Finding(FindingKind.SheetCountDiffers, Detail: "3 6 5");
        var result = DeliveryStage.Decide(
            Some.Letter(Place.Underway, decision: Some.Decision(Outcome.Auto)).With(incomplete), Some.Noon);

        var human = Assert.IsType<StageResult.NeedsHuman>(result);
        Assert.Equal((incomplete, Outcome.Review), (human.Reason, human.Letter.Decision!.Outcome));
    }

    [Fact]
    public void LetterWithoutDecisionOrOffice_GoesToAPerson()
    {
        Assert.IsType<StageResult.NeedsHuman>(DeliveryStage.Decide(Some.Letter(Place.Underway), Some.Noon));
        Assert.IsType<StageResult.NeedsHuman>(
            DeliveryStage.Decide(Some.Letter(Place.Underway, decision: Some.Decision(Outcome.Auto, "")), Some.Noon));
    }

    [Fact]
    public void SecondRun_ChangesNothing()
    {
        var once = (StageResult.Done)DeliveryStage.Decide(Some.Letter(Place.Underway, decision: Some.Decision(Outcome.Auto)), Some.Noon);

        var twice = DeliveryStage.Decide(once.Letter, Some.Noon.AddHours(1));

        Assert.Equal(once.Letter, Assert.IsType<StageResult.Done>(twice).Letter);
    }
}
