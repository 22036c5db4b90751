using Postlotse.Evidence;
using Postlotse.Letters;

namespace Postlotse.Storage;

/// <summary>What the rows of all chains have.</summary>
internal abstract class ChainRecord
{
    public long Sequence { get; init; }

    public long At { get; init; }

    public string Kind { get; init; } = "";

    public string Actor { get; init; } = "";

    public string Data { get; init; } = "";

    public string PreviousHash { get; init; } = "";

    public string Hash { get; init; } = "";

    /// <summary>A kind that was written over by hand becomes one whose hash cannot be right, so that the check finds it.</summary>
    protected TKind KnownKind<TKind>()
        where TKind : struct, Enum =>
        Enum.TryParse<TKind>(Kind, out var kind) ? kind : (TKind)Enum.ToObject(typeof(TKind), -1);
}

/// <summary>An event's row.</summary>
internal class EventRecord : ChainRecord
{
    public const string Columns = "letter_id, sequence, at, kind, actor, data, previous_hash, hash";

    public string LetterId { get; init; } = "";

    public JourneyEvent Event =>
        new(LetterId, (int)Sequence, UnixTime.Of(At), KnownKind<EventKind>(), Actor, Data, PreviousHash, Hash);
}

/// <summary>An event's row as far as it is news.</summary>
internal sealed class NewsRecord : EventRecord
{
    public const string News = "number, letter_id, kind, data";

    public long Number { get; init; }

    // A stage names the office it proposes: nothing has come there yet.
    public LetterNews Told => new(Number, Is(EventKind.StageDone) ? null : Unit);

    public PersonDecision Decision => new(Number, LetterId, Is(EventKind.Assigned) ? Unit : null);

    private string? Unit => EventData.Text(Data, "unit");

    private bool Is(EventKind kind) => string.Equals(Kind, kind.ToString(), StringComparison.Ordinal);
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
