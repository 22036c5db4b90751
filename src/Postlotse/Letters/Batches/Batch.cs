using System.Globalization;
using Postlotse.Evidence;

namespace Postlotse.Letters;

/// <summary>What a batch (Stapel) and its letters become when it is divided. Pure; the same division gives the same letters.</summary>
public static class Batch
{
    /// <summary>Findings that go for everything in the file; the others without a page tell of the batch's own journey.</summary>
    private static readonly FindingKind[] OfTheFile =
    [
        FindingKind.NameContradictsContent, FindingKind.Damaged, FindingKind.DynamicForm, FindingKind.Portfolio,
        FindingKind.AttachmentsLeftOut, FindingKind.SignatureBroken, FindingKind.ActiveContent, FindingKind.DocumentUnchecked,
    ];

    /// <summary>
    /// Id of the letter that begins on a page: the batch's id, "-p" and the page, from the second division on also its number, since
    /// the letters of earlier ones are kept.
    /// </summary>
    public static string LetterId(string batchId, int firstPage, int division)
    {
        var id = string.Create(CultureInfo.InvariantCulture, $"{batchId}-p{firstPage:000}");
        return division == 1 ? id : string.Create(CultureInfo.InvariantCulture, $"{id}-{division}");
    }

    /// <summary>The batch as divided, with a new letter for each of the division's letters that is not kept.</summary>
    /// <param name="batch">Recognised, and no part of a batch itself.</param>
    /// <param name="division">In force from now on.</param>
    /// <param name="kept">Letters of an earlier division that stay as they are.</param>
    /// <param name="actor">Who divides.</param>
    /// <exception cref="ArgumentException">The division does not fit the batch.</exception>
    public static LetterChange Divide(Letter batch, Division division, IReadOnlyList<Letter> kept, string actor)
    {
        ArgumentNullException.ThrowIfNull(batch);
        ArgumentNullException.ThrowIfNull(division);
        ArgumentNullException.ThrowIfNull(kept);
        if (batch is not { Recognition: { } whole, PartOf: null } || !division.Fits(whole.Pages.Count) || division.Number < 1)
            throw new ArgumentException("the division does not fit the batch", nameof(division));
        // As a single letter its first page alone was looked at, and the others may begin letters of their own.
        batch = batch with { EnvelopeRead = batch is { EnvelopeRead: true, Division: not null } };
        var letters = division.Letters();
        var made = letters.Where(l => !kept.Any(k => Is(k, l))).Select(l => PartOf(batch, whole, division.Number, l)).ToList();
        var named = letters.Select(l => new
        {
            Letter = kept.FirstOrDefault(k => Is(k, l))?.Id ?? LetterId(batch.Id, l.FirstPage, division.Number), l.FirstPage, l.PageCount,
        });
        var divided = batch with
        {
            Place = Place.Divided, Stage = null, Unit = null, DeliveredAt = null, Reading = null, Decision = null, Division = division,
        };
        var told = new NewEvent(EventKind.Divided, actor, EventData.Write(new { division.Number, Letters = named }));
        return new(divided, [told]) { NewLetters = [.. made.Select(l => new LetterChange(l, [SplitOff(l, actor)]))] };
    }

    /// <summary>Whether a letter is just those pages of its batch, with the same office on its separator sheet.</summary>
    public static bool Is(Letter letter, LetterPages pages)
    {
        ArgumentNullException.ThrowIfNull(letter);
        ArgumentNullException.ThrowIfNull(pages);
        return letter.PartOf is { } part && letter.Source.FirstPage == pages.FirstPage && letter.Source.PageCount == pages.PageCount
            && string.Equals(part.Unit, pages.Unit, StringComparison.Ordinal);
    }

    // At the batch's own stage: it passes a part through, and nobody but the journey has to know what comes next.
    private static Letter PartOf(Letter batch, Recognition whole, int division, LetterPages pages) => new()
    {
        Id = LetterId(batch.Id, pages.FirstPage, division),
        Source = batch.Source with { FirstPage = pages.FirstPage, PageCount = pages.PageCount },
        ReceivedAt = batch.ReceivedAt,
        EnvelopeRead = batch.EnvelopeRead,
        Stage = StageName.Separation,
        PartOf = new(batch.Id, division, pages.Roles, pages.Unit, whole),
        Findings = [.. FindingsOf(batch, whole, pages)],
    };

    /// <summary>What was found on the letter's pages, and what was found of the file that they were in.</summary>
    private static IEnumerable<Finding> FindingsOf(Letter batch, Recognition whole, LetterPages pages)
    {
        foreach (var finding in batch.Findings)
        {
            if (finding.Page is null && (OfTheFile.Contains(finding.Kind) || finding.KeepsPaper)) yield return finding;
            if (finding.Page >= pages.FirstPage && finding.Page < pages.FirstPage + pages.PageCount)
                yield return finding with { Page = finding.Page - pages.FirstPage + 1 };
        }

        if (whole.Attachments.Count > 0) yield return new(FindingKind.AttachmentsWithBatch);
    }

    private static NewEvent SplitOff(Letter letter, string actor) => new(EventKind.SplitOff, actor, EventData.Write(new
    {
        letter.PartOf!.BatchId, letter.PartOf.Division, letter.Source.Sha256, letter.ReceivedAt, letter.Source.FirstPage,
        letter.Source.PageCount,
    }));
}
