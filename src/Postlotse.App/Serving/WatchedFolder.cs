using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Postlotse.App.Settings;
using Postlotse.Intake;
using Postlotse.Letters;

namespace Postlotse.App.Serving;

/// <summary>
/// Watches the scanner's folder (Scanordner): looks into it again and again (network shares send no events), stores and books each complete
/// file, and only then archives or deletes it. A file that cannot be read is reported, tried again, and holds up no other. A scanner's
/// manifest is taken together with its file; one without becomes a letter that says so.
/// </summary>
internal sealed class WatchedFolder : BackgroundService
{
    private static readonly TimeSpan RetryInterval = TimeSpan.FromSeconds(15);
    private readonly WatchedFolderOptions _options;
    private readonly Postlotse.Intake.Intake _intake;
    private readonly TimeProvider _clock;
    private readonly ILogger<WatchedFolder> _log;
    private readonly FolderWatch _watch;
    private readonly FolderListing _listing;
    private readonly TakingMarks _marks;
    private readonly HashSet<string> _reported = new(StringComparer.Ordinal);
    private readonly HashSet<string> _missing = new(StringComparer.Ordinal);

    public WatchedFolder(WatchedFolderOptions options, Postlotse.Intake.Intake intake, TimeProvider clock, ILogger<WatchedFolder> log)
    {
        (_options, _intake, _clock, _log) = (options, intake, clock, log);
        _watch = new(options.Quiet);
        _listing = new(options.Folder, options.Archive, ReportOnce, (bytes, name) => log.LogWarning(
            "A name in the watched folder was no UTF-8 (bytes {Bytes}); the file is called {Name} now", bytes, name));
        _marks = new(options.Marks);
    }

    /// <summary>One look into the folder: takes what is complete.</summary>
    /// <returns>Number of files taken.</returns>
    public async Task<int> LookAsync(CancellationToken cancellationToken)
    {
        var taken = 0;
        var entries = _listing.List();
        var complete = _watch.Look(entries, _clock.GetUtcNow());
        var pairs = ManifestNames.Pair(entries.Select(e => e.RelativePath));
        var paired = pairs.Values.ToHashSet(StringComparer.Ordinal);
        var quiet = complete.ToDictionary(e => e.RelativePath, StringComparer.Ordinal);
        foreach (var entry in complete.Where(e => !paired.Contains(e.RelativePath)))
        {
            cancellationToken.ThrowIfCancellationRequested();
            var manifest = pairs.TryGetValue(entry.RelativePath, out var name) ? quiet.GetValueOrDefault(name) : null;
            if (name is not null && manifest is null) continue; // it is still being written
            if (name is null && IsWaiting(entry)) continue;
            if (await TryTakeAsync(entry, manifest, cancellationToken)) taken++;
        }

        return taken;
    }

    /// <inheritdoc />
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await Task.Yield();
        while (!stoppingToken.IsCancellationRequested)
        {
            var start = _clock.GetTimestamp();
            await LookSafelyAsync(stoppingToken);
            // A folder with very many files on a slow share is not asked all the time.
            var pause = TimeSpan.FromTicks(Math.Max(_options.Interval.Ticks, 2 * _clock.GetElapsedTime(start).Ticks));
            await PauseAsync(pause < RetryInterval ? pause : RetryInterval, stoppingToken);
        }
    }

    private async Task PauseAsync(TimeSpan pause, CancellationToken stoppingToken) =>
        await Task.Delay(pause, _clock, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);

    private async Task LookSafelyAsync(CancellationToken stoppingToken)
    {
        try
        {
            await LookAsync(stoppingToken);
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The program ends; what is not taken yet is taken after its next start.
        }
#pragma warning disable CA1031 // Whatever went wrong: the next look tries again, the loop must not end.
        catch (Exception e)
#pragma warning restore CA1031
        {
            _log.LogError(e, "Looking into the watched folder failed; trying again");
            await PauseAsync(RetryInterval, stoppingToken);
        }
    }

    /// <summary>A manifest waits for its file, and where each file must have one, a file for its manifest.</summary>
    private bool IsWaiting(FolderEntry entry) =>
        (_options.NeedsManifest || ScanManifest.IsName(entry.RelativePath)) && !IsLate(entry);

    private bool IsLate(FolderEntry entry) => _watch.SeenFor(entry, _clock.GetUtcNow()) >= _options.ManifestWait;

    private async Task<bool> TryTakeAsync(FolderEntry entry, FolderEntry? beside, CancellationToken cancellationToken)
    {
        var path = Path.Combine(_options.Folder, entry.RelativePath);
        try
        {
            var (ready, manifest) = await ManifestOfAsync(entry, beside, cancellationToken);
            if (!ready || await StoreAsync(path, entry, cancellationToken) is not { } original) return false;
            var key = FolderWatch.ClientKey(entry, original.File);
            var leftBehind = _marks.Begin(key);
            var taken = await _intake.BookAsync(original, entry.RelativePath, Channel.Folder, null, key, manifest, cancellationToken);
            if (taken.Repeated && !leftBehind)
            {
                // The first delivery was cleared away: the same file has come again and gets a receipt of its own.
                var again = key + ":" + LetterIds.New(_clock);
                taken = await _intake.BookAsync(original, entry.RelativePath, Channel.Folder, null, again, manifest, cancellationToken);
            }

            // The manifest first: alone it would be taken for one whose scan never came.
            if (beside is not null && manifest is { File: not null }) ClearAway(Path.Combine(_options.Folder, beside.RelativePath), beside);
            ClearAway(path, entry);
            _marks.End(key);
            _reported.Remove(path);
            _log.LogInformation(
                "Taken from the watched folder: letter {Letter}, repeated {Repeated}", taken.Receipt.LetterId, taken.Repeated);
            return true;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            _watch.Hold(entry, _clock.GetUtcNow() + RetryInterval);
            // A file may have been taken away; one that is listed again and cannot be found has a name that cannot be opened.
            if (File.Exists(path) || !_missing.Add(path)) ReportOnce(path, e);
            return false;
        }
    }

    /// <summary>Stores and reads the manifest beside a file; not ready while it may still be written, or may become readable.</summary>
    private async Task<(bool Ready, ScanManifest? Manifest)> ManifestOfAsync(
        FolderEntry entry, FolderEntry? beside, CancellationToken cancellationToken)
    {
        if (beside is null)
            return (true, _options.NeedsManifest && !ScanManifest.IsName(entry.RelativePath) ? ScanManifest.Missing : null);
        var path = Path.Combine(_options.Folder, beside.RelativePath);
        try
        {
            await using Stream content = beside.Bytes == 0 ? new MemoryStream() : OpenForReading(path);
            var manifest = await _intake.StoreManifestAsync(content, cancellationToken);
            var cut = manifest.Fault == ManifestFault.Malformed && _watch.QuietFor(beside, _clock.GetUtcNow()) < FolderWatch.Patience;
            return (!cut && manifest.File!.Bytes == beside.Bytes, manifest);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            ReportOnce(path, e);
            return (IsLate(entry), new(null, ManifestFault.Unreadable));
        }
    }

    /// <summary>Stores the file; null when it turns out not to be complete yet.</summary>
    private async Task<StoredOriginal?> StoreAsync(string path, FolderEntry entry, CancellationToken cancellationToken)
    {
        // Nothing is opened for an empty file: a named pipe looks like one and would wait for ever.
        await using Stream content = entry.Bytes == 0 ? new MemoryStream() : OpenForReading(path);
        if (_watch.QuietFor(entry, _clock.GetUtcNow()) < await PatienceAsync(content, cancellationToken)) return null;
        var original = await _intake.StoreAsync(content, cancellationToken);
        var now = new FileInfo(path);
        var isSame = now.Exists && now.Length == entry.Bytes && new DateTimeOffset(now.LastWriteTimeUtc) == entry.ModifiedAt;
        return isSame && original.File.Bytes == entry.Bytes ? original : null;
    }

    /// <summary>How long the file must have been quiet, by what it looks like.</summary>
    private static async Task<TimeSpan> PatienceAsync(Stream content, CancellationToken cancellationToken)
    {
        var buffer = new byte[Math.Max(FileSignature.HeadLength, FileSignature.TailLength)];
        var read = await content.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, cancellationToken);
        var format = FileSignature.Detect(buffer.AsSpan(0, read));
        content.Position = Math.Max(0, content.Length - FileSignature.TailLength);
        read = await content.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, cancellationToken);
        var finished = FileSignature.LooksFinished(format, buffer.AsSpan(0, read));
        var whole = format == FileFormat.Tiff && TiffDirectories.AreWhole(content);
        content.Position = 0;
        return finished ? TimeSpan.Zero : whole ? FolderWatch.PatienceForPages : FolderWatch.Patience;
    }

    private static FileStream OpenForReading(string path) => new(path, new FileStreamOptions
    {
        Access = FileAccess.Read,
        Share = FileShare.Read | FileShare.Delete,
        Options = FileOptions.Asynchronous | FileOptions.SequentialScan,
    });

    private void ClearAway(string path, FolderEntry entry)
    {
        if (_options.Afterwards == Afterwards.Delete)
        {
            File.Delete(path);
            return;
        }

        var day = DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(_clock.GetUtcNow(), _clock.LocalTimeZone).Date);
        for (var attempt = 1; ; attempt++)
        {
            var target = Path.Combine(_options.Archive, FolderWatch.ArchiveName(entry.RelativePath, day, attempt));
            if (File.Exists(target)) continue;
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.Move(path, target, overwrite: false);
            return;
        }
    }

    private void ReportOnce(string path, Exception cause)
    {
        if (_reported.Add(path))
            _log.LogWarning(
                "Cannot be read, trying again every {Seconds} s: {Path}: {Cause}", RetryInterval.TotalSeconds, path, cause.Message);
    }
}
