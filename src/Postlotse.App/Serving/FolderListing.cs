using System.IO.Enumeration;
using Postlotse.Intake;
using Postlotse.Storage;

namespace Postlotse.App.Serving;

/// <summary>
/// Lists the files of the watched folder and its subfolders. A subfolder that cannot be read is reported and the others are listed all
/// the same; links are not followed, for they could lead anywhere on the machine. A name that is no UTF-8 is changed to one that is.
/// </summary>
internal sealed class FolderListing(string folder, string archive, Action<string, Exception> report, Action<string, string> renamed)
{
    private static readonly EnumerationOptions Plain = new()
    {
        IgnoreInaccessible = false, RecurseSubdirectories = false, AttributesToSkip = FileAttributes.ReparsePoint,
    };

    /// <summary>All files there are now, without the ignored ones.</summary>
    public IReadOnlyList<FolderEntry> List()
    {
        var entries = new List<FolderEntry>();
        var folders = new Stack<string>([folder]);
        while (folders.TryPop(out var next))
        {
            try
            {
                var items = Items(next).ToList();
                if (items.Exists(i => i.Path.Contains(RawNames.Sign, StringComparison.Ordinal)))
                {
                    RawNames.Repair(next, renamed);
                    items = [.. Items(next)];
                }

                foreach (var (path, isFolder, bytes, modified) in items)
                {
                    if (FolderWatch.IsIgnored(Path.GetFileName(path)) || string.Equals(path, archive, StringComparison.Ordinal)) continue;
                    if (isFolder) folders.Push(path);
                    else entries.Add(new(Path.GetRelativePath(folder, path).Replace(Path.DirectorySeparatorChar, '/'), bytes, modified));
                }
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                report(next, e);
            }
        }

        return entries;
    }

    private static FileSystemEnumerable<(string Path, bool IsFolder, long Bytes, DateTimeOffset Modified)> Items(string path) =>
        new(path, Describe, Plain);

    private static (string Path, bool IsFolder, long Bytes, DateTimeOffset Modified) Describe(ref FileSystemEntry entry) =>
        (entry.ToFullPath(), entry.IsDirectory, entry.IsDirectory ? 0 : entry.Length, entry.LastWriteTimeUtc);
}
