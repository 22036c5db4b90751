using System.Collections.Concurrent;
using Postlotse.Intake;
using Postlotse.Letters;

namespace Postlotse.App.Processing;

/// <summary>Finds and reads the scanner's manifests that lie beside input files; a folder is listed once.</summary>
internal sealed class ManifestsBeside
{
    private readonly ConcurrentDictionary<string, IReadOnlyDictionary<string, string>> _byFolder = new(StringComparer.Ordinal);

    /// <summary>The manifest; null when none lies there. One that cannot be opened is told as its fault.</summary>
    public async Task<ScanManifest?> ReadAsync(string path, IFileStore files, CancellationToken cancellationToken)
    {
        var (folder, name) = (Path.GetDirectoryName(Path.GetFullPath(path))!, Path.GetFileName(path));
        try
        {
            var pairs = _byFolder.GetOrAdd(folder, f => ManifestNames.Pair(Directory.EnumerateFiles(f).Select(p => Path.GetFileName(p))));
            if (!pairs.TryGetValue(name, out var manifest)) return null;
            var beside = Path.Combine(folder, manifest);
            // Nothing is opened for an empty file: a named pipe looks like one and would wait for ever.
            await using Stream content = new FileInfo(beside).Length == 0 ? new MemoryStream() : File.OpenRead(beside);
            return await Intake.Intake.StoreManifestAsync(files, content, cancellationToken);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return new(null, ManifestFault.Unreadable);
        }
    }
}
