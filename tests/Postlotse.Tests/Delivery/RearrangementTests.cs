using Postlotse.Delivery;
using Postlotse.Evidence;
using Postlotse.Letters;
using Xunit;

namespace Postlotse.Tests.Delivery;

public sealed class RearrangementTests
{
    private static readonly Account Mailroom = Some.Account(Role.Mailroom);

    private static readonly Letter Waiting = Some.Letter(Place.Clearing) with
    {
        Recognition = new(
            [.. Enumerable.Range(1, 3).Select(n => new PageSummary(n, n == 3 ? 90 : 0, 0, false, 1))],
            new("p", 1), new("f", 1), "de", 1, 1),
        Division = new(0, [.. Enumerable.Range(1, 3).Select(n => new DividedPage(n, n == 1, PageRole.Letter, 0.4))]),
        Findings = [new(FindingKind.BoundariesUnsure), new(FindingKind.PageBlurred, 2), new(FindingKind.ManifestMissing)],
    };

    [Fact]
    public void PagesInAnotherOrder_AreReadAnewAndThenDividedAsThePersonSays()
    {
        var change = Apply(Waiting, [], [(3, 180), (1, 0), (2, 0)], [1, 2], basedOn: 0).Change!;
        Assert.Equal((Place.Underway, StageName.Recognition, null), (change.Letter.Place, change.Letter.Stage, change.Letter.Recognition));
        Assert.Equal([new(3, 270), new(1), new(2)], change.Letter.Arrangement!);
        Assert.Equal([FindingKind.ManifestMissing], change.Letter.Findings.Select(f => f.Kind));
        Assert.False(change.Letter.EnvelopeRead); // its marked pages have other numbers now
        Assert.Empty(change.NewLetters);
        Assert.Equal((EventKind.Rearranged, "account:7"), (change.Events[0].Kind, change.Events[0].Actor));
        Assert.Equal(Waiting.Source, change.Letter.Source);

        // As recognition leaves it, and separation lets it pass.
        var read = change.Letter with { Stage = StageName.Separation, Recognition = Waiting.Recognition };
        var step = JourneyStep.After(
            new(1, 1, 1, StageName.Separation, read), new StageResult.Done(read), new() { ScratchFolder = "none" });
        var divided = Assert.IsType<JourneyStep.Complete>(step).Change;
        Assert.Equal(Place.Divided, divided.Letter.Place);
        Assert.Equal([(1, 1), (2, 2)], divided.NewLetters.Select(l => (l.Letter.Source.FirstPage, l.Letter.Source.PageCount)));
    }

    [Fact]
    public void SecondArrangement_StartsFromTheFirst()
    {
        var first = Apply(Waiting, [], [(3, 90), (1, 0), (2, 0)], [1], basedOn: 0).Change!.Letter;
        var read = first with
        {
            Place = Place.Divided, Stage = null,
            Recognition = Waiting.Recognition! with { Pages = [new(1, 180, 0, false, 1), new(2, 0, 0, false, 1), new(3, 0, 0, false, 1)] },
        };
        var second = Apply(read, [], [(2, 0), (1, 270), (3, 0)], [1], basedOn: 1).Change!.Letter;
        Assert.Equal([new(1), new(3, 90), new(2)], second.Arrangement!);
        Assert.Equal(2, second.Division!.Number);
    }

    [Fact]
    public void OfficeOnASheet_StaysOnItWhereverItIsPut()
    {
        var division = new Division(0,
            [new(1, true, PageRole.Letter, 1), new(2, false, PageRole.Separator, 0), new(3, true, PageRole.Letter, 1, "1.1")]);
        var change = Rearrangement.Apply(
            Waiting with { Division = division }, [], [new(2, 0), new(1, 0), new(3, 0)],
            [new(false, PageRole.Separator), new(true, PageRole.Letter), new(true, PageRole.Letter)], 0, Mailroom).Change!;
        Assert.Equal([null, "1.1", "1.1"], change.Letter.Division!.Pages.Select(p => p.Unit));
    }

    [Fact]
    public void LettersOfTheBatch_AreReplacedUnlessOneIsDelivered()
    {
        var divided = Repair.Divide(Waiting, [], Pages(1, 2), 0, Mailroom).Change!;
        var parts = divided.NewLetters.Select(l => l.Letter).ToList();
        Assert.Null(Apply(divided.Letter, parts, [(2, 0), (1, 0), (3, 0)], [1, 2], basedOn: 1).Change); // they are underway
        parts = parts.ConvertAll(part => part with { Place = Place.Clearing, Stage = null });
        var change = Apply(divided.Letter, parts, [(2, 0), (1, 0), (3, 0)], [1, 2], basedOn: 1).Change!;
        Assert.Equal([Place.SetAside, Place.SetAside], change.OtherLetters.Select(l => l.Letter.Place));

        parts[0] = parts[0] with { Place = Place.Postkorb, Stage = null, Unit = "1.1", DeliveredAt = Some.Noon };
        var refused = Apply(divided.Letter, parts, [(2, 0), (1, 0), (3, 0)], [1, 2], basedOn: 1);
        Assert.Equal((null, Refusal.PartDelivered), (refused.Change, refused.Refusal));
    }

    [Theory]
    [InlineData(1, 2)]
    [InlineData(1, 2, 2)]
    [InlineData(0, 1, 2)]
    [InlineData(1, 2, 4)]
    public void WhatIsNoOrderOfThePages_IsRefused(params int[] order)
    {
        var moved = order.Select(page => (page, 0)).ToArray();
        Assert.Equal(Refusal.DivisionUnfit, Apply(Waiting, [], moved, [1], basedOn: 0).Refusal);
        Assert.Equal(Refusal.DivisionUnfit, Apply(Waiting, [], [(1, 45), (2, 0), (3, 0)], [1], basedOn: 0).Refusal);
    }

    [Fact]
    public void StaleOrForeignHands_ChangeNothing()
    {
        Assert.Equal(Refusal.NotHereAnymore, Apply(Waiting, [], [(3, 0), (1, 0), (2, 0)], [1], basedOn: 1).Refusal);
        var office = Rearrangement.Apply(
            Waiting, [], [new(3, 0), new(1, 0), new(2, 0)], [.. Pages(1).Select(p => new StatedPage(p.Begins, p.Role))], 0,
            Some.Account(Role.Office, "1.1"));
        Assert.Equal(Refusal.NotAllowed, office.Refusal);
    }

    private static IReadOnlyList<DividedPage> Pages(params int[] begins) =>
        [.. Enumerable.Range(1, 3).Select(n => new DividedPage(n, begins.Contains(n), PageRole.Letter, 0))];

    private static ClearingResult Apply(
        Letter batch, IReadOnlyList<Letter> parts, (int Page, int Turn)[] moved, int[] begins, int basedOn) => Rearrangement.Apply(
        batch, parts, [.. moved.Select(m => new MovedPage(m.Page, m.Turn))],
        [.. Pages(begins).Take(moved.Length).Select(p => new StatedPage(p.Begins, p.Role))], basedOn, Mailroom);
}
