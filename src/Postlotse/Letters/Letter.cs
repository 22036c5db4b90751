using System.Text.Json.Serialization;
using Postlotse.Evidence;

namespace Postlotse.Letters;

/// <summary>
/// A letter (Schriftstück) on its way through the mailroom: what is known of it after the stages it has passed.
/// Immutable; a stage returns a changed copy and the journey runner stores it together with its evidence.
/// </summary>
public sealed record Letter
{
    /// <summary>Unique, lower case, safe as a file name (see <see cref="LetterIds"/>).</summary>
    public required string Id { get; init; }

    /// <summary>The bytes the letter came as, and which of their pages are its own.</summary>
    public required SourcePages Source { get; init; }

    /// <summary>
    /// What the scanner announced of the file, as it came with its first delivery; null when it came without, and for letters taken out
    /// of a batch.
    /// </summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public ScanManifest? Manifest { get; init; }

    /// <summary>Legal receipt (Zugang, § 130 BGB): data of its own, never derived from the time of scanning.</summary>
    public required DateTimeOffset ReceivedAt { get; init; }

    /// <summary>The one place the letter is in.</summary>
    public Place Place { get; init; } = Place.Underway;

    /// <summary>Stage that works on the letter next; null as soon as no stage is left or a person has to act.</summary>
    public StageName? Stage { get; init; }

    /// <summary>Office (id of a unit or external authority) in whose Postkorb the letter lies; null elsewhere.</summary>
    public string? Unit { get; init; }

    /// <summary>
    /// How its pages fall into several letters: proposed while a person is asked, in force once <see cref="Place.Divided"/>; null for
    /// what is one letter.
    /// </summary>
    public Division? Division { get; init; }

    /// <summary>
    /// Order and turns of the file's pages as a person set them, by which they are read and numbered; null: as they lie in the file.
    /// </summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<ArrangedPage>? Arrangement { get; init; }

    /// <summary>The batch it was taken out of; null for a file that is one letter, and for the batch itself.</summary>
    public BatchPart? PartOf { get; init; }

    /// <summary>Pages as read; null until recognition is done.</summary>
    public Recognition? Recognition { get; init; }

    /// <summary>Address block, sender, date and so on, with their place on the paper; null until reading is done.</summary>
    public Reading? Reading { get; init; }

    /// <summary>Who is responsible; null until decided, and null for a letter that reached a person without a proposal.</summary>
    public Decision? Decision { get; init; }

    /// <summary>What is wrong or noteworthy, oldest first.</summary>
    public IReadOnlyList<Finding> Findings { get; init; } = [];

    /// <summary>Time the letter came into its present Postkorb; null elsewhere.</summary>
    public DateTimeOffset? DeliveredAt { get; init; }

    /// <summary>
    /// Addresses and endorsements on its pages (its envelope, Umschlag) were looked at, and each that keeps it closed is a finding. False
    /// until then, also where reading failed before, and for letters stored by versions that did not look.
    /// </summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool EnvelopeRead { get; init; }

    /// <summary>
    /// A person is to act on it, but neither a decision nor its envelope says whether everybody in the mailroom may see it.
    /// </summary>
    [JsonIgnore]
    public bool IsEnvelopeUnknown => this is { EnvelopeRead: false, Decision: null, Place: Place.Clearing or Place.SetAside };

    /// <summary>
    /// Must not be seen by everybody in the mailroom: decided so, or an address or endorsement on its first page says so; until it is
    /// decided (a batch never is) on any page, for nobody knows yet what is an enclosure; or nobody knows.
    /// </summary>
    [JsonIgnore]
    public bool MustStayClosed => Decision is { MustStayClosed: true } || IsEnvelopeUnknown
        || Findings.Any(f => f.Kind == FindingKind.MustStayClosed && (Decision is null || f.Page is null or 1));

    /// <summary>
    /// Whether there are pages to be shown: its own, or, of one taken out of a batch that failed before it had its own, the batch's.
    /// </summary>
    [JsonIgnore]
    public bool HasPages => Recognition is not null || PartOf is not null;

    /// <summary>Somebody wants the letter deleted, and somebody else has yet to agree; null: nobody does.</summary>
    public DeletionRequest? Deletion { get; init; }

    /// <summary>Adds a finding once; adding an equal one again changes nothing, so that a stage may run twice.</summary>
    public Letter With(Finding finding) => Findings.Contains(finding) ? this : this with { Findings = [.. Findings, finding] };
}

/// <summary>
/// Where a letter's pages come from: the original file and the range of its pages, counted in the order of <see cref="Letter.Arrangement"/>
/// where its batch has one.
/// </summary>
/// <param name="File">Name the file had where it came from; for people only, never used as a path.</param>
/// <param name="Sha256">Lower-case hexadecimal SHA-256 of the original bytes; its address in the file store.</param>
/// <param name="Bytes">Size of the original.</param>
/// <param name="Format">What the bytes are by their own signature.</param>
/// <param name="FirstPage">1-based.</param>
/// <param name="PageCount">0 while unknown (before recognition).</param>
public sealed record SourcePages(string File, string Sha256, long Bytes, FileFormat Format, int FirstPage = 1, int PageCount = 0)
{
    /// <summary>
    /// Whether the name's ending stands for another format that is read here than the bytes; unknown endings contradict nothing.
    /// </summary>
    public bool NameContradicts()
    {
        var named = Path.GetExtension(File).ToUpperInvariant() switch
        {
            ".PDF" => FileFormat.Pdf,
            ".TIF" or ".TIFF" => FileFormat.Tiff,
            ".JPG" or ".JPEG" => FileFormat.Jpeg,
            ".PNG" => FileFormat.Png,
            ".JP2" or ".J2K" or ".JPF" or ".JPX" or ".J2C" => FileFormat.Jpeg2000,
            ".HEIC" or ".HEIF" or ".HIF" or ".AVIF" => FileFormat.Heif,
            _ => FileFormat.Unknown,
        };
        return named != FileFormat.Unknown && Format != FileFormat.Unknown && named != Format;
    }
}

/// <summary>What a file is by its own signature, whatever its name says.</summary>
public enum FileFormat
{
    Unknown,
    Pdf,
    Tiff,
    Jpeg,
    Png,

    /// <summary>JPEG 2000 as a file (JP2) or as a bare codestream.</summary>
    Jpeg2000,

    /// <summary>Pictures of telephones: HEIC, HEIF, AVIF.</summary>
    Heif,
}

/// <summary>The places a letter can be in; it is always in exactly one.</summary>
public enum Place
{
    /// <summary>A stage works on it or will.</summary>
    Underway,

    /// <summary>Klärung: a person of the mailroom decides.</summary>
    Clearing,

    /// <summary>In the Postkorb of <see cref="Letter.Unit"/>.</summary>
    Postkorb,

    /// <summary>Taken out by a person with a reason (not for filing, returned to its sender); kept.</summary>
    SetAside,

    /// <summary>A batch that became several letters (Stapel aufgeteilt); it stays whole beside them, and is delivered to nobody.</summary>
    Divided,

    /// <summary>Deleted (gelöscht): of the letter nothing is left but its evidence.</summary>
    Deleted,
}

/// <summary>That a letter shall be deleted.</summary>
/// <param name="Reason">Why.</param>
/// <param name="Actor">Pseudonymous id of the account that asked.</param>
/// <param name="At">When, UTC.</param>
public sealed record DeletionRequest(DeletionReason Reason, string Actor, DateTimeOffset At);

/// <summary>Why a letter is deleted (Löschgrund); stored by name in the evidence.</summary>
public enum DeletionReason
{
    /// <summary>The time for which letters are kept here is over (Regellöschfrist, DIN 66398).</summary>
    RetentionOver,

    /// <summary>The person concerned may demand it (Art. 17 GDPR).</summary>
    ErasureRight,

    /// <summary>It should never have been taken in: not for this authority, or not to be processed at all.</summary>
    Unlawful,

    /// <summary>It was a trial and no real letter.</summary>
    Trial,
}

/// <summary>The stages a letter passes; their order is stated in Journey.cs alone.</summary>
public enum StageName { Recognition, Separation, Reading, Responsibility, Delivery }

/// <summary>A changed letter and the events that tell of the change. Follow-up work is the letter's <see cref="Letter.Stage"/>.</summary>
public sealed record LetterChange(Letter Letter, IReadOnlyList<NewEvent> Events)
{
    /// <summary>Letters that did not exist before, each with the first events of its own evidence.</summary>
    public IReadOnlyList<LetterChange> NewLetters { get; init; } = [];

    /// <summary>Letters of the same batch that change with it.</summary>
    public IReadOnlyList<LetterChange> OtherLetters { get; init; } = [];
}
