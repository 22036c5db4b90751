using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Npgsql;

namespace Postlotse.Storage.Tests;

/// <summary>
/// A PostgreSQL server for one test run: Debian's programs, an own data folder, a free port on loopback. Every test gets a database
/// of its own. When it cannot be started the tests fail; they are never skipped.
/// </summary>
public sealed class PostgreSqlServer : IAsyncLifetime
{
    private readonly string _folder = Path.Combine(Path.GetTempPath(), "postlotse-pg-" + Path.GetRandomFileName());
    private Process? _server;
    private int _port;
    private int _databases;

    public async ValueTask InitializeAsync()
    {
        Directory.CreateDirectory(_folder);
        if (Environment.IsPrivilegedProcess) await RunAsync("chown", "postgres", _folder);
        await RunAsOwnerAsync(
            "initdb", "-D", _folder + "/data", "-A", "trust", "-U", "postlotse", "-E", "UTF8", "--locale=C.UTF-8", "--no-sync");
        for (var attempt = 1; ; attempt++)
        {
            _port = FreePort();
            _server = Process.Start(AsOwner(
                "postgres", "-D", _folder + "/data", "-h", "127.0.0.1", "-p", Text(_port), "-k", "", "-F", "-c", "max_connections=60",
                "-c", "logging_collector=on", "-c", "log_directory=" + _folder + "/log"))!;
            if (await AnswersAsync()) return;
            if (attempt == 3) throw new InvalidOperationException("PostgreSQL did not start on three ports");
            await StopAsync();
        }
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        Directory.Delete(_folder, recursive: true);
    }

    /// <summary>An empty database; its connection string for Npgsql.</summary>
    public async Task<string> NewDatabaseAsync()
    {
        var name = "t" + Text(Interlocked.Increment(ref _databases));
        await using var source = NpgsqlDataSource.Create(ConnectionTo("postgres"));
        await using var command = source.CreateCommand("CREATE DATABASE " + name);
        await command.ExecuteNonQueryAsync();
        return ConnectionTo(name);
    }

    private string ConnectionTo(string database) =>
        $"Host=127.0.0.1;Port={Text(_port)};Username=postlotse;Database={database};Maximum Pool Size=10;Connection Idle Lifetime=2;"
        + "Connection Pruning Interval=1";

    private async Task<bool> AnswersAsync()
    {
        await using var source = NpgsqlDataSource.Create(ConnectionTo("postgres"));
        for (var i = 0; i < 100 && !_server!.HasExited; i++)
        {
            try
            {
                await using var connection = await source.OpenConnectionAsync();
                return true;
            }
            catch (NpgsqlException)
            {
                await Task.Delay(100);
            }
        }

        return false;
    }

    /// <summary>Through pg_ctl, which sends the signal to the server and not to the program that became its user.</summary>
    private async Task StopAsync()
    {
        if (_server is null) return;
        if (!_server.HasExited) await RunAsOwnerAsync("pg_ctl", "-D", _folder + "/data", "-m", "immediate", "stop");
        await _server.WaitForExitAsync();
        _server.Dispose();
        _server = null;
    }

    private static Task RunAsOwnerAsync(string program, params string[] arguments) => RunAsync(AsOwner(program, arguments));

    private static Task RunAsync(string program, params string[] arguments) => RunAsync(Quiet(program, arguments));

    private static async Task RunAsync(ProcessStartInfo start)
    {
        using var process = Process.Start(start)!;
        var errors = process.StandardError.ReadToEndAsync();
        await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        if (process.ExitCode != 0)
            throw new InvalidOperationException($"{start.FileName} {string.Join(' ', start.ArgumentList)}: {await errors}");
    }

    /// <summary>PostgreSQL refuses to run as root.</summary>
    private static ProcessStartInfo AsOwner(string program, params string[] arguments)
    {
        var path = Path.Combine(Programs(), program);
        return Environment.IsPrivilegedProcess ? Quiet("runuser", ["-u", "postgres", "--", path, .. arguments]) : Quiet(path, arguments);
    }

    private static ProcessStartInfo Quiet(string program, params string[] arguments) => new(program, arguments)
    {
        UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = "/",
    };

    private static string Programs() =>
        Directory.GetDirectories("/usr/lib/postgresql").Select(folder => Path.Combine(folder, "bin")).Order(StringComparer.Ordinal)
            .LastOrDefault(folder => File.Exists(Path.Combine(folder, "initdb")))
        ?? throw new InvalidOperationException("PostgreSQL is missing: apt-get install postgresql");

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private static string Text(int number) => number.ToString(System.Globalization.CultureInfo.InvariantCulture);
}
