namespace Postlotse.Evidence;

/// <summary>An event of a letter's journey (Ereignis), as kept for evidence. Appended, never changed.</summary>
/// <param name="LetterId">Letter it belongs to.</param>
/// <param name="Sequence">1, 2, 3 … without gaps within the letter.</param>
/// <param name="At">Time, millisecond precision, UTC.</param>
/// <param name="Kind">What happened.</param>
/// <param name="Actor">"system", or the pseudonymous id of an account ("account:…").</param>
/// <param name="Data">Facts as compact JSON text; hashed byte for byte as stored. No text of the letter.</param>
/// <param name="PreviousHash">Hash of the event before; of the first event: 64 zeros.</param>
/// <param name="Hash">Lower-case hexadecimal SHA-256 as computed by <see cref="EvidenceChain"/>.</param>
public sealed record JourneyEvent(
    string LetterId, int Sequence, DateTimeOffset At, EventKind Kind, string Actor, string Data, string PreviousHash, string Hash)
    : IChainedEvent
{
    string IChainedEvent.Subject => LetterId;

    string IChainedEvent.KindName => Kind.ToString();
}

/// <summary>What a hash covers of an event, whatever it tells of.</summary>
public interface IChainedEvent
{
    /// <summary>Id of the letter or account.</summary>
    string Subject { get; }

    /// <summary>1, 2, 3 … without gaps within the chain.</summary>
    int Sequence { get; }

    /// <summary>Millisecond precision, UTC.</summary>
    DateTimeOffset At { get; }

    /// <summary>What happened, as stored.</summary>
    string KindName { get; }

    /// <summary>"system", or the pseudonymous id of an account.</summary>
    string Actor { get; }

    /// <summary>Facts as compact JSON text.</summary>
    string Data { get; }

    /// <summary>Hash of the event before.</summary>
    string PreviousHash { get; }

    /// <summary>As computed by <see cref="EvidenceChain"/>.</summary>
    string Hash { get; }
}

/// <summary>Kinds of events; stored by name.</summary>
public enum EventKind
{
    Received, ReceivedAgain, StageDone, StageFailed, SentToClearing, Delivered, Assigned, Returned, SetAside, Reopened, Divided, SplitOff,
    Reconciled, Rearranged,
    DeletionRequested, DeletionDeclined, Deleted,
}

/// <summary>An event before it has its place in the chain.</summary>
public sealed record NewEvent(EventKind Kind, string Actor, string Data = "{}")
{
    /// <summary>Actor of everything that no person did.</summary>
    public const string System = "system";
}
