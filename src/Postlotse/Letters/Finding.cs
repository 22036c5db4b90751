using System.Text.Json.Serialization;

namespace Postlotse.Letters;

/// <summary>Something wrong or noteworthy about a letter (Befund). Texts for people: see <c>FindingTexts</c>.</summary>
/// <param name="Kind">What.</param>
/// <param name="Page">1-based page it concerns; null for the whole.</param>
/// <param name="Detail">A number, limit or technical cause that completes the text; never text of the letter.</param>
public sealed record Finding(FindingKind Kind, int? Page = null, string? Detail = null)
{
    /// <summary>
    /// It is not proved that the scan is complete: a person compares it with the paper, which must not be destroyed before. It concerns
    /// every letter of the file.
    /// </summary>
    [JsonIgnore]
    public bool KeepsPaper => Kind is FindingKind.PageCountDiffers or FindingKind.SheetCountDiffers or FindingKind.ScanHashDiffers
        or FindingKind.ManifestUnusable or FindingKind.ManifestMissing;
}

/// <summary>Closed list; each has a German and an English text and a line in docs/operating/findings.md.</summary>
public enum FindingKind
{
    /// <summary>The file has no bytes.</summary>
    EmptyFile,

    /// <summary>None of the formats read here. Its detail is empty or says what it is instead: "Picture WebP".</summary>
    UnknownFormat,

    /// <summary>A TIFF or JPEG, but of a compression, depth or colour space that is not read here.</summary>
    UnsupportedImage,

    /// <summary>The program that decodes such a file is not installed on the server. Detail: the package that has it.</summary>
    ToolMissing,

    /// <summary>The content is another format than the name's ending says; only noteworthy when the content can be read.</summary>
    NameContradictsContent,

    /// <summary>Cut off or damaged.</summary>
    Damaged,

    /// <summary>Needs a password.</summary>
    Encrypted,

    /// <summary>More bytes than allowed.</summary>
    FileTooLarge,

    /// <summary>More pages than allowed.</summary>
    TooManyPages,

    /// <summary>A page has more pixels than allowed.</summary>
    TooManyPixels,

    /// <summary>A file without a single page.</summary>
    NoPages,

    /// <summary>Everything is blank.</summary>
    AllPagesBlank,

    /// <summary>A PDF form that is built only by the maker's own program (dynamic XFA).</summary>
    DynamicForm,

    /// <summary>A PDF that only holds other files (portfolio): the letter is in its attachments.</summary>
    Portfolio,

    /// <summary>Attachments stayed in the original because they are too many or too large.</summary>
    AttachmentsLeftOut,

    /// <summary>The file of the batch has attachments; nobody can tell whose they are, so they stay with the batch.</summary>
    AttachmentsWithBatch,

    /// <summary>A signature does not fit what it covers.</summary>
    SignatureBroken,

    /// <summary>Scripts or commands are in the file; nothing of them was run.</summary>
    ActiveContent,

    /// <summary>Attachments, signatures and scripts of a PDF could not be looked at; its pages were read.</summary>
    DocumentUnchecked,

    /// <summary>Reading took longer than allowed, also when tried again.</summary>
    TimeLimit,

    /// <summary>A stage kept failing; a person sees the letter without a proposal.</summary>
    StageFailed,

    /// <summary>What was stored of the letter could not be read any more; a person sees it without a proposal.</summary>
    StateUnreadable,

    /// <summary>Too little could be read to decide.</summary>
    Unreadable,

    /// <summary>Print runs into the edge of the page.</summary>
    PageCutOff,

    /// <summary>So blurred that it was read badly.</summary>
    PageBlurred,

    /// <summary>Paper so dark that it was read badly.</summary>
    PageTooDark,

    /// <summary>Print so faint that it was read badly.</summary>
    PageTooLight,

    /// <summary>Ends within a sentence, and the lower half is blank.</summary>
    PageHalfEmpty,

    /// <summary>The numbers on the pages say that one is missing before or behind this one.</summary>
    PageMissing,

    /// <summary>Far longer than the other pages of its width: two sheets were fed together.</summary>
    DoubleFeed,

    /// <summary>Many words are handwriting or spoiled and could not be read surely.</summary>
    PartlyUnreadable,

    /// <summary>A person decides because the proposal is not certain enough.</summary>
    Unsure,

    /// <summary>The office gave the letter back.</summary>
    ReturnedByOffice,

    /// <summary>It is not certain enough where the letters of a batch begin; a person says so.</summary>
    BoundariesUnsure,

    /// <summary>The code of a separator sheet that was not printed here, or nobody can tell: it ordered nothing.</summary>
    SheetUnsigned,

    /// <summary>An address or endorsement on a page says that its letter must not be opened by everybody.</summary>
    MustStayClosed,

    /// <summary>The file has other pages than its scanner announced. Detail: announced, counted.</summary>
    PageCountDiffers,

    /// <summary>The file has other pages than come of the announced sheets. Detail: sheets, pages of those, counted.</summary>
    SheetCountDiffers,

    /// <summary>The file is not the one its scanner announced.</summary>
    ScanHashDiffers,

    /// <summary>The scanner's manifest says nothing that can be compared. Detail: <see cref="ManifestFault"/>, faulty name.</summary>
    ManifestUnusable,

    /// <summary>A manifest has to lie beside each scan, and none came.</summary>
    ManifestMissing,

    /// <summary>A manifest came without its scan, or after it.</summary>
    ManifestAlone,
}
