using System.ComponentModel;
using System.Runtime.InteropServices;

namespace Postlotse.Storage;

/// <summary>The two calls of POSIX that .NET does not offer: rename that never copies, and flushing a folder.</summary>
internal static partial class DiskSync
{
    private const int CrossDevice = 18, ReadOnly = 0, CloseOnExec = 0x80000;

    /// <summary>Renames over whatever is there; false when source and target lie on different file systems.</summary>
    /// <exception cref="IOException">The system refused otherwise.</exception>
    public static bool TryRename(string source, string target)
    {
        if (!OperatingSystem.IsLinux())
        {
            File.Move(source, target, overwrite: true);
            return true;
        }

        if (Rename(source, target) == 0) return true;
        var error = Marshal.GetLastPInvokeError();
        if (error == CrossDevice) return false;
        throw new IOException($"rename {source} -> {target}: {new Win32Exception(error).Message}");
    }

    /// <summary>Puts a folder's entries on the disk, and those of the folders above it up to the root.</summary>
    public static void FlushFolders(string folder, string root)
    {
        // Elsewhere the file system journals renames by itself.
        if (!OperatingSystem.IsLinux()) return;
        for (var at = folder; at.Length >= root.Length; at = Path.GetDirectoryName(at)!) Flush(at);
    }

    private static void Flush(string folder)
    {
        var handle = Open(folder, ReadOnly | CloseOnExec);
        if (handle < 0) throw Error("open", folder);
        try
        {
            if (Fsync(handle) != 0) throw Error("fsync", folder);
        }
        finally
        {
            _ = Close(handle);
        }
    }

    private static IOException Error(string call, string path) =>
        new($"{call} {path}: {new Win32Exception(Marshal.GetLastPInvokeError()).Message}");

    [LibraryImport("libc", EntryPoint = "rename", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Rename(string source, string target);

    [LibraryImport("libc", EntryPoint = "open", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Open(string path, int flags);

    [LibraryImport("libc", EntryPoint = "fsync", SetLastError = true)]
    private static partial int Fsync(int handle);

    [LibraryImport("libc", EntryPoint = "close", SetLastError = true)]
    private static partial int Close(int handle);
}
