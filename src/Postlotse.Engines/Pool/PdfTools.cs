using System.Globalization;
using System.Text.RegularExpressions;

namespace Postlotse.Engines.Pool;

/// <summary>
/// Programs of poppler-utils, each call a process of its own under limits of memory, processor time and file size (prlimit of
/// util-linux) and of wall clock.
/// </summary>
internal sealed partial class PdfTools(EngineOptions options) : IDisposable
{
    private const int TextLimit = 1 << 20;

    private readonly SemaphoreSlim _places = new(options.Workers);

    public void Dispose() => _places.Dispose();

    /// <summary>Pages with sizes, or why there are none.</summary>
    public async Task<PdfContent> ReadContentAsync(string file, int lastPage, CancellationToken cancellationToken)
    {
        var result = await RunAsync(["pdfinfo", "-f", "1", "-l", Text(lastPage), file], cancellationToken);
        return PdfContent.Parse(result);
    }

    /// <summary>The page's only image, written as JPEG when it is one and as PNG otherwise; null when the page has none or several.</summary>
    public async Task<string?> TakeImageAsync(string file, int page, string folder, CancellationToken cancellationToken)
    {
        var list = await RunAsync(["pdfimages", "-list", "-f", Text(page), "-l", Text(page), file], cancellationToken);
        if (list.ExitCode != 0 || !HasOnePlainImage(list.Output)) return null;
        var prefix = Path.Combine(folder, "image-" + Text(page));
        var taken = await RunAsync(["pdfimages", "-j", "-png", "-f", Text(page), "-l", Text(page), file, prefix], cancellationToken);
        if (taken.ExitCode != 0) return null;
        return new[] { prefix + "-000.jpg", prefix + "-000.png" }.FirstOrDefault(File.Exists);
    }

    /// <summary>Renders a page as viewers show it; null when that fails.</summary>
    /// <param name="file">PDF.</param>
    /// <param name="page">1-based.</param>
    /// <param name="resolution">Dots per inch.</param>
    /// <param name="grey">Without colour.</param>
    /// <param name="prefix">Path of the image without its ending.</param>
    /// <param name="cancellationToken">Kills the process.</param>
    public async Task<string?> RenderAsync(string file, int page, int resolution, bool grey, string prefix, CancellationToken cancellationToken)
    {
        string[] colour = grey ? ["-gray"] : [];
        var result = await RunAsync(
            ["pdftoppm", "-cropbox", "-singlefile", "-r", Text(resolution), .. colour, "-f", Text(page), "-l", Text(page), file, prefix],
            cancellationToken);
        var image = prefix + (grey ? ".pgm" : ".ppm");
        return result.ExitCode == 0 && File.Exists(image) ? image : null;
    }

    /// <summary>Whether a list of pdfimages names one image of a kind that is shown as it is (no mask, no stencil).</summary>
    internal static bool HasOnePlainImage(string list)
    {
        var rows = list.Split('\n', StringSplitOptions.RemoveEmptyEntries).Skip(2).ToList();
        return rows.Count == 1 && PlainImage().IsMatch(rows[0]);
    }

    [GeneratedRegex(@"^\s*\d+\s+\d+\s+image\s+\d+\s+\d+\s+\S+\s+\d+\s+\d+\s+(jpeg|image|ccitt|jbig2)\s", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex PlainImage();

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);

    private async Task<ToolResult> RunAsync(string[] command, CancellationToken cancellationToken)
    {
        await _places.WaitAsync(cancellationToken);
        try
        {
            return await RunInPlaceAsync(command, cancellationToken);
        }
        finally
        {
            _places.Release();
        }
    }

    private async Task<ToolResult> RunInPlaceAsync(string[] command, CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(options.TimePerTool);
        string[] limits =
        [
            "prlimit", "--core=0", string.Create(CultureInfo.InvariantCulture, $"--as={(long)options.MemoryMebibytes << 20}"),
            string.Create(CultureInfo.InvariantCulture, $"--fsize={(long)options.OutputMebibytes << 20}"),
            string.Create(CultureInfo.InvariantCulture, $"--cpu={Math.Max(1, (int)options.TimePerTool.TotalSeconds)}"), "--",
        ];
        using var process = Processes.Start([.. limits, .. command], withInput: false);
        try
        {
            var output = LimitedReader.ReadTextAsync(process.StandardOutput.BaseStream, TextLimit, limit.Token);
            var errors = LimitedReader.ReadTextAsync(process.StandardError.BaseStream, TextLimit, limit.Token);
            await Task.WhenAll(output, errors);
            await process.WaitForExitAsync(limit.Token);
            if (process.ExitCode > 128) throw new EngineFault($"{command[0]} was ended by signal {process.ExitCode - 128}");
            if (process.ExitCode == 127) throw new EngineFault(command[0] + " is not installed");
            return new(process.ExitCode, await output, await errors);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new EngineFault($"{command[0]} took longer than {options.TimePerTool.TotalSeconds:0} s", timeLimit: true);
        }
        finally
        {
            Processes.Kill(process);
        }
    }
}

/// <summary>What a tool said.</summary>
internal sealed record ToolResult(int ExitCode, string Output, string Errors);
