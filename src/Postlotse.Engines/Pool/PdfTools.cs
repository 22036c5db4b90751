using System.Globalization;
using System.Text.Json;
using Postlotse.Engines.Documents;

namespace Postlotse.Engines.Pool;

/// <summary>
/// Programs of poppler-utils, qpdf and libheif, each call a process of its own under limits of memory, processor time and file size
/// (prlimit of util-linux) and of wall clock.
/// </summary>
internal sealed class PdfTools(EngineOptions options) : IDisposable
{
    private const int TextLimit = 1 << 20, LongTextLimit = 32 << 20;

    private readonly SemaphoreSlim _places = new(options.Workers);

    public void Dispose() => _places.Dispose();

    /// <summary>Pages with sizes, or why there are none.</summary>
    public async Task<PdfContent> ReadContentAsync(string file, int lastPage, CancellationToken cancellationToken)
    {
        var result = await RunAsync(["pdfinfo", "-f", "1", "-l", Text(lastPage), file], cancellationToken);
        return PdfContent.Parse(result);
    }

    /// <summary>The file's objects without the data of streams, as qpdf's JSON.</summary>
    public async Task<PdfObjects> ReadObjectsAsync(string file, CancellationToken cancellationToken)
    {
        try
        {
            var result = await RunAsync(["qpdf", "--no-warn", "--json=2", "--json-key=qpdf", file], cancellationToken, LongTextLimit);
            return new(result.Output, result.ExitCode == 0);
        }
        catch (EngineFault)
        {
            return new("", false); // too many or too slow; the pages can still be read
        }
    }

    /// <summary>Writes streams to files named PREFIX-NUMBER: JPEGs as they are, packed data unpacked. What fails is missing.</summary>
    public async Task TakeStreamsAsync(string file, IEnumerable<int> objects, string prefix, CancellationToken cancellationToken)
    {
        string[] command = ["qpdf", "--json=2", "--json-key=qpdf", "--json-stream-data=file", "--json-stream-prefix=" + prefix];
        var wanted = objects.Select(number => "--json-object=" + Text(number)).ToList();
        if (wanted.Count > 0) await RunAsync([.. command, "--decode-level=generalized", .. wanted, file], cancellationToken);
    }

    /// <summary>What pdfimages lists; null when it fails or there are too many.</summary>
    public async Task<string?> ListImagesAsync(string file, int firstPage, int lastPage, CancellationToken cancellationToken)
    {
        var list = await RunAsync(["pdfimages", "-list", "-f", Text(firstPage), "-l", Text(lastPage), file], cancellationToken);
        return list.ExitCode == 0 && list.Output.Length < TextLimit ? list.Output : null;
    }

    /// <summary>What pdftotext says of words and their places on the pages as displayed.</summary>
    public async Task<string> ReadTextAsync(string file, int firstPage, int lastPage, CancellationToken cancellationToken)
    {
        string[] command = ["pdftotext", "-bbox-layout", "-cropbox", "-f", Text(firstPage), "-l", Text(lastPage), file, "-"];
        return (await RunAsync(command, cancellationToken, LongTextLimit)).Output;
    }

    /// <summary>What pdfsig says. It asks nobody: no revocation lists, no certificates from elsewhere.</summary>
    public async Task<string> CheckSignaturesAsync(string file, CancellationToken cancellationToken) =>
        (await RunAsync(["pdfsig", "-no-ocsp", file], cancellationToken)).Output;

    /// <summary>What pdfdetach lists.</summary>
    public async Task<string> ListAttachmentsAsync(string file, CancellationToken cancellationToken) =>
        (await RunAsync(["pdfdetach", "-list", file], cancellationToken)).Output;

    /// <summary>Takes an attachment out; false when it cannot be read or is larger than allowed.</summary>
    public async Task<bool> TakeAttachmentAsync(string file, int number, string path, long mostBytes, CancellationToken cancellationToken)
    {
        try
        {
            var result = await RunAsync(
                ["pdfdetach", "-save", Text(number), "-o", path, file], cancellationToken, mostBytes: Math.Max(1, mostBytes));
            return result.ExitCode == 0 && File.Exists(path);
        }
        catch (EngineFault)
        {
            File.Delete(path); // ended by the limit of its size
            return false;
        }
    }

    /// <summary>A page's only image, written as JPEG when it is one and as PNG otherwise; null when that is not sure to be whole.</summary>
    public async Task<string?> TakeImageAsync(string file, int page, string folder, CancellationToken cancellationToken)
    {
        var prefix = Path.Combine(folder, "image-" + Text(page));
        var taken = await RunAsync(["pdfimages", "-j", "-png", "-f", Text(page), "-l", Text(page), file, prefix], cancellationToken);
        return taken is { ExitCode: 0, HasComplaint: false }
            ? new[] { prefix + "-000.jpg", prefix + "-000.png" }.FirstOrDefault(File.Exists) : null;
    }

    /// <summary>
    /// Renders a page as viewers show it, in colour, which takes two thirds of the time of grey; null when that fails. A complaint: the
    /// tool met something that it could not draw.
    /// </summary>
    /// <param name="file">PDF.</param>
    /// <param name="page">1-based.</param>
    /// <param name="resolution">Dots per inch.</param>
    /// <param name="prefix">Path of the image without its ending.</param>
    /// <param name="cancellationToken">Kills the process.</param>
    public async Task<(string? Image, bool Complaint)> RenderAsync(
        string file, int page, int resolution, string prefix, CancellationToken cancellationToken)
    {
        var result = await RunAsync(
            ["pdftoppm", "-cropbox", "-singlefile", "-r", Text(resolution), "-f", Text(page), "-l", Text(page), file, prefix],
            cancellationToken);
        var image = prefix + ".ppm";
        return (result.ExitCode == 0 && File.Exists(image) ? image : null, result.HasComplaint);
    }

    /// <summary>What heif-info says of the pictures in a HEIF file; empty when it is damaged.</summary>
    public async Task<string> DescribeHeifAsync(string file, CancellationToken cancellationToken)
    {
        var result = await RunAsync(["heif-info", file], cancellationToken);
        return result.ExitCode == 0 ? result.Output : "";
    }

    /// <summary>
    /// Writes all pictures of a HEIF file as PNG, turned as the file asks for; null when one of them cannot be decoded.
    /// </summary>
    /// <param name="file">HEIC, HEIF or AVIF.</param>
    /// <param name="count">Pictures in it.</param>
    /// <param name="prefix">Path of the pictures without number and ending.</param>
    /// <param name="cancellationToken">Kills the process.</param>
    public async Task<IReadOnlyList<string>?> DecodeHeifAsync(string file, int count, string prefix, CancellationToken cancellationToken)
    {
        var result = await RunAsync(["heif-convert", "--quiet", file, prefix + ".png"], cancellationToken);
        string[] images = count == 1 ? [prefix + ".png"] : [.. Enumerable.Range(1, count).Select(i => $"{prefix}-{Text(i)}.png")];
        return result.ExitCode == 0 && images.All(File.Exists) ? images : null;
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);

    private async Task<ToolResult> RunAsync(
        string[] command, CancellationToken cancellationToken, int longest = TextLimit, long? mostBytes = null)
    {
        await _places.WaitAsync(cancellationToken);
        try
        {
            return await RunInPlaceAsync(command, longest, mostBytes ?? (long)options.OutputMebibytes << 20, cancellationToken);
        }
        finally
        {
            _places.Release();
        }
    }

    private async Task<ToolResult> RunInPlaceAsync(
        string[] command, int longest, long mostBytes, CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(options.TimePerTool);
        string[] limits =
        [
            "prlimit", "--core=0", string.Create(CultureInfo.InvariantCulture, $"--as={(long)options.MemoryMebibytes << 20}"),
            string.Create(CultureInfo.InvariantCulture, $"--fsize={mostBytes}"),
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
            if (process.ExitCode == 127) throw new EngineFault(command[0] + " is not installed", isMissing: true);
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
internal sealed record ToolResult(int ExitCode, string Output, string Errors)
{
    /// <summary>Whether poppler said more than warnings.</summary>
    public bool HasComplaint => Errors.Split('\n').Any(l => l.Length > 0 && !l.StartsWith("Syntax Warning", StringComparison.Ordinal));
}

/// <summary>Objects of a PDF as qpdf tells them.</summary>
/// <param name="Json">Version 2 of its JSON; empty when nothing could be told.</param>
/// <param name="IsSound">The file is in order; otherwise qpdf guessed, and other programs may guess otherwise.</param>
internal sealed record PdfObjects(string Json, bool IsSound);

/// <summary>Finds objects that others refer to, at once: a JSON object runs through all members before the one it looks for.</summary>
internal sealed class PdfObjectTable
{
    private readonly Dictionary<string, JsonElement> _objects = new(StringComparer.Ordinal);

    /// <param name="objects">The list of objects in qpdf's JSON; of those with the same name the last counts.</param>
    public PdfObjectTable(JsonElement objects)
    {
        foreach (var member in objects.EnumerateObject()) _objects[member.Name] = member.Value;
    }

    /// <summary>Follows one reference, for an object that is a reference itself is not allowed; undefined when there is no such.</summary>
    public JsonElement Resolve(JsonElement value)
    {
        if (value.ValueKind != JsonValueKind.String || !value.GetString()!.EndsWith(" R", StringComparison.Ordinal)) return value;
        return _objects.TryGetValue("obj:" + value.GetString(), out var item) ? Body(item) : default;
    }

    /// <summary>An object's value, or the dictionary of its stream.</summary>
    public static JsonElement Body(JsonElement item) => item.TryGetProperty("value", out var value) ? value
        : item.TryGetProperty("stream", out var stream) && stream.TryGetProperty("dict", out var dictionary) ? dictionary : default;
}
