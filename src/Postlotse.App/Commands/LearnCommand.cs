using System.CommandLine;
using Postlotse.App.Cli;
using Postlotse.App.Routing;

namespace Postlotse.App.Commands;

/// <summary><c>learn</c>: learns from letters whose office is known.</summary>
internal static class LearnCommand
{
    public static Command Create()
    {
        var org = CommandTree.Text("--org", "ORG.json", TextKey.OptionOrg, required: true);
        var input = CommandTree.Text("--in", "LETTERS.jsonl", TextKey.OptionLetters, required: true);
        var model = CommandTree.Text("--model", "MODEL", TextKey.OptionModelOut, required: true);
        var command = new Command("learn", Texts.Of(TextKey.AboutLearn)) { org, input, model };
        command.SetAction((call, cancellationToken) =>
        {
            var run = new LearnRun(call.GetRequiredValue(org), call.GetRequiredValue(model), Progress.OnStandardError());
            return Task.FromResult((int)run.Run(call.GetRequiredValue(input), cancellationToken));
        });
        return command;
    }
}
