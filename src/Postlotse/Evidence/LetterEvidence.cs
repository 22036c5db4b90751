using System.Text.Json;
using Postlotse.Letters;

namespace Postlotse.Evidence;

/// <summary>What a letter's evidence says (Nachweis), and whether the letter as stored agrees with it. Pure.</summary>
public static class LetterEvidence
{
    /// <summary>First contradiction; null when letter, receipts and events say the same.</summary>
    /// <param name="letter">As stored.</param>
    /// <param name="events">All its events in order; their chain may be broken.</param>
    /// <param name="receipts">All its receipts.</param>
    public static Contradiction? FindContradiction(Letter letter, IReadOnlyList<JourneyEvent> events, IReadOnlyList<Receipt> receipts)
    {
        ArgumentNullException.ThrowIfNull(letter);
        ArgumentNullException.ThrowIfNull(events);
        ArgumentNullException.ThrowIfNull(receipts);
        if (ReceiptFault(letter, events, receipts) is { } receipt) return receipt;
        if (PlaceOf(events) != (letter.Place, letter.Unit)) return new(ContradictionKind.Place, letter.Place + " " + letter.Unit);
        return ProductFault(letter, events);
    }

    /// <summary>Where the letter must be, and in which office's Postkorb.</summary>
    public static (Place Place, string? Unit) PlaceOf(IEnumerable<JourneyEvent> events)
    {
        ArgumentNullException.ThrowIfNull(events);
        (Place, string?) at = (Place.Underway, null);
        foreach (var e in events)
        {
            at = e.Kind switch
            {
                EventKind.Delivered or EventKind.Assigned => (Place.Postkorb, EventData.Text(e.Data, "unit")),
                EventKind.SentToClearing or EventKind.Returned or EventKind.Reopened => (Place.Clearing, null),
                EventKind.SetAside => (Place.SetAside, null),
                EventKind.Divided => (Place.Divided, null),
                EventKind.Rearranged => (Place.Underway, null),
                EventKind.Deleted => (Place.Deleted, null),
                _ => at,
            };
        }

        return at;
    }

    private static Contradiction? ReceiptFault(Letter letter, IReadOnlyList<JourneyEvent> events, IReadOnlyList<Receipt> receipts)
    {
        string[] names = ["receipt", "sha256", "bytes", "channel", "receivedAt", "evidence", "storedAt"];
        var booked = events.Where(e => e.Kind is EventKind.Received or EventKind.ReceivedAgain)
            .Select(e => string.Join('\n', names.Select(name => EventData.Text(e.Data, name)))).ToHashSet(StringComparer.Ordinal);
        foreach (var r in receipts)
        {
            object?[] facts = [r.Id, r.Sha256, r.Bytes, Json(r.Channel), Json(r.ReceivedAt), Json(r.Evidence), Json(r.StoredAt)];
            if (!booked.Remove(string.Join('\n', facts))) return new(ContradictionKind.Receipt, r.Id);
        }

        if (booked.Count > 0) return new(ContradictionKind.ReceiptMissing, booked.First().Split('\n')[0]);
        if (letter.PartOf is { } part) return PartFault(letter, part, events, receipts);
        var first = receipts.FirstOrDefault(receipt => receipt.DuplicateOf is null);
        return first is null || first.ReceivedAt != letter.ReceivedAt || !Same(first.Sha256, letter.Source.Sha256)
            ? new(ContradictionKind.Source, letter.Source.Sha256)
            : null;
    }

    /// <summary>A part of a batch has no receipt of its own; its first event tells what it was made of.</summary>
    private static Contradiction? PartFault(
        Letter letter, BatchPart part, IReadOnlyList<JourneyEvent> events, IReadOnlyList<Receipt> receipts)
    {
        string[] names = ["batchId", "division", "sha256", "receivedAt", "firstPage", "pageCount"];
        var source = letter.Source;
        object?[] facts = [part.BatchId, part.Division, source.Sha256, Json(letter.ReceivedAt), source.FirstPage, source.PageCount];
        var said = events.Count == 0 ? "" : string.Join('\n', names.Select(name => EventData.Text(events[0].Data, name)));
        return receipts.Count == 0 && events is [{ Kind: EventKind.SplitOff }, ..] && Same(said, string.Join('\n', facts))
            ? null : new(ContradictionKind.Source, source.Sha256);
    }

    private static Contradiction? ProductFault(Letter letter, IReadOnlyList<JourneyEvent> events)
    {
        if (letter.Recognition is not { } product) return null;
        var done = events.LastOrDefault(e => e.Kind == EventKind.StageDone && EventData.Text(e.Data, "pdf") is not null);
        return done is null || !Same(EventData.Text(done.Data, "pdf"), product.Pdf.Sha256)
            || !Same(EventData.Text(done.Data, "pagesFile"), product.PagesFile.Sha256)
            ? new(ContradictionKind.Product, product.Pdf.Sha256)
            : null;
    }

    private static string? Json<T>(T value) => JsonSerializer.SerializeToElement(value, PostlotseJson.Compact).GetString();

    private static bool Same(string? a, string? b) => string.Equals(a, b, StringComparison.Ordinal);
}

/// <summary>A contradiction between a letter and its evidence.</summary>
/// <param name="Kind">What.</param>
/// <param name="Subject">Id, place or address of what is contradicted.</param>
public sealed record Contradiction(ContradictionKind Kind, string Subject);

/// <summary>What can contradict.</summary>
public enum ContradictionKind
{
    /// <summary>The letter is elsewhere than its last event says.</summary>
    Place,

    /// <summary>A receipt differs from what the evidence says of it, or is not mentioned.</summary>
    Receipt,

    /// <summary>A receipt of which the evidence tells is gone.</summary>
    ReceiptMissing,

    /// <summary>The letter's bytes or its legal receipt are not those of its first receipt.</summary>
    Source,

    /// <summary>The letter's pages or PDF are not those that its stages made.</summary>
    Product,
}
