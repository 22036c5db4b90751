using System.Globalization;

namespace Postlotse.Engines.Pool;

/// <summary>
/// Programs of poppler-utils and qpdf, each call a process of its own under limits of memory, processor time and file size (prlimit of
/// util-linux) and of wall clock.
/// </summary>
internal sealed class PdfTools(EngineOptions options) : IDisposable
{
    private const int TextLimit = 1 << 20, ObjectsLimit = 32 << 20;

    private readonly SemaphoreSlim _places = new(options.Workers);

    public void Dispose() => _places.Dispose();

    /// <summary>Pages with sizes, or why there are none.</summary>
    public async Task<PdfContent> ReadContentAsync(string file, int lastPage, CancellationToken cancellationToken)
    {
        var result = await RunAsync(["pdfinfo", "-f", "1", "-l", Text(lastPage), file], cancellationToken);
        return PdfContent.Parse(result);
    }

    /// <summary>The file's objects without the data of streams, as qpdf's JSON; empty when the file is not quite in order.</summary>
    public async Task<string> ReadObjectsAsync(string file, CancellationToken cancellationToken)
    {
        var result = await RunAsync(["qpdf", "--json=2", "--json-key=qpdf", file], cancellationToken, ObjectsLimit);
        return result.ExitCode == 0 ? result.Output : "";
    }

    /// <summary>Writes streams to files named PREFIX-NUMBER: JPEGs as they are, packed data unpacked. What fails is missing.</summary>
    public async Task TakeStreamsAsync(string file, IEnumerable<int> objects, string prefix, CancellationToken cancellationToken)
    {
        string[] command = ["qpdf", "--json=2", "--json-key=qpdf", "--json-stream-data=file", "--json-stream-prefix=" + prefix];
        var wanted = objects.Select(number => "--json-object=" + Text(number)).ToList();
        if (wanted.Count > 0) await RunAsync([.. command, "--decode-level=generalized", .. wanted, file], cancellationToken);
    }

    /// <summary>A page's only image, written as JPEG when it is one and as PNG otherwise; null when that fails.</summary>
    public async Task<string?> TakeImageAsync(string file, int page, string folder, CancellationToken cancellationToken)
    {
        var prefix = Path.Combine(folder, "image-" + Text(page));
        var taken = await RunAsync(["pdfimages", "-j", "-png", "-f", Text(page), "-l", Text(page), file, prefix], cancellationToken);
        return taken.ExitCode == 0 ? new[] { prefix + "-000.jpg", prefix + "-000.png" }.FirstOrDefault(File.Exists) : null;
    }

    /// <summary>Renders a page as viewers show it, in colour, which takes two thirds of the time of grey; null when that fails.</summary>
    /// <param name="file">PDF.</param>
    /// <param name="page">1-based.</param>
    /// <param name="resolution">Dots per inch.</param>
    /// <param name="prefix">Path of the image without its ending.</param>
    /// <param name="cancellationToken">Kills the process.</param>
    public async Task<string?> RenderAsync(
        string file, int page, int resolution, string prefix, CancellationToken cancellationToken)
    {
        var result = await RunAsync(
            ["pdftoppm", "-cropbox", "-singlefile", "-r", Text(resolution), "-f", Text(page), "-l", Text(page), file, prefix],
            cancellationToken);
        var image = prefix + ".ppm";
        return result.ExitCode == 0 && File.Exists(image) ? image : null;
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);

    private async Task<ToolResult> RunAsync(string[] command, CancellationToken cancellationToken, int longest = TextLimit)
    {
        await _places.WaitAsync(cancellationToken);
        try
        {
            return await RunInPlaceAsync(command, longest, cancellationToken);
        }
        finally
        {
            _places.Release();
        }
    }

    private async Task<ToolResult> RunInPlaceAsync(string[] command, int longest, CancellationToken cancellationToken)
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
            var output = LimitedReader.ReadTextAsync(process.StandardOutput.BaseStream, longest, limit.Token);
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
