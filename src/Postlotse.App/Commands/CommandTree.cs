using System.CommandLine;
using Postlotse.App.Cli;
using Postlotse.App.Routing;

namespace Postlotse.App.Commands;

/// <summary>All calls of the program; their names and options are a contract with scripts.</summary>
internal static class CommandTree
{
    public static RootCommand Create()
    {
        var root = new RootCommand(Texts.Of(TextKey.About));
        Command[] commands =
        [
            ServeCommand.Create(), WorkCommand.Create(), ProcessCommand.Create(), RouteCommand.Create(),
            LearnCommand.Create(), EvaluateCommand.Create(), VerifyCommand.Create(), EngineCommand.Create(),
        ];
        foreach (var command in commands) root.Subcommands.Add(command);
        root.Options.Add(new Option<bool>("--verbose") { Description = Texts.Of(TextKey.OptionVerbose), Recursive = true });
        HelpWithExample.AddTo(root);
        return root;
    }

    /// <summary>An option that takes a path or other text.</summary>
    /// <param name="name">As typed.</param>
    /// <param name="value">What stands for the value in the help.</param>
    /// <param name="description">In the help.</param>
    /// <param name="required">Whether the call is wrong without it.</param>
    public static Option<string> Text(string name, string value, TextKey description, bool required = false) =>
        new(name) { HelpName = value, Description = Texts.Of(description), Required = required };

    /// <summary>The options of a call that decides letters whose text is already there.</summary>
    public static (Option<string> Org, Option<string> Model, Option<string> Input) LetterOptions() => (
        Text("--org", "ORG.json", TextKey.OptionOrg, required: true), Text("--model", "MODEL", TextKey.OptionModel),
        Text("--in", "LETTERS.jsonl", TextKey.OptionLetters, required: true));

    /// <summary>What such a call decides.</summary>
    public static LetterDecisions Decisions(
        ParseResult call, Option<string> org, Option<string> model, Option<string> input, Progress progress) =>
        new(call.GetRequiredValue(org), call.GetValue(model), call.GetRequiredValue(input), progress);
}
