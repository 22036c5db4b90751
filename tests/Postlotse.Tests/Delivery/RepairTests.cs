using Postlotse.Delivery;
using Postlotse.Evidence;
using Postlotse.Letters;
using Xunit;

namespace Postlotse.Tests.Delivery;

public sealed class RepairTests
{
    private static readonly Account Mailroom = Some.Account(Role.Mailroom);

    private static readonly Letter Unsure = Some.Letter(Place.Clearing) with
    {
        Recognition = new(
            [.. Enumerable.Range(1, 3).Select(n => new PageSummary(n, 0, 0, false, 1))], new("p", 1), new("f", 1), "de", 1, 1),
        Division = new(0, [.. Enumerable.Range(1, 3).Select(n => new DividedPage(n, n == 1, PageRole.Letter, 0.4))]),
    };

    private static IReadOnlyList<DividedPage> Begin(params int[] pages) =>
        [.. Enumerable.Range(1, 3).Select(n => new DividedPage(n, pages.Contains(n), PageRole.Letter, 0.4))];

    private static (Letter Batch, List<Letter> Parts) Divided(params int[] pages)
    {
        var change = Repair.Divide(Unsure, [], Begin(pages), 0, Mailroom).Change!;
        return (change.Letter, [.. change.NewLetters.Select(l => Cleared(l.Letter))]);
    }

    [Fact]
    public void BatchThatWaits_IsDividedAsThePersonSays()
    {
        var change = Repair.Divide(Unsure, [], Begin(1, 3), 0, Mailroom).Change!;
        Assert.Equal((Place.Divided, 1), (change.Letter.Place, change.Letter.Division!.Number));
        Assert.Equal([1.0, 0, 1], change.Letter.Division.Pages.Select(p => p.Probability));
        Assert.Equal([(1, 2), (3, 1)], change.NewLetters.Select(l => (l.Letter.Source.FirstPage, l.Letter.Source.PageCount)));
        Assert.All(change.Events.Concat(change.NewLetters.SelectMany(l => l.Events)), e => Assert.Equal("account:7", e.Actor));
    }

    [Fact]
    public void LettersWhosePagesStay_StayWhereTheyAre()
    {
        var (batch, parts) = Divided(1, 2);
        parts[0] = Some.Letter(Place.Postkorb, "1.1") with { Id = parts[0].Id, Source = parts[0].Source, PartOf = parts[0].PartOf };
        var change = Repair.Divide(batch, parts, Begin(1, 2, 3), 1, Mailroom).Change!;
        var replaced = Assert.Single(change.OtherLetters);
        Assert.Equal((parts[1].Id, Place.SetAside, true), (replaced.Letter.Id, replaced.Letter.Place, replaced.Letter.PartOf!.Replaced));
        Assert.Equal(["a-p002-2", "a-p003-2"], change.NewLetters.Select(l => l.Letter.Id));
        Assert.Equal(EventKind.SetAside, replaced.Events[0].Kind);
    }

    [Fact]
    public void DeliveredLetter_HasToComeBackBeforeItsPagesGoElsewhere()
    {
        var (batch, parts) = Divided(1, 2);
        var decision = Some.Decision(Outcome.Auto);
        parts[1] = parts[1] with { Place = Place.Postkorb, Stage = null, Unit = "1.1", DeliveredAt = Some.Noon, Decision = decision };
        Assert.Equal(Refusal.PartDelivered, Repair.Divide(batch, parts, Begin(1), 1, Mailroom).Refusal);
        Assert.Equal([1], Repair.VisiblePages(Mailroom, batch, [Cleared(parts[0]), parts[1]]).Order());
        var recalled = Clearing.Recall(parts[1], Mailroom, new(Some.Organisation, []));
        Assert.Equal((Place.Clearing, EventKind.Reopened), (recalled.Change!.Letter.Place, recalled.Change.Events[0].Kind));
        Assert.Contains("1.1", recalled.Change.Events[0].Data, StringComparison.Ordinal);
        Assert.NotNull(Repair.Divide(batch, [parts[0], recalled.Change.Letter], Begin(1), 1, Mailroom).Change);
    }

    [Fact]
    public void ConfidentialOrOtherLetter_IsNotRecalled()
    {
        var attendance = new Attendance(Some.Organisation, []);
        var plain = Some.Letter(Place.Postkorb, "1.1", Some.Decision(Outcome.Auto));
        var part = plain with { PartOf = new("b", 1, []) };
        Assert.Equal(Refusal.NotAllowed, Clearing.Recall(plain, Mailroom, attendance).Refusal);
        Assert.Equal(Refusal.NotAllowed, Clearing.Recall(part with { Unit = "1.2" }, Mailroom, attendance).Refusal);
        Assert.Equal(Refusal.NotAllowed, Clearing.Recall(part, Some.Account(Role.Office, "1.1"), attendance).Refusal);
        Assert.Equal(Refusal.NotHereAnymore, Clearing.Recall(Cleared(part), Mailroom, attendance).Refusal);
    }

    [Fact]
    public void ReplacedLetter_IsSeenByNobodyAndNotReopened()
    {
        var replaced = Some.Letter(Place.SetAside) with { PartOf = new("b", 1, [], Replaced: true) };
        Assert.False(Access.MaySee(Mailroom, replaced));
        Assert.Equal(Refusal.NotAllowed, Clearing.Reopen(replaced, Mailroom).Refusal);
    }

    [Fact]
    public void Division_IsForTheMailroomAlone()
    {
        foreach (var role in Enum.GetValues<Role>().Where(r => r != Role.Mailroom))
        {
            Assert.Equal(Refusal.NotAllowed, Repair.Divide(Unsure, [], Begin(1), 0, Some.Account(role, "1.1")).Refusal);
            Assert.Empty(Repair.VisiblePages(Some.Account(role, "1.1"), Unsure, []));
        }

        var closed = Unsure with { Decision = Some.Decision(Outcome.Sealed) };
        Assert.Equal(Refusal.NotAllowed, Repair.Divide(closed, [], Begin(1), 0, Mailroom).Refusal);
        Assert.NotNull(Repair.Divide(closed, [], Begin(1), 0, Some.ClosedMail).Change);
        Assert.Equal(Refusal.NotAllowed, Repair.Divide(Unsure with { PartOf = new("b", 1, []) }, [], Begin(1), 0, Mailroom).Refusal);
    }

    [Fact]
    public void StackWithAMarkedPage_TakesTheRightUntilItIsDivided()
    {
        var marked = Unsure with { Findings = [new(FindingKind.BoundariesUnsure), new(FindingKind.MustStayClosed, 3)] };
        Assert.Empty(Repair.VisiblePages(Mailroom, marked, []));
        Assert.Equal([1, 2, 3], Repair.VisiblePages(Some.ClosedMail, marked, []).Order());
        Assert.Equal(Refusal.NotAllowed, Repair.Divide(marked, [], Begin(1, 3), 0, Mailroom).Refusal);
        var change = Repair.Divide(marked, [], Begin(1, 3), 0, Some.ClosedMail).Change!;
        List<Letter> parts = [.. change.NewLetters.Select(l => Cleared(l.Letter))];
        Assert.Equal([false, true], parts.Select(p => p.MustStayClosed));
        Assert.Equal([1, 2], Repair.VisiblePages(Mailroom, change.Letter, parts).Order());
        Assert.Equal(Refusal.NotAllowed, Repair.Divide(change.Letter, parts, Begin(1), 1, Mailroom).Refusal);
        Assert.NotNull(Repair.Divide(change.Letter, parts, Begin(1), 1, Some.ClosedMail).Change);
    }

    [Fact]
    public void LetterUnderway_IsNotJoined()
    {
        var (batch, parts) = Divided(1, 2);
        parts[1] = parts[1] with { Place = Place.Underway, Stage = StageName.Reading };
        Assert.Equal(Refusal.NotAllowed, Repair.Divide(batch, parts, Begin(1), 1, Mailroom).Refusal);
        Assert.Equal(
            Refusal.NotAllowed,
            Repair.Divide(batch, [parts[0], parts[1] with { Decision = Some.Decision(Outcome.Auto) }], Begin(1), 1, Mailroom).Refusal);
        Assert.NotNull(Repair.Divide(batch, [parts[0], Cleared(parts[1])], Begin(1), 1, Mailroom).Change);
    }

    [Fact]
    public void OldOrUnfitDivision_ChangesNothing()
    {
        var (batch, parts) = Divided(1, 2);
        Assert.Equal(Refusal.NotHereAnymore, Repair.Divide(batch, parts, Begin(1), 0, Mailroom).Refusal);
        Assert.Equal(Refusal.NotHereAnymore, Repair.Divide(Unsure with { Place = Place.Postkorb }, [], Begin(1), 0, Mailroom).Refusal);
        Assert.Equal(Refusal.DivisionUnfit, Repair.Divide(Unsure, [], Begin(2), 0, Mailroom).Refusal);
        Assert.Equal(Refusal.DivisionUnfit, Repair.Divide(Unsure, [], [.. Begin(1).Take(2)], 0, Mailroom).Refusal);
    }

    [Fact]
    public void SingleLetterThatAPersonDivides_LeavesUnreadWhatNobodyLookedAt()
    {
        var change = Repair.Divide(Unsure with { Division = null }, [], Begin(1, 3), 0, Mailroom).Change!;
        List<Letter> parts = [.. change.NewLetters.Select(l => Cleared(l.Letter))];
        Assert.All(parts, p => Assert.True(p.IsEnvelopeUnknown));
        Assert.Empty(Repair.VisiblePages(Mailroom, change.Letter, parts));
        var again = Repair.Divide(change.Letter, [], Begin(1, 2), 1, Mailroom).Change!;
        Assert.All(again.NewLetters, l => Assert.False(l.Letter.EnvelopeRead));
    }

    [Fact]
    public void FilesOfADividedFile_AreForWhoSeesOneOfItsLettersWhenNoneIsSecretBefore()
    {
        var (batch, parts) = Divided(1, 2);
        var attendance = new Attendance(Some.Organisation, []);
        var office = Some.Account(Role.Office, "1.1");
        var open = Some.Decision(Outcome.Auto);
        var mine = Delivered(parts[0], "1.1", open);
        Assert.True(May(office, mine, Delivered(parts[1], "1.1", open)));
        Assert.True(May(office, mine, Delivered(parts[1], "X", open)));
        Assert.True(May(office, mine, parts[1] with { Place = Place.SetAside, Decision = open }));
        Assert.True(May(Mailroom, mine, parts[1]));
        Assert.False(May(office, mine, Delivered(parts[1], "1.2", Some.Decision(Outcome.Sealed, "1.2"))));
        Assert.False(May(office, mine, Delivered(parts[1], "1.2", open))); // sealed by its office
        Assert.False(May(office, mine, Delivered(parts[1], "X", open with { Restriction = Restrictions.Confidential })));
        Assert.False(May(office, mine, parts[1] with { Decision = open })); // in clearing: not known yet where it belongs
        Assert.False(May(office, mine, parts[1] with { Place = Place.Underway, Stage = StageName.Reading }));
        Assert.False(May(Some.Account(Role.Office, "1"), mine, Delivered(parts[1], "1.1", open)));
        Assert.False(May(Mailroom, mine, Delivered(parts[1], "1.1", open)));
        Assert.False(Repair.MaySeeAttachments(Mailroom, batch with { Place = Place.Deleted }, [parts[0], parts[1]], attendance));

        bool May(Account account, params Letter[] letters) => Repair.MaySeeAttachments(account, batch, letters, attendance);

        static Letter Delivered(Letter part, string unit, Decision decision) => part with
        {
            Place = Place.Postkorb, Stage = null, Unit = unit, DeliveredAt = Some.Noon, Decision = decision,
        };
    }

    private static Letter Cleared(Letter letter) => letter with { Place = Place.Clearing, Stage = null, Unit = null, DeliveredAt = null };
}
