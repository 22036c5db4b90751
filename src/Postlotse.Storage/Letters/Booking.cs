using Postlotse.Evidence;
using Postlotse.Letters;

namespace Postlotse.Storage;

/// <summary>What a delivered file becomes: its receipt, its letter at the first stage, its first event. Pure.</summary>
internal static class Booking
{
    public static Receipt NewReceipt(NewReceipt delivered, DateTimeOffset now, string id, string letterId) => new(
        id, letterId, UnixTime.Cut(delivered.ReceivedAt ?? now),
        delivered.ReceivedAt is null ? ReceiptEvidence.Stored : ReceiptEvidence.Stated,
        delivered.Channel, StoredText.Clean(delivered.SourceName), delivered.File.Sha256, delivered.File.Bytes, now,
        delivered.ClientKey, DuplicateOf: null);

    public static Letter NewLetter(Receipt receipt, FileFormat format, ScanManifest? manifest) => new()
    {
        Id = receipt.LetterId,
        Source = new(receipt.SourceName, receipt.Sha256, receipt.Bytes, format),
        Manifest = manifest,
        ReceivedAt = receipt.ReceivedAt,
        Stage = Journey.First,
    };

    /// <summary>The receipt's facts but for the file's name, which may tell of the letter.</summary>
    /// <param name="receipt">The receipt.</param>
    /// <param name="manifest">File of the manifest that came with it; null: none.</param>
    public static NewEvent Event(Receipt receipt, StoredFile? manifest)
    {
        var data = manifest is null ? Data(receipt) : EventData.With(Data(receipt), "manifest", manifest.Sha256);
        return new(receipt.DuplicateOf is null ? EventKind.Received : EventKind.ReceivedAgain, NewEvent.System, data);
    }

    /// <summary>As it must stand in the evidence.</summary>
    public static string Data(Receipt receipt) => EventData.Write(new
    {
        receipt = receipt.Id, receipt.Sha256, receipt.Bytes, receipt.Channel, receipt.ReceivedAt, receipt.Evidence, receipt.StoredAt,
    });
}
