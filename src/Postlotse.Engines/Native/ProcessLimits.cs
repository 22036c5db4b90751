using System.Globalization;
using System.Runtime.InteropServices;

namespace Postlotse.Engines.Native;

/// <summary>Limits a process sets itself before it touches foreign bytes (setrlimit of Linux).</summary>
internal static partial class ProcessLimits
{
    private const int FileSize = 1, CoreFile = 4, AddressSpace = 9; // RLIMIT_FSIZE, RLIMIT_CORE, RLIMIT_AS on Linux

    /// <summary>No memory beyond what is mapped now plus the given amount; no core files, for they would hold letters.</summary>
    /// <param name="memoryMebibytes">Memory on top of the running runtime, which reserves much address space it never uses.</param>
    /// <param name="fileMebibytes">Largest file that may be written.</param>
    /// <exception cref="PlatformNotSupportedException">A limit could not be set.</exception>
    public static void Apply(int memoryMebibytes, int fileMebibytes)
    {
        Set(AddressSpace, (ulong)MappedBytes() + ((ulong)memoryMebibytes << 20));
        Set(FileSize, (ulong)fileMebibytes << 20);
        Set(CoreFile, 0);
    }

    [LibraryImport("libc", SetLastError = true)]
    private static partial int setrlimit(int resource, in ResourceLimit limit);

    [LibraryImport("libc")]
    internal static partial void _exit(int code);

    private static void Set(int resource, ulong limit)
    {
        if (setrlimit(resource, new ResourceLimit { Soft = limit, Hard = limit }) != 0)
            throw new PlatformNotSupportedException(string.Create(CultureInfo.InvariantCulture, $"setrlimit {resource} failed"));
    }

    private static long MappedBytes()
    {
        foreach (var line in File.ReadLines("/proc/self/status"))
        {
            if (!line.StartsWith("VmSize:", StringComparison.Ordinal)) continue;
            return long.Parse(line.AsSpan(7).Trim().TrimEnd(" kB"), CultureInfo.InvariantCulture) << 10;
        }

        throw new PlatformNotSupportedException("/proc/self/status names no VmSize");
    }

    private struct ResourceLimit
    {
        public ulong Soft;
        public ulong Hard;
    }
}
