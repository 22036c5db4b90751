using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;

namespace Postlotse.App.Cli;

/// <summary>The help of a call, followed by an example of it.</summary>
internal sealed class HelpWithExample(HelpAction help) : SynchronousCommandLineAction
{
    private static readonly Dictionary<string, TextKey> Examples = new(StringComparer.Ordinal)
    {
        ["serve"] = TextKey.ExampleServe, ["work"] = TextKey.ExampleWork, ["process"] = TextKey.ExampleProcess,
        ["route"] = TextKey.ExampleRoute, ["learn"] = TextKey.ExampleLearn, ["evaluate"] = TextKey.ExampleEvaluate,
        ["verify"] = TextKey.ExampleVerify,
    };

    /// <inheritdoc />
    public override bool ClearsParseErrors => true;

    /// <summary>Puts the examples into a command tree's help.</summary>
    public static void AddTo(RootCommand root)
    {
        var option = root.Options.OfType<HelpOption>().Single();
        option.Description = Texts.Of(TextKey.OptionHelp);
        option.Action = new HelpWithExample((HelpAction)option.Action!);
        root.Options.OfType<VersionOption>().Single().Description = Texts.Of(TextKey.OptionVersion);
    }

    /// <inheritdoc />
    public override int Invoke(ParseResult parseResult)
    {
        ArgumentNullException.ThrowIfNull(parseResult);
        var result = help.Invoke(parseResult);
        var key = Examples.GetValueOrDefault(parseResult.CommandResult.Command.Name, TextKey.ExampleProcess);
        parseResult.InvocationConfiguration.Output.WriteLine(Texts.Of(TextKey.ExampleHeading));
        parseResult.InvocationConfiguration.Output.WriteLine("  " + Texts.Of(key).Replace("\n", "\n  ", StringComparison.Ordinal));
        parseResult.InvocationConfiguration.Output.WriteLine();
        return result;
    }
}
