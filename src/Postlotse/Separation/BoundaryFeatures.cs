using Postlotse.Letters;

namespace Postlotse.Separation;

/// <summary>
/// What speaks for and against a letter's beginning on a page, as named numbers between 0 and 1: the page's own anatomy, and how it goes
/// with the pages before and after it. The weights are in data/separation/boundaries.tsv.
/// </summary>
internal sealed class BoundaryFeatures
{
    /// <summary>Printed pages looked back and ahead to: a letter with its enclosures is seldom longer.</summary>
    private const int Window = 8;

    private readonly List<PageFacts?> _pages;
    private readonly Dictionary<string, (int Count, int First, int Last)> _pagesWithWord = new(StringComparer.Ordinal);
    private readonly HashSet<string> _ours;
    private readonly int _printed;
    private readonly bool _hasBlankBacks;

    public BoundaryFeatures(IReadOnlyList<RecognisedPage> pages)
    {
        _pages = [.. pages.Select(p => p.Blank ? null : new PageFacts(p))];
        _printed = _pages.Count(p => p is not null);
        _hasBlankBacks = (_pages.Count - _printed) * 4 >= _printed;
        _ours = _pages.OfType<PageFacts>().Where(p => p.IsAddressOfAuthority).SelectMany(p => p.Addressee)
            .ToHashSet(StringComparer.Ordinal);
        foreach (var (word, at) in _pages.OfType<PageFacts>().SelectMany((p, at) => p.Words.Select(w => (w, at))))
            _pagesWithWord[word] = _pagesWithWord.TryGetValue(word, out var known) ? (known.Count + 1, known.First, at) : (1, at, at);
    }

    /// <summary>What the page shows; null for a blank one.</summary>
    public PageFacts? this[int index] => _pages[index];

    /// <summary>Features of a page that is neither blank nor the first printed one.</summary>
    public IEnumerable<(string Name, double Value)> Of(int index)
    {
        var page = _pages[index]!;
        var earlier = Enumerable.Range(0, index).Reverse().Select(i => _pages[i]).OfType<PageFacts>().Take(Window).ToList();
        var later = _pages.Skip(index + 1).OfType<PageFacts>().Take(Window).ToList();
        return Own(page).Concat(Together(page, earlier, later)).Concat(Between(page, earlier[0], _pages[index - 1] is null));
    }

    private static IEnumerable<(string Name, double Value)> Own(PageFacts page)
    {
        var hasAddress = page.Address.Count > 0;
        yield return ("constant", 1);
        yield return ("address", One(hasAddress));
        yield return ("address of an authority", One(page.IsAddressOfAuthority));
        yield return ("address field", One(!hasAddress && page.HasAddressField));
        yield return ("hardly readable", One(page.Page.MeanConfidence is > 0 and < 0.75));
        yield return ("town at the end", One(page.HasTownAtEnd));
        yield return ("salutation", One(page.HasSalutation));
        yield return ("closing without salutation", One(page.HasClosing && !page.HasSalutation));
        yield return ("authority on top", One(!hasAddress && page.NamesAuthorityOnTop));
        yield return ("receipt stamp", One(page.HasReceiptStamp));
        yield return ("sender on top", One(page.HasSenderOnTop));
        yield return ("large print on top", One(page.HasLetterhead));
        yield return ("day above", One(page.HasDay));
        yield return ("labels above", One(page.HasLabel));
        yield return ("enclosure's heading", One(page.HasEnclosureHeading));
        yield return ("form", One(page.HasFormWords));
        yield return ("digits", Math.Min(1, page.DigitShare * 2));
        yield return ("running text", page.TextShare);
        yield return ("few lines", One(page.LineCount < 6));
        yield return ("head of an e-mail", One(page.HasMailHead));
        yield return ("lies across", One(page.LiesAcross));
        yield return ("small paper", One(page.IsSmall));
        yield return ("narrow paper", One(page.Page.Width < 110));
        yield return ("page 1", One(page.PageNumber == 1));
        yield return ("further page", One(page.PageNumber > 1));
    }

    private IEnumerable<(string Name, double Value)> Together(PageFacts page, List<PageFacts> earlier, List<PageFacts> later)
    {
        // Of the letter before only its first page tells whom it is from; which that is, is not known, so all are looked at.
        var known = earlier.Max(e => page.Words.Count(w => IsRare(w) && e.Writer.Contains(w)));
        var own = page.Writer.Count(IsRare);
        var named = earlier.Max(e => page.Writer.Count(w => IsRare(w) && e.Words.Contains(w)));
        var namedLater = later.Take(3).Select(e => page.Writer.Count(w => IsRare(w) && e.Words.Contains(w))).DefaultIfEmpty(0).Max();
        var isStranger = known == 0 && named == 0 && own >= 2;
        var isAddressedLikeOthers = earlier.Concat(later).Any(page.IsAddressedLike);
        yield return ("writer of before named", Math.Min(1, known / 3.0));
        yield return ("nobody of before named", One(known == 0));
        yield return ("own writer named before", Math.Min(1, named / 3.0));
        yield return ("own writer new", One(named == 0 && own >= 3));
        yield return ("stranger", One(isStranger));
        yield return ("greets somebody known", One(page.Greeted.Any(w => IsRare(w) && earlier.Exists(e => e.Words.Contains(w)))));
        yield return ("own writer named later", Math.Min(1, namedLater / 3.0));
        yield return ("addressee known", Math.Min(1, earlier.Max(e => page.Addressee.Count(w => IsRare(w) && e.Words.Contains(w))) / 2.0));
        yield return ("addressed like other pages", One(isAddressedLikeOthers));
        yield return ("later: second page", One(later.Count > 0 && later[0].PageNumber == 2 && page.PageNumber < 2));
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
        yield return ("before: last page by its number", One(before.PageTotal > 0 && before.PageNumber == before.PageTotal));
        yield return ("before: not the last by its number", One(before.PageTotal > before.PageNumber));
        yield return ("number goes on", One(before.PageNumber > 0 && page.PageNumber == before.PageNumber + 1));
        yield return ("number starts again", One(before.PageNumber > 0 && page.PageNumber == 1));
        yield return ("sentence goes on", One(runsOver && first.Length > 0 && char.IsLower(first[0])));
        yield return ("before: no closing, full", One(!ended && before.Bottom > 0.8 * before.Page.Height));
        yield return ("before: enclosure", One(before.HasEnclosureHeading || before.HasFormWords || before.DigitShare > 0.25));
        yield return ("same size of print", One(Near(page.Size, before.Size, 0.06 * before.Size)));
        yield return ("same line distance", One(Near(page.Pitch, before.Pitch, 0.05 * before.Pitch)));
        yield return ("same margin", One(Near(page.Left, before.Left, 2.5)));
        yield return ("other paper", One(!Near(page.Page.Width, before.Page.Width, 4) || !Near(page.Page.Height, before.Page.Height, 4)));
        yield return ("same line above", One(IsSame(page.TopLine, before.TopLine)));
        yield return ("same line below", One(IsSame(page.FootLine, before.FootLine)));
        yield return ("headings go on", One(
            before.Headings is [.., var above] && page.Headings is [var below, ..] && below > 1 && below - above is 0 or 1));
        yield return ("starts at the top without a head", One(page.Top < 35 && page.Address.Count == 0 && !page.HasLetterhead));
    }

    /// <summary>A word on many pages that do not lie together is our own address or everybody's.</summary>
    private bool IsRare(string word)
    {
        if (_ours.Contains(word) || !_pagesWithWord.TryGetValue(word, out var on)) return false;
        return on.Count <= Math.Max(4, _printed / 4) || (on.Last - on.First < Window && on.Last - on.First < _printed / 2);
    }

    private static bool IsSame(string line, string other) => line.Length > 0 && string.Equals(line, other, StringComparison.Ordinal);

    private static bool Near(double a, double b, double tolerance) => Math.Abs(a - b) <= tolerance;

    private static double One(bool holds) => holds ? 1 : 0;
}
