namespace Postlotse.Engines;

/// <summary>How page children are started, and what a file may cost.</summary>
public sealed record EngineOptions
{
    /// <summary>Command line that starts a page child: the executable and its first arguments ("…/postlotse", "engine").</summary>
    public required IReadOnlyList<string> ChildCommand { get; init; }

    /// <summary>Page children at the same time.</summary>
    public int Workers { get; init; } = Environment.ProcessorCount;

    /// <summary>Tesseract's language codes joined by "+", as <see cref="OcrLanguages.Choose"/> gives them.</summary>
    public string Languages { get; init; } = "deu";

    /// <summary>Wall clock for one page, from the request to the answer.</summary>
    public TimeSpan TimePerPage { get; init; } = TimeSpan.FromSeconds(90);

    /// <summary>Wall clock for one call of a PDF tool.</summary>
    public TimeSpan TimePerTool { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>Memory a child or tool may take, MiB.</summary>
    public int MemoryMebibytes { get; init; } = 1024;

    /// <summary>Largest file a child or tool may write, MiB.</summary>
    public int OutputMebibytes { get; init; } = 512;

    /// <summary>Pages of a file.</summary>
    public int PagesPerFile { get; init; } = 500;

    /// <summary>Pixels of a page; 80 million are A3 at 400 dpi twice over.</summary>
    public long PixelsPerPage { get; init; } = 80_000_000;

    /// <summary>Bytes of a file.</summary>
    public long BytesPerFile { get; init; } = 512L << 20;

    /// <summary>Bytes of all pages' images of a file once taken out of it.</summary>
    public long ImageBytesPerFile { get; init; } = 4L << 30;

    /// <summary>Files taken out of a PDF; further ones stay in the original.</summary>
    public int AttachmentsPerFile { get; init; } = 50;

    /// <summary>Bytes of all files taken out of a PDF.</summary>
    public long AttachmentBytesPerFile { get; init; } = 100L << 20;

    /// <summary>Wall clock for a whole file; behind it waits the next letter.</summary>
    public TimeSpan TimePerFile { get; init; } = TimeSpan.FromMinutes(30);

    /// <summary>A child is replaced after so many pages, so that its memory stays flat.</summary>
    public int PagesPerChild { get; init; } = 200;

    /// <summary>
    /// Called once when a page may bear barcodes but the library that reads them is not installed; they are then not found.
    /// </summary>
    public Action? CodesUnread { get; init; }

    /// <summary>Least resolution of pictures in the PDF, dots per inch, at least 150; coarser scans stay as they are.</summary>
    public int PictureResolution { get; init; } = 150;

    /// <summary>JPEG quality of pictures in the PDF, 50 to 95.</summary>
    public int PictureQuality { get; init; } = 80;

    /// <summary>Resolution in which pages that are no plain scans are rendered, dots per inch.</summary>
    public int RenderResolution { get; init; } = 300;
}
