using System.Globalization;
using System.Text.Json;
using Postlotse.Letters;

namespace Postlotse.Storage;

/// <summary>
/// What lists show of a letter. Of a letter that not everybody in the mailroom may read (it must stay closed, or nobody knows yet) nothing
/// is copied out of its state.
/// </summary>
internal record LetterColumns
{
    /// <summary>Which row; the database gives it.</summary>
    public long Number { get; init; }

    public required string State { get; init; }

    /// <summary>The batch it was taken out of; never changes.</summary>
    public string? BatchId { get; init; }

    /// <summary>1 when its batch was divided anew and its pages belong to other letters, until it is deleted; else 0.</summary>
    public long Replaced { get; init; }

    public required string Place { get; init; }

    public string? Stage { get; init; }

    public string? Unit { get; init; }

    public string? Outcome { get; init; }

    /// <summary>Office of the decision, wherever the letter is.</summary>
    public string? Proposal { get; init; }

    public double? Probability { get; init; }

    public required string Urgency { get; init; }

    /// <summary>Soonest proposed time limit, yyyy-mm-dd.</summary>
    public string? Deadline { get; init; }

    /// <summary>1 when it must stay closed; else 0.</summary>
    public long Closed { get; init; }

    public string Subject { get; init; } = "";

    public string Sender { get; init; } = "";

    public string Recipient { get; init; } = "";

    public required string Findings { get; init; }

    public long ReceivedAt { get; init; }

    public long? DeliveredAt { get; init; }

    public required string SourceName { get; init; }

    public int FirstPage { get; init; }

    public int PageCount { get; init; }

    public static LetterColumns Of(Letter letter)
    {
        var content = IsWithheld(letter) ? null : letter.Reading?.Content;
        return new()
        {
            State = LetterTable.Write(letter),
            BatchId = letter.PartOf?.BatchId,
            Replaced = letter is { PartOf.Replaced: true, Place: not Postlotse.Letters.Place.Deleted } ? 1 : 0,
            Place = letter.Place.ToString(),
            Stage = letter.Stage?.ToString(),
            Unit = letter.Unit,
            Outcome = letter.Decision?.Outcome.ToString(),
            Proposal = letter.Decision?.Unit,
            Probability = letter.Decision?.Probability,
            Urgency = (letter.Decision?.Urgency ?? Postlotse.Letters.Urgency.Normal).ToString(),
            Deadline = letter.Decision?.NextDeadline(letter.ReceivedAt)?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
            Closed = letter.MustStayClosed ? 1 : 0,
            Subject = StoredText.Clean(content?.Subject ?? ""),
            Sender = StoredText.FirstLine(content?.Sender ?? ""),
            Recipient = StoredText.Clean(content?.Recipient ?? ""),
            Findings = JsonSerializer.Serialize(letter.Findings, PostlotseJson.Compact),
            ReceivedAt = letter.ReceivedAt.ToUnixTimeMilliseconds(),
            DeliveredAt = letter.DeliveredAt?.ToUnixTimeMilliseconds(),
            SourceName = StoredText.Clean(letter.Source.File),
            FirstPage = letter.Source.FirstPage,
            PageCount = letter.Source.PageCount,
        };
    }

    /// <summary>Whether the columns are those of a letter; its state is not looked at.</summary>
    public bool AreOf(Letter letter) => new LetterColumns(this) == Of(letter) with { Number = Number, State = State };

    /// <summary>In a Postkorb only its own office's lists and search reach the text.</summary>
    private static bool IsWithheld(Letter letter) => letter.Place switch
    {
        Postlotse.Letters.Place.Postkorb => false,
        Postlotse.Letters.Place.Underway => letter.Decision is null || letter.MustStayClosed,
        _ => letter.MustStayClosed || letter.PartOf is { Replaced: true },
    };
}
