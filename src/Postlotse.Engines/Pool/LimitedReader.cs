using System.Text;

namespace Postlotse.Engines.Pool;

/// <summary>Reads from a process, up to a limit: a child gone wrong must not fill our memory.</summary>
internal static class LimitedReader
{
    /// <summary>A line without its end; null at the end of the stream.</summary>
    /// <exception cref="InvalidDataException">Longer than the limit.</exception>
    public static async Task<byte[]?> ReadLineAsync(Stream stream, int limit, CancellationToken cancellationToken)
    {
        using var line = new MemoryStream();
        var buffer = new byte[64 << 10];
        while (true)
        {
            var read = await stream.ReadAsync(buffer, cancellationToken);
            if (read == 0) return null; // also when a line was begun: the process has died
            var end = buffer.AsSpan(0, read).IndexOf((byte)'\n');
            line.Write(buffer, 0, end < 0 ? read : end);
            if (line.Length > limit) throw new InvalidDataException("answer longer than " + limit + " bytes");
            if (end < 0) continue;
            if (end + 1 < read) throw new InvalidDataException("more than one answer");
            return line.ToArray();
        }
    }

    /// <summary>All text up to the limit; the rest is read and dropped, so that the process does not block.</summary>
    public static async Task<string> ReadTextAsync(Stream stream, int limit, CancellationToken cancellationToken)
    {
        using var kept = new MemoryStream();
        var buffer = new byte[16 << 10];
        while (await stream.ReadAsync(buffer, cancellationToken) is > 0 and var read)
            kept.Write(buffer, 0, (int)Math.Min(read, limit - kept.Length));
        return Encoding.UTF8.GetString(kept.GetBuffer(), 0, (int)kept.Length);
    }
}
