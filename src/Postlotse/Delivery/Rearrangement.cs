using Postlotse.Evidence;
using Postlotse.Letters;

namespace Postlotse.Delivery;

/// <summary>
/// A person of the mailroom puts the pages of a batch into another order or turns some (Seiten ordnen). The file stays as it is; the batch
/// is read anew in that order and then divided as the person says. Pure.
/// </summary>
public static class Rearrangement
{
    /// <summary>Changes order and turns; all letters of the batch are replaced, so none of them may lie in a Postkorb.</summary>
    /// <param name="batch">As it is now.</param>
    /// <param name="parts">Its letters of all divisions as they are now.</param>
    /// <param name="moved">Every page of the batch once, in its new order.</param>
    /// <param name="stated">What the pages are, in their new order.</param>
    /// <param name="basedOn"><see cref="Division.Number"/> that the person saw; 0 when there was none or only a proposal.</param>
    /// <param name="account">Who acts.</param>
    public static ClearingResult Apply(
        Letter batch, IReadOnlyList<Letter> parts, IReadOnlyList<MovedPage> moved, IReadOnlyList<StatedPage> stated, int basedOn,
        Account account)
    {
        ArgumentNullException.ThrowIfNull(batch);
        ArgumentNullException.ThrowIfNull(moved);
        ArgumentNullException.ThrowIfNull(stated);
        var known = batch.Recognition?.Pages ?? [];
        if (!moved.Select(m => m.Page).Order().SequenceEqual(known.Select(p => p.Number)) || moved.Any(m => !ArrangedPage.IsTurn(m.Turn))
            || stated.Count != known.Count)
            return new(null, known.Count == 0 ? Refusal.NotHereAnymore : Refusal.DivisionUnfit);
        var pages = Repair.Restate(batch, new HashSet<int>(), stated, [.. moved.Select(m => m.Page)]);
        // No letter is kept: the same numbers are other pages now. And the pages have to be read before there are new ones.
        var divided = Repair.Divide(batch, parts, pages, basedOn, account, keepsLetters: false);
        if (divided.Change is not { } change) return divided;
        var arrangement = moved.Select(m => Arranged(batch, known[m.Page - 1], m)).ToList();
        var letter = change.Letter with
        {
            Place = Place.Underway, Stage = StageName.Recognition, Recognition = null, Arrangement = arrangement,
            EnvelopeRead = false,
            Findings = [.. batch.Findings.Where(f => f.Page is null && f.Kind != FindingKind.BoundariesUnsure)],
        };
        var told = new NewEvent(EventKind.Rearranged, Clearing.Actor(account), EventData.Write(new
        {
            letter.Division!.Number, Order = arrangement.Select(a => a.Page), Turned = moved.Count(m => m.Turn != 0),
            Rotations = arrangement.Select(a => a.Rotation),
        }));
        return new(new LetterChange(letter, [told]) { OtherLetters = change.OtherLetters }, null);
    }

    private static ArrangedPage Arranged(Letter batch, PageSummary page, MovedPage moved)
    {
        var before = batch.Arrangement?[page.Number - 1] ?? new ArrangedPage(page.Number);
        return moved.Turn == 0 ? before : before with { Rotation = (page.Rotation + moved.Turn) % 360 };
    }
}

/// <summary>A page of a batch in its new place.</summary>
/// <param name="Page">1-based within the batch as it was.</param>
/// <param name="Turn">Clockwise turn beyond how it is shown: 0, 90, 180 or 270 degrees.</param>
public sealed record MovedPage(int Page, int Turn);
