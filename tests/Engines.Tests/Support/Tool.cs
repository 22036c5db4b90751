using System.Diagnostics;

namespace Engines.Tests.Support;

/// <summary>Runs programs that check what was made.</summary>
internal static class Tool
{
    public static async Task<(int ExitCode, string Output)> RunAsync(string program, params string[] arguments)
    {
        var start = new ProcessStartInfo(program) { UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var argument in arguments) start.ArgumentList.Add(argument);
        using var process = Process.Start(start) ?? throw new InvalidOperationException(program);
        var output = process.StandardOutput.ReadToEndAsync();
        var errors = process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        return (process.ExitCode, await output + await errors);
    }

    /// <summary>Runs a program that has to succeed.</summary>
    public static async Task<string> OutputAsync(string program, params string[] arguments)
    {
        var (exitCode, output) = await RunAsync(program, arguments);
        return exitCode == 0 ? output : throw new InvalidOperationException($"{program} ended with {exitCode}: {output}");
    }

    /// <summary>Apache PDFBox Preflight's verdict on a PDF/A-1b; empty when valid.</summary>
    public static async Task<string> PreflightAsync(string pdf)
    {
        string[] jars = ["preflight", "pdfbox2", "fontbox2", "xmpbox", "commons-logging", "javax.activation", "jaxb-api"];
        var path = string.Join(':', jars.Select(j => $"/usr/share/java/{j}.jar"));
        var (exitCode, output) = await RunAsync("java", "-cp", path, "org.apache.pdfbox.preflight.Validator_A1b", pdf);
        return exitCode == 0 && output.Contains("is a valid PDF/A-1b", StringComparison.Ordinal) ? "" : output;
    }
}
