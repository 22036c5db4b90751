using Postlotse.Delivery;
using Postlotse.Evidence;
using Postlotse.Letters;
using Xunit;

namespace Postlotse.Tests.Delivery;

public sealed class DeletionTests
{
    private static readonly DateTimeOffset Day = new(2027, 3, 1, 8, 0, 0, TimeSpan.Zero);

    private static readonly Account Auditor = Person("1", Role.Auditor);
    private static readonly Account Admin = Person("2", Role.Administrator);

    private static readonly Letter Letter = new()
    {
        Id = "l", Source = new("Frau Muster.pdf", "ab", 1, FileFormat.Pdf), ReceivedAt = Day, Place = Place.Postkorb, Unit = "50",
        DeliveredAt = Day, Reading = new(new() { Id = "l", Body = "Text" }, [], [], [], null), Findings = [new(FindingKind.Unreadable)],
    };

    [Fact]
    public void LetterIsDeletedByTwoPeople()
    {
        var asked = Request(Letter, Auditor).Change!;
        Assert.Equal((Place.Postkorb, "account:1"), (asked.Letter.Place, asked.Letter.Deletion!.Actor));
        Assert.Equal(Refusal.SamePerson, Deletion.Approve(asked.Letter, [], Auditor).Refusal);
        var deleted = Deletion.Approve(asked.Letter, [], Admin).Change!;
        Assert.Equal(
            new Letter { Id = "l", Source = new("", "ab", 1, FileFormat.Pdf), ReceivedAt = Day, Place = Place.Deleted } with
            {
                Findings = deleted.Letter.Findings,
            },
            deleted.Letter);
        Assert.Empty(deleted.Letter.Findings);
        var told = Assert.Single(deleted.Events);
        Assert.Equal((EventKind.Deleted, "account:2", """{"reason":"erasureRight","unit":"50"}"""), (told.Kind, told.Actor, told.Data));
    }

    [Theory]
    [InlineData(Role.Mailroom)]
    [InlineData(Role.Office)]
    [InlineData(Role.Organiser)]
    public void OtherRoles_DeleteNothing(Role role)
    {
        var asked = Request(Letter, Auditor).Change!.Letter;
        Assert.Equal(Refusal.NotAllowed, Request(Letter, Person("3", role)).Refusal);
        Assert.Equal(Refusal.NotAllowed, Deletion.Approve(asked, [], Person("3", role)).Refusal);
        Assert.Equal(Refusal.NotAllowed, Deletion.Decline(asked, Person("3", role)).Refusal);
        Assert.Equal(Refusal.NotAllowed, Request(Letter, Auditor with { Disabled = true }).Refusal);
    }

    [Theory]
    [InlineData(null, 400, false)]
    [InlineData(365, 364, false)]
    [InlineData(365, 365, true)]
    public void TimeOver_CountsWhenItIs(int? kept, int days, bool over)
    {
        TimeSpan? time = kept is { } length ? TimeSpan.FromDays(length) : null;
        var result = Deletion.Request(Letter, DeletionReason.RetentionOver, Auditor, Day.AddDays(days), time);
        Assert.Equal(over ? null : Refusal.StillKept, result.Refusal);
    }

    [Fact]
    public void WhatIsNotThere_IsNotDeletedTwice_NorWhileItIsWorkedOn()
    {
        var asked = Request(Letter, Auditor).Change!.Letter;
        Assert.Equal(Refusal.NotHereAnymore, Request(asked, Admin).Refusal);
        Assert.Equal(Refusal.NotHereAnymore, Deletion.Approve(Letter, [], Admin).Refusal);
        var gone = Deletion.Approve(asked, [], Admin).Change!.Letter;
        Assert.Equal(Refusal.NotHereAnymore, Deletion.Approve(gone, [], Admin).Refusal);
        Assert.Equal(Refusal.NotHereAnymore, Request(gone, Auditor).Refusal);
        Assert.Equal(Refusal.NotHereAnymore, Deletion.Decline(gone, Auditor).Refusal);
        var underway = Letter with { Place = Place.Underway, Unit = null, Stage = StageName.Reading };
        Assert.Equal(Refusal.NotHereAnymore, Request(underway, Auditor).Refusal);
        Assert.Null(Deletion.Decline(asked, Auditor).Change!.Letter.Deletion);
    }

    [Fact]
    public void DeletedLetter_IsSeenByNobody()
    {
        var gone = Deletion.Approve(Request(Letter, Auditor).Change!.Letter, [], Admin).Change!.Letter;
        var everything = new Account("9", "x", "X", Enum.GetValues<Role>(), ["50"], false, false);
        Assert.False(Access.MaySee(everything, gone));
        Assert.False(Access.MayClear(everything, gone));
        Assert.False(Access.MayReopen(everything, gone));
        Assert.False(Access.MayBeTried(gone, new() { City = "x", Units = [] }));
    }

    [Fact]
    public void BatchIsDeletedAfterItsLetters()
    {
        var asked = Request(Letter with { Place = Place.Divided, Unit = null }, Auditor).Change!.Letter;
        Assert.Equal(Refusal.PartsRemain, Deletion.Approve(asked, [Letter with { Place = Place.Deleted }, Letter], Admin).Refusal);
        Assert.Null(Deletion.Approve(asked, [Letter with { Place = Place.Deleted }], Admin).Refusal);
    }

    private static ClearingResult Request(Letter letter, Account account) =>
        Deletion.Request(letter, DeletionReason.ErasureRight, account, Day, null);

    private static Account Person(string id, Role role) => new(id, id, id, [role], ["50"], false, false);
}
