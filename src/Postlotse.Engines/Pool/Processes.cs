using System.ComponentModel;
using System.Diagnostics;

namespace Postlotse.Engines.Pool;

/// <summary>Starts processes without a shell and with next to no environment: what a child does not know it cannot give away.</summary>
internal static class Processes
{
    private static readonly string[] Inherited = ["PATH", "HOME", "TMPDIR", "DOTNET_ROOT", "TESSDATA_PREFIX", "LD_LIBRARY_PATH"];

    /// <exception cref="EngineFault">Cannot be started, for instance because it is not installed.</exception>
    public static Process Start(IReadOnlyList<string> command, bool withInput)
    {
        var start = new ProcessStartInfo(command[0])
        {
            UseShellExecute = false, RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true,
        };
        foreach (var argument in command.Skip(1)) start.ArgumentList.Add(argument);
        SetEnvironment(start.Environment);
        try
        {
            var process = Process.Start(start) ?? throw new EngineFault("not started: " + command[0]);
            if (!withInput) process.StandardInput.Close();
            return process;
        }
        catch (Win32Exception e)
        {
            throw new EngineFault("cannot start " + command[0] + ": " + e.Message);
        }
    }

    /// <summary>Ends the process and all it has started; harmless when it has ended.</summary>
    public static void Kill(Process process)
    {
        try
        {
            if (process.HasExited) return; // looking for what it has started reads of every process of the machine
            process.Kill(entireProcessTree: true);
        }
        catch (Exception e) when (e is InvalidOperationException or Win32Exception)
        {
            // It ended in this moment; there is nothing left to kill.
        }
    }

    private static void SetEnvironment(IDictionary<string, string?> environment)
    {
        var kept = Inherited.Where(environment.ContainsKey).ToDictionary(name => name, name => environment[name], StringComparer.Ordinal);
        environment.Clear();
        foreach (var (name, value) in kept) environment[name] = value;
        environment["LC_ALL"] = "C.UTF-8";
        environment["TZ"] = "UTC"; // times that tools tell are read by the parent
        // OpenMP reads this when it is loaded; without it every page would start threads that wait for each other.
        environment["OMP_THREAD_LIMIT"] = "1";
        environment["DOTNET_gcConcurrent"] = "0";
        environment["DOTNET_GCHeapHardLimit"] = "0x18000000"; // 384 MiB; images lie outside
        environment["DOTNET_TieredPGO"] = "0";
        environment["DOTNET_TieredCompilation"] = "0"; // its second compilation never pays for itself in a child's life
        environment["DOTNET_EnableDiagnostics"] = "0";
    }
}

/// <summary>A child process crashed, hung, gave nonsense or could not be started. It costs one attempt.</summary>
internal sealed class EngineFault(string cause, bool timeLimit = false, bool isMissing = false) : Exception(cause)
{
    /// <summary>The program is not installed.</summary>
    public bool IsMissing { get; } = isMissing;

    public bool TimeLimit { get; } = timeLimit;
}
