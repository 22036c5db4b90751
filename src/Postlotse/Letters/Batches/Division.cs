namespace Postlotse.Letters;

/// <summary>
/// How a batch (Stapel) falls into letters, page by page. A letter reaches from a page it begins on to the page before the next
/// one that begins, or before a separator sheet; separator sheets and what follows them without beginning a letter belong to none.
/// </summary>
/// <param name="Number">0: only proposed; 1 for the first division in force, one more each time the batch is divided anew.</param>
/// <param name="Pages">Every page of the batch in its order.</param>
public sealed record Division(int Number, IReadOnlyList<DividedPage> Pages)
{
    /// <summary>The letters in the order of their pages.</summary>
    public IReadOnlyList<LetterPages> Letters()
    {
        var letters = new List<LetterPages>();
        for (var i = 0; i < Pages.Count; i++)
        {
            if (!Pages[i].Begins) continue;
            var end = i + 1;
            while (end < Pages.Count && !Pages[end].Begins && Pages[end].Role != PageRole.Separator) end++;
            letters.Add(new(Pages[i].Number, end - i, Pages[i].Unit, [.. Pages.Skip(i).Take(end - i).Select(p => p.Role)]));
        }

        return letters;
    }

    /// <summary>
    /// Whether it can be done: the batch's pages one by one, at least one letter, no separator sheet beginning one, and no printed
    /// page that belongs to no letter.
    /// </summary>
    public bool Fits(int pageCount)
    {
        var covered = Letters().SelectMany(l => Enumerable.Range(l.FirstPage, l.PageCount)).ToHashSet();
        return Pages.Count == pageCount && covered.Count > 0 && !Pages.Where((p, i) => p.Number != i + 1).Any()
            && Pages.All(p => p is { Role: PageRole.Separator, Begins: false } or { Role: PageRole.Blank, Begins: false }
                || (p.Role != PageRole.Separator && covered.Contains(p.Number)));
    }

    /// <summary>Whether all pages are one letter, so that there is nothing to divide.</summary>
    public bool IsWhole => Letters() is [{ } only] && only.PageCount == Pages.Count && only.Unit is null;
}

/// <summary>A page of a batch in its division.</summary>
/// <param name="Number">1-based within the batch.</param>
/// <param name="Begins">A letter begins on this page.</param>
/// <param name="Role">What the page is.</param>
/// <param name="Probability">0–1 that a letter begins here, as it was computed; 1 or 0 where a sheet or a person said so.</param>
/// <param name="Unit">Office that the separator sheet before it named for the letter beginning here; null: none.</param>
public sealed record DividedPage(int Number, bool Begins, PageRole Role, double Probability, string? Unit = null);

/// <summary>Pages of a batch that are one letter.</summary>
/// <param name="FirstPage">1-based within the batch.</param>
/// <param name="PageCount">At least 1.</param>
/// <param name="Unit">Office that a separator sheet named; null: none.</param>
/// <param name="Roles">What each page is.</param>
public sealed record LetterPages(int FirstPage, int PageCount, string? Unit, IReadOnlyList<PageRole> Roles);

/// <summary>What a page of a batch is (Seitenart).</summary>
public enum PageRole
{
    /// <summary>Page of the letter itself.</summary>
    Letter,

    /// <summary>Anlage: what was put into the envelope behind the letter.</summary>
    Enclosure,

    /// <summary>Leerseite: mostly the back of the page before.</summary>
    Blank,

    /// <summary>Trennblatt: a sheet that the mailroom put between letters.</summary>
    Separator,
}

/// <summary>Where a letter came from that was taken out of a batch.</summary>
/// <param name="BatchId">Letter (the whole batch) that the file became; its receipts are this letter's.</param>
/// <param name="Division">Number of the division that made it.</param>
/// <param name="Roles">What each of its pages is.</param>
/// <param name="Unit">Office that a separator sheet named; null: none.</param>
/// <param name="Whole">The batch's pages, until this letter has its own; then null.</param>
/// <param name="Replaced">The batch was divided anew: these pages belong to other letters now.</param>
public sealed record BatchPart(
    string BatchId, int Division, IReadOnlyList<PageRole> Roles, string? Unit = null, Recognition? Whole = null, bool Replaced = false);
