using Postlotse.App.Cli;

namespace Postlotse.App.Processing;

/// <summary><c>verify</c>: a data folder's evidence or a result folder's files; says the first thing that does not hold.</summary>
internal static class VerifyRun
{
    /// <summary>Checks a folder.</summary>
    /// <param name="path">Data folder of a server, or folder written by <c>process</c>.</param>
    /// <param name="output">Gets the verdict.</param>
    /// <param name="progress">Told how far it is.</param>
    /// <param name="cancellationToken">Ends the check.</param>
    /// <exception cref="CallFailedException">The folder is neither, or evidence does not hold.</exception>
    public static async Task<ExitCode> RunAsync(string path, TextWriter output, Progress progress, CancellationToken cancellationToken)
    {
        if (!Directory.Exists(path)) throw new CallFailedException(ExitCode.WrongCall, Texts.Of(TextKey.NoSuchPath, path));
        var verdict = DataCheck.IsDataFolder(path) ? await DataCheck.RunAsync(path, progress, cancellationToken)
            : File.Exists(Path.Combine(path, ResultFolder.SummaryName)) ? await ResultCheck.RunAsync(path, progress, cancellationToken)
            : throw new CallFailedException(ExitCode.WrongCall, Texts.Of(TextKey.VerifyNothing, path));
        progress.End();
        if (verdict.Fault is { } fault) throw new CallFailedException(ExitCode.EvidenceBroken, Texts.Of(TextKey.VerifyBroken, fault));
        await output.WriteLineAsync(Texts.Of(TextKey.VerifyGood, verdict.Letters, verdict.Files));
        if (verdict.Deleted > 0) await output.WriteLineAsync(Texts.Of(TextKey.VerifyDeleted, verdict.Deleted));
        if (verdict.AccountEvents is { } events) await output.WriteLineAsync(Texts.Of(TextKey.VerifyAccounts, events));
        return ExitCode.Done;
    }
}

/// <summary>What a check gave.</summary>
/// <param name="Letters">Letters checked.</param>
/// <param name="Files">Files checked.</param>
/// <param name="Fault">The first thing that does not hold, for people; null when all holds.</param>
/// <param name="AccountEvents">Events of accounts checked; null where there are none to check.</param>
/// <param name="Deleted">How many of the letters were deleted.</param>
internal sealed record Verdict(int Letters, int Files, string? Fault = null, int? AccountEvents = null, int Deleted = 0);
