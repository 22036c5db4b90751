using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace Postlotse.Pdf;

/// <summary>
/// A PDF that <see cref="PdfArchiveWriter"/> wrote, opened for copying its pages: classic cross-reference table, a flat page tree, each
/// dictionary in one piece before its stream. Anything else is refused; nothing of the pages is interpreted.
/// </summary>
public sealed partial class PdfSource : IDisposable
{
    private const RegexOptions Options = RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture;

    private const int MatchTimeoutMilliseconds = 10_000;

    private const int EntryLength = 20, TailLength = 64, LongestDictionary = 1 << 24;

    private static readonly byte[] StreamMark = "\nstream\n"u8.ToArray(), EndMark = "\nendobj\n"u8.ToArray();

    private readonly Stream _file;
    private readonly List<long> _offsets = [];
    private readonly List<int> _pages = [];

    private PdfSource(Stream file) => _file = file;

    /// <summary>Number of pages.</summary>
    public int PageCount => _pages.Count;

    /// <summary>Opens a document.</summary>
    /// <param name="file">Seekable; closed with this.</param>
    /// <exception cref="InvalidDataException">Not written by <see cref="PdfArchiveWriter"/>, or cut off.</exception>
    public static PdfSource Open(Stream file)
    {
        ArgumentNullException.ThrowIfNull(file);
        var source = new PdfSource(file);
        source.ReadTable();
        return source;
    }

    /// <inheritdoc/>
    public void Dispose() => _file.Dispose();

    /// <summary>Object number of a page.</summary>
    /// <param name="page">1-based.</param>
    /// <exception cref="InvalidDataException">There is no such page.</exception>
    internal int PageObject(int page) => page >= 1 && page <= _pages.Count ? _pages[page - 1]
        : throw new InvalidDataException(string.Create(CultureInfo.InvariantCulture, $"no page {page} of {_pages.Count}"));

    /// <summary>An object: what stands before its stream, and where its stream is; null without one.</summary>
    internal (string Body, (long Start, long Length)? Data) Read(int number)
    {
        var (text, isStream, end) = ReadBody(number);
        if (!isStream) return (text, null);
        var length = LengthPattern().Match(text);
        if (!length.Success) throw new InvalidDataException("a stream without a length");
        var value = Number(length.Groups["n"].Value);
        return (text, (end, length.Groups["reference"].Success ? Number(ReadBody((int)value).Text) : value));
    }

    /// <summary>Copies a part of the file.</summary>
    internal void CopyTo(Stream target, long start, long length)
    {
        if (start < 0 || length < 0 || start + length > _file.Length) throw new InvalidDataException("a stream beyond the file's end");
        _file.Position = start;
        var buffer = new byte[1 << 16];
        while (length > 0)
        {
            var read = _file.Read(buffer, 0, (int)Math.Min(buffer.Length, length));
            if (read == 0) throw new InvalidDataException("the file ends within a stream");
            target.Write(buffer, 0, read);
            length -= read;
        }
    }

    /// <summary>The body with every reference made another one.</summary>
    internal static string Renumber(string body, Func<int, int> map) => ReferencePattern().Replace(
        body, m => map((int)Number(m.Groups["n"].Value)).ToString(CultureInfo.InvariantCulture) + " 0 R");

    private void ReadTable()
    {
        var tail = Text(Math.Max(0, _file.Length - TailLength), (int)Math.Min(TailLength, _file.Length));
        var table = Number(Find(TablePattern(), tail));
        var head = HeadPattern().Match(Text(table, TailLength));
        if (!head.Success) throw new InvalidDataException("no cross-reference table");
        var count = (int)Number(head.Groups["n"].Value);
        if (count < 2 || count > _file.Length / EntryLength) throw new InvalidDataException("a table of " + head.Groups["n"].Value);
        var entries = Text(table + head.Length, count * EntryLength);
        if (entries.Length < count * EntryLength) throw new InvalidDataException("the table is cut off");
        for (var i = 0; i < count; i++) _offsets.Add(Number(entries.AsSpan(i * EntryLength, 10)));
        var trailer = table + head.Length + (long)count * EntryLength;
        var root = Number(Find(RootPattern(), Text(trailer, (int)Math.Min(512, _file.Length - trailer))));
        var tree = Number(Find(PagesPattern(), ReadBody((int)root).Text));
        var kids = Find(KidsPattern(), ReadBody((int)tree).Text);
        _pages.AddRange(ReferencePattern().Matches(kids).Select(m => (int)Number(m.Groups["n"].Value)));
    }

    /// <summary>What stands between an object's head and its stream or end, and where that mark ends.</summary>
    private (string Text, bool IsStream, long End) ReadBody(int number)
    {
        if (number < 1 || number >= _offsets.Count)
            throw new InvalidDataException("no object " + number.ToString(CultureInfo.InvariantCulture));
        var offset = _offsets[number];
        for (var size = 1 << 12; size <= LongestDictionary; size <<= 2)
        {
            var bytes = Bytes(offset, (int)Math.Min(size, _file.Length - offset));
            var head = Encoding.Latin1.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{number} 0 obj\n"));
            if (!bytes.AsSpan().StartsWith(head)) throw new InvalidDataException("an object is not where the table says");
            var rest = bytes.AsSpan(head.Length);
            int stream = rest.IndexOf(StreamMark), end = rest.IndexOf(EndMark);
            if (stream >= 0 && (end < 0 || stream < end))
                return (Encoding.Latin1.GetString(rest[..stream]), true, offset + head.Length + stream + StreamMark.Length);
            if (end >= 0) return (Encoding.Latin1.GetString(rest[..end]), false, offset + head.Length + end + EndMark.Length);
            if (bytes.Length < size) break;
        }

        throw new InvalidDataException("an object without an end");
    }

    private string Text(long start, int length) => Encoding.Latin1.GetString(Bytes(start, length));

    private byte[] Bytes(long start, int length)
    {
        if (start < 0 || length < 0 || start > _file.Length) throw new InvalidDataException("an offset beyond the file's end");
        _file.Position = start;
        var bytes = new byte[Math.Min(length, _file.Length - start)];
        _file.ReadExactly(bytes);
        return bytes;
    }

    private static string Find(Regex pattern, string text) =>
        pattern.Match(text) is { Success: true } match ? match.Groups["n"].Value : throw new InvalidDataException("no " + pattern);

    private static long Number(ReadOnlySpan<char> text) =>
        long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? number : throw new InvalidDataException("no number where one must be");

    [GeneratedRegex(@"startxref\n(?<n>[0-9]{1,15})\n%%EOF\n$", Options, MatchTimeoutMilliseconds)]
    private static partial Regex TablePattern();

    [GeneratedRegex(@"^xref\n0 (?<n>[0-9]{1,9})\n", Options, MatchTimeoutMilliseconds)]
    private static partial Regex HeadPattern();

    [GeneratedRegex(@"/Root (?<n>[0-9]{1,9}) 0 R", Options, MatchTimeoutMilliseconds)]
    private static partial Regex RootPattern();

    [GeneratedRegex(@"/Pages (?<n>[0-9]{1,9}) 0 R", Options, MatchTimeoutMilliseconds)]
    private static partial Regex PagesPattern();

    [GeneratedRegex(@"/Kids\[(?<n>[0-9R ]*)\]", Options, MatchTimeoutMilliseconds)]
    private static partial Regex KidsPattern();

    [GeneratedRegex(@"/Length (?<n>[0-9]{1,15})(?<reference> 0 R)?", Options, MatchTimeoutMilliseconds)]
    private static partial Regex LengthPattern();

    [GeneratedRegex(@"\b(?<n>[0-9]{1,9}) 0 R\b", Options, MatchTimeoutMilliseconds)]
    private static partial Regex ReferencePattern();
}
