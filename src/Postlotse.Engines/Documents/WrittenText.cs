using System.Collections.Concurrent;
using Postlotse.Engines.Pool;
using Postlotse.Letters;

namespace Postlotse.Engines.Documents;

/// <summary>
/// Text written in a PDF, asked for when a page turns out to be no scan, many pages at a time. Text on a page with large images is
/// never taken: over a scan it is somebody's reading of it, and ours is checked.
/// </summary>
internal sealed class WrittenText(PdfTools tools, string file, int lastPage, string? images)
{
    private const int PagesPerCall = 20;

    /// <summary>Share of the page; a logo or a signature stays far below.</summary>
    private const double LargestImages = 0.1;

    private readonly IReadOnlyDictionary<int, double> _imageAreas = PageImages.Areas(images ?? "");
    private readonly ConcurrentDictionary<int, Lazy<Task<IReadOnlyDictionary<int, IReadOnlyList<TextLine>>>>> _blocks = new();

    /// <summary>A page's lines when they may be worth taking, otherwise null.</summary>
    /// <param name="page">1-based.</param>
    /// <param name="size">Its size.</param>
    /// <param name="cancellationToken">Of the file.</param>
    public async Task<(IReadOnlyList<TextLine>? Lines, TextQuality Quality)> OfAsync(
        int page, PdfPageSize size, CancellationToken cancellationToken)
    {
        if (images is null || size.Width == 0) return (null, TextQuality.Bad);
        if (_imageAreas.GetValueOrDefault(page) > LargestImages * size.Width * size.Height) return (null, TextQuality.Bad);
        var block = _blocks.GetOrAdd((page - 1) / PagesPerCall, b => new(() => ReadAsync(b, cancellationToken)));
        if (!(await block.Value).TryGetValue(page, out var lines)) return (null, TextQuality.Bad);
        var quality = TextCheck.Judge(lines);
        return (quality == TextQuality.Bad ? null : lines, quality);
    }

    private async Task<IReadOnlyDictionary<int, IReadOnlyList<TextLine>>> ReadAsync(int block, CancellationToken cancellationToken)
    {
        var first = block * PagesPerCall + 1;
        try
        {
            var output = await tools.ReadTextAsync(file, first, Math.Min(lastPage, first + PagesPerCall - 1), cancellationToken);
            return PdfPageText.Parse(output, first);
        }
        catch (EngineFault)
        {
            return new Dictionary<int, IReadOnlyList<TextLine>>(); // the pages' pictures can still be read
        }
    }
}
