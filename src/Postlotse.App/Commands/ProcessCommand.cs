using System.CommandLine;
using Postlotse.App.Cli;
using Postlotse.App.Processing;
using Postlotse.App.Settings;
using Postlotse.Separation;

namespace Postlotse.App.Commands;

/// <summary><c>process</c>: scans to results, without a server.</summary>
internal static class ProcessCommand
{
    public static Command Create()
    {
        var paths = new Argument<string[]>("PATH") { Description = Texts.Of(TextKey.ArgumentPaths), Arity = ArgumentArity.OneOrMore };
        var org = CommandTree.Text("--org", "ORG.json", TextKey.OptionOrg, required: true);
        var model = CommandTree.Text("--model", "MODEL", TextKey.OptionModel);
        var languages = CommandTree.Text("--languages", "CODES", TextKey.OptionLanguages);
        var sheetKey = CommandTree.Text("--sheet-key", "FILE", TextKey.OptionSheetKey);
        var unsigned = new Option<bool>("--unsigned-sheets") { Description = Texts.Of(TextKey.OptionUnsignedSheets) };
        var received = new Option<DateTimeOffset?>("--received")
        {
            HelpName = "TIME", Description = Texts.Of(TextKey.OptionReceived), CustomParser = ReceivedTime.Parse,
        };
        var output = CommandTree.Text("--out", "DIR", TextKey.OptionOut, required: true);
        var command = new Command("process", Texts.Of(TextKey.AboutProcess))
        {
            paths, org, model, languages, sheetKey, unsigned, received, output,
        };
        command.SetAction(async (call, cancellationToken) =>
        {
            var separation = new SeparationSettings
            {
                SheetKey = call.GetValue(sheetKey) is { } file ? SheetKeyFile.Read(file) : null, UnsignedSheets = call.GetValue(unsigned),
            };
            var run = new ProcessRun(
                call.GetRequiredValue(org), call.GetValue(model), call.GetValue(languages), separation, call.GetValue(received),
                call.GetRequiredValue(output), Progress.OnStandardError());
            return (int)await run.RunAsync(call.GetRequiredValue(paths), cancellationToken);
        });
        return command;
    }
}
