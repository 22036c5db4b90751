namespace Postlotse.App.Cli;

/// <summary>
/// How a call ended, for scripts; closed. Each has a German and an English text and a line in docs/operating/exit-codes.md.
/// </summary>
internal enum ExitCode
{
    /// <summary>Everything done.</summary>
    Done = 0,

    /// <summary>Done, but some items failed; each is named on standard error and in the result.</summary>
    SomeFailed = 1,

    /// <summary>Wrong call or unreadable input.</summary>
    WrongCall = 2,

    /// <summary>Evidence does not hold.</summary>
    EvidenceBroken = 3,

    /// <summary>A fault of the program.</summary>
    InternalError = 70,

    /// <summary>Stopped by Ctrl-C or SIGTERM before the end (128 + SIGINT, as shells say it).</summary>
    Interrupted = 130,
}

/// <summary>
/// Ends a call with an exit code and a message for the person who made it; thrown anywhere in the program, told once at its edge.
/// </summary>
internal sealed class CallFailedException(ExitCode code, string message, Exception? inner = null) : Exception(message, inner)
{
    public ExitCode Code { get; } = code;
}
