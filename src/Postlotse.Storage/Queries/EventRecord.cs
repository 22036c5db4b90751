using Postlotse.Evidence;
using Postlotse.Letters;

namespace Postlotse.Storage;

/// <summary>An event's row.</summary>
internal sealed class EventRecord
{
    public const string Columns = "letter_id, sequence, at, kind, actor, data, previous_hash, hash";

    public string LetterId { get; init; } = "";

    public long Sequence { get; init; }

    public long At { get; init; }

    public string Kind { get; init; } = "";

    public string Actor { get; init; } = "";

    public string Data { get; init; } = "";

    public string PreviousHash { get; init; } = "";

    public string Hash { get; init; } = "";

    public JourneyEvent Event => new(LetterId, (int)Sequence, UnixTime.Of(At), KnownKind, Actor, Data, PreviousHash, Hash);

    /// <summary>A kind that was written over by hand becomes one whose hash cannot be right, so that the check finds it.</summary>
    private EventKind KnownKind => Enum.TryParse<EventKind>(Kind, out var kind) ? kind : (EventKind)(-1);
}

/// <summary>A receipt's row beside its letter's place.</summary>
internal sealed class ReceiptListRecord : ReceiptRecord
{
    public Place Place { get; init; }

    public StageName? Stage { get; init; }

    public string? Unit { get; init; }

    public string Findings { get; init; } = "[]";

    public ReceiptRow Row => new(Receipt, Place, Stage, Unit, LetterListRow.ReadFindings(Findings));
}
