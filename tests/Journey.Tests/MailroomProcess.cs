using System.Diagnostics;

namespace Postlotse.Journeys;

/// <summary>A mailroom in a process of its own.</summary>
internal sealed class MailroomProcess : IDisposable
{
    private readonly Process _process;

    private MailroomProcess(Process process) => _process = process;

    public bool HasEnded => _process.HasExited;

    /// <summary>Ended by itself with all letters where they belong.</summary>
    public bool IsDone => _process is { HasExited: true, ExitCode: 0 };

    /// <summary>Starts one; comes back when its work begins, or when it has ended before.</summary>
    public static async Task<MailroomProcess> StartAsync(MailroomOrder order)
    {
        // Started through the dotnet command the program itself is the first argument.
        var self = typeof(MailroomProcess).Assembly.Location;
        var host = Environment.ProcessPath!;
        var byCommand = Path.GetFileNameWithoutExtension(host) == "dotnet";
        var start = new ProcessStartInfo(host, byCommand ? [self, .. order.Arguments()] : order.Arguments())
        {
            UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true,
        };
        start.Environment["DOTNET_TieredPGO"] = "0";
        var process = new MailroomProcess(Process.Start(start)!);
        await process._process.StandardOutput.ReadLineAsync();
        return process;
    }

    /// <summary>kill -9.</summary>
    public async Task KillAsync()
    {
        if (!_process.HasExited) _process.Kill();
        await _process.WaitForExitAsync();
    }

    /// <summary>Waits for its end; what it said on standard error when it failed in another way than by being killed.</summary>
    public async Task WaitAsync()
    {
        const int KilledBySignal9 = 128 + 9;
        var errors = await _process.StandardError.ReadToEndAsync();
        await _process.WaitForExitAsync();
        Assert.True(_process.ExitCode is 0 or KilledBySignal9, $"exit code {_process.ExitCode}: {errors}");
    }

    public void Dispose()
    {
        if (!_process.HasExited) _process.Kill();
        _process.Dispose();
    }
}
