namespace Postlotse.Evidence;

/// <summary>
/// A change of what was learned (Modellereignis), as kept for evidence: which version decides from then on. One chain; appended, never
/// changed. What the organiser lays down is chained by its own versions.
/// </summary>
/// <param name="Sequence">1, 2, 3 … without gaps.</param>
/// <param name="At">Time, millisecond precision, UTC.</param>
/// <param name="Kind">What happened.</param>
/// <param name="Actor">"system", or the pseudonymous id of the account that did it.</param>
/// <param name="Data">Facts as compact JSON text (<see cref="ModelFacts"/>).</param>
/// <param name="PreviousHash">Hash of the event before; of the first event: 64 zeros.</param>
/// <param name="Hash">Lower-case hexadecimal SHA-256 as computed by <see cref="EvidenceChain"/>.</param>
public sealed record ModelEvent(
    int Sequence, DateTimeOffset At, ModelEventKind Kind, string Actor, string Data, string PreviousHash, string Hash) : IChainedEvent
{
    string IChainedEvent.Subject => "model";

    string IChainedEvent.KindName => Kind.ToString();
}

/// <summary>Kinds of model events; stored by name.</summary>
public enum ModelEventKind
{
    /// <summary>At its start the server found another version than the evidence knows: older than it, imported, or lost.</summary>
    TakenOver,

    /// <summary>A newly trained version decides.</summary>
    WentLive,

    /// <summary>A person went to another version.</summary>
    WentBack,
}

/// <summary>What a model event tells besides its kind.</summary>
/// <param name="Version">Version that decides from then on; 0 is knowledge alone.</param>
/// <param name="Before">Version that decided before.</param>
/// <param name="Letters">Letters that the version was trained from.</param>
/// <param name="Digest">SHA-256 over the version's letters, their offices and weights, lower-case hexadecimal; tells no words.</param>
public sealed record ModelFacts(int Version, int Before, int Letters, string Digest);

/// <summary>Writes a model event; the change is made only when that succeeded.</summary>
public delegate Task ModelWitness(ModelEventKind kind, ModelFacts facts, string actor, CancellationToken cancellationToken);
