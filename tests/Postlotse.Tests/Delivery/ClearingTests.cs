using Postlotse.Delivery;
using Postlotse.Evidence;
using Postlotse.Letters;
using Xunit;

namespace Postlotse.Tests.Delivery;

public sealed class ClearingTests
{
    private static readonly Account Mailroom = Some.Account(Role.Mailroom);
    private static readonly Account Office = Some.Account(Role.Office, "1.1");

    [Fact]
    public void AssignedLetter_LiesInThePostkorbAndTheEventTellsTheRank()
    {
        var letter = Some.Letter(Place.Clearing, decision: Some.Decision(Outcome.Review));

        var change = Clearing.Assign(letter, "1.2", Mailroom, Some.Organisation, Some.Noon).Change!;

        Assert.Equal((Place.Postkorb, "1.2", Some.Noon), (change.Letter.Place, change.Letter.Unit, change.Letter.DeliveredAt));
        Assert.Equal(letter.ReceivedAt, change.Letter.ReceivedAt);
        var told = Assert.Single(change.Events);
        Assert.Equal((EventKind.Assigned, "account:7"), (told.Kind, told.Actor));
        Assert.Equal("""{"unit":"1.2","proposed":"1.1","rank":2}""", told.Data);
    }

    [Fact]
    public void LetterWithoutProposal_IsAssignedWithoutRank()
    {
        var change = Clearing.Assign(Some.Letter(Place.Clearing), "X", Mailroom, Some.Organisation, Some.Noon).Change!;

        Assert.Equal("""{"unit":"X","proposed":null,"rank":null}""", change.Events[0].Data);
    }

    [Fact]
    public void SecondClerk_FindsTheLetterGone()
    {
        var first = Clearing.Assign(Some.Letter(Place.Clearing), "1.1", Mailroom, Some.Organisation, Some.Noon).Change!;

        var second = Clearing.Assign(first.Letter, "1.2", Mailroom with { Id = "account:8" }, Some.Organisation, Some.Noon);

        Assert.Equal(new ClearingResult(null, Refusal.NotHereAnymore), second);
        Assert.Null((LetterChange?)second);
    }

    [Theory]
    [InlineData("1")]
    [InlineData("")]
    [InlineData("unknown")]
    public void OfficeThatTakesNoLetters_IsRefused(string unit) => Assert.Equal(
        Refusal.NoSuchOffice, Clearing.Assign(Some.Letter(Place.Clearing), unit, Mailroom, Some.Organisation, Some.Noon).Refusal);

    [Fact]
    public void PersonOutsideTheMailroom_ClearsNothing()
    {
        var letter = Some.Letter(Place.Clearing);

        Assert.Equal(Refusal.NotAllowed, Clearing.Assign(letter, "1.1", Office, Some.Organisation, Some.Noon).Refusal);
        Assert.Equal(Refusal.NotAllowed, Clearing.SetAside(letter, SetAsideReason.NotForFiling, Office).Refusal);
        Assert.Equal(Refusal.NotAllowed, Clearing.Reopen(Some.Letter(Place.SetAside), Office).Refusal);
    }

    [Fact]
    public void ReturnedLetter_GoesToClearingWithItsReceiptDateUnchanged()
    {
        var letter = Some.Letter(Place.Postkorb, "1.1", Some.Decision(Outcome.Auto));

        var change = Clearing.Return(letter, "  nicht zuständig,\nbitte prüfen ", Office).Change!;

        Assert.Equal((Place.Clearing, null, null), (change.Letter.Place, change.Letter.Unit, change.Letter.DeliveredAt));
        Assert.Equal(letter.ReceivedAt, change.Letter.ReceivedAt);
        Assert.Contains(change.Letter.Findings, f => f.Kind == FindingKind.ReturnedByOffice);
        Assert.Equal("""{"unit":"1.1","count":1,"circles":false,"reason":"nicht zuständig, bitte prüfen"}""", change.Events[0].Data);
    }

    [Fact]
    public void ThirdReturn_CarriesTheHint()
    {
        var letter = Some.Letter(Place.Clearing);
        var hints = new List<string>();
        for (var i = 0; i < 3; i++)
        {
            letter = Clearing.Assign(letter, "1.1", Mailroom, Some.Organisation, Some.Noon).Change!.Letter;
            var returned = Clearing.Return(letter, null, Office).Change!;
            hints.Add(returned.Events[0].Data);
            letter = returned.Letter;
        }

        Assert.Equal(
        [
            """{"unit":"1.1","count":1,"circles":false,"reason":null}""",
            """{"unit":"1.1","count":2,"circles":false,"reason":null}""",
            """{"unit":"1.1","count":3,"circles":true,"reason":null}""",
        ], hints);
    }

    [Fact]
    public void AnotherOffice_CannotGiveTheLetterBack() => Assert.Equal(
        Refusal.NotAllowed, Clearing.Return(Some.Letter(Place.Postkorb, "1.1"), null, Some.Account(Role.Office, "1.2")).Refusal);

    [Fact]
    public void LongReason_IsCutWithoutHalfACharacter()
    {
        var reason = new string('a', Clearing.LongestReason - 1) + "😀 and more";

        var data = Clearing.Return(Some.Letter(Place.Postkorb, "1.1"), reason, Office).Change!.Events[0].Data;

        Assert.Contains($"\"reason\":\"{new string('a', Clearing.LongestReason - 1)}\"", data);
    }

    [Fact]
    public void LetterSetAside_CanBeTakenBack()
    {
        var aside = Clearing.SetAside(Some.Letter(Place.Clearing), SetAsideReason.ReturnedToSender, Mailroom).Change!;
        var back = Clearing.Reopen(aside.Letter, Mailroom).Change!;

        Assert.Equal(Place.SetAside, aside.Letter.Place);
        Assert.Equal("""{"reason":"returnedToSender"}""", aside.Events[0].Data);
        Assert.Equal((Place.Clearing, EventKind.Reopened), (back.Letter.Place, back.Events[0].Kind));
    }

    [Fact]
    public void EveryActionInAWrongPlace_ChangesNothing()
    {
        foreach (var place in Enum.GetValues<Place>())
        {
            var letter = Some.Letter(place, place == Place.Postkorb ? "1.1" : null);
            var assigned = Clearing.Assign(letter, "1.1", Mailroom, Some.Organisation, Some.Noon);
            Assert.Equal(place == Place.Clearing, assigned.Change is not null);
            Assert.Equal(place == Place.Clearing, Clearing.SetAside(letter, SetAsideReason.Duplicate, Mailroom).Change is not null);
            Assert.Equal(place == Place.SetAside, Clearing.Reopen(letter, Mailroom).Change is not null);
            Assert.Equal(place == Place.Postkorb, Clearing.Return(letter, null, Office).Change is not null);
        }
    }
}
