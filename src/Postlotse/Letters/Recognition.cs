using System.Text.Json.Serialization;

namespace Postlotse.Letters;

/// <summary>Product of the recognition stage. Words with boxes lie in the file store, for they are large.</summary>
/// <param name="Pages">What is known of each page without its words.</param>
/// <param name="PagesFile">JSON array of <see cref="RecognisedPage"/>.</param>
/// <param name="Pdf">Searchable PDF/A.</param>
/// <param name="Language">ISO 639-1 code of the prevailing language.</param>
/// <param name="TotalMilliseconds">Time from taking the file to the finished PDF.</param>
/// <param name="OcrMilliseconds">Share of it spent in the engine, summed over pages.</param>
public sealed record Recognition(
    IReadOnlyList<PageSummary> Pages, StoredFile PagesFile, StoredFile Pdf, string Language,
    double TotalMilliseconds, double OcrMilliseconds)
{
    /// <summary>Signatures of a PDF, in the file's order.</summary>
    public IReadOnlyList<DigitalSignature> Signatures { get; init; } = [];

    /// <summary>Files inside a PDF, in the file's order.</summary>
    public IReadOnlyList<Attachment> Attachments { get; init; } = [];

    /// <summary>Notes written onto pages of a PDF that no print of the page shows.</summary>
    public IReadOnlyList<PageNote> Notes { get; init; } = [];

    /// <summary>Attachments, or the signed original, lie also in <see cref="Pdf"/>.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool PdfHoldsFiles { get; init; }

    /// <summary>Which PDF/A <see cref="Pdf"/> is (ISO 19005).</summary>
    [JsonIgnore]
    public string Conformance => PdfHoldsFiles ? "PDF/A-3u" : "PDF/A-2u";

    /// <summary>All files of the store that belong to it.</summary>
    [JsonIgnore]
    public IEnumerable<StoredFile> Files => [PagesFile, Pdf, .. Attachments.Select(a => a.File)];
}

/// <summary>A page without its words; see <see cref="RecognisedPage"/> for the units.</summary>
public sealed record PageSummary(int Number, int Rotation, double SkewDegrees, bool Blank, double MeanConfidence)
{
    /// <inheritdoc cref="RecognisedPage.TextSource"/>
    public TextSource TextSource { get; init; }

    public static PageSummary Of(RecognisedPage page)
    {
        ArgumentNullException.ThrowIfNull(page);
        return new(page.Number, page.Rotation, page.SkewDegrees, page.Blank, page.MeanConfidence) { TextSource = page.TextSource };
    }
}

/// <summary>A file in the content-addressed store.</summary>
/// <param name="Sha256">Lower-case hexadecimal; its address.</param>
/// <param name="Bytes">Size.</param>
public sealed record StoredFile(string Sha256, long Bytes);
