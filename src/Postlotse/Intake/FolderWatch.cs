using System.Globalization;
using Postlotse.Letters;

namespace Postlotse.Intake;

/// <summary>A file as a scan of the watched folder sees it.</summary>
/// <param name="RelativePath">Below the watched folder, separated by "/".</param>
/// <param name="Bytes">Size.</param>
/// <param name="ModifiedAt">Last change as the file system says.</param>
public sealed record FolderEntry(string RelativePath, long Bytes, DateTimeOffset ModifiedAt);

/// <summary>
/// Decides which files of the watched folder (Scanordner) are complete. A file is, when its size and time of change stayed the same
/// for the quiet time; one that lay unchanged that long before (renamed into the folder) already at the second look. Pure.
/// </summary>
/// <param name="quiet">Quiet time.</param>
public sealed class FolderWatch(TimeSpan quiet)
{
    /// <summary>Quiet time of a file that does not look finished: its writer may only be slow.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    /// <summary>Quiet time of a TIFF that is whole so far: the scanner may be pulling in the next page.</summary>
    public static readonly TimeSpan PatienceForPages = TimeSpan.FromSeconds(5);

    private static readonly string[] UnfinishedEndings = [".tmp", ".part", ".partial", ".filepart", ".crdownload"];
    private Dictionary<string, Sighting> _seen = new(StringComparer.Ordinal);

    /// <summary>Whether a name is one that programs give to files (or folders) that are not for us or not finished.</summary>
    /// <param name="name">Last part of the path.</param>
    public static bool IsIgnored(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        return name.StartsWith('.') || name.StartsWith('~')
            || UnfinishedEndings.Any(e => name.EndsWith(e, StringComparison.OrdinalIgnoreCase));
    }

    /// <summary>Takes note of a scan.</summary>
    /// <param name="entries">All files there are, without the ignored ones.</param>
    /// <param name="now">Time of the scan.</param>
    /// <returns>Files that are complete and not held back, oldest first.</returns>
    public IReadOnlyList<FolderEntry> Look(IReadOnlyCollection<FolderEntry> entries, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(entries);
        var seen = new Dictionary<string, Sighting>(entries.Count, StringComparer.Ordinal);
        var complete = new List<FolderEntry>();
        foreach (var entry in entries)
        {
            var isKnown = _seen.TryGetValue(entry.RelativePath, out var sighting) && sighting.Entry == entry;
            if (!isKnown) sighting = new(entry, entry.ModifiedAt < now ? entry.ModifiedAt : now, now, DateTimeOffset.MinValue);
            seen[entry.RelativePath] = sighting;
            if (isKnown && now - sighting.QuietSince >= quiet && now >= sighting.HeldUntil) complete.Add(entry);
        }

        _seen = seen;
        complete.Sort(OldestFirst);
        return complete;
    }

    /// <summary>How long a file has been quiet, as far as is known.</summary>
    public TimeSpan QuietFor(FolderEntry entry, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(entry);
        return _seen.TryGetValue(entry.RelativePath, out var sighting) && sighting.Entry == entry
            ? now - sighting.QuietSince : TimeSpan.Zero;
    }

    /// <summary>How long a file has been seen unchanged; not longer than this watch exists, however old the file is.</summary>
    public TimeSpan SeenFor(FolderEntry entry, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(entry);
        return _seen.TryGetValue(entry.RelativePath, out var sighting) && sighting.Entry == entry
            ? now - sighting.FirstSeen : TimeSpan.Zero;
    }

    /// <summary>Leaves a file alone until a time, unless it changes before (it could not be read, or its writer gets more time).</summary>
    public void Hold(FolderEntry entry, DateTimeOffset until)
    {
        ArgumentNullException.ThrowIfNull(entry);
        if (_seen.TryGetValue(entry.RelativePath, out var sighting)) _seen[entry.RelativePath] = sighting with { HeldUntil = until };
    }

    /// <summary>Key under which taking the same file again changes nothing, also after a crash between booking and clearing away.</summary>
    public static string ClientKey(FolderEntry entry, StoredFile stored)
    {
        ArgumentNullException.ThrowIfNull(entry);
        ArgumentNullException.ThrowIfNull(stored);
        return string.Create(
            CultureInfo.InvariantCulture, $"folder:{entry.RelativePath}:{entry.ModifiedAt.UtcTicks}:{stored.Bytes}:{stored.Sha256}");
    }

    /// <summary>Names for the archive: the path below a folder of the day, then with " (2)", " (3)" … before its ending.</summary>
    /// <param name="relativePath">Below the watched folder.</param>
    /// <param name="day">Day it was taken.</param>
    /// <param name="attempt">1 for the first.</param>
    public static string ArchiveName(string relativePath, DateOnly day, int attempt)
    {
        ArgumentNullException.ThrowIfNull(relativePath);
        var folder = day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) + "/";
        if (attempt == 1) return folder + relativePath;
        var dot = relativePath.LastIndexOf('.');
        if (dot <= relativePath.LastIndexOf('/') + 1) dot = relativePath.Length;
        return string.Create(CultureInfo.InvariantCulture, $"{folder}{relativePath[..dot]} ({attempt}){relativePath[dot..]}");
    }

    private static int OldestFirst(FolderEntry a, FolderEntry b) =>
        a.ModifiedAt != b.ModifiedAt ? a.ModifiedAt.CompareTo(b.ModifiedAt) : string.CompareOrdinal(a.RelativePath, b.RelativePath);

    /// <summary>A file since it last changed.</summary>
    private readonly record struct Sighting(
        FolderEntry Entry, DateTimeOffset QuietSince, DateTimeOffset FirstSeen, DateTimeOffset HeldUntil);
}
