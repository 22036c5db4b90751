using System.Globalization;
using Postlotse.Engines.Documents;
using Postlotse.Engines.Protocol;
using Postlotse.Engines.Scans;
using Postlotse.Letters;
using Postlotse.Recognition;

namespace Postlotse.Engines.Pool;

/// <summary>The reading of one file: finds its pages, lets children read them side by side, and collects what they say.</summary>
internal sealed class FileReading(EngineRequest request, EngineOptions options, ChildPool children, PdfTools tools)
{
    private const int PdfEndReach = 4096;

    /// <summary>Debian package of the programs that decode HEIF.</summary>
    private const string HeifPackage = "libheif-examples";

    /// <summary>Larger pages, plans for instance, are rendered coarser, but no coarser than print can still be read.</summary>
    private const int LeastResolution = 150;

    private readonly string _file = Path.GetFullPath(request.Path);
    private WrittenText? _text;
    private int _finished;
    private long _imageBytes;

    /// <summary>What the file holds besides its pages; known when they have been read.</summary>
    public InspectedDocument Document { get; private set; } = new(DocumentContent.None, []);

    /// <summary>All pages in order.</summary>
    /// <exception cref="FileProblem">The file is no good.</exception>
    /// <exception cref="EngineFault">A child process failed.</exception>
    public async Task<IReadOnlyList<ReadPage>> ReadAsync(CancellationToken cancellationToken)
    {
        CheckBytes();
        if (request.Source.Format == FileFormat.Pdf) return await ReadPdfAsync(cancellationToken);
        if (request.Source.Format == FileFormat.Heif) return await ReadHeifAsync(cancellationToken);
        var count = request.Source.Format == FileFormat.Tiff ? await CountImagesAsync(cancellationToken) : 1;
        var (first, pages) = Range(count);
        return await ReadSideBySideAsync(first, pages, ReadImageAsync, cancellationToken);
    }

    private async Task<IReadOnlyList<ReadPage>> ReadPdfAsync(CancellationToken cancellationToken)
    {
        var described = tools.ReadObjectsAsync(_file, cancellationToken);
        var content = await tools.ReadContentAsync(_file, options.PagesPerFile, cancellationToken);
        var objects = await described;
        if (content.Finding is { } finding) throw new FileProblem(finding);
        var (first, pages) = Range(content.Count);
        var scans = PdfScans.Find(
            tools, _file, request.ScratchFolder, (first, first + pages - 1, content.Count), objects, cancellationToken);
        _text = new(tools, _file, first + pages - 1);
        var inspecting = new DocumentInspection(request, options, tools).InspectAsync(objects, cancellationToken);
        var reading = ReadSideBySideAsync(
            first, pages, (page, number, token) => ReadPdfPageAsync(content, scans, page, number, token), cancellationToken);
        await Task.WhenAll(reading, inspecting);
        Document = await inspecting;
        var form = Document.Findings.FirstOrDefault(f => f.Kind == FindingKind.DynamicForm);
        return form is null ? await reading : throw new FileProblem(form);
    }

    /// <summary>Each picture becomes a page.</summary>
    private async Task<IReadOnlyList<ReadPage>> ReadHeifAsync(CancellationToken cancellationToken)
    {
        try
        {
            var pictures = HeifImages.Pixels(await tools.DescribeHeifAsync(_file, cancellationToken));
            if (pictures.Count == 0) throw new FileProblem(FindingKind.Damaged, detail: "heif-info");
            var (first, pages) = Range(pictures.Count);
            if (pictures.Max() > options.PixelsPerPage) throw TooManyPixels(null, pictures.Max());
            var prefix = Path.Combine(request.ScratchFolder, "picture");
            var images = await tools.DecodeHeifAsync(_file, pictures.Count, prefix, cancellationToken)
                ?? throw new FileProblem(FindingKind.Damaged, detail: "heif-convert");
            return await ReadSideBySideAsync(
                first, pages,
                (page, number, token) => AskAsync(
                    new(0, ChildTask.Read, images[page - 1], 0, number, ImageTo: ImagePath(number)), token),
                cancellationToken);
        }
        catch (EngineFault fault) when (fault.IsMissing)
        {
            throw new FileProblem(FindingKind.ToolMissing, detail: HeifPackage);
        }
    }

    private void CheckBytes()
    {
        var bytes = new FileInfo(_file).Length;
        if (bytes == 0) throw new FileProblem(FindingKind.EmptyFile);
        if (bytes > options.BytesPerFile)
            throw new FileProblem(FindingKind.FileTooLarge, detail: Text(bytes) + " > " + Text(options.BytesPerFile));
        if (request.Source.Format == FileFormat.Unknown)
            throw new FileProblem(FindingKind.UnknownFormat, detail: ForeignFormat.Of(Part(0, ForeignFormat.HeadLength)));
        // A PDF that was cut off lacks its end; tools then guess at what is left, and pages vanish unnoticed.
        if (request.Source.Format == FileFormat.Pdf && Part(Math.Max(0, bytes - PdfEndReach), PdfEndReach).IndexOf("%%EOF"u8) < 0)
            throw new FileProblem(FindingKind.Damaged, detail: "%%EOF");
    }

    private ReadOnlySpan<byte> Part(long start, int length)
    {
        using var stream = File.OpenRead(_file);
        stream.Position = start;
        var part = new byte[length];
        return part.AsSpan(0, stream.ReadAtLeast(part, length, throwOnEndOfStream: false));
    }

    private (int First, int Pages) Range(int count)
    {
        if (request.Source.FirstPage > count) throw new FileProblem(FindingKind.NoPages, detail: Text(count));
        var left = count - request.Source.FirstPage + 1;
        if (request.Source.PageCount > left)
            throw new FileProblem(FindingKind.Damaged, detail: Text(left) + " < " + Text(request.Source.PageCount));
        var pages = request.Source.PageCount == 0 ? left : request.Source.PageCount;
        return pages <= options.PagesPerFile ? (request.Source.FirstPage, pages)
            : throw new FileProblem(FindingKind.TooManyPages, detail: Text(pages) + " > " + Text(options.PagesPerFile));
    }

    private async Task<IReadOnlyList<ReadPage>> ReadSideBySideAsync(
        int first, int count, Func<int, int, CancellationToken, Task<ReadPage>> read, CancellationToken cancellationToken)
    {
        var order = request.Arrangement;
        if (order is not null && order.Count != count)
            throw new FileProblem(FindingKind.Damaged, detail: Text(count) + " pages, " + Text(order.Count) + " arranged");
        var pages = new ReadPage[count];
        request.Progress?.Report(new(0, count));
        // One more than there are children, so that the next page's image is taken out while all of them read.
        var parallel = new ParallelOptions { MaxDegreeOfParallelism = options.Workers + 1, CancellationToken = cancellationToken };
        await Parallel.ForEachAsync(Enumerable.Range(0, count), parallel, async (i, token) =>
        {
            pages[i] = await read(first + (order?[i].Page - 1 ?? i), i + 1, token);
            request.Progress?.Report(new(Interlocked.Increment(ref _finished), count));
        });
        return pages;
    }

    private async Task<int> CountImagesAsync(CancellationToken cancellationToken)
    {
        var answer = await children.AskAsync(new(0, ChildTask.Count, _file), cancellationToken);
        return answer.Outcome == ChildOutcome.Counted ? answer.Count : throw Problem(answer, null);
    }

    private Task<ReadPage> ReadImageAsync(int page, int number, CancellationToken cancellationToken) =>
        AskAsync(new(0, ChildTask.Read, _file, page - 1, number, ImageTo: ImagePath(number)), cancellationToken);

    private async Task<ReadPage> ReadPdfPageAsync(
        PdfContent content, PdfScans scans, int page, int number, CancellationToken cancellationToken)
    {
        // Sizes are asked for up to the limit of pages; a range that begins behind it gets them from the images.
        var size = page <= content.Pages.Count ? content.Pages[page - 1] : new PdfPageSize(0, 0, 0);
        if (size.Width > 0 && await scans.TakeAsync(page) is { } scan
            && await TryReadScanAsync(scan, number, size, cancellationToken) is { } read)
            return read;
        var resolution = RenderResolution(size, number);
        var (text, quality) = await _text!.OfAsync(page, size, cancellationToken);
        var prefix = Path.Combine(request.ScratchFolder, "page-" + Text(number));
        var (image, complaint) = await tools.RenderAsync(_file, page, resolution, prefix, cancellationToken);
        if (image is null) throw new FileProblem(FindingKind.Damaged, number);
        try
        {
            var (width, height) = size.Turn is 90 or 270 ? (size.Height, size.Width) : (size.Width, size.Height); // rendered upright
            var ask = new ChildRequest(
                0, ChildTask.Read, image, 0, number, 0, width, height, Rendered: true, ImageTo: ImagePath(number), Text: text,
                TextDoubtful: quality == TextQuality.Doubtful);
            var rendered = await AskAsync(ask, cancellationToken);
            var hasNoSize = size.Width == 0 && page <= content.Pages.Count;
            // Nothing to see although the tool could not draw something: the page is not known to be blank.
            return rendered with { Suspicious = rendered.Page.Blank && (complaint || hasNoSize) };
        }
        finally
        {
            File.Delete(image);
        }
    }

    /// <summary>The scan's own image, if the page is nothing but it.</summary>
    private async Task<ReadPage?> TryReadScanAsync(string image, int number, PdfPageSize size, CancellationToken cancellationToken)
    {
        var ask = new ChildRequest(0, ChildTask.Read, image, 0, number, size.Turn, size.Width, size.Height, ImageTo: ImagePath(number));
        var answer = await children.AskAsync(WithPictures(ask), cancellationToken);
        // An image too large to take as it is may still be read as a viewer draws the page.
        var read = answer.Outcome == ChildOutcome.TooManyPixels ? null : Result(answer, image, number);
        if (!string.Equals(read?.ImageFile, image, StringComparison.Ordinal)) File.Delete(image);
        return read;
    }

    private int RenderResolution(PdfPageSize size, int number)
    {
        var inches = size.Width / 25.4 * size.Height / 25.4;
        var resolution = inches == 0 ? options.RenderResolution
            : Math.Min(options.RenderResolution, (int)Math.Sqrt(options.PixelsPerPage / inches));
        return resolution >= LeastResolution ? resolution : throw TooManyPixels(number, (long)(LeastResolution * LeastResolution * inches));
    }

    private async Task<ReadPage> AskAsync(ChildRequest ask, CancellationToken cancellationToken) =>
        Result(await children.AskAsync(WithPictures(ask), cancellationToken), ask.File, ask.Number);

    private ChildRequest WithPictures(ChildRequest ask) => ask with
    {
        PictureResolution = options.PictureResolution, PictureQuality = options.PictureQuality,
        Rotation = request.Arrangement?[ask.Number - 1].Rotation,
    };

    private ReadPage Result(ChildAnswer answer, string source, int number)
    {
        if (answer.Outcome != ChildOutcome.Read) throw Problem(answer, number);
        var file = answer.Image!.Kind == ChildImageKind.SourceJpeg ? source : ImagePath(number);
        var taken = new FileInfo(file);
        if (!taken.Exists) throw new EngineFault($"page {number}: no image");
        // One image drawn on hundreds of pages is small as a file and huge when taken out of it for each.
        if (Interlocked.Add(ref _imageBytes, taken.Length) > options.ImageBytesPerFile)
            throw new FileProblem(FindingKind.FileTooLarge, detail: "> " + Text(options.ImageBytesPerFile));
        return new(answer.Page!, answer.Image, file, answer.Suspicious, answer.Milliseconds, answer.CodesUnread);
    }

    private Exception Problem(ChildAnswer answer, int? number) => answer.Outcome switch
    {
        ChildOutcome.Damaged => new FileProblem(FindingKind.Damaged, number, answer.Detail),
        ChildOutcome.Unsupported => new FileProblem(FindingKind.UnsupportedImage, number, answer.Detail),
        ChildOutcome.TooManyPixels => TooManyPixels(number, long.TryParse(answer.Detail, CultureInfo.InvariantCulture, out var n) ? n : 0),
        _ => new EngineFault($"page {number}: {answer.Outcome} {answer.Detail}"),
    };

    private FileProblem TooManyPixels(int? number, long pixels) =>
        new(FindingKind.TooManyPixels, number, Text(pixels) + " > " + Text(options.PixelsPerPage));

    private string ImagePath(int number) => Path.Combine(request.ScratchFolder, "pdf-image-" + Text(number));

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);
}

/// <summary>A page that was read, and its image for the PDF.</summary>
internal sealed record ReadPage(
    RecognisedPage Page, ChildImage Image, string ImageFile, bool Suspicious, double Milliseconds, bool CodesUnread);
