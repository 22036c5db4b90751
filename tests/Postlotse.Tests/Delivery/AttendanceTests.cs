using Postlotse.Delivery;
using Postlotse.Evidence;
using Postlotse.Letters;
using Xunit;

namespace Postlotse.Tests.Delivery;

public sealed class AttendanceTests
{
    private static readonly Account s_mailroom = Some.Account(Role.Mailroom);

    private static Attendance With(params Account[] accounts) => new(Some.Organisation, accounts);

    private static Letter InPostkorb(string unit, Outcome outcome = Outcome.Auto, string? restriction = null) =>
        Some.Letter(Place.Postkorb, unit, Some.Decision(outcome, unit) with { Restriction = restriction });

    [Fact]
    public void Postkorb_IsLookedAfterByAnActiveMemberOfItsOffice()
    {
        Assert.Equal(["1.1", "1.2"], With().Unattended.Select(u => u.Id));
        Assert.Equal(["1.2"], With(Some.Account(Role.Office, "1.1")).Unattended.Select(u => u.Id));
        Assert.Equal(2, With(Some.Account(Role.Office, "1.1") with { Disabled = true }).Unattended.Count);
        Assert.Equal(2, With(Some.Account(Role.Mailroom, "1.1")).Unattended.Count);
    }

    [Fact]
    public void OtherAuthority_IsTheMailroomsWhoeverIsItsMember()
    {
        var attendance = With(Some.Account(Role.Office, "X"));
        Assert.Empty(attendance.Attended);
        Assert.True(attendance.MayTakeBack(s_mailroom, InPostkorb("X")));
    }

    [Fact]
    public void TakenBack_LiesInClearingWithItsReceiptDate()
    {
        var letter = InPostkorb("1.1");
        var change = Clearing.TakeBack(letter, s_mailroom, With()).Change!;
        Assert.Equal((Place.Clearing, null, null, letter.ReceivedAt),
            (change.Letter.Place, change.Letter.Unit, change.Letter.DeliveredAt, change.Letter.ReceivedAt));
        var e = Assert.Single(change.Events);
        Assert.Equal((EventKind.Reopened, "account:7", """{"unit":"1.1"}"""), (e.Kind, e.Actor, e.Data));
    }

    [Fact]
    public void LetterOfAnOfficeWithAMember_StaysThere()
    {
        Assert.Equal(Refusal.NotAllowed, Clearing.TakeBack(InPostkorb("1.1"), s_mailroom, With(Some.Account(Role.Office, "1.1"))).Refusal);
        Assert.Equal(Refusal.NotAllowed, Clearing.TakeBack(InPostkorb("1.1"), Some.Account(Role.Organiser), With()).Refusal);
        Assert.Equal(Refusal.NotHereAnymore, Clearing.TakeBack(Some.Letter(Place.Clearing), s_mailroom, With()).Refusal);
    }

    [Theory]
    [InlineData("1.1", Outcome.Auto, null, true, true)]
    [InlineData("1.1", Outcome.Review, "personal", false, true)]
    [InlineData("1.1", Outcome.Sealed, "sealed", false, true)]
    [InlineData("1.2", Outcome.Auto, null, false, false)]
    [InlineData("X", Outcome.Auto, null, true, true)]
    [InlineData("gone", Outcome.Auto, null, false, false)]
    public void ConfidentialLetter_ShowsItsEnvelopeAlone(string unit, Outcome outcome, string? restriction, bool open, bool mayBack)
    {
        var letter = InPostkorb(unit, outcome, restriction);
        Assert.Equal((open, mayBack), (With().IsOpen(letter), With().MayTakeBack(s_mailroom, letter)));
    }

    [Fact]
    public void Forwarded_IsSetAsideAndOnlyForOtherAuthorities()
    {
        var change = Clearing.Forward(InPostkorb("X"), s_mailroom, With()).Change!;
        Assert.Equal((Place.SetAside, null), (change.Letter.Place, change.Letter.Unit));
        Assert.Equal("""{"unit":"X","reason":"forwarded"}""", Assert.Single(change.Events).Data);
        Assert.Equal(Refusal.NotAllowed, Clearing.Forward(InPostkorb("1.1"), s_mailroom, With()).Refusal);
        Assert.Equal(Refusal.NotAllowed, Clearing.Forward(InPostkorb("X"), Some.Account(Role.Office, "X"), With()).Refusal);
        Assert.Equal(Refusal.NotHereAnymore, Clearing.Forward(change.Letter, s_mailroom, With()).Refusal);
    }
}
