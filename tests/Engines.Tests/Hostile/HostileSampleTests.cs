using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Text.Json;
using Engines.Tests.Support;
using Postlotse.Engines;
using Postlotse.Intake;
using Postlotse.Letters;
using Postlotse.Recognition;

namespace Engines.Tests.Hostile;

/// <summary>
/// A sample of the hostile files that bench/run --only hostile takes through the whole program: each is read or ends with a reason that
/// fits, soon, and leaves the engine working and the file as it was.
/// </summary>
public sealed class HostileSampleTests : IDisposable
{
    private readonly Folder _folder = new();

    private readonly EngineProcesses _engine =
        new(Engine.Options with { TimePerTool = TimeSpan.FromSeconds(20), PagesPerFile = 500, PixelsPerPage = 80_000_000 });

    public void Dispose()
    {
        _engine.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public async Task HostileFiles_EndClearly()
    {
        var files = _folder.File("files");
        await Tool.OutputAsync("/usr/bin/python3", Generator(), files, "--files", "64", "--every", "6", "--seed", "4");
        var expected = JsonSerializer.Deserialize<Dictionary<string, string[]>>(
            await File.ReadAllTextAsync(files + ".json", TestContext.Current.CancellationToken))!;
        Assert.Equal(64, expected.Count);
        var wrong = new List<string>(); // that it took too long is true on a busy machine, and clear
        await Parallel.ForEachAsync(expected, new ParallelOptions { MaxDegreeOfParallelism = 3 }, async (file, _) =>
        {
            var end = await EndAsync(Path.Combine(files, file.Key));
            var fits = file.Value is [] || end is "TimeLimit" || file.Value.Contains(end);
            if (!fits || end.StartsWith("Failed", StringComparison.Ordinal))
                lock (wrong) wrong.Add($"{file.Key}: {end}, not {string.Join(" or ", file.Value)}");
        });
        Assert.Equal("", string.Join('\n', wrong));
    }

    private async Task<string> EndAsync(string path)
    {
        var before = await Folder.BytesAsync(path);
        var format = FileSignature.Detect(before.AsSpan(0, Math.Min(before.Length, FileSignature.HeadLength)));
        var answer = await Engine.ReadAsync(_engine, _folder, path, format);
        Assert.Equal(before, await Folder.BytesAsync(path));
        return answer switch
        {
            EngineAnswer.Read { Findings: var findings, Pages: var pages } when pages.All(p => p.Blank) =>
                findings.First(f => f.Kind is FindingKind.AllPagesBlank or FindingKind.Damaged).Kind.ToString(),
            EngineAnswer.Read { Findings: var findings } => findings.Any(f => f.Kind == FindingKind.Portfolio) ? "Portfolio" : "letters",
            EngineAnswer.Unusable unusable => unusable.Finding.Kind.ToString(),
            EngineAnswer.Failed { WhenExhausted: FindingKind.TimeLimit } => "TimeLimit",
            EngineAnswer.Failed failed => "Failed " + failed.Cause,
            _ => throw new UnreachableException(),
        };
    }

    private static string Generator([CallerFilePath] string here = "") =>
        Path.GetFullPath(Path.Combine(Path.GetDirectoryName(here)!, "../../../bench/hostile/make.py"));
}
