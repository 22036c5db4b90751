using Postlotse.Letters;

namespace Postlotse;

/// <summary>
/// Where letters, their queue and their evidence live. Every method is one transaction: state, evidence and follow-up work
/// appear together or not at all. (An interface because the domain references no database; see docs/adr.)
/// </summary>
public interface IJourneyStore
{
    /// <summary>
    /// Books a file whose bytes are already in the file store. A new file becomes a letter at the first stage; bytes seen before
    /// become a further receipt of the letter they already are; the same client key again gives back its first receipt.
    /// </summary>
    /// <exception cref="ClientKeyConflictException">The client key was used for other bytes.</exception>
    Task<ReceiveResult> ReceiveAsync(NewReceipt receipt, CancellationToken cancellationToken);

    /// <summary>Takes the next piece of work that is due, oldest receipt first; null when there is none.</summary>
    /// <param name="lease">
    /// After this time without <see cref="ExtendAsync"/> another worker may take it (its fencing token changes).
    /// </param>
    /// <param name="cancellationToken">Ends the wait for the database.</param>
    Task<Work?> ClaimAsync(TimeSpan lease, CancellationToken cancellationToken);

    /// <summary>Keeps a piece of work longer; false when it belongs to somebody else by now.</summary>
    Task<bool> ExtendAsync(Work work, TimeSpan lease, CancellationToken cancellationToken);

    /// <summary>
    /// Stores a stage's result, its evidence and the follow-up work; false (and nothing stored) when the work belongs to somebody
    /// else.
    /// </summary>
    Task<bool> CompleteAsync(Work work, LetterChange change, CancellationToken cancellationToken);

    /// <summary>Puts a piece of work back for later; false when it belongs to somebody else.</summary>
    Task<bool> RetryAsync(Work work, string cause, TimeSpan delay, CancellationToken cancellationToken);

    /// <summary>Gives work back as if never taken (its worker is being stopped); false when it belongs to somebody else.</summary>
    Task<bool> ReleaseAsync(Work work, CancellationToken cancellationToken);

    /// <summary>Applies a person's action to the letter as it is now (locked against others) and stores the outcome.</summary>
    /// <param name="letterId">Letter.</param>
    /// <param name="change">Pure; null means that nothing is to be done.</param>
    /// <param name="cancellationToken">Ends the wait for the database.</param>
    /// <returns>The letter afterwards; null when there is no such letter.</returns>
    Task<Letter?> ChangeAsync(string letterId, Func<Letter, LetterChange?> change, CancellationToken cancellationToken);

    /// <summary>
    /// Applies a person's action to a batch and the letters taken out of it, all locked against others, and stores the outcome.
    /// </summary>
    /// <param name="batchId">Letter that is a batch, or may become one.</param>
    /// <param name="change">
    /// Gets the batch and its letters of all divisions by their pages; pure; null means that nothing is to be done.
    /// </param>
    /// <param name="cancellationToken">Ends the wait for the database.</param>
    /// <returns>The batch afterwards; null when there is no such letter.</returns>
    Task<Letter?> ChangeBatchAsync(
        string batchId, Func<Letter, IReadOnlyList<Letter>, LetterChange?> change, CancellationToken cancellationToken);
}

/// <summary>A file to be booked.</summary>
public sealed record NewReceipt(
    StoredFile File, string SourceName, FileFormat Format, Channel Channel, DateTimeOffset? ReceivedAt, string? ClientKey)
{
    /// <summary>What the scanner announced of it; null: nothing.</summary>
    public ScanManifest? Manifest { get; init; }
}

/// <summary>What booking gave.</summary>
/// <param name="Receipt">The receipt.</param>
/// <param name="Repeated">The client key was known: nothing new was booked.</param>
public sealed record ReceiveResult(Receipt Receipt, bool Repeated);

/// <summary>A claimed piece of work: one stage of one letter.</summary>
/// <param name="JobId">Its number in the queue.</param>
/// <param name="Token">Fencing token: grows with every claim.</param>
/// <param name="Attempt">1 for the first.</param>
/// <param name="Stage">Stage to run.</param>
/// <param name="Letter">As it is now.</param>
public sealed record Work(long JobId, long Token, int Attempt, StageName Stage, Letter Letter);

/// <summary>A client key was used again for other bytes.</summary>
public sealed class ClientKeyConflictException(string clientKey)
    : Exception($"The key \"{clientKey}\" belongs to another file already.");
