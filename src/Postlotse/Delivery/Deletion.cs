using Postlotse.Evidence;
using Postlotse.Letters;

namespace Postlotse.Delivery;

/// <summary>
/// Deletion of a letter (Löschung, Art. 17 GDPR, DIN 66398) by two people: one asks with a reason, another one agrees. What stays is the
/// evidence: when the letter came, where it was, hashes of its files, who deleted it and why. Pure.
/// </summary>
public static class Deletion
{
    /// <summary>Asks for it; the letter stays where it is. The event tells the reason.</summary>
    /// <param name="letter">As it is now.</param>
    /// <param name="reason">Why; the time being over counts only when it is.</param>
    /// <param name="account">Who asks.</param>
    /// <param name="now">Time.</param>
    /// <param name="keptFor">How long letters are kept here since they came to where they are; null: that is not laid down.</param>
    public static ClearingResult Request(
        Letter letter, DeletionReason reason, Account account, DateTimeOffset now, TimeSpan? keptFor)
    {
        ArgumentNullException.ThrowIfNull(letter);
        if (letter is { Place: Place.Underway or Place.Deleted } or { Deletion: not null }) return new(null, Refusal.NotHereAnymore);
        if (!Access.MayDelete(account)) return new(null, Refusal.NotAllowed);
        if (reason == DeletionReason.RetentionOver && !IsOver(letter, now, keptFor)) return new(null, Refusal.StillKept);
        var request = new DeletionRequest(reason, Clearing.Actor(account), now);
        return Changed(letter with { Deletion = request }, EventKind.DeletionRequested, account, reason);
    }

    /// <summary>Whether the time for which letters are kept is over.</summary>
    public static bool IsOver(Letter letter, DateTimeOffset now, TimeSpan? keptFor)
    {
        ArgumentNullException.ThrowIfNull(letter);
        return keptFor is { } time && (letter.DeliveredAt ?? letter.ReceivedAt) + time <= now;
    }

    /// <summary>Whether the person has asked for the letter's deletion.</summary>
    public static bool IsAskedBy(Account account, Letter letter)
    {
        ArgumentNullException.ThrowIfNull(account);
        ArgumentNullException.ThrowIfNull(letter);
        return letter.Deletion is { } request && string.Equals(request.Actor, Clearing.Actor(account), StringComparison.Ordinal);
    }

    /// <summary>Does not agree, or takes the own request back.</summary>
    public static ClearingResult Decline(Letter letter, Account account)
    {
        ArgumentNullException.ThrowIfNull(letter);
        if (letter is not { Deletion: { } request, Place: not Place.Deleted }) return new(null, Refusal.NotHereAnymore);
        if (!Access.MayDelete(account)) return new(null, Refusal.NotAllowed);
        return Changed(letter with { Deletion = null }, EventKind.DeletionDeclined, account, request.Reason);
    }

    /// <summary>
    /// Agrees: of the letter nothing is left but its evidence. The event tells the reason and the office it lay in. A batch
    /// goes last: its file holds the pages of its letters.
    /// </summary>
    /// <param name="letter">As it is now.</param>
    /// <param name="parts">Letters taken out of it.</param>
    /// <param name="account">Somebody else than who asked.</param>
    public static ClearingResult Approve(Letter letter, IReadOnlyList<Letter> parts, Account account)
    {
        ArgumentNullException.ThrowIfNull(letter);
        ArgumentNullException.ThrowIfNull(parts);
        if (letter is not { Deletion: { } request, Place: not (Place.Underway or Place.Deleted) })
            return new(null, Refusal.NotHereAnymore);
        if (!Access.MayDelete(account)) return new(null, Refusal.NotAllowed);
        if (IsAskedBy(account, letter)) return new(null, Refusal.SamePerson);
        if (parts.Any(p => p.Place != Place.Deleted)) return new(null, Refusal.PartsRemain);
        return Changed(Remains(letter), EventKind.Deleted, account, request.Reason, letter.Unit);
    }

    /// <summary>What the evidence has to be compared with, and nothing that the letter says.</summary>
    private static Letter Remains(Letter letter) => new()
    {
        Id = letter.Id,
        Source = letter.Source with { File = "" },
        ReceivedAt = letter.ReceivedAt,
        Place = Place.Deleted,
        PartOf = letter.PartOf is { } part ? part with { Whole = null } : null,
    };

    private static ClearingResult Changed(Letter letter, EventKind kind, Account account, DeletionReason reason, string? unit = null) =>
        new(new LetterChange(letter, [new(kind, Clearing.Actor(account), EventData.Write(new { reason, unit }))]), null);
}
