using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace Postlotse.App.Tests;

/// <summary>A server in a process of its own.</summary>
internal sealed class RunningServer : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(90);
    private readonly Process _process;
    private readonly Task<string> _output;
    private readonly Task<string> _error;

    private RunningServer(Process process, string url)
    {
        (_process, Url) = (process, url);
        (_output, _error) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
    }

    public string Url { get; }

    /// <summary>Folders and files that the kernel watches for the process (proc(5), fdinfo).</summary>
    public int Watches()
    {
        var count = 0;
        foreach (var file in Directory.GetFiles(FormattableString.Invariant($"/proc/{_process.Id}/fdinfo")))
        {
            try
            {
                count += File.ReadLines(file).Count(line => line.StartsWith("inotify ", StringComparison.Ordinal));
            }
            catch (IOException)
            {
                // Closed meanwhile.
            }
        }

        return count;
    }

    /// <summary>Starts a server and waits until it answers.</summary>
    public static async Task<RunningServer> StartAsync(string data)
    {
        var url = "http://127.0.0.1:" + FreePort().ToString(System.Globalization.CultureInfo.InvariantCulture);
        var process = Call.Start("de_DE.UTF-8", "serve", "--data", data, "--urls", url, "--org", Call.Organisation);
        var server = new RunningServer(process, url);
        using var http = new HttpClient();
        await UntilAsync(async () =>
        {
            if (process.HasExited) throw new InvalidOperationException("the server ended: " + await server._error);
            try
            {
                return await http.GetStringAsync(new Uri(url + "/health")) == "ok";
            }
            catch (HttpRequestException)
            {
                return false;
            }
        });
        return server;
    }

    /// <summary>Waits until something is so; fails when it never is.</summary>
    public static async Task UntilAsync(Func<Task<bool>> condition)
    {
        var start = Stopwatch.GetTimestamp();
        while (!await condition())
        {
            if (Stopwatch.GetElapsedTime(start) > Patience) throw new TimeoutException("it never came to pass");
            await Task.Delay(100);
        }
    }

    /// <summary>kill -9.</summary>
    public async Task KillAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync();
    }

    /// <summary>SIGTERM, as a service manager sends it.</summary>
    public async Task<CallResult> StopAsync()
    {
        using (var kill = Process.Start("kill", ["-TERM", _process.Id.ToString(System.Globalization.CultureInfo.InvariantCulture)]))
            await kill.WaitForExitAsync();
        await _process.WaitForExitAsync();
        return new(_process.ExitCode, await _output, await _error);
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited) await KillAsync();
        _process.Dispose();
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
