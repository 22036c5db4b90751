using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;
using Postlotse.Letters;

namespace Postlotse.Responsibility.Knowledge;

/// <summary>
/// Reads and writes the trained model as one compact file: little-endian; "PLKM", version, pack hash, catalogue as JSON, biases,
/// then the features by ascending hash, each with rarity, scale and its weights (concern as a variable-length difference, 8-bit weight).
/// </summary>
public static class ConcernModelFile
{
    private const uint Magic = 0x4D4B4C50;
    private const string Shipped = "Postlotse.knowledge.model.bin";

    /// <summary>Raised whenever <see cref="TextFeatures"/> or the layout change, so that an old file is refused.</summary>
    private const int Version = 1;

    /// <summary>The model that is shipped with the program.</summary>
    public static ConcernModel LoadShipped()
    {
        using var stream = typeof(ConcernModelFile).Assembly.GetManifestResourceStream(Shipped)
            ?? throw new InvalidOperationException($"resource {Shipped} is missing");
        return Read(stream);
    }

    /// <summary>Reads a model.</summary>
    /// <exception cref="FormatException">No model, of another version, or cut off.</exception>
    public static ConcernModel Read(Stream stream)
    {
        ArgumentNullException.ThrowIfNull(stream);
        var bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        try
        {
            return Parse(bytes);
        }
        catch (Exception exception) when (exception is ArgumentException or IndexOutOfRangeException or JsonException or OverflowException)
        {
            throw new FormatException("the knowledge model is cut off or damaged", exception);
        }
    }

    /// <summary>Writes a model; the same model always becomes the same bytes.</summary>
    public static void Write(ConcernModel model, Stream stream)
    {
        ArgumentNullException.ThrowIfNull(model);
        using var writer = new BinaryWriter(stream, Encoding.UTF8, leaveOpen: true);
        writer.Write(Magic);
        writer.Write(Version);
        WriteBlock(writer, Encoding.UTF8.GetBytes(model.PackHash));
        WriteBlock(writer, JsonSerializer.SerializeToUtf8Bytes(model.Concerns, PostlotseJson.Compact));
        WriteBlock(writer, MemoryMarshal.AsBytes(model.Bias));
        var table = model.Features;
        WriteBlock(writer, MemoryMarshal.AsBytes<uint>(table.Hashes));
        WriteBlock(writer, MemoryMarshal.AsBytes<Half>(Array.ConvertAll(table.Rarities, r => (Half)r)));
        WriteBlock(writer, MemoryMarshal.AsBytes<float>(table.Scale));
        WriteBlock(writer, MemoryMarshal.AsBytes<sbyte>(table.Weights));
        WriteBlock(writer, Concerns(table));
    }

    private static ConcernModel Parse(byte[] bytes)
    {
        if (bytes.Length < 8 || BinaryPrimitives.ReadUInt32LittleEndian(bytes) != Magic)
            throw new FormatException("this is no knowledge model");
        var version = BinaryPrimitives.ReadInt32LittleEndian(bytes.AsSpan(4));
        if (version != Version)
            throw new FormatException($"the knowledge model has version {version}, this program reads {Version}; train it again");
        var rest = bytes.AsSpan(8);
        var hash = Encoding.UTF8.GetString(Block(ref rest));
        var entries = JsonSerializer.Deserialize<ConcernEntry[]>(Block(ref rest), PostlotseJson.Compact)!;
        var bias = MemoryMarshal.Cast<byte, float>(Block(ref rest)).ToArray();
        var hashes = MemoryMarshal.Cast<byte, uint>(Block(ref rest)).ToArray();
        var rarities = Array.ConvertAll(MemoryMarshal.Cast<byte, Half>(Block(ref rest)).ToArray(), h => (float)h);
        var scale = MemoryMarshal.Cast<byte, float>(Block(ref rest)).ToArray();
        var weights = MemoryMarshal.Cast<byte, sbyte>(Block(ref rest)).ToArray();
        var (start, concerns) = Concerns(Block(ref rest), hashes.Length, weights.Length);
        if (bias.Length != entries.Length || scale.Length != hashes.Length || rarities.Length != hashes.Length)
            throw new FormatException("the knowledge model contradicts itself");
        return new(hash, entries, new(hashes, rarities, scale, start, concerns, weights), bias);
    }

    /// <summary>For each feature the number of its concerns, then the concerns as differences.</summary>
    private static byte[] Concerns(FeatureTable table)
    {
        var result = new List<byte>(table.Weights.Length * 2);
        for (var feature = 0; feature < table.Hashes.Length; feature++)
        {
            WriteNumber(result, table.Start[feature + 1] - table.Start[feature]);
            var before = -1;
            for (var i = table.Start[feature]; i < table.Start[feature + 1]; i++)
            {
                WriteNumber(result, table.Concerns[i] - before - 1);
                before = table.Concerns[i];
            }
        }

        return [.. result];
    }

    private static (int[] Start, ushort[] Concerns) Concerns(ReadOnlySpan<byte> bytes, int features, int weights)
    {
        var start = new int[features + 1];
        var concerns = new ushort[weights];
        int place = 0, next = 0;
        for (var feature = 0; feature < features; feature++)
        {
            var count = ReadNumber(bytes, ref place);
            var concern = -1;
            for (var i = 0; i < count; i++)
            {
                concern += ReadNumber(bytes, ref place) + 1;
                concerns[next++] = checked((ushort)concern);
            }

            start[feature + 1] = next;
        }

        return (start, concerns);
    }

    private static void WriteNumber(List<byte> bytes, int number)
    {
        for (; number >= 0x80; number >>= 7)
            bytes.Add((byte)(number | 0x80));
        bytes.Add((byte)number);
    }

    private static int ReadNumber(ReadOnlySpan<byte> bytes, ref int place)
    {
        var result = 0;
        for (var shift = 0; ; shift += 7)
        {
            var value = bytes[place++];
            result |= (value & 0x7F) << shift;
            if (value < 0x80)
                return result;
        }
    }

    private static void WriteBlock(BinaryWriter writer, ReadOnlySpan<byte> bytes)
    {
        writer.Write(bytes.Length);
        writer.Write(bytes);
    }

    private static ReadOnlySpan<byte> Block(ref Span<byte> rest)
    {
        var length = BinaryPrimitives.ReadInt32LittleEndian(rest);
        var result = rest.Slice(4, length);
        rest = rest[(4 + length)..];
        return result;
    }
}
