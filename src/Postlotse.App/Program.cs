using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using Postlotse.App.Cli;
using Postlotse.Engines;

namespace Postlotse.App;

/// <summary>Entry of the one executable: language, signals, and the edge at which every error becomes an exit code.</summary>
internal static class Program
{
    public static async Task<int> Main(string[] args)
    {
        // A page child: started by the engine's pool for every so many pages, so it does not wait for the parser.
        if (args is [EngineChild.Verb, ..]) return EngineChild.Run(args[1..], Console.OpenStandardInput(), Console.OpenStandardOutput());
        CultureInfo.DefaultThreadCurrentCulture = CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
        CultureInfo.DefaultThreadCurrentUICulture = CultureInfo.CurrentUICulture = Texts.CultureOf(Environment.GetEnvironmentVariable);
        Console.OutputEncoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false);

        using var stop = new CancellationTokenSource();
        using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop);
        using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);
        return (int)await Edge.RunAsync(args, stop.Token);

        void Stop(PosixSignalContext context)
        {
            // A second Ctrl-C ends the program at once; a SIGTERM that follows one (of a script that passes it on) does not.
            if (stop.IsCancellationRequested && context.Signal == PosixSignal.SIGINT) return;
            context.Cancel = true;
            stop.Cancel();
        }
    }
}
