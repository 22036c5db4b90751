using System.Collections.Concurrent;
using Postlotse.Engines.Pool;
using Postlotse.Letters;

namespace Postlotse.Engines.Documents;

/// <summary>
/// Text written in a PDF, asked for when a page turns out to be no scan, many pages at a time. Text on a page with large images is
/// never taken: over a scan it is somebody's reading of it, and ours is checked.
/// </summary>
internal sealed class WrittenText(PdfTools tools, string file, int lastPage)
{
    private const int PagesPerCall = 20;

    /// <summary>Share of the page; a logo or a signature stays far below.</summary>
    private const double LargestImages = 0.1;

    private readonly ConcurrentDictionary<int, Lazy<Task<Block>>> _blocks = new();

    /// <summary>A page's lines when they may be worth taking, otherwise null.</summary>
    /// <param name="page">1-based.</param>
    /// <param name="size">Its size.</param>
    /// <param name="cancellationToken">Of the file.</param>
    public async Task<(IReadOnlyList<TextLine>? Lines, TextQuality Quality)> OfAsync(
        int page, PdfPageSize size, CancellationToken cancellationToken)
    {
        if (size.Width == 0) return (null, TextQuality.Bad);
        var block = await _blocks.GetOrAdd((page - 1) / PagesPerCall, b => new(() => ReadAsync(b, cancellationToken))).Value;
        if (!block.Lines.TryGetValue(page, out var lines)) return (null, TextQuality.Bad);
        if (block.ImageAreas.GetValueOrDefault(page) > LargestImages * size.Width * size.Height) return (null, TextQuality.Bad);
        var quality = TextCheck.Judge(lines);
        return (quality == TextQuality.Bad ? null : lines, quality);
    }

    private async Task<Block> ReadAsync(int block, CancellationToken cancellationToken)
    {
        var first = block * PagesPerCall + 1;
        var last = Math.Min(lastPage, first + PagesPerCall - 1);
        try
        {
            if (await tools.ListImagesAsync(file, first, last, cancellationToken) is not { } images) return Block.None;
            var output = await tools.ReadTextAsync(file, first, last, cancellationToken);
            return new(PdfPageText.Parse(output, first), PageImages.Areas(images));
        }
        catch (EngineFault)
        {
            return Block.None; // the pages' pictures can still be read
        }
    }

    /// <summary>Lines and the area of images by page, square millimetres.</summary>
    private sealed record Block(
        IReadOnlyDictionary<int, IReadOnlyList<TextLine>> Lines, IReadOnlyDictionary<int, double> ImageAreas)
    {
        public static readonly Block None = new(new Dictionary<int, IReadOnlyList<TextLine>>(), new Dictionary<int, double>());
    }
}
