using Postlotse.Evidence;
using Postlotse.Letters;

namespace Postlotse.Delivery;

/// <summary>
/// What a person of the mailroom does with a batch (Stapel): says where its letters begin, and says so again when that was wrong. Pure
/// functions of the batch and its letters as they are now. Nothing is deleted: letters of an earlier division are set aside.
/// </summary>
public static class Repair
{
    /// <summary>
    /// Whether the person may divide the letter's file: one that waits for a person (also when it was taken for a single letter), or was
    /// divided before. One that waits and must stay closed takes the right for it; of a divided one everybody in the mailroom sees as much
    /// as of its letters.
    /// </summary>
    public static bool MayDivide(Account account, Letter batch)
    {
        ArgumentNullException.ThrowIfNull(batch);
        return Access.IsAtWork(account, Role.Mailroom) && batch is { PartOf: null, Recognition: not null }
            && (batch.Place == Place.Divided || (batch.Place == Place.Clearing && Access.MaySee(account, batch)));
    }

    /// <summary>
    /// Pages of a batch that the person may see, 1-based: those of letters that the person may see, and those that belong to none. A page
    /// of a letter that lies in a Postkorb is its office's alone.
    /// </summary>
    /// <param name="account">Who asks.</param>
    /// <param name="batch">The batch.</param>
    /// <param name="parts">Its letters of all divisions.</param>
    public static IReadOnlySet<int> VisiblePages(Account account, Letter batch, IReadOnlyList<Letter> parts)
    {
        ArgumentNullException.ThrowIfNull(batch);
        ArgumentNullException.ThrowIfNull(parts);
        if (!MayDivide(account, batch)) return new HashSet<int>();
        var pages = Enumerable.Range(1, batch.Recognition!.Pages.Count).ToHashSet();
        foreach (var part in parts.Where(IsInForce).Where(p => !Access.MaySee(account, p)))
            pages.ExceptWith(Enumerable.Range(part.Source.FirstPage, part.Source.PageCount));
        return pages;
    }

    /// <summary>
    /// Whether the person may have the files that a divided file holds (Anhänge). Nobody knows to which of its letters they belong: the
    /// person has to see one of the letters, and the others have to be seen, too, or be known to be open.
    /// </summary>
    /// <param name="account">Who asks.</param>
    /// <param name="batch">The file.</param>
    /// <param name="parts">Its letters of all divisions.</param>
    /// <param name="attendance">Knows which letters are open.</param>
    public static bool MaySeeAttachments(Account account, Letter batch, IReadOnlyList<Letter> parts, Attendance attendance)
    {
        ArgumentNullException.ThrowIfNull(batch);
        ArgumentNullException.ThrowIfNull(parts);
        ArgumentNullException.ThrowIfNull(attendance);
        var letters = parts.Where(IsInForce).ToList();
        return batch.Place == Place.Divided && letters.Exists(p => Access.MaySee(account, p))
            && letters.TrueForAll(p => Access.MaySee(account, p) || attendance.IsOpen(p)
                || p is { Place: Place.SetAside, MustStayClosed: false, Decision.Restriction: null });
    }

    /// <summary>
    /// Pages that stay as they are, 1-based: those of letters that lie in a Postkorb, are still underway (nobody knows yet whether they
    /// must stay closed), or that the person may not see.
    /// </summary>
    /// <param name="account">Who asks.</param>
    /// <param name="parts">The batch's letters of all divisions.</param>
    public static IReadOnlySet<int> FixedPages(Account account, IReadOnlyList<Letter> parts)
    {
        ArgumentNullException.ThrowIfNull(parts);
        return parts.Where(IsInForce).Where(p => !IsOpenTo(account, p))
            .SelectMany(p => Enumerable.Range(p.Source.FirstPage, p.Source.PageCount)).ToHashSet();
    }

    /// <summary>
    /// Every page as a person states it, completed by what need not be said: fixed pages stay as they are; a page with print begins a
    /// letter where none is open (at the start, behind a separator sheet, behind a fixed page); what begins a letter is no enclosure of
    /// it; the office on a sheet goes for all letters up to the next one.
    /// </summary>
    /// <param name="batch">The batch.</param>
    /// <param name="fixedPages">See <see cref="FixedPages"/>.</param>
    /// <param name="stated">One for each page in order; those of fixed pages do not matter.</param>
    /// <param name="order">Numbers that the pages have in the batch, where they are stated in another order; null: their own.</param>
    public static IReadOnlyList<DividedPage> Restate(
        Letter batch, IReadOnlySet<int> fixedPages, IReadOnlyList<StatedPage> stated, IReadOnlyList<int>? order = null)
    {
        ArgumentNullException.ThrowIfNull(batch);
        ArgumentNullException.ThrowIfNull(fixedPages);
        ArgumentNullException.ThrowIfNull(stated);
        var before = batch.Division?.Pages ?? [];
        var pages = new List<DividedPage>(stated.Count);
        var (open, closed, unit) = (false, false, (string?)null);
        for (var i = 0; i < stated.Count; i++)
        {
            var isFixed = fixedPages.Contains(i + 1) && i < before.Count;
            var page = isFixed ? before[i] : Restated(i + 1, stated[i], open, closed, unit);
            pages.Add(page);
            var isSheet = page.Role == PageRole.Separator;
            if (isSheet) unit = UnitOnSheet(before, order is null ? i : order[i] - 1);
            (open, closed) = (!isSheet && (open || page.Begins), isFixed);
        }

        return pages;
    }

    /// <summary>
    /// Divides a batch, or divides it anew. Letters whose pages stay the same stay as they are, wherever they are; the others are set
    /// aside, and new ones begin their journey. A letter that lies in a Postkorb is not taken from there: its office returns it, or the
    /// mailroom recalls it (<see cref="Clearing.Recall"/>), before its pages can become another's.
    /// </summary>
    /// <param name="batch">As it is now.</param>
    /// <param name="parts">Its letters of all divisions as they are now.</param>
    /// <param name="pages">Every page of the batch: where letters begin, and what it is. Probabilities do not matter.</param>
    /// <param name="basedOn"><see cref="Division.Number"/> that the person saw; 0 when there was none or only a proposal.</param>
    /// <param name="account">Who acts.</param>
    public static ClearingResult Divide(
        Letter batch, IReadOnlyList<Letter> parts, IReadOnlyList<DividedPage> pages, int basedOn, Account account) =>
        Divide(batch, parts, pages, basedOn, account, keepsLetters: true);

    internal static ClearingResult Divide(
        Letter batch, IReadOnlyList<Letter> parts, IReadOnlyList<DividedPage> pages, int basedOn, Account account, bool keepsLetters)
    {
        ArgumentNullException.ThrowIfNull(batch);
        ArgumentNullException.ThrowIfNull(parts);
        ArgumentNullException.ThrowIfNull(account);
        var before = batch.Division?.Number ?? 0;
        if (batch.Place is not (Place.Clearing or Place.Divided) || before != basedOn) return new(null, Refusal.NotHereAnymore);
        if (!MayDivide(account, batch)) return new(null, Refusal.NotAllowed);
        var division = new Division(before + 1, [.. pages.Select(p => p with { Probability = p.Begins ? 1 : 0 })]);
        if (!division.Fits(batch.Recognition!.Pages.Count)) return new(null, Refusal.DivisionUnfit);
        var wanted = division.Letters();
        var inForce = parts.Where(IsInForce).ToList();
        var kept = inForce.Where(p => keepsLetters && wanted.Any(w => Batch.Is(p, w))).ToList();
        var replaced = inForce.Except(kept).ToList();
        if (replaced.Exists(p => p.Place == Place.Postkorb)) return new(null, Refusal.PartDelivered);
        if (replaced.Exists(p => !IsOpenTo(account, p))) return new(null, Refusal.NotAllowed);
        var actor = Clearing.Actor(account);
        var change = Batch.Divide(batch, division, kept, actor);
        return new(change with { OtherLetters = [.. replaced.Select(p => Replace(p, batch.Id, division.Number, actor))] }, null);
    }

    private static DividedPage Restated(int number, StatedPage stated, bool open, bool behindFixed, string? unit)
    {
        var begins = stated.Role switch
        {
            PageRole.Separator => false,
            PageRole.Blank => stated.Begins || behindFixed,
            _ => stated.Begins || behindFixed || !open,
        };
        var role = begins && stated.Role == PageRole.Enclosure ? PageRole.Letter : stated.Role;
        return new(number, begins, role, begins ? 1 : 0, begins ? unit : null);
    }

    /// <summary>The office that the sheet on a page named; null: none, or the page was no sheet.</summary>
    private static string? UnitOnSheet(IReadOnlyList<DividedPage> before, int index) =>
        index < before.Count && before[index].Role == PageRole.Separator
            ? before.Skip(index + 1).TakeWhile(p => p.Role != PageRole.Separator).FirstOrDefault(p => p.Unit is not null)?.Unit
            : null;

    /// <summary>A letter of a division that is in force.</summary>
    private static bool IsInForce(Letter part) => part.PartOf is { Replaced: false };

    /// <summary>At rest before the person's eyes.</summary>
    private static bool IsOpenTo(Account account, Letter part) =>
        part.Place is Place.Clearing or Place.SetAside && Access.MaySee(account, part);

    private static LetterChange Replace(Letter part, string batchId, int division, string actor) => new(
        part with { Place = Place.SetAside, Stage = null, Unit = null, DeliveredAt = null, PartOf = part.PartOf! with { Replaced = true } },
        [new(EventKind.SetAside, actor, EventData.Write(new { Reason = SetAsideReason.DividedAnew, batchId, division }))]);
}

/// <summary>What a person says of a batch's page.</summary>
/// <param name="Begins">A letter begins on it.</param>
/// <param name="Role">What it is.</param>
public sealed record StatedPage(bool Begins, PageRole Role);
