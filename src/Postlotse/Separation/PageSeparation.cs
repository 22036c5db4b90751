using Postlotse.Letters;

namespace Postlotse.Separation;

/// <summary>
/// Decides where letters begin: separator sheets first, then by what pages say. A letter reaches from its beginning to the next
/// beginning or sheet; blank pages belong to the page before. Pure.
/// </summary>
public static class PageSeparation
{
    /// <summary>Pages behind a sheet that look like other people's letters and may be enclosures of the one.</summary>
    private const int MostJoined = 1;

    /// <summary>
    /// The most probable division of a file, and whether every boundary is certain enough; a sheet that was not printed here makes it
    /// unsure.
    /// </summary>
    /// <param name="pages">All pages of the file in order.</param>
    /// <param name="settings">Which sheets count, and what is certain.</param>
    /// <returns>A division of number 1.</returns>
    public static (Division Division, bool Sure) Divide(IReadOnlyList<RecognisedPage> pages, SeparationSettings settings)
    {
        ArgumentNullException.ThrowIfNull(pages);
        ArgumentNullException.ThrowIfNull(settings);
        var orders = pages.Select(p => Separators.On(p, settings)).ToList();
        var features = new BoundaryFeatures([.. pages.Select((p, i) => orders[i] is null ? p : p with { Blank = true })]);
        var byContent = settings.ByContent ? Boundaries.Probabilities(features, pages.Count) : new double[pages.Count];
        var divided = new List<DividedPage>(pages.Count);
        var (sheet, sure, open, enclosed, joined) = ((Separators.Order?)null, true, false, false, 0);
        for (var i = 0; i < pages.Count; i++)
        {
            if (orders[i] is { } order)
            {
                (sheet, open, joined) = (order, false, 0);
                divided.Add(new(i + 1, false, PageRole.Separator, 0));
                continue;
            }

            sure &= !Separators.IsUnsigned(pages[i], settings);
            var probability = pages[i].Blank ? 0 : !open ? 1 : sheet is { Kind: Separators.OrderKind.Start } ? 0 : byContent[i];
            var begins = probability >= 0.5;
            sure &= probability <= settings.SureBelow || probability >= settings.SureAbove;
            // A sheet may be somebody's own print or a code misread: when it seems to join letters, a person is asked.
            if (open && !pages[i].Blank && sheet is { Kind: Separators.OrderKind.Start } && byContent[i] >= settings.SureAbove) joined++;
            sure &= joined <= MostJoined;
            open |= begins;
            enclosed = !begins && (enclosed || IsEnclosure(features, i));
            var role = pages[i].Blank ? PageRole.Blank : enclosed ? PageRole.Enclosure : PageRole.Letter;
            divided.Add(new(i + 1, begins, role, Math.Round(probability, 4), begins ? sheet?.Unit : null));
        }

        return (new(1, divided), sure);
    }

    /// <summary>
    /// What is behind a letter's own pages: once it has taken leave, unless the page's number or a sentence goes on, or what begins like a
    /// form, a table, somebody else's letter.
    /// </summary>
    private static bool IsEnclosure(BoundaryFeatures features, int index)
    {
        if (features[index] is not { } page) return false;
        var before = Enumerable.Range(0, index).Reverse().Select(i => features[i]).OfType<PageFacts>().First();
        if (page.PageNumber > 1 && page.PageNumber == before.PageNumber + 1) return false;
        return before.HasClosing || before.HasEnclosureNote || page.HasEnclosureHeading || page.Address.Count > 0 || page.LineCount < 6;
    }
}
