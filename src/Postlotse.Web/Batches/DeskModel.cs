using Postlotse.Delivery;
using Postlotse.Letters;
using Postlotse.Separation;
using Postlotse.Web.Shared;

namespace Postlotse.Web.Batches;

/// <summary>A batch as its page shows it to one person: every page, what is saved of it, what the person says now.</summary>
public sealed class DeskModel
{
    private static readonly SeparationSettings s_usual = new();

    private readonly Account _account;
    private readonly IReadOnlyList<Letter> _parts;
    private readonly UnitNames _units;
    private readonly IReadOnlyList<DividedPage> _saved;

    /// <param name="account">Who sits there; may divide the batch.</param>
    /// <param name="batch">As it is now.</param>
    /// <param name="parts">Its letters of all divisions.</param>
    /// <param name="attendance">Knows which letters can be recalled.</param>
    /// <param name="units">Names of offices.</param>
    public DeskModel(Account account, Letter batch, IReadOnlyList<Letter> parts, Attendance attendance, UnitNames units)
    {
        (_account, Batch, _parts, _units) = (account, batch, [.. parts.Where(p => p.PartOf is { Replaced: false })], units);
        FixedPages = Repair.FixedPages(account, parts);
        _saved = batch.Division?.Pages ?? [.. batch.Recognition!.Pages.Select(p => new DividedPage(
            p.Number, p.Number == 1, p.Blank ? PageRole.Blank : PageRole.Letter, p.Number == 1 ? 1 : 0))];
        Pages = [.. _saved.Select(Page)];
        Letters = [.. _parts.Select(p => new DeskLetter(
            p, Access.MaySee(account, p), p.Unit is { } unit ? units.Label(unit) : null, MayRecall(p, attendance)))];
    }

    public Letter Batch { get; }

    /// <summary>In their order.</summary>
    public IReadOnlyList<DeskPage> Pages { get; private set; }

    /// <summary>Letters of the division in force by their pages; none while it is only proposed.</summary>
    public IReadOnlyList<DeskLetter> Letters { get; }

    public IReadOnlySet<int> FixedPages { get; }

    /// <summary>Why what the person said was not done; null: nothing was refused.</summary>
    public Refusal? Refusal { get; private set; }

    /// <summary>Number of the division that is shown as saved.</summary>
    public int BasedOn => Batch.Division?.Number ?? 0;

    public bool IsDivided => Batch.Place == Place.Divided;

    /// <summary>Order and turns as a person said them, see <see cref="StatedPages"/>; as it is when nothing was said.</summary>
    public string Arrangement { get; private set; } = "";

    /// <summary>Whether order and turns can be changed now: all letters of the batch would be replaced.</summary>
    public bool MayRearrange => FixedPages.Count == 0;

    /// <summary>The same page with what a person said instead of what is saved.</summary>
    public DeskModel With(IReadOnlyList<DividedPage> stated, string? arrangement, Refusal? refusal)
    {
        if (!string.IsNullOrEmpty(arrangement)) Arrangement = arrangement;
        Pages = [.. Pages.Zip(stated, (page, said) => page with { Begins = said.Begins, Role = said.Role })];
        Refusal = refusal;
        return this;
    }

    /// <summary>Letters that what is shown makes, by the page they begin on.</summary>
    public IReadOnlyDictionary<int, (int Number, int PageCount)> LettersShown() =>
        new Division(0, [.. Pages.Select(p => new DividedPage(p.Number, p.Begins, p.Role, 0))]).Letters()
            .Select((letter, i) => (letter.FirstPage, Value: (i + 1, letter.PageCount)))
            .ToDictionary(l => l.FirstPage, l => l.Value);

    private bool MayRecall(Letter part, Attendance attendance) =>
        Postlotse.Delivery.Clearing.Recall(part, _account, attendance).Refusal is null;

    private DeskPage Page(DividedPage page)
    {
        var part = _parts.FirstOrDefault(
            p => page.Number >= p.Source.FirstPage && page.Number < p.Source.FirstPage + p.Source.PageCount);
        var shown = IsDivided ? part : Batch;
        // Its own pages; those of a divided batch are shown as far as its letters are.
        var pdf = shown is { HasPages: true } && Access.MaySee(_account, shown) ? $"/letters/{shown.Id}/pdf" : null;
        var doubtful = BasedOn == 0 && page.Number > 1 && page.Role != PageRole.Separator
            && page.Probability > s_usual.SureBelow && page.Probability < s_usual.SureAbove;
        return new(page.Number, page.Begins, page.Role, page.Begins, page.Role)
        {
            Doubt = doubtful ? page.Probability : null,
            Pdf = pdf,
            PdfPage = IsDivided && part is not null ? page.Number - part.Source.FirstPage + 1 : page.Number,
            Fixed = FixedPages.Contains(page.Number),
            Elsewhere = pdf is not null ? null : part is null ? T.Of("batch.page.none")
                : part.Unit is { } unit ? T.Of("batch.page.postkorb", _units.Label(unit))
                : part.Place == Place.Underway ? T.Of("batch.page.underway") : T.Of("batch.page.closed"),
        };
    }
}

/// <summary>A page of a batch.</summary>
/// <param name="Number">1-based within the batch.</param>
/// <param name="Begins">A letter begins here, as the person says it now.</param>
/// <param name="Role">What the page is, as the person says it now.</param>
/// <param name="SavedBegins">The same as it is saved or proposed.</param>
/// <param name="SavedRole">The same as it is saved or proposed.</param>
public sealed record DeskPage(int Number, bool Begins, PageRole Role, bool SavedBegins, PageRole SavedRole)
{
    /// <summary>0–1: how probable it is that a letter begins here, where that is not certain; null: certain.</summary>
    public double? Doubt { get; init; }

    /// <summary>Address of the PDF in which the page can be seen; null when it cannot.</summary>
    public string? Pdf { get; init; }

    /// <summary>Its number there.</summary>
    public int PdfPage { get; init; }

    /// <summary>Cannot be changed now.</summary>
    public bool Fixed { get; init; }

    /// <summary>Why it cannot be seen; null when it can.</summary>
    public string? Elsewhere { get; init; }

    public bool Changed => Begins != SavedBegins || Role != SavedRole;
}

/// <param name="Visible">Whether its content may be seen.</param>
/// <param name="Postkorb">Name of the office in whose Postkorb it lies; null elsewhere.</param>
/// <param name="MayRecall">Whether it can be taken out of that.</param>
public sealed record DeskLetter(Letter Letter, bool Visible, string? Postkorb, bool MayRecall);
