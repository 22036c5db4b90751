using System.CommandLine;
using Postlotse.App.Cli;
using Postlotse.App.Processing;

namespace Postlotse.App.Commands;

/// <summary><c>evaluate</c>: figures over letters whose office is known.</summary>
internal static class EvaluateCommand
{
    public static Command Create()
    {
        var org = CommandTree.Text("--org", "ORG.json", TextKey.OptionOrg, required: true);
        var model = CommandTree.Text("--model", "MODEL", TextKey.OptionModel);
        var input = CommandTree.Text("--in", "LETTERS.jsonl", TextKey.OptionLetters, required: true);
        var json = new Option<bool>("--json") { Description = Texts.Of(TextKey.OptionJson) };
        var command = new Command("evaluate", Texts.Of(TextKey.AboutEvaluate)) { org, model, input, json };
        command.SetAction(async (call, cancellationToken) =>
        {
            CommandTree.RefuseModel(call.GetValue(model));
            var run = new EvaluateRun(call.GetRequiredValue(org), Progress.OnStandardError());
            return (int)await run.RunAsync(call.GetRequiredValue(input), call.GetValue(json), cancellationToken);
        });
        return command;
    }
}
