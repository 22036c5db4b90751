using System.CommandLine;
using Postlotse.App.Cli;

namespace Postlotse.App.Commands;

/// <summary><c>work</c>: a worker node beside others.</summary>
internal static class WorkCommand
{
    public static Command Create()
    {
        var command = new Command("work", Texts.Of(TextKey.AboutWork));
        command.Options.Add(CommandTree.Text("--config", "FILE", TextKey.OptionConfig, required: true));
        command.SetAction(int (_) => throw new CallFailedException(ExitCode.WrongCall, Texts.Of(TextKey.NotYetAvailable, "work")));
        return command;
    }
}
