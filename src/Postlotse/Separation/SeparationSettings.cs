namespace Postlotse.Separation;

/// <summary>How files are separated into letters; the defaults suit a mailroom that scans stacks without separator sheets.</summary>
public sealed record SeparationSettings
{
    /// <summary>Whether letters are also found by what their pages say; else only by separator sheets.</summary>
    public bool ByContent { get; init; } = true;

    /// <summary>Proves our own sheets; null: none can be proved.</summary>
    public SheetKey? SheetKey { get; init; }

    /// <summary>Whether sheets without a proof (printed by an earlier version, or by others) divide and route all the same.</summary>
    public bool UnsignedSheets { get; init; }

    /// <summary>Patch codes that begin a letter.</summary>
    public IReadOnlyList<string> PatchCodes { get; init; } = ["II", "T"];

    /// <summary>Texts of Code 128 barcodes that begin a letter; none: no Code 128 does.</summary>
    public IReadOnlyList<string> Code128 { get; init; } = [];

    /// <summary>A page on which a letter begins with at most this probability continues the one before without a person, 0–0.5.</summary>
    public double SureBelow { get; init; } = 0.1;

    /// <summary>A page on which a letter begins with at least this probability begins one without a person, 0.5–1.</summary>
    public double SureAbove { get; init; } = 0.9;
}
