using Postlotse.Letters;

namespace Postlotse.Separation;

/// <summary>
/// Decides where letters begin: separator sheets first, then by what pages say. A letter reaches from its beginning to the next
/// beginning or sheet; blank pages belong to the page before. Pure.
/// </summary>
public static class PageSeparation
{
    /// <summary>The most probable division of a file, and whether every boundary is certain enough.</summary>
    /// <param name="pages">All pages of the file in order.</param>
    /// <param name="settings">Which sheets count, and what is certain.</param>
    /// <returns>A division of number 1.</returns>
    public static (Division Division, bool Sure) Divide(IReadOnlyList<RecognisedPage> pages, SeparationSettings settings)
    {
        ArgumentNullException.ThrowIfNull(pages);
        ArgumentNullException.ThrowIfNull(settings);
        var orders = pages.Select(p => Separators.On(p, settings)).ToList();
        var byContent = settings.ByContent ? Boundaries.Probabilities(pages) : new double[pages.Count];
        var divided = new List<DividedPage>(pages.Count);
        var (sheet, sure, open) = ((Separators.Order?)null, true, false);
        for (var i = 0; i < pages.Count; i++)
        {
            if (orders[i] is { } order)
            {
                (sheet, open) = (order, false);
                divided.Add(new(i + 1, false, PageRole.Separator, 0));
                continue;
            }

            var probability = pages[i].Blank ? 0 : !open ? 1 : sheet is { Kind: Separators.OrderKind.Start } ? 0 : byContent[i];
            var begins = probability >= 0.5;
            sure &= probability <= settings.SureBelow || probability >= settings.SureAbove;
            open |= begins;
            divided.Add(new(i + 1, begins, RoleOf(pages[i]), Math.Round(probability, 4), begins ? sheet?.Unit : null));
        }

        return (new(1, divided), sure);
    }

    private static PageRole RoleOf(RecognisedPage page) => page.Blank ? PageRole.Blank : PageRole.Letter;
}
