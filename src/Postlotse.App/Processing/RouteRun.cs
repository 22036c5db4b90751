using System.Text.Json;
using Postlotse.App.Cli;
using Postlotse.Letters;

namespace Postlotse.App.Processing;

/// <summary><c>route</c>: decides a letters file line by line; the decisions are in the order of the letters.</summary>
internal sealed class RouteRun(string organisationPath, Progress progress)
{
    /// <summary>Decides all letters of a file.</summary>
    /// <exception cref="CallFailedException">Organisation, input or output cannot be used.</exception>
    public async Task<ExitCode> RunAsync(string input, string output, CancellationToken cancellationToken)
    {
        var decider = Composition.CreateDecider(Organisations.Read(organisationPath), threshold: null);
        var reader = new LettersFile(input, progress);
        OutputFile? decisions = null;
        try
        {
            foreach (var (_, letter) in reader.Letters())
            {
                cancellationToken.ThrowIfCancellationRequested();
                decisions ??= OutputFile.Create(output);
                await decisions.WriteLineAsync(JsonSerializer.Serialize(decider.Decide(letter.Content), PostlotseJson.Compact));
                progress.Report(reader.Read, 0, Texts.Of(TextKey.UnitLetters));
            }

            decisions ??= OutputFile.Create(output);
            await decisions.FinishAsync();
        }
        finally
        {
            progress.End();
            if (decisions is not null) await decisions.DisposeAsync();
        }

        if (reader.Skipped == 0) return ExitCode.Done;
        progress.Say(Texts.Of(TextKey.LettersSkipped, reader.Skipped, reader.Read));
        return ExitCode.SomeFailed;
    }
}
