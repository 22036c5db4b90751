using Postlotse.Delivery;
using Postlotse.Letters;
using Xunit;

namespace Postlotse.Tests.Delivery;

public sealed class AccessTests
{
    [Theory]
    [InlineData(Role.Organiser)]
    [InlineData(Role.Auditor)]
    [InlineData(Role.Administrator)]
    [InlineData(Role.ClosedMail)]
    public void RolesWithoutLetters_SeeNone(Role role)
    {
        var account = Some.Account(role, "1.1");
        foreach (var place in Enum.GetValues<Place>())
        {
            var letter = Some.Letter(place, place == Place.Postkorb ? "1.1" : null);
            Assert.False(Access.MaySee(account, letter));
            Assert.False(Access.MayClear(account, letter));
            Assert.False(Access.MayReopen(account, letter));
        }
    }

    [Fact]
    public void DeliveredLetter_IsSeenByItsOfficeAlone()
    {
        var letter = Some.Letter(Place.Postkorb, "1.1");

        Assert.True(Access.MaySee(Some.Account(Role.Office, "1.1"), letter));
        Assert.False(Access.MaySee(Some.Account(Role.Office, "1.2"), letter));
        Assert.False(Access.MaySee(Some.Account(Role.Office), letter));
        Assert.False(Access.MaySee(Some.Account(Role.Mailroom, "1.1"), letter));
    }

    [Theory]
    [InlineData(Place.Clearing)]
    [InlineData(Place.SetAside)]
    public void LetterBeforeDelivery_IsSeenByTheMailroomAlone(Place place)
    {
        Assert.True(Access.MaySee(Some.Account(Role.Mailroom), Some.Letter(place)));
        Assert.False(Access.MaySee(Some.Account(Role.Office, "1.1"), Some.Letter(place)));
    }

    [Fact]
    public void UndecidedLetterUnderway_IsSeenByNobody()
    {
        var mailroom = Some.Account(Role.Mailroom);
        Assert.False(Access.MaySee(mailroom, Some.Letter(Place.Underway) with { Decision = null }));
        Assert.True(Access.MaySee(mailroom, Some.Letter(Place.Underway, decision: Some.Decision(Outcome.Review, "1.2"))));
        Assert.True(Access.MaySee(mailroom, Some.Letter(Place.Clearing) with { Decision = null }));
    }

    [Theory]
    [InlineData(Outcome.Sealed, null, true)]
    [InlineData(Outcome.Review, Restrictions.Sealed, true)]
    [InlineData(Outcome.Review, Restrictions.Personal, true)]
    [InlineData(Outcome.Review, Restrictions.Confidential, false)]
    [InlineData(Outcome.Review, null, false)]
    public void ClosedLetter_IsSeenAndClearedWithTheRightForItAlone(Outcome outcome, string? restriction, bool closed)
    {
        var letter = Some.Letter(Place.Clearing, decision: Some.Decision(outcome, "1.2") with { Restriction = restriction });
        MayOpen(letter, closed);
        MayOpen(letter with { Place = Place.Underway }, closed, clears: false);
        var aside = letter with { Place = Place.SetAside };
        MayOpen(aside, closed, clears: false);
        Assert.Equal(!closed, Access.MayReopen(Some.Account(Role.Mailroom), aside));
        Assert.True(Access.MayReopen(Some.ClosedMail, aside));
        Assert.Equal(!closed, Access.MayBeTried(letter, Some.Organisation));
    }

    [Fact]
    public void MarkOnAPage_ClosesWhatIsNotDecidedAndTheFirstOneAlsoWhatIs()
    {
        var undecided = Some.Letter(Place.Clearing) with { Findings = [new(FindingKind.MustStayClosed, 3)] };
        var decided = undecided with { Decision = Some.Decision(Outcome.Review) };
        MayOpen(undecided, closed: true);
        MayOpen(decided, closed: false);
        MayOpen(decided with { Findings = [new(FindingKind.MustStayClosed, 1)] }, closed: true);
        Assert.True(Access.MaySee(Some.Account(Role.Office, "1.1"), undecided with { Place = Place.Postkorb, Unit = "1.1" }));
        Assert.False(Access.MaySee(Some.ClosedMail, undecided with { Place = Place.Postkorb, Unit = "1.1" }));
    }

    [Theory]
    [InlineData(Place.Clearing)]
    [InlineData(Place.SetAside)]
    public void LetterWhoseEnvelopeNobodyRead_StaysClosed(Place place)
    {
        var unread = Some.Letter(place) with { EnvelopeRead = false, Findings = [new(FindingKind.StageFailed)] };
        MayOpen(unread, closed: true, clears: place == Place.Clearing);
        MayOpen(unread with { EnvelopeRead = true }, closed: false, clears: place == Place.Clearing);
        MayOpen(unread with { Decision = Some.Decision(Outcome.Review) }, closed: false, clears: place == Place.Clearing);
        Assert.True(Access.MaySee(Some.Account(Role.Office, "1.1"), unread with { Place = Place.Postkorb, Unit = "1.1" }));
    }

    private static void MayOpen(Letter letter, bool closed, bool clears = true)
    {
        Assert.Equal(!closed, Access.MaySee(Some.Account(Role.Mailroom), letter));
        Assert.True(Access.MaySee(Some.ClosedMail, letter));
        Assert.Equal(clears && !closed, Access.MayClear(Some.Account(Role.Mailroom), letter));
        Assert.Equal(clears, Access.MayClear(Some.ClosedMail, letter));
    }

    [Fact]
    public void ParentOfAnOffice_IsNotItsMember() =>
        Assert.False(Access.MaySee(Some.Account(Role.Office, "1"), Some.Letter(Place.Postkorb, "1.1")));

    [Theory]
    [InlineData(true, false)]
    [InlineData(false, true)]
    public void DisabledOrUnfinishedAccount_MayNothing(bool mustChangePassword, bool disabled)
    {
        var mailroom = Some.Account(Role.Mailroom) with { MustChangePassword = mustChangePassword, Disabled = disabled };
        var office = Some.Account(Role.Office, "1.1") with { MustChangePassword = mustChangePassword, Disabled = disabled };

        Assert.False(Access.MaySee(mailroom, Some.Letter(Place.Clearing)));
        Assert.False(Access.MayClear(mailroom, Some.Letter(Place.Clearing)));
        Assert.False(Access.MayReopen(mailroom, Some.Letter(Place.SetAside)));
        Assert.False(Access.IsMember(office, "1.1"));
        Assert.False(Access.MaySee(office, Some.Letter(Place.Postkorb, "1.1")));
    }
}
