using System.Collections.Concurrent;
using System.Globalization;
using Postlotse.Engines.Pool;

namespace Postlotse.Engines.Scans;

/// <summary>
/// Takes the images of pages that are nothing but a scan out of a PDF, some pages at a time, so that neither time nor space on disk
/// grows with pages nobody reads yet.
/// </summary>
internal sealed class PdfScans
{
    /// <summary>The first pages come alone, so that reading begins at once.</summary>
    private const int FirstBlock = 2, PagesPerBlock = 16;

    private const int LongestContent = 4 << 20;

    private readonly PdfTools _tools;
    private readonly string _file, _folder;
    private readonly CancellationToken _cancellation;
    private readonly IReadOnlyList<ScanCandidate?> _pages;
    private readonly HashSet<int> _shared;
    private readonly ConcurrentDictionary<int, Lazy<Task<IReadOnlySet<int>>>> _blocks = new();
    private readonly int _first, _last;

    private PdfScans(
        PdfTools tools, string file, string folder, (int First, int Last) range, IReadOnlyList<ScanCandidate?> pages,
        CancellationToken cancellation)
    {
        (_tools, _file, _folder, _cancellation, _pages) = (tools, file, folder, cancellation, pages);
        (_first, _last) = (range.First, Math.Min(range.Last, pages.Count));
        _shared = [.. Enumerable.Range(_first, Math.Max(0, _last - _first + 1)).Select(p => pages[p - 1]).OfType<ScanCandidate>()
            .GroupBy(c => c.Image).Where(g => g.Count() > 1).Select(g => g.Key)];
    }

    /// <summary>Looks for pages that may be scans.</summary>
    /// <param name="tools">Run qpdf and pdfimages.</param>
    /// <param name="file">PDF.</param>
    /// <param name="folder">Where images go.</param>
    /// <param name="range">Pages that will be asked for, 1-based, and how many the file has.</param>
    /// <param name="objects">The file's objects as qpdf tells them.</param>
    /// <param name="cancellationToken">Ends all that is under way.</param>
    public static PdfScans Find(
        PdfTools tools, string file, string folder, (int First, int Last, int Count) range, PdfObjects objects,
        CancellationToken cancellationToken)
    {
        var pages = objects.IsSound ? ScanCandidates.Parse(objects.Json) : [];
        if (pages.Count != range.Count) pages = []; // two programs do not agree on what the pages are
        return new(tools, file, folder, (range.First, range.Last), pages, cancellationToken);
    }

    /// <summary>The image of a page that is nothing but it, JPEG or PNG, or null; the caller deletes it.</summary>
    public async Task<string?> TakeAsync(int page)
    {
        if (page > _last || _pages[page - 1] is not { } candidate) return null;
        var block = page - _first < FirstBlock ? 0 : 1 + (page - _first - FirstBlock) / PagesPerBlock;
        var scans = await _blocks.GetOrAdd(block, b => new(() => TakeBlockAsync(b))).Value;
        if (!scans.Contains(page)) return null;
        var image = Path(block, candidate.Image);
        return IsTakenInBlocks(candidate) && File.Exists(image) ? image
            : await _tools.TakeImageAsync(_file, page, _folder, _cancellation);
    }

    /// <summary>Takes out what the pages of a block draw, and finds out which of them are nothing but a scan.</summary>
    private async Task<IReadOnlySet<int>> TakeBlockAsync(int block)
    {
        var (first, count) = block == 0 ? (_first, FirstBlock) : (_first + FirstBlock + (block - 1) * PagesPerBlock, PagesPerBlock);
        var pages = Enumerable.Range(first, count).Where(p => p <= _last && _pages[p - 1] is not null).ToList();
        var candidates = pages.ConvertAll(p => _pages[p - 1]!);
        int[] contents = [.. candidates.SelectMany(c => c.Contents).Distinct()];
        int[] images = [.. candidates.Where(IsTakenInBlocks).Select(c => c.Image)];
        await _tools.TakeStreamsAsync(_file, [.. contents, .. images], Prefix(block), _cancellation);
        var scans = new HashSet<int>();
        foreach (var page in pages)
        {
            var candidate = _pages[page - 1]!;
            if (await ShowsOnlyTheImageAsync(block, candidate)) scans.Add(page);
            else if (IsTakenInBlocks(candidate)) File.Delete(Path(block, candidate.Image));
        }

        foreach (var content in contents) File.Delete(Path(block, content));
        return scans;
    }

    private async Task<bool> ShowsOnlyTheImageAsync(int block, ScanCandidate candidate)
    {
        using var content = new MemoryStream();
        foreach (var part in candidate.Contents)
        {
            var file = new FileInfo(Path(block, part));
            if (!file.Exists || content.Length + file.Length > LongestContent) return false;
            content.Write(await File.ReadAllBytesAsync(file.FullName, _cancellation));
            content.WriteByte((byte)'\n'); // between parts there is at least a space (ISO 32000-1, table 30)
        }

        return ScanContent.ShowsOnlyTheImage(content.GetBuffer().AsSpan(0, (int)content.Length), candidate);
    }

    /// <summary>An image that stands on several pages is taken out for each, for whoever has read it deletes it.</summary>
    private bool IsTakenInBlocks(ScanCandidate candidate) => candidate.IsJpeg && !_shared.Contains(candidate.Image);

    private string Prefix(int block) => System.IO.Path.Combine(_folder, string.Create(CultureInfo.InvariantCulture, $"block-{block}"));

    private string Path(int block, int number) => string.Create(CultureInfo.InvariantCulture, $"{Prefix(block)}-{number}");
}
