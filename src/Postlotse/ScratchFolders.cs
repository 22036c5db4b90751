namespace Postlotse;

/// <summary>Folders for single attempts at a stage; readable by their owner alone.</summary>
internal sealed class ScratchFolders(string root, TimeProvider clock)
{
    /// <summary>Age from which a folder counts as left behind by a crash.</summary>
    private static readonly TimeSpan LeftoverAge = TimeSpan.FromHours(24);

    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    public string Make(string letterId)
    {
        var path = Path.Combine(Path.GetFullPath(root), letterId + "-" + Path.GetRandomFileName());
        if (OperatingSystem.IsWindows()) Directory.CreateDirectory(path);
        else Directory.CreateDirectory(path, OwnerOnly);
        return path;
    }

    public void Sweep()
    {
        if (!Directory.Exists(root)) return;
        var before = (clock.GetUtcNow() - LeftoverAge).UtcDateTime;
        foreach (var folder in new DirectoryInfo(root).EnumerateDirectories())
            if (folder.LastWriteTimeUtc < before) Delete(folder.FullName);
    }

    /// <summary>What cannot be deleted now is swept later.</summary>
    public static void Delete(string folder)
    {
        try
        {
            Directory.Delete(folder, recursive: true);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // A child process may still be dying in there.
        }
    }
}
