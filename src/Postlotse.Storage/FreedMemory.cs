using System.Runtime.InteropServices;

namespace Postlotse.Storage;

/// <summary>
/// What SQLite and the runtime's native code have freed. The C library keeps it, scattered over an arena for nearly every thread:
/// after 8,000 pages 39 of the 48 MB it had taken were free.
/// </summary>
public static partial class FreedMemory
{
    /// <summary>Gives it back to the system; takes some milliseconds. C libraries other than glibc have no such call.</summary>
    public static void GiveBack()
    {
        if (!OperatingSystem.IsLinux()) return;
        try
        {
            _ = malloc_trim(0);
        }
        catch (EntryPointNotFoundException)
        {
            // musl: it gives back what is free by itself.
        }
    }

    [LibraryImport("libc")]
    private static partial int malloc_trim(nuint keep);
}
