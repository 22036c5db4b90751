using System.Diagnostics;

namespace Postlotse.App.Tests;

/// <summary>Runs the built program as a script would.</summary>
internal static class Call
{
    /// <summary>Lies beside the tests, for they reference its project.</summary>
    public static string ProgramPath { get; } = Path.Combine(AppContext.BaseDirectory, "postlotse");

    /// <summary>The model city's folder in the repository.</summary>
    public static string City { get; } = Path.Combine(Root(), "data", "cities", "lindenfurt");

    /// <summary>Files that several test projects use.</summary>
    public static string Corpus { get; } = Path.Combine(Root(), "tests", "corpus");

    public static string Organisation { get; } = Path.Combine(City, "organisation.json");

    /// <summary>Runs a call in German and waits for its end.</summary>
    public static Task<CallResult> RunAsync(params string[] args) => InLanguageAsync("de_DE.UTF-8", args);

    public static Task<CallResult> InLanguageAsync(string language, params string[] args) => EndAsync(Start(language, args));

    /// <summary>The same where only some other programs are installed.</summary>
    /// <param name="path">Folders in which programs are found.</param>
    /// <param name="args">The call.</param>
    public static Task<CallResult> WithPathAsync(string path, params string[] args)
    {
        var start = Prepare("de_DE.UTF-8", args);
        start.Environment["PATH"] = path;
        return EndAsync(Start(start));
    }

    private static async Task<CallResult> EndAsync(Process started)
    {
        using var process = started;
        var output = process.StandardOutput.ReadToEndAsync();
        var error = process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        return new(process.ExitCode, await output, await error);
    }

    public static Process Start(string language, params string[] args) => Start(Prepare(language, args));

    private static Process Start(ProcessStartInfo start) =>
        Process.Start(start) ?? throw new InvalidOperationException("the program did not start");

    private static ProcessStartInfo Prepare(string language, string[] args)
    {
        var start = new ProcessStartInfo(ProgramPath)
        {
            RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false,
        };
        foreach (var arg in args) start.ArgumentList.Add(arg);
        foreach (var name in new[] { "LC_ALL", "LC_MESSAGES", "LANG" }) start.Environment[name] = language;
        return start;
    }

    /// <summary>Runs another program that has to succeed.</summary>
    public static async Task ToolAsync(string program, params string[] args)
    {
        using var process = Process.Start(program, args);
        await process.WaitForExitAsync();
        if (process.ExitCode != 0) throw new InvalidOperationException(program + " failed");
    }

    private static string Root()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
            if (File.Exists(Path.Combine(folder.FullName, "Postlotse.slnx"))) return folder.FullName;
        throw new InvalidOperationException("the tests do not lie in the repository");
    }
}

/// <summary>How a call ended.</summary>
internal sealed record CallResult(int Code, string Output, string Error);

/// <summary>A folder that is gone after the test.</summary>
internal sealed class TemporaryFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("postlotse-test-").FullName;

    public string this[string name] => System.IO.Path.Combine(Path, name);

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
