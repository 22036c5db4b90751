namespace Postlotse.Letters;

/// <summary>A stage of the journey. It looks first whether its product exists already, decides, and never saves.</summary>
/// <remarks>Exceptions mean a programmer's error; the runner counts them as a failed attempt.</remarks>
public interface IStage
{
    StageName Name { get; }

    Task<StageResult> RunAsync(Letter letter, StageContext context, CancellationToken cancellationToken);
}

/// <summary>What a stage may use besides the letter.</summary>
/// <param name="Files">The content-addressed store.</param>
/// <param name="Clock">The only source of time.</param>
/// <param name="ScratchFolder">Empty folder of this attempt alone; deleted afterwards by the runner.</param>
/// <param name="Attempt">1 for the first.</param>
public sealed record StageContext(IFileStore Files, TimeProvider Clock, string ScratchFolder, int Attempt);

/// <summary>How a stage ended; closed.</summary>
public abstract record StageResult
{
    private StageResult()
    {
    }

    /// <summary>The letter goes on to the next stage.</summary>
    public sealed record Done(Letter Letter) : StageResult;

    /// <summary>A person decides; no further stage runs.</summary>
    public sealed record NeedsHuman(Letter Letter, Finding Reason) : StageResult;

    /// <summary>The outside world is down or an engine crashed: later again, a bounded number of times.</summary>
    /// <param name="Cause">For the operator's log; without any text of the letter.</param>
    /// <param name="WhenExhausted">What a person is told when no attempt is left.</param>
    public sealed record RetryLater(string Cause, FindingKind WhenExhausted = FindingKind.StageFailed) : StageResult;
}

/// <summary>
/// Content-addressed file store: a file's name is the SHA-256 of its bytes. A file appears whole or not at all
/// (temporary name, flushed, renamed) and is never changed.
/// </summary>
public interface IFileStore
{
    /// <summary>Stores a stream; storing the same bytes again changes nothing.</summary>
    Task<StoredFile> PutAsync(Stream content, CancellationToken cancellationToken);

    /// <summary>Moves or copies a finished file in; the file at <paramref name="path"/> is not needed afterwards.</summary>
    Task<StoredFile> PutFileAsync(string path, CancellationToken cancellationToken);

    /// <summary>Path for reading by child processes.</summary>
    /// <exception cref="FileNotFoundException">No such file: the store is damaged.</exception>
    string PathOf(string sha256);

    bool Exists(string sha256);
}
