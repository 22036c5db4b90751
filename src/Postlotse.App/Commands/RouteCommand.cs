using System.CommandLine;
using Postlotse.App.Cli;
using Postlotse.App.Routing;

namespace Postlotse.App.Commands;

/// <summary><c>route</c>: decides letters whose text is already there.</summary>
internal static class RouteCommand
{
    public static Command Create()
    {
        var (org, model, input) = CommandTree.LetterOptions();
        var output = CommandTree.Text("--out", "DECISIONS.jsonl", TextKey.OptionDecisions, required: true);
        var command = new Command("route", Texts.Of(TextKey.AboutRoute)) { org, model, input, output };
        command.SetAction(async (call, cancellationToken) =>
        {
            var progress = Progress.OnStandardError();
            var letters = CommandTree.Decisions(call, org, model, input, progress);
            return (int)await new RouteRun(letters, progress).RunAsync(call.GetRequiredValue(output), cancellationToken);
        });
        return command;
    }
}
