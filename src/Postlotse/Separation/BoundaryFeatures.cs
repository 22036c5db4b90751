using Postlotse.Letters;

namespace Postlotse.Separation;

/// <summary>
/// What speaks for and against a letter's beginning on a page, as named numbers between 0 and 1: the page's own anatomy, and how it goes
/// with the pages before it. The weights are in data/separation/boundaries.tsv.
/// </summary>
internal sealed class BoundaryFeatures
{
    /// <summary>Printed pages looked back to: a letter with its enclosures is seldom longer.</summary>
    private const int Window = 8;

    private readonly List<PageFacts?> _pages;
    private readonly Dictionary<string, int> _pagesWithWord = new(StringComparer.Ordinal);
    private readonly int _printed;
    private readonly bool _hasBlankBacks;

    public BoundaryFeatures(IReadOnlyList<RecognisedPage> pages)
    {
        _pages = [.. pages.Select(p => p.Blank ? null : new PageFacts(p))];
        _printed = _pages.Count(p => p is not null);
        _hasBlankBacks = (_pages.Count - _printed) * 4 >= _printed;
        foreach (var word in _pages.SelectMany(p => p is null ? [] : p.Names.Concat(p.Numbers)))
            _pagesWithWord[word] = _pagesWithWord.GetValueOrDefault(word) + 1;
    }

    /// <summary>What the page shows; null for a blank one.</summary>
    public PageFacts? this[int index] => _pages[index];

    /// <summary>Features of a page that is neither blank nor the first printed one.</summary>
    public IEnumerable<(string Name, double Value)> Of(int index)
    {
        var page = _pages[index]!;
        var earlier = Enumerable.Range(0, index).Reverse().Select(i => _pages[i]).OfType<PageFacts>().Take(Window).ToList();
        return Own(page).Concat(Together(page, earlier)).Concat(Between(page, earlier[0], _pages[index - 1] is null));
    }

    private static IEnumerable<(string Name, double Value)> Own(PageFacts page)
    {
        var hasAddress = page.Address.Count > 0;
        yield return ("constant", 1);
        yield return ("address", One(hasAddress));
        yield return ("address of an authority", One(page.IsAddressOfAuthority));
        yield return ("salutation", One(page.HasSalutation));
        yield return ("closing", One(page.HasClosing));
        yield return ("address, salutation", One(hasAddress && page.HasSalutation));
        yield return ("address of an authority, salutation", One(page.IsAddressOfAuthority && page.HasSalutation));
        yield return ("authority on top", One(!hasAddress && page.NamesAuthorityOnTop));
        yield return ("authority on top, salutation", One(!hasAddress && page.NamesAuthorityOnTop && page.HasSalutation));
        yield return ("receipt stamp", One(page.HasReceiptStamp));
        yield return ("sender on top", One(page.HasSenderOnTop));
        yield return ("letterhead", One(page.HasLetterhead));
        yield return ("day above", One(page.HasDay));
        yield return ("labels above", One(page.HasLabel));
        yield return ("enclosure's heading", One(page.HasEnclosureHeading));
        yield return ("running head", One(page.HasRunningHead));
        yield return ("form", One(page.HasFormWords));
        yield return ("digits", Math.Min(1, page.DigitShare * 2));
        yield return ("running text", page.TextShare);
        yield return ("few lines", One(page.LineCount < 6));
        yield return ("page 1", One(page.PageNumber == 1));
        yield return ("further page", One(page.PageNumber > 1));
    }

    private IEnumerable<(string Name, double Value)> Together(PageFacts page, List<PageFacts> earlier)
    {
        // Of the letter before only its first page tells whom it is from; which that is, is not known, so all are looked at.
        var names = page.Names.Count(w => IsRare(w) && earlier.Exists(e => e.Names.Contains(w)));
        var numbers = page.Numbers.Count(w => IsRare(w) && earlier.Exists(e => e.Numbers.Contains(w)));
        yield return ("names known", Math.Min(1, names / 4.0));
        yield return ("no name known", One(names == 0 && page.Names.Count >= 5));
        yield return ("numbers known", Math.Min(1, numbers / 2.0));
        yield return ("addressee known", One(earlier.Exists(page.IsAddresseeNamedOn)));
        yield return ("addressed like pages before", One(earlier.Exists(page.IsAddressedLike)));
    }

    private IEnumerable<(string Name, double Value)> Between(PageFacts page, PageFacts before, bool afterBlank)
    {
        var ended = before.HasClosing || before.HasEnclosureNote;
        var (last, first) = (before.Body is [.., { } end] ? end.Text : "", page.Body is [{ } start, ..] ? start.Text : "");
        var runsOver = last.Length > 0 && !".!?:".Contains(last[^1], StringComparison.Ordinal) && before.Bottom > 0.75 * before.Page.Height;
        yield return ("after a blank", One(afterBlank));
        yield return ("after print though backs are blank", One(_hasBlankBacks && !afterBlank));
        yield return ("before: closing", One(before.HasClosing));
        yield return ("before: names enclosures", One(before.HasEnclosureNote));
        yield return ("before: further page", One(before.PageNumber > 1));
        yield return ("before: last page by its number", One(before.PageTotal > 0 && before.PageNumber == before.PageTotal));
        yield return ("before: not the last by its number", One(before.PageTotal > before.PageNumber));
        yield return ("number goes on", One(before.PageNumber > 0 && page.PageNumber == before.PageNumber + 1));
        yield return ("number starts again", One(before.PageNumber > 0 && page.PageNumber == 1));
        yield return ("text runs over", One(runsOver && !ended));
        yield return ("sentence goes on", One(runsOver && first.Length > 0 && char.IsLower(first[0])));
        yield return ("before: full", One(before.Bottom > 0.85 * before.Page.Height));
        yield return ("before: no closing, full", One(!ended && before.Bottom > 0.8 * before.Page.Height));
        yield return ("before: enclosure", One(before.HasEnclosureHeading || before.HasFormWords || before.DigitShare > 0.25));
        yield return ("same size of print", One(Near(page.Size, before.Size, 0.06 * before.Size)));
        yield return ("same line distance", One(Near(page.Pitch, before.Pitch, 0.05 * before.Pitch)));
        yield return ("same margin", One(Near(page.Left, before.Left, 2.5)));
        yield return ("other paper", One(!Near(page.Page.Width, before.Page.Width, 4) || !Near(page.Page.Height, before.Page.Height, 4)));
        yield return ("other lean", Math.Min(1, Math.Abs(page.Page.SkewDegrees - before.Page.SkewDegrees) / 2));
        yield return ("starts at the top without a head", One(page.Top < 35 && page.Address.Count == 0 && !page.HasLetterhead));
    }

    /// <summary>A word on many pages of the batch is our own address or everybody's.</summary>
    private bool IsRare(string word) => _pagesWithWord.GetValueOrDefault(word) <= Math.Max(4, _printed / 4);

    private static bool Near(double a, double b, double tolerance) => Math.Abs(a - b) <= tolerance;

    private static double One(bool holds) => holds ? 1 : 0;
}
