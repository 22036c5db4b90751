using System.Security.Cryptography;
using System.Text;

namespace Postlotse.App.Serving;

/// <summary>
/// Marks on disk of files that are being taken: made before booking, removed after clearing away. They tell a file that a crash left
/// behind (mark there: nothing new to book) from one that came a second time (no mark: a delivery of its own).
/// </summary>
/// <param name="folder">Own folder; made when missing.</param>
internal sealed class TakingMarks(string folder)
{
    /// <summary>Marks a file.</summary>
    /// <param name="key">Its client key.</param>
    /// <returns>Whether it was marked before: taking it was begun and never ended.</returns>
    /// <exception cref="IOException">The mark cannot be written.</exception>
    public bool Begin(string key)
    {
        Directory.CreateDirectory(folder);
        var path = PathOf(key);
        if (File.Exists(path)) return true;
        using var mark = new FileStream(path, FileMode.Create, FileAccess.Write);
        mark.Flush(flushToDisk: true);
        return false;
    }

    /// <summary>Takes the mark away; no error when there is none.</summary>
    public void End(string key) => File.Delete(PathOf(key));

    private string PathOf(string key) => Path.Combine(folder, Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(key))));
}
