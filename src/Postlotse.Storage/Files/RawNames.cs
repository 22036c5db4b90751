using System.Runtime.InteropServices;
using System.Text;

namespace Postlotse.Storage;

/// <summary>
/// Names of files that are no UTF-8 (old scanners write Windows-1252): .NET can list but not open them. Each gets the name its bytes mean
/// in that encoding, in place, by the calls of POSIX. Linux with glibc on 64 bit only; elsewhere such names do not occur.
/// </summary>
public static partial class RawNames
{
    /// <summary>What .NET shows for bytes that are no UTF-8.</summary>
    public const char Sign = '\uFFFD';

    // struct dirent of glibc on 64 bit: inode 8, offset 8, length 2, kind 1, then the name with a zero at its end.
    private const int NameAt = 19;

    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>Renames the files and folders of one folder whose names are no UTF-8.</summary>
    /// <param name="folder">Folder; its own path is UTF-8.</param>
    /// <param name="renamed">Told the bytes of the old name in hexadecimal, and the new name.</param>
    /// <exception cref="IOException">A name cannot be changed.</exception>
    public static void Repair(string folder, Action<string, string> renamed)
    {
        ArgumentNullException.ThrowIfNull(renamed);
        if (!OperatingSystem.IsLinux() || !Environment.Is64BitProcess) return;
        foreach (var name in NamesOf(folder).Where(IsNoUtf8))
        {
            var target = FreeName(folder, Meaning(name));
            if (Rename(Path(folder, name), Path(folder, Encoding.UTF8.GetBytes(target))) != 0)
                throw new IOException($"rename {Convert.ToHexStringLower(name)}: error {Marshal.GetLastPInvokeError()}");
            renamed(Convert.ToHexStringLower(name), target);
        }
    }

    /// <summary>The bytes as Latin-1, which is Windows-1252 for all letters; control characters become "_".</summary>
    internal static string Meaning(ReadOnlySpan<byte> name) =>
        string.Concat(Encoding.Latin1.GetString(name).Select(c => char.IsControl(c) ? '_' : c));

    internal static bool IsNoUtf8(byte[] name)
    {
        try
        {
            _ = Strict.GetCharCount(name);
            return false;
        }
        catch (DecoderFallbackException)
        {
            return true;
        }
    }

    private static string FreeName(string folder, string wanted)
    {
        var (stem, ending) = (System.IO.Path.GetFileNameWithoutExtension(wanted), System.IO.Path.GetExtension(wanted));
        var name = wanted;
        for (var i = 2; System.IO.Path.Exists(System.IO.Path.Combine(folder, name)); i++) name = $"{stem} ({i}){ending}";
        return name;
    }

    private static List<byte[]> NamesOf(string folder)
    {
        var names = new List<byte[]>();
        var handle = OpenDirectory(Encoding.UTF8.GetBytes(folder + "\0"));
        if (handle == 0) throw new IOException($"opendir {folder}: error {Marshal.GetLastPInvokeError()}");
        try
        {
            for (nint entry; (entry = ReadDirectory(handle)) != 0;)
            {
                var length = 0;
                while (Marshal.ReadByte(entry, NameAt + length) != 0) length++;
                var name = new byte[length];
                Marshal.Copy(entry + NameAt, name, 0, length);
                names.Add(name);
            }
        }
        finally
        {
            _ = CloseDirectory(handle);
        }

        return names;
    }

    private static byte[] Path(string folder, byte[] name) => [.. Encoding.UTF8.GetBytes(folder), (byte)'/', .. name, 0];

    [LibraryImport("libc", EntryPoint = "opendir", SetLastError = true)]
    private static partial nint OpenDirectory(byte[] path);

    [LibraryImport("libc", EntryPoint = "readdir", SetLastError = true)]
    private static partial nint ReadDirectory(nint handle);

    [LibraryImport("libc", EntryPoint = "closedir", SetLastError = true)]
    private static partial int CloseDirectory(nint handle);

    [LibraryImport("libc", EntryPoint = "rename", SetLastError = true)]
    private static partial int Rename(byte[] source, byte[] target);
}
