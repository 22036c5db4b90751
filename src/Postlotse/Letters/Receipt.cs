namespace Postlotse.Letters;

/// <summary>
/// Receipt (Eingangsbeleg) of one delivered file. Every delivery has its own receipt, also a second one of the same bytes:
/// then <see cref="DuplicateOf"/> names the first and both point to the same letter.
/// </summary>
/// <param name="Id">Unique, see <see cref="LetterIds"/>.</param>
/// <param name="LetterId">Letter the file became or already was.</param>
/// <param name="ReceivedAt">Legal receipt, as stated by whoever delivered the file; else the time of storing.</param>
/// <param name="Evidence">What proves <paramref name="ReceivedAt"/>.</param>
/// <param name="Channel">Way the file came in.</param>
/// <param name="SourceName">File name at its origin.</param>
/// <param name="Sha256">Lower-case hexadecimal SHA-256 of the bytes.</param>
/// <param name="Bytes">Size.</param>
/// <param name="StoredAt">Time the bytes were safely stored here.</param>
/// <param name="ClientKey">Key under which a deliverer may safely repeat the delivery; unique when given.</param>
/// <param name="DuplicateOf">Receipt of the first delivery of the same bytes; null for the first.</param>
public sealed record Receipt(
    string Id, string LetterId, DateTimeOffset ReceivedAt, ReceiptEvidence Evidence, Channel Channel, string SourceName,
    string Sha256, long Bytes, DateTimeOffset StoredAt, string? ClientKey, string? DuplicateOf);

/// <summary>What proves the time of receipt.</summary>
public enum ReceiptEvidence
{
    /// <summary>Nothing better is known than when the file was stored: an upper limit of the receipt.</summary>
    Stored,

    /// <summary>Stated by the deliverer (receipt stamp, tray of the night letter box, scanner's batch).</summary>
    Stated,
}

/// <summary>Ways into the mailroom.</summary>
public enum Channel { Folder, Upload, Api }
