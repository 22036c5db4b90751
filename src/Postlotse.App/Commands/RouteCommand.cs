using System.CommandLine;
using Postlotse.App.Cli;
using Postlotse.App.Processing;

namespace Postlotse.App.Commands;

/// <summary><c>route</c>: decides letters whose text is already there.</summary>
internal static class RouteCommand
{
    public static Command Create()
    {
        var org = CommandTree.Text("--org", "ORG.json", TextKey.OptionOrg, required: true);
        var model = CommandTree.Text("--model", "MODEL", TextKey.OptionModel);
        var input = CommandTree.Text("--in", "LETTERS.jsonl", TextKey.OptionLetters, required: true);
        var output = CommandTree.Text("--out", "DECISIONS.jsonl", TextKey.OptionDecisions, required: true);
        var command = new Command("route", Texts.Of(TextKey.AboutRoute)) { org, model, input, output };
        command.SetAction(async (call, cancellationToken) =>
        {
            CommandTree.RefuseModel(call.GetValue(model));
            var run = new RouteRun(call.GetRequiredValue(org), Progress.OnStandardError());
            return (int)await run.RunAsync(call.GetRequiredValue(input), call.GetRequiredValue(output), cancellationToken);
        });
        return command;
    }
}
