using System.Text.Json;
using Postlotse.App.Cli;
using Postlotse.App.Processing;
using Postlotse.Letters;

namespace Postlotse.App.Routing;

/// <summary><c>route</c>: decides a letters file line by line; the decisions are in the order of the letters.</summary>
internal sealed class RouteRun(LetterDecisions letters, Progress progress)
{
    /// <summary>Decides all letters of a file.</summary>
    /// <exception cref="CallFailedException">Organisation, model, input or output cannot be used.</exception>
    public async Task<ExitCode> RunAsync(string output, CancellationToken cancellationToken)
    {
        OutputFile? decisions = null;
        try
        {
            foreach (var (_, decided) in letters.InOrder(cancellationToken))
            {
                decisions ??= OutputFile.Create(output);
                await decisions.WriteLineAsync(JsonSerializer.Serialize(decided.Decision, PostlotseJson.Compact));
            }

            decisions ??= OutputFile.Create(output);
            await decisions.FinishAsync();
        }
        finally
        {
            progress.End();
            if (decisions is not null) await decisions.DisposeAsync();
        }

        if (letters.Source.Skipped == 0) return ExitCode.Done;
        progress.Say(Texts.Of(TextKey.LettersSkipped, letters.Source.Skipped, letters.Source.Read));
        return ExitCode.SomeFailed;
    }
}
