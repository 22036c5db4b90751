using System.Buffers.Binary;

namespace Postlotse.Intake;

/// <summary>
/// Whether all that a TIFF's directories name lies within the file (TIFF 6.0, section 2; BigTIFF). Only then it can be whole; a further
/// page may still follow. Looks at directories alone, never at pictures; bounded, and safe with any bytes.
/// </summary>
public static class TiffDirectories
{
    private const int MostDirectories = 10_000, MostEntries = 200_000, MostValues = 1_000_000;
    private const int StripOffsets = 273, StripCounts = 279, TileOffsets = 324, TileCounts = 325;

    /// <summary>Walks the directories of a seekable stream; its position afterwards is anywhere.</summary>
    /// <exception cref="IOException">The stream cannot be read.</exception>
    public static bool AreWhole(Stream tiff)
    {
        ArgumentNullException.ThrowIfNull(tiff);
        var reader = new Reader(tiff);
        return reader.ReadHeader() is { } first && reader.Walk(first);
    }

    private sealed class Reader(Stream stream)
    {
        private readonly byte[] _buffer = new byte[8];
        private bool _little, _big;
        private int _entries, _values;

        public long? ReadHeader()
        {
            if (!Read(0, 4)) return null;
            _little = _buffer[0] == 'I';
            _big = Short(_buffer.AsSpan(2)) == 43;
            if (_big ? !Read(8, 8) : !Read(4, 4)) return null;
            return Offset();
        }

        public bool Walk(long at)
        {
            var seen = new HashSet<long>();
            var pages = 0;
            while (at != 0)
            {
                if (at < 8 || !seen.Add(at) || ++pages > MostDirectories || Directory(at) is not { } next) return false;
                at = next;
            }

            return pages > 0;
        }

        /// <summary>Place of the next directory; null when this one or its picture is not all there.</summary>
        private long? Directory(long at)
        {
            if (!Read(at, _big ? 8 : 2)) return null;
            var count = _big ? Offset() : Short(_buffer);
            if (count is <= 0 or > MostEntries || (_entries += (int)count) > MostEntries) return null;
            var (size, start) = (_big ? 20 : 12, at + (_big ? 8 : 2));
            var ends = new Dictionary<int, List<long>>();
            for (var i = 0; i < count; i++)
                if (!Entry(start + i * size, ends)) return null;
            if (!Fits(ends, StripOffsets, StripCounts) || !Fits(ends, TileOffsets, TileCounts)) return null;
            return Read(start + count * size, _big ? 8 : 4) ? Offset() : null;
        }

        private bool Fits(Dictionary<int, List<long>> values, int offsets, int counts)
        {
            if (!values.TryGetValue(offsets, out var places)) return true;
            if (!values.TryGetValue(counts, out var lengths)) return false;
            for (var i = 0; i < Math.Min(places.Count, lengths.Count); i++)
                if (places[i] < 0 || lengths[i] < 0 || places[i] > stream.Length - lengths[i]) return false;
            return places.Count <= lengths.Count;
        }

        private bool Entry(long at, Dictionary<int, List<long>> values)
        {
            if (!Read(at, 8)) return false;
            var (tag, type) = (Short(_buffer), Short(_buffer.AsSpan(2)));
            if (tag is not (StripOffsets or StripCounts or TileOffsets or TileCounts)) return true;
            long count = _big ? (Read(at + 4, 8) ? Offset() : -1) : Long(_buffer.AsSpan(4));
            var width = type switch { 3 => 2, 4 => 4, 16 => 8, _ => 0 };
            if (width == 0 || count is <= 0 or > MostValues || (_values += (int)count) > MostValues) return false;
            var place = at + (_big ? 12 : 8);
            if (count * width > (_big ? 8 : 4))
            {
                if (!Read(place, _big ? 8 : 4)) return false;
                place = Offset();
            }

            if (values.ContainsKey(tag) || place < 0 || place > stream.Length - count * width) return false;
            values[tag] = Values(place, (int)count, width);
            return values[tag].Count == count;
        }

        private List<long> Values(long at, int count, int width)
        {
            var bytes = new byte[count * width];
            stream.Position = at;
            var read = stream.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
            var values = new List<long>(count);
            for (var i = 0; (i + 1) * width <= read; i++)
            {
                var value = bytes.AsSpan(i * width, width);
                values.Add(width switch { 2 => Short(value), 4 => Long(value), _ => LongLong(value) });
            }

            return values;
        }

        private bool Read(long at, int count)
        {
            if (at < 0 || at > stream.Length - count) return false;
            stream.Position = at;
            return stream.ReadAtLeast(_buffer.AsSpan(0, count), count, throwOnEndOfStream: false) == count;
        }

        private long Offset() => _big ? LongLong(_buffer) : Long(_buffer);

        private int Short(ReadOnlySpan<byte> bytes) =>
            _little ? BinaryPrimitives.ReadUInt16LittleEndian(bytes) : BinaryPrimitives.ReadUInt16BigEndian(bytes);

        private long Long(ReadOnlySpan<byte> bytes) =>
            _little ? BinaryPrimitives.ReadUInt32LittleEndian(bytes) : BinaryPrimitives.ReadUInt32BigEndian(bytes);

        private long LongLong(ReadOnlySpan<byte> bytes) =>
            _little ? BinaryPrimitives.ReadInt64LittleEndian(bytes) : BinaryPrimitives.ReadInt64BigEndian(bytes);
    }
}
