using System.CommandLine;
using Postlotse.App.Cli;

namespace Postlotse.App.Commands;

/// <summary><c>learn</c>: learns from letters whose office is known.</summary>
internal static class LearnCommand
{
    public static Command Create()
    {
        var command = new Command("learn", Texts.Of(TextKey.AboutLearn));
        command.Options.Add(CommandTree.Text("--org", "ORG.json", TextKey.OptionOrg, required: true));
        command.Options.Add(CommandTree.Text("--in", "LETTERS.jsonl", TextKey.OptionLetters, required: true));
        command.Options.Add(CommandTree.Text("--model", "MODEL", TextKey.OptionModelOut, required: true));
        command.SetAction(int (_) => throw new CallFailedException(ExitCode.WrongCall, Texts.Of(TextKey.NotYetAvailable, "learn")));
        return command;
    }
}
