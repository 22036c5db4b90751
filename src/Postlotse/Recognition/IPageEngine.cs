using Postlotse.Letters;

namespace Postlotse.Recognition;

/// <summary>
/// Reads pages and makes the searchable PDF, in child processes with limits. (An interface because the domain references no
/// native code; the tests' saboteur engines are its other implementations.)
/// </summary>
public interface IPageEngine
{
    /// <summary>Reads a file's pages.</summary>
    /// <param name="request">What and where.</param>
    /// <param name="cancellationToken">Kills the child processes of this call.</param>
    Task<EngineAnswer> ReadAsync(EngineRequest request, CancellationToken cancellationToken);
}

/// <summary>A file to read.</summary>
/// <param name="Path">Original, opened for reading only.</param>
/// <param name="Source">Its format and the pages that belong to the letter (page count 0: all).</param>
/// <param name="ReceivedAt">Stamped into the PDF's metadata, so that the output is the same each time.</param>
/// <param name="Title">Title in the PDF's metadata.</param>
/// <param name="ScratchFolder">Empty folder for intermediate files and the PDF.</param>
/// <param name="Progress">Told the number of finished pages and of all; may be null.</param>
public sealed record EngineRequest(
    string Path, SourcePages Source, DateTimeOffset ReceivedAt, string Title, string ScratchFolder,
    IProgress<PageProgress>? Progress = null)
{
    /// <summary>The file's pages in the order they are to have, some with their turn; null: as they lie in the file.</summary>
    public IReadOnlyList<ArrangedPage>? Arrangement { get; init; }
}

/// <summary>Finished pages out of all.</summary>
public readonly record struct PageProgress(int Finished, int Total);

/// <summary>What the engine says; closed.</summary>
public abstract record EngineAnswer
{
    private EngineAnswer()
    {
    }

    /// <summary>All pages read. <paramref name="PdfPath"/> lies in the scratch folder.</summary>
    public sealed record Read(
        IReadOnlyList<RecognisedPage> Pages, string PdfPath, string Language, double OcrMilliseconds,
        IReadOnlyList<Finding> Findings) : EngineAnswer
    {
        /// <summary>What the file holds besides its pages.</summary>
        public DocumentContent Document { get; init; } = DocumentContent.None;
    }

    /// <summary>The file is no good; trying again would not help.</summary>
    public sealed record Unusable(Finding Finding) : EngineAnswer;

    /// <summary>A child process crashed, hung or ran into a limit; another attempt may succeed.</summary>
    /// <param name="Cause">For the operator.</param>
    /// <param name="WhenExhausted">What a person is told when no attempt is left.</param>
    public sealed record Failed(string Cause, FindingKind WhenExhausted) : EngineAnswer;
}

/// <summary>What a PDF holds besides its pages.</summary>
public sealed record DocumentContent(
    IReadOnlyList<DigitalSignature> Signatures, IReadOnlyList<AttachedFile> Attachments, IReadOnlyList<PageNote> Notes)
{
    /// <summary>Nothing.</summary>
    public static DocumentContent None { get; } = new([], [], []);
}

/// <summary>A file taken out of a PDF; <paramref name="Path"/> lies in the scratch folder. Otherwise as <see cref="Attachment"/>.</summary>
public sealed record AttachedFile(string Name, string Path, string MediaType, bool Invoice);
