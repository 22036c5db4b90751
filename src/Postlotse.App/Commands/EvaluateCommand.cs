using System.CommandLine;
using Postlotse.App.Cli;
using Postlotse.App.Routing;

namespace Postlotse.App.Commands;

/// <summary><c>evaluate</c>: figures over letters whose office is known.</summary>
internal static class EvaluateCommand
{
    public static Command Create()
    {
        var (org, model, input) = CommandTree.LetterOptions();
        var json = new Option<bool>("--json") { Description = Texts.Of(TextKey.OptionJson) };
        var command = new Command("evaluate", Texts.Of(TextKey.AboutEvaluate)) { org, model, input, json };
        command.SetAction(async (call, cancellationToken) =>
        {
            var progress = Progress.OnStandardError();
            var letters = CommandTree.Decisions(call, org, model, input, progress);
            return (int)await new EvaluateRun(letters, progress).RunAsync(call.GetValue(json), cancellationToken);
        });
        return command;
    }
}
