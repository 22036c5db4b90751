using System.Globalization;
using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;

namespace Postlotse.Pdf.Low;

/// <summary>Writes numbered objects in one pass, and the classic cross-reference table at the end (ISO 32000-1, 7.5).</summary>
internal sealed class PdfObjects(Stream output) : IDisposable
{
    private readonly List<long> _offsets = [0];
    private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private long _position;

    public void Dispose() => _hash.Dispose();

    /// <summary>Reserves a number, so that objects can refer to what is written later.</summary>
    public int Reserve()
    {
        _offsets.Add(0);
        return _offsets.Count - 1;
    }

    public void Write(int number, string body)
    {
        Begin(number);
        Text(body);
        Text("\nendobj\n");
    }

    public void WriteStream(int number, string entries, ReadOnlySpan<byte> data)
    {
        Begin(number);
        Text(Spell.Format($"<<{entries}/Length {data.Length}>>\nstream\n"));
        Bytes(data);
        Text("\nendstream\nendobj\n");
    }

    public void WriteDeflated(int number, string entries, ReadOnlySpan<byte> data)
    {
        using var packed = new MemoryStream();
        using (var zlib = new ZLibStream(packed, CompressionLevel.Optimal, leaveOpen: true)) zlib.Write(data);
        WriteStream(number, entries + "/Filter/FlateDecode", packed.GetBuffer().AsSpan(0, (int)packed.Length));
    }

    /// <summary>Copies a stream of unknown length; its length follows as an object of its own.</summary>
    public void CopyStream(int number, string entries, Stream data, bool deflate)
    {
        var lengthNumber = Reserve();
        Begin(number);
        Text(Spell.Format($"<<{entries}/Length {lengthNumber} 0 R>>\nstream\n"));
        var start = _position;
        if (deflate)
        {
            using var zlib = new ZLibStream(new Sink(this), CompressionLevel.Optimal);
            data.CopyTo(zlib);
        }
        else
        {
            data.CopyTo(new Sink(this));
        }

        var length = _position - start;
        Text("\nendstream\nendobj\n");
        Write(lengthNumber, Spell.Format($"{length}"));
    }

    /// <summary>Writes an object with a stream whose dictionary is known as a whole, its length included.</summary>
    public void WriteCopied(int number, string dictionary, Action<Stream> copy)
    {
        Begin(number);
        Text(dictionary + "\nstream\n");
        copy(new Sink(this));
        Text("\nendstream\nendobj\n");
    }

    public void Header(string version)
    {
        Text("%PDF-" + version + "\n%");
        Bytes([0xE2, 0xE3, 0xCF, 0xD3, 0x0A]); // says that the file is binary
    }

    public void Trailer(int catalogue, int info)
    {
        var id = Convert.ToHexString(_hash.GetCurrentHash().AsSpan(0, 16)); // from the content, so that equal input has an equal id
        var table = _position;
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"xref\n0 {_offsets.Count}\n0000000000 65535 f \n");
        foreach (var offset in _offsets.Skip(1)) text.Append(CultureInfo.InvariantCulture, $"{offset:D10} 00000 n \n");
        text.Append(CultureInfo.InvariantCulture, $"trailer\n<</Size {_offsets.Count}/Root {catalogue} 0 R/Info {info} 0 R");
        text.Append(CultureInfo.InvariantCulture, $"/ID[<{id}><{id}>]>>\n");
        text.Append(CultureInfo.InvariantCulture, $"startxref\n{table}\n%%EOF\n");
        Text(text.ToString());
    }

    private void Begin(int number)
    {
        _offsets[number] = _position;
        Text(Spell.Format($"{number} 0 obj\n"));
    }

    private void Text(string text) => Bytes(Encoding.Latin1.GetBytes(text));

    private void Bytes(ReadOnlySpan<byte> bytes)
    {
        output.Write(bytes);
        _hash.AppendData(bytes);
        _position += bytes.Length;
    }

    /// <summary>Where copied bytes go in.</summary>
    private sealed class Sink(PdfObjects objects) : Stream
    {
        public override bool CanRead => false;

        public override bool CanSeek => false;

        public override bool CanWrite => true;

        public override long Length => throw new NotSupportedException();

        public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

        public override void Flush()
        {
        }

        public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => objects.Bytes(buffer.AsSpan(offset, count));

        public override void Write(ReadOnlySpan<byte> buffer) => objects.Bytes(buffer);
    }
}
