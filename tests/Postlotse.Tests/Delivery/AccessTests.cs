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

    [Fact]
    public void ClosedLetter_IsClearedByTheMailroomWithoutBeingSeen()
    {
        var letter = Some.Letter(Place.Clearing, decision: Some.Decision(Outcome.Sealed, "1.2"));

        Assert.False(Access.MaySee(Some.Account(Role.Mailroom), letter));
        Assert.True(Access.MayClear(Some.Account(Role.Mailroom), letter));
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
