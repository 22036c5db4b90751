using System.Globalization;
using Postlotse.Letters;

namespace Postlotse.Intake;

/// <summary>
/// Intake (Eingang): stores a delivered file unchanged and books it with its receipt (Eingangsbeleg). What comes by the watched
/// folder is always taken, also what nobody can read; upload and API refuse what is empty or too large.
/// </summary>
/// <param name="files">Where the originals are kept.</param>
/// <param name="store">Where receipts are booked.</param>
/// <param name="maxBytes">Largest file that upload and API take, in bytes.</param>
public sealed class Intake(IFileStore files, IJourneyStore store, long maxBytes)
{
    /// <summary>Largest file that upload and API take, in bytes.</summary>
    public long MaxBytes { get; } = maxBytes;

    /// <summary>Stores and books a file.</summary>
    /// <param name="content">Read once to its end; not disposed.</param>
    /// <param name="sourceName">Name at its origin; for people only.</param>
    /// <param name="channel">Way it came in.</param>
    /// <param name="receivedAt">
    /// Legal receipt as stated by the deliverer; null when nothing better is known than the time of storing.
    /// </param>
    /// <param name="clientKey">Key under which the deliverer may safely repeat the delivery; null for none.</param>
    /// <param name="manifest">What the scanner announced of it, stored before; null: nothing.</param>
    /// <param name="cancellationToken">Leaves nothing booked when it fires before the booking.</param>
    /// <exception cref="ClientKeyConflictException">The key was used for other bytes.</exception>
    /// <exception cref="IOException">The content cannot be read or the store cannot be written; nothing is booked.</exception>
    public async Task<IntakeResult> TakeAsync(
        Stream content, string sourceName, Channel channel, DateTimeOffset? receivedAt, string? clientKey, ScanManifest? manifest,
        CancellationToken cancellationToken)
    {
        StoredOriginal original;
        try
        {
            original = await StoreAsync(files, content, channel == Channel.Folder ? long.MaxValue : MaxBytes, cancellationToken);
        }
        catch (TooManyBytesException)
        {
            var limit = (MaxBytes / (1024 * 1024)).ToString(CultureInfo.InvariantCulture) + " MB";
            return new IntakeResult.Refused(new(FindingKind.FileTooLarge, Detail: limit));
        }

        if (channel != Channel.Folder && original.File.Bytes == 0) return new IntakeResult.Refused(new(FindingKind.EmptyFile));
        return await BookAsync(original, sourceName, channel, receivedAt, clientKey, manifest, cancellationToken);
    }

    /// <summary>Only stores a file of any size, so that the deliverer can make sure of it before it is booked.</summary>
    /// <exception cref="IOException">The content cannot be read or the store cannot be written.</exception>
    public Task<StoredOriginal> StoreAsync(Stream content, CancellationToken cancellationToken) =>
        StoreAsync(files, content, cancellationToken);

    /// <summary>Only stores a file, where nothing is ever booked.</summary>
    /// <exception cref="IOException">The content cannot be read or the store cannot be written.</exception>
    public static Task<StoredOriginal> StoreAsync(IFileStore files, Stream content, CancellationToken cancellationToken) =>
        StoreAsync(files, content, long.MaxValue, cancellationToken);

    /// <summary>Stores a manifest as it came, of any size, and reads it.</summary>
    /// <exception cref="IOException">The content cannot be read or the store cannot be written.</exception>
    public Task<ScanManifest> StoreManifestAsync(Stream content, CancellationToken cancellationToken) =>
        StoreManifestAsync(files, content, cancellationToken);

    /// <summary>The same where nothing is ever booked.</summary>
    /// <exception cref="IOException">The content cannot be read or the store cannot be written.</exception>
    public static async Task<ScanManifest> StoreManifestAsync(IFileStore files, Stream content, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(files);
        ArgumentNullException.ThrowIfNull(content);
        await using var watched = new WatchedStream(content, long.MaxValue, ManifestReader.MostBytes + 1);
        var file = await files.PutAsync(watched, cancellationToken);
        return ManifestReader.Read(watched.Head.ToArray(), file);
    }

    /// <summary>Books a stored file; parameters and errors as with <see cref="TakeAsync"/>.</summary>
    public async Task<IntakeResult.Taken> BookAsync(
        StoredOriginal original, string sourceName, Channel channel, DateTimeOffset? receivedAt, string? clientKey, ScanManifest? manifest,
        CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(original);
        var booked = await store.ReceiveAsync(
            new(original.File, sourceName, original.Format, channel, receivedAt, clientKey) { Manifest = manifest }, cancellationToken);
        return new(booked.Receipt, booked.Repeated);
    }

    private static async Task<StoredOriginal> StoreAsync(
        IFileStore files, Stream content, long limit, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(files);
        ArgumentNullException.ThrowIfNull(content);
        await using var watched = new WatchedStream(content, limit, FileSignature.HeadLength);
        var file = await files.PutAsync(watched, cancellationToken);
        return new(file, FileSignature.Detect(watched.Head));
    }
}
