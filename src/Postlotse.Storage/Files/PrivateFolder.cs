namespace Postlotse.Storage;

/// <summary>Folders and files that only the owner may read.</summary>
internal static class PrivateFolder
{
    public const UnixFileMode FileMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    private const UnixFileMode FolderMode = FileMode | UnixFileMode.UserExecute;

    /// <summary>Makes what is missing of the path; what exists keeps its permissions.</summary>
    public static void Make(string path)
    {
        if (Directory.Exists(path)) return;
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(path);
            return;
        }

        // Given a mode, .NET applies it to the last folder alone; those above get the system's default.
        if (Path.GetDirectoryName(path) is { Length: > 0 } parent) Make(parent);
        Directory.CreateDirectory(path, FolderMode);
    }

    public static void Close(string file)
    {
        if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(file, FileMode);
    }
}
