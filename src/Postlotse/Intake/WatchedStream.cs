namespace Postlotse.Intake;

/// <summary>Passes a delivered stream on, keeping its first bytes and stopping it above a limit.</summary>
internal sealed class WatchedStream(Stream inner, long maxBytes, int headLength) : Stream
{
    private readonly byte[] _head = new byte[headLength];
    private long _count;

    /// <summary>What came first.</summary>
    public ReadOnlySpan<byte> Head => _head.AsSpan(0, (int)Math.Min(_count, _head.Length));

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position { get => _count; set => throw new NotSupportedException(); }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override int Read(Span<byte> buffer)
    {
        var read = inner.Read(buffer);
        Note(buffer[..read]);
        return read;
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        var read = await inner.ReadAsync(buffer, cancellationToken);
        Note(buffer.Span[..read]);
        return read;
    }

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    private void Note(ReadOnlySpan<byte> bytes)
    {
        if (_count < _head.Length) bytes[..(int)Math.Min(bytes.Length, _head.Length - _count)].CopyTo(_head.AsSpan((int)_count));
        _count += bytes.Length;
        if (_count > maxBytes) throw new TooManyBytesException();
    }
}

/// <summary>The stream is longer than allowed.</summary>
internal sealed class TooManyBytesException() : IOException("more bytes than allowed");
