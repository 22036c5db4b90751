using System.CommandLine;
using System.CommandLine.Invocation;
using Postlotse.App.Commands;

namespace Postlotse.App.Cli;

/// <summary>
/// The edge of the program: parses the call, runs it, and translates every exception once into an exit code and a message.
/// </summary>
internal static class Edge
{
    private static readonly InvocationConfiguration Invocation = new()
    {
        EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = null,
    };

    public static async Task<ExitCode> RunAsync(string[] args, CancellationToken cancellationToken)
    {
        var verbose = args.Contains("--verbose", StringComparer.Ordinal);
        try
        {
            var call = CommandTree.Create().Parse(args);
            if (call.Action is not ParseErrorAction && call.Errors.Count == 0)
                return (ExitCode)await call.InvokeAsync(Invocation, cancellationToken);
            return await SayWhatIsWrongAsync(call);
        }
        catch (CallFailedException e)
        {
            await SayAsync(e.Message, verbose ? e.InnerException : null);
            return e.Code;
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            await SayAsync(Texts.Of(TextKey.Interrupted), null);
            return ExitCode.Interrupted;
        }
#pragma warning disable CA1031 // The edge: nothing may leave the program untold.
        catch (Exception e)
#pragma warning restore CA1031
        {
            await SayAsync(Texts.Of(TextKey.InternalError, e.GetType().Name, e.Message), verbose ? e : null);
            return ExitCode.InternalError;
        }
    }

    private static async Task<ExitCode> SayWhatIsWrongAsync(ParseResult call)
    {
        foreach (var error in call.Errors.Select(e => e.Message).Distinct(StringComparer.Ordinal))
            await Console.Error.WriteLineAsync("postlotse: " + error);
        var command = call.CommandResult.Command;
        await Console.Error.WriteLineAsync(Texts.Of(TextKey.SeeHelp, command is RootCommand ? "" : command.Name + " "));
        return ExitCode.WrongCall;
    }

    private static async Task SayAsync(string message, Exception? details)
    {
        await Console.Error.WriteLineAsync("postlotse: " + message);
        if (details is not null) await Console.Error.WriteLineAsync(details.ToString());
    }
}
