using System.Collections.Concurrent;
using System.Text.Json.Serialization;
using Postlotse.Letters;

namespace Postlotse.App.Processing;

/// <summary>
/// A processed letter as written to LETTERID.json; names and order are a contract with other programs. Roles are those of the pages, of
/// a letter taken out of a stack.
/// </summary>
internal sealed record LetterResult(
    string Id, SourceResult Source, IReadOnlyList<PageResult> Pages, LetterContent Letter, string Language, Decision Decision,
    PdfResult Pdf, TimesResult Milliseconds, IReadOnlyList<Finding> Findings,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] IReadOnlyList<PageRole>? Roles = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] DocumentResult? Document = null);

/// <summary>Where the letter came from.</summary>
internal sealed record SourceResult(string File, string Sha256, int FirstPage, int PageCount);

/// <summary>A page; units as in <see cref="RecognisedPage"/>.</summary>
internal sealed record PageResult(
    int Number, int Rotation, double SkewDegrees, bool Blank, double MeanConfidence, string Text, TextSource TextSource = TextSource.Ocr,
    string Language = "und");

/// <summary>What a PDF holds besides its pages; attachments stay in the input and are named by their hash.</summary>
internal sealed record DocumentResult(
    IReadOnlyList<DigitalSignature> Signatures, IReadOnlyList<AttachmentResult> Attachments, IReadOnlyList<PageNote> Notes);

/// <summary>A file inside a PDF.</summary>
internal sealed record AttachmentResult(string Name, long Bytes, string Sha256, string MediaType, bool Invoice);

/// <summary>The searchable PDF beside the JSON.</summary>
internal sealed record PdfResult(string File, string Sha256, string Conformance);

/// <summary>Times in milliseconds: the whole letter, and the share of reading its pages summed over them.</summary>
internal sealed record TimesResult(double Total, double Ocr);

/// <summary>Letters counted while they come; safe for several threads.</summary>
internal sealed class Tally
{
    private readonly ConcurrentDictionary<string, bool> _files = new(StringComparer.Ordinal);
    private int _letters, _pages, _auto, _review, _sealed;

    public int Letters => _letters;

    /// <summary>Files that became letters, and further ones.</summary>
    public int FilesWith(IEnumerable<string> others) => _files.Keys.Union(others, StringComparer.Ordinal).Count();

    public int Pages => _pages;

    public int Auto => _auto;

    public int Review => _review;

    public int Sealed => _sealed;

    public void Add(LetterResult letter)
    {
        _files.TryAdd(letter.Source.File, true);
        Interlocked.Increment(ref _letters);
        Interlocked.Add(ref _pages, letter.Pages.Count);
        Interlocked.Add(ref _auto, letter.Decision.Outcome == Outcome.Auto ? 1 : 0);
        Interlocked.Add(ref _review, letter.Decision.Outcome == Outcome.Review ? 1 : 0);
        Interlocked.Add(ref _sealed, letter.Decision.Outcome == Outcome.Sealed ? 1 : 0);
    }
}

/// <summary>summary.json of a run.</summary>
internal sealed record Summary
{
    public int Files { get; init; }

    public int Pages { get; init; }

    public int Letters { get; init; }

    public int Auto { get; init; }

    public int Review { get; init; }

    public int Sealed { get; init; }

    public IReadOnlyList<FailedFile> Failed { get; init; } = [];

    public double Seconds { get; init; }
}

/// <summary>A file that no letter came of, or a letter of a stack, and why, for a clerk.</summary>
internal sealed record FailedFile(string File, string Reason)
{
    /// <summary>Of a letter of a stack: its first page in the file, 1-based; null: the whole file.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public int? FirstPage { get; init; }

    /// <summary>Of a letter of a stack: its pages.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public int? PageCount { get; init; }
}
