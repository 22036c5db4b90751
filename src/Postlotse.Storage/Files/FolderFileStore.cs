using System.Security.Cryptography;
using Postlotse.Letters;

namespace Postlotse.Storage;

/// <summary>
/// Files under their SHA-256: DIR/ab/cd/abcd…. A file appears by renaming after its bytes are on the disk, and the rename is on the
/// disk before the call returns. What a crash leaves lies in DIR/tmp and is swept away later.
/// </summary>
public sealed class FolderFileStore : IFileStore
{
    /// <summary>Age from which a temporary file counts as left behind: nothing takes that long to write.</summary>
    public static readonly TimeSpan LeftoverAge = TimeSpan.FromHours(24);

    private const int BufferSize = 128 * 1024;

    private readonly string _root;
    private readonly string _temporary;

    /// <summary>Opens the store, makes its folders and sweeps what earlier crashes left behind.</summary>
    /// <param name="root">Folder; made when missing, readable by its owner alone.</param>
    /// <param name="clock">For the age of leftovers.</param>
    public FolderFileStore(string root, TimeProvider clock)
        : this(root)
    {
        ArgumentNullException.ThrowIfNull(clock);
        PrivateFolder.Make(_temporary);
        Sweep(clock.GetUtcNow() - LeftoverAge);
    }

    private FolderFileStore(string root)
    {
        _root = Path.GetFullPath(root);
        _temporary = Path.Combine(_root, "tmp");
    }

    /// <summary>For looking only: makes and sweeps nothing, also when the folder does not exist.</summary>
    public static FolderFileStore ForReading(string root) => new(root);

    /// <inheritdoc/>
    public async Task<StoredFile> PutAsync(Stream content, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(content);
        var temporary = Path.Combine(_temporary, Path.GetRandomFileName());
        try
        {
            var file = await WriteAsync(content, temporary, cancellationToken);
            Publish(temporary, file);
            return file;
        }
        finally
        {
            File.Delete(temporary);
        }
    }

    /// <inheritdoc/>
    /// <remarks>
    /// On the same file system the file is renamed in. Its old place is empty then before anything is booked: meant for products
    /// that a stage can make again; what comes from outside goes through <see cref="PutAsync"/>.
    /// </remarks>
    public async Task<StoredFile> PutFileAsync(string path, CancellationToken cancellationToken)
    {
        var file = await SealAsync(path, cancellationToken);
        if (TryPublish(path, file))
        {
            File.Delete(path);
            return file;
        }

        await using (var source = File.OpenRead(path)) file = await PutAsync(source, cancellationToken);
        File.Delete(path);
        return file;
    }

    /// <inheritdoc/>
    public string PathOf(string sha256)
    {
        var path = Address(sha256);
        return File.Exists(path) ? path : throw new FileNotFoundException(StorageTexts.Format("FileMissing", sha256), path);
    }

    /// <inheritdoc/>
    public bool Exists(string sha256) => File.Exists(Address(sha256));

    /// <summary>Removes a file that nobody stored since a moment; false when somebody did. One that is not there is removed.</summary>
    /// <remarks>It is taken aside before its age is looked at, so that whoever stores the same bytes meanwhile stores them anew.</remarks>
    public bool TryRemove(string sha256, DateTimeOffset before)
    {
        var (path, aside) = (Address(sha256), Path.Combine(_temporary, Path.GetRandomFileName()));
        if (!File.Exists(path)) return true;
        if (File.GetLastWriteTimeUtc(path) > before.UtcDateTime) return false;
        File.Move(path, aside);
        var again = File.GetLastWriteTimeUtc(aside) > before.UtcDateTime;
        if (again) File.Move(aside, path, overwrite: true);
        else File.Delete(aside);
        DiskSync.FlushFolders(Path.GetDirectoryName(path)!, _root);
        return !again;
    }

    /// <summary>Where a file of that name lies, or would lie.</summary>
    /// <exception cref="ArgumentException">Not 64 lower-case hexadecimal digits.</exception>
    internal string Address(string sha256)
    {
        ArgumentNullException.ThrowIfNull(sha256);
        if (sha256.Length != 64 || sha256.Any(c => !char.IsAsciiHexDigitLower(c)))
            throw new ArgumentException("not a SHA-256 in lower-case hexadecimal digits", nameof(sha256));
        return Path.Combine(_root, sha256[..2], sha256[2..4], sha256);
    }

    private static async Task<StoredFile> WriteAsync(Stream content, string path, CancellationToken cancellationToken)
    {
        var options = new FileStreamOptions
        {
            Mode = FileMode.CreateNew, Access = FileAccess.Write, BufferSize = 0, Options = FileOptions.Asynchronous,
        };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = PrivateFolder.FileMode;
        await using var target = new FileStream(path, options);
        using var sha = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var buffer = new byte[BufferSize];
        int count;
        while ((count = await content.ReadAsync(buffer, cancellationToken)) > 0)
        {
            sha.AppendData(buffer.AsSpan(0, count));
            await target.WriteAsync(buffer.AsMemory(0, count), cancellationToken);
        }

        RandomAccess.FlushToDisk(target.SafeFileHandle);
        return new(Convert.ToHexStringLower(sha.GetHashAndReset()), target.Length);
    }

    /// <summary>Hash of a finished file, whose bytes are on the disk and nobody else's afterwards.</summary>
    private static async Task<StoredFile> SealAsync(string path, CancellationToken cancellationToken)
    {
        PrivateFolder.Close(path);
        await using var stream = new FileStream(path, FileMode.Open, FileAccess.ReadWrite, FileShare.Read, BufferSize, useAsync: true);
        var hash = await SHA256.HashDataAsync(stream, cancellationToken);
        RandomAccess.FlushToDisk(stream.SafeFileHandle);
        return new(Convert.ToHexStringLower(hash), stream.Length);
    }

    private void Publish(string path, StoredFile file)
    {
        if (!TryPublish(path, file)) throw new IOException($"cannot rename {path} into {_root}");
    }

    /// <summary>False when the file lies on another file system.</summary>
    private bool TryPublish(string path, StoredFile file)
    {
        var target = Address(file.Sha256);
        var folder = Path.GetDirectoryName(target)!;
        PrivateFolder.Make(folder);

        // Somebody is about to book it: what deletes old files lets it be.
        Touch(target);

        // What lies under this name with other bytes was damaged from outside; the good ones replace it.
        if (!Holds(target, file) && !DiskSync.TryRename(path, target)) return false;

        // Also when it was there already: an earlier rename may not have reached the disk yet.
        DiskSync.FlushFolders(folder, _root);
        return true;
    }

    private static void Touch(string path)
    {
        try
        {
            File.SetLastWriteTimeUtc(path, TimeProvider.System.GetUtcNow().UtcDateTime);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            // New, or just removed: it is put there below.
        }
    }

    private static bool Holds(string path, StoredFile file)
    {
        if (new FileInfo(path) is not { Exists: true } there || there.Length != file.Bytes) return false;
        using var content = File.OpenRead(path);
        return string.Equals(Convert.ToHexStringLower(SHA256.HashData(content)), file.Sha256, StringComparison.Ordinal);
    }

    private void Sweep(DateTimeOffset before)
    {
        foreach (var file in new DirectoryInfo(_temporary).EnumerateFiles())
            if (file.LastWriteTimeUtc < before.UtcDateTime) file.Delete();
    }
}
