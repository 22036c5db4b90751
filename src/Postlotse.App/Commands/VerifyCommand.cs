using System.CommandLine;
using Postlotse.App.Cli;
using Postlotse.App.Processing;

namespace Postlotse.App.Commands;

/// <summary><c>verify</c>: checks evidence and names the first thing that does not hold.</summary>
internal static class VerifyCommand
{
    public static Command Create()
    {
        var path = new Argument<string>("PATH") { Description = Texts.Of(TextKey.ArgumentVerify) };
        var command = new Command("verify", Texts.Of(TextKey.AboutVerify)) { path };
        command.SetAction(async (call, cancellationToken) =>
            (int)await VerifyRun.RunAsync(call.GetRequiredValue(path), Console.Out, Progress.OnStandardError(), cancellationToken));
        return command;
    }
}
