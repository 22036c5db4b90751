using System.Text.Json.Serialization;

namespace Postlotse.Letters;

/// <summary>
/// What a scanner announces of a file it made (Begleitdatei): how many sheets went through it, how many pages came of them. Who scanned is
/// never taken, for it would be a statistic of employees.
/// </summary>
/// <param name="File">The manifest as it came, kept in the file store; null when none came although one has to.</param>
/// <param name="Fault">Why nothing can be compared with it; null: all is well.</param>
/// <param name="FaultyKey">Name of the value that is wrong, with <see cref="ManifestFault.BadValue"/>.</param>
public sealed record ScanManifest(StoredFile? File, ManifestFault? Fault = null, string? FaultyKey = null)
{
    private static readonly string[] Endings = [".manifest.json", ".manifest.txt"];

    /// <summary>A manifest has to lie beside the file and did not come in time.</summary>
    public static ScanManifest Missing { get; } = new(null, ManifestFault.Missing);

    /// <summary>Name of the batch as the scanner calls it; null: none.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Batch { get; init; }

    /// <summary>Sheets of paper that were drawn in, 0 or more; null: not announced.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public int? Sheets { get; init; }

    /// <summary>Pages (images) in the file, 0 or more; null: not announced.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public int? Pages { get; init; }

    /// <summary>Both sides of each sheet were scanned; known wherever <see cref="Sheets"/> is.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public bool? Duplex { get; init; }

    /// <summary>Blank pages that the scanner left out of the file; null: some, their number is not known.</summary>
    public int? BlanksDropped { get; init; } = 0;

    /// <summary>Name or number of the device; null: none.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Scanner { get; init; }

    /// <summary>Start of the scan as the scanner's clock says; not the legal receipt. Null: none.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public DateTimeOffset? StartedAt { get; init; }

    /// <summary>Lower-case hexadecimal SHA-256 that the file must have; null: not announced.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Sha256 { get; init; }

    /// <summary>Whether a file is a manifest by its name.</summary>
    public static bool IsName(string name) => OwnerOf(name) is not null;

    /// <summary>What stands before the ending of a manifest's name, folders included; null when it is the name of something else.</summary>
    public static string? OwnerOf(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        var ending = Array.Find(Endings, e => name.EndsWith(e, StringComparison.OrdinalIgnoreCase));
        return ending is null || name.Length == ending.Length || name[^(ending.Length + 1)] == '/' ? null : name[..^ending.Length];
    }
}

/// <summary>Why a manifest cannot be compared with its file.</summary>
public enum ManifestFault
{
    /// <summary>None came in time.</summary>
    Missing,

    /// <summary>It lies beside the file, but could not be opened.</summary>
    Unreadable,

    /// <summary>More bytes than any manifest has.</summary>
    TooLarge,

    /// <summary>Neither JSON nor lines of names and values.</summary>
    Malformed,

    /// <summary>Neither sheets nor pages nor a hash.</summary>
    NothingAnnounced,

    /// <summary>A value is not what it has to be: a negative number, a hash of the wrong length.</summary>
    BadValue,
}
