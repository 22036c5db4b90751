using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using Postlotse.App.Cli;

namespace Postlotse.App;

/// <summary>Entry of the one executable: language, signals, and the edge at which every error becomes an exit code.</summary>
internal static class Program
{
    public static async Task<int> Main(string[] args)
    {
        CultureInfo.DefaultThreadCurrentCulture = CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
        CultureInfo.DefaultThreadCurrentUICulture = CultureInfo.CurrentUICulture = Texts.CultureOf(Environment.GetEnvironmentVariable);
        Console.OutputEncoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false);

        using var stop = new CancellationTokenSource();
        using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop);
        using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);
        return (int)await Edge.RunAsync(args, stop.Token);

        void Stop(PosixSignalContext context)
        {
            // The second signal ends the program at once, as every program's would.
            if (stop.IsCancellationRequested) return;
            context.Cancel = true;
            stop.Cancel();
        }
    }
}
