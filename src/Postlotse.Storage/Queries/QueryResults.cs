using Postlotse.Letters;

namespace Postlotse.Storage;

/// <summary>Part of a list.</summary>
/// <param name="Items">At most as many as asked for.</param>
/// <param name="Next">Where the list goes on: the next call's <c>after</c>; null at its end.</param>
public sealed record Page<T>(IReadOnlyList<T> Items, string? Next);

/// <summary>
/// A letter as lists show it. Subject, sender and recipient are empty until read, and where the letter must stay closed and does not lie
/// in its office's Postkorb.
/// </summary>
public sealed record LetterRow
{
    public required string Id { get; init; }

    public required Place Place { get; init; }

    public StageName? Stage { get; init; }

    /// <summary>Office in whose Postkorb it lies; null elsewhere.</summary>
    public string? Unit { get; init; }

    /// <summary>Office that the decision names, wherever the letter is; null without a decision, empty when nobody can tell.</summary>
    public string? Proposal { get; init; }

    public Outcome? Outcome { get; init; }

    /// <summary><see cref="Postlotse.Letters.Letter.MustStayClosed"/>.</summary>
    public bool Closed { get; init; }

    /// <summary><see cref="Postlotse.Letters.Letter.IsEnvelopeUnknown"/>: closed, though neither decision nor finding says so.</summary>
    public bool IsEnvelopeUnknown => Closed && Outcome is null && !Findings.Any(f => f.Kind == FindingKind.MustStayClosed);

    /// <summary>0–1.</summary>
    public double? Probability { get; init; }

    public required Urgency Urgency { get; init; }

    /// <summary>
    /// Soonest proposed time limit that had not passed at receipt; null: none was found, which does not mean that there is none.
    /// </summary>
    public DateOnly? NextDeadline { get; init; }

    public required string Subject { get; init; }

    /// <summary>First line of the sender's block.</summary>
    public required string Sender { get; init; }

    /// <summary>Address block, lines separated by \n.</summary>
    public required string Recipient { get; init; }

    public required IReadOnlyList<Finding> Findings { get; init; }

    public required DateTimeOffset ReceivedAt { get; init; }

    /// <summary>Time it came into its present Postkorb.</summary>
    public DateTimeOffset? DeliveredAt { get; init; }

    public required string SourceName { get; init; }

    /// <summary>0 while unknown.</summary>
    public required int PageCount { get; init; }
}

/// <summary>A receipt and where its letter is.</summary>
/// <param name="Receipt">As booked; <see cref="Receipt.DuplicateOf"/> names the first delivery of the same bytes.</param>
/// <param name="Place">Present place of its letter.</param>
/// <param name="Stage">Stage its letter waits for or is in.</param>
/// <param name="Unit">Office in whose Postkorb its letter lies.</param>
/// <param name="Findings">Of its letter.</param>
public sealed record ReceiptRow(Receipt Receipt, Place Place, StageName? Stage, string? Unit, IReadOnlyList<Finding> Findings);

/// <summary>Something happened to a letter.</summary>
/// <param name="Number">Of the event; grows, though on PostgreSQL a smaller one may appear later.</param>
/// <param name="Unit">Office the event names: where the letter went or came from; null for none.</param>
public sealed record LetterNews(long Number, string? Unit);

/// <summary>How many letters are where.</summary>
/// <param name="Places">Every place, also with 0.</param>
/// <param name="Stages">Letters underway by the stage they wait for or are in; every stage, also with 0.</param>
/// <param name="FailedAttempts">Attempts that failed, of letters still underway.</param>
public sealed record IntakeCounts(
    IReadOnlyDictionary<Place, int> Places, IReadOnlyDictionary<StageName, int> Stages, int FailedAttempts);

/// <summary>What a person decided about a letter's office.</summary>
/// <param name="Number">Number of the event.</param>
/// <param name="LetterId">Letter.</param>
/// <param name="Unit">Office it was sent to; null when it was taken out of one.</param>
public sealed record PersonDecision(long Number, string LetterId, string? Unit);

/// <summary>What a list tells of a batch.</summary>
/// <param name="Letters">Letters it is divided into.</param>
/// <param name="DividedAt">The last time that it was divided; null: never.</param>
public sealed record BatchFacts(int Letters, DateTimeOffset? DividedAt);
