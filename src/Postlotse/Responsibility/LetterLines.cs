using System.Text;
using System.Text.Json;
using System.Text.Unicode;
using Postlotse.Letters;

namespace Postlotse.Responsibility;

/// <summary>
/// Reads letters as JSONL, one object a line. A bad line is reported with its number and does not stop the others; empty lines are
/// skipped, unknown members ignored, a byte order mark tolerated. Never holds more than one line in memory.
/// </summary>
public static class LetterLines
{
    /// <summary>Longest line that is read, bytes.</summary>
    public const int MaxLineBytes = 8 * 1024 * 1024;

    /// <summary>The lines of a stream in order, read as they are asked for; closes nothing.</summary>
    public static IEnumerable<LetterLine> Read(Stream utf8)
    {
        ArgumentNullException.ThrowIfNull(utf8);
        return ReadLines(utf8);
    }

    private static IEnumerable<LetterLine> ReadLines(Stream utf8)
    {
        var number = 0;
        foreach (var (line, tooLong) in SplitLines(utf8))
        {
            number++;
            if (tooLong) yield return new LetterLine.Invalid(number, Texts.Now("LineTooLong", MaxLineBytes / 1024 / 1024));
            else if (Parse(line, number) is { } read) yield return read;
        }
    }

    /// <summary>Lines without their end; of one that is too long only that.</summary>
    private static IEnumerable<(ReadOnlyMemory<byte> Line, bool TooLong)> SplitLines(Stream utf8)
    {
        var buffer = new byte[64 * 1024];
        using var line = new MemoryStream();
        var (tooLong, started) = (false, false);
        for (int count; (count = utf8.Read(buffer)) > 0;)
        {
            for (var from = 0; from < count;)
            {
                var end = Array.IndexOf(buffer, (byte)'\n', from, count - from);
                var size = (end < 0 ? count : end) - from;
                tooLong |= line.Length + size > MaxLineBytes;
                if (!tooLong) line.Write(buffer, from, size);
                started = end < 0;
                from += size + 1;
                if (end < 0) continue;
                yield return (line.GetBuffer().AsMemory(0, (int)line.Length), tooLong);
                line.SetLength(0);
                tooLong = false;
            }
        }

        if (started) yield return (line.GetBuffer().AsMemory(0, (int)line.Length), tooLong);
    }

    private static LetterLine? Parse(ReadOnlyMemory<byte> line, int number)
    {
        if (number == 1 && line.Span.StartsWith(Encoding.UTF8.Preamble)) line = line[Encoding.UTF8.Preamble.Length..];
        if (line.Span.Trim(" \t\r"u8).IsEmpty) return null;
        if (!Utf8.IsValid(line.Span)) return new LetterLine.Invalid(number, Texts.Now("LineNotUtf8"));
        try
        {
            using var document = JsonDocument.Parse(line);
            return new Parser(number).Parse(document.RootElement);
        }
        catch (JsonException e)
        {
            return new LetterLine.Invalid(number, Texts.Now("LineJson", (e.BytePositionInLine ?? 0) + 1));
        }
    }

    /// <summary>Reads the members of one line and keeps the first that is wrong.</summary>
    private sealed class Parser(int number)
    {
        private string? _problem;

        public LetterLine Parse(JsonElement root)
        {
            if (root.ValueKind != JsonValueKind.Object) return new LetterLine.Invalid(number, Texts.Now("LineNotObject"));
            var content = new LetterContent
            {
                Id = Required(root, "id"), Recipient = Text(root, "recipient"), Sender = Text(root, "sender"), Date = Text(root, "date"),
                Subject = Text(root, "subject"), Reference = Text(root, "reference"), Body = Required(root, "body"),
                Enclosures = Text(root, "enclosures"),
                Form = Text(root, "form"), Barcodes = Text(root, "barcodes"),
            };
            var unit = root.TryGetProperty("unit", out var value) && value.ValueKind != JsonValueKind.Null ? Text(root, "unit") : null;
            var letter = new LabelledLetter(content, unit, List(root, "alsoAcceptable"));
            return _problem is null ? new LetterLine.Valid(number, letter) : new LetterLine.Invalid(number, _problem);
        }

        private string Required(JsonElement root, string name)
        {
            var text = Text(root, name);
            if (string.IsNullOrWhiteSpace(text)) _problem ??= Texts.Now("LineMissing", name);
            return text;
        }

        private string Text(JsonElement root, string name)
        {
            if (!root.TryGetProperty(name, out var value) || value.ValueKind == JsonValueKind.Null) return "";
            if (JsonText.Of(value) is { } text) return text;
            _problem ??= Texts.Now("LineNotText", name);
            return "";
        }

        private List<string> List(JsonElement root, string name)
        {
            if (!root.TryGetProperty(name, out var value) || value.ValueKind == JsonValueKind.Null) return [];
            if (JsonText.ListOf(value) is { } texts) return texts;
            _problem ??= Texts.Now("LineNotTexts", name);
            return [];
        }
    }
}

/// <summary>A letter whose office may be known.</summary>
/// <param name="Content">Its text.</param>
/// <param name="Unit">The office; empty when nobody can tell from the letter; null when the file does not say.</param>
/// <param name="AlsoAcceptable">Further offices that count as right.</param>
public sealed record LabelledLetter(LetterContent Content, string? Unit, IReadOnlyList<string> AlsoAcceptable)
{
    /// <summary>Whether the letter is right there.</summary>
    public bool Accepts(string unit) =>
        string.Equals(Unit, unit, StringComparison.Ordinal) || AlsoAcceptable.Contains(unit, StringComparer.Ordinal);
}

/// <summary>What a line holds; closed.</summary>
public abstract record LetterLine
{
    private LetterLine()
    {
    }

    /// <summary>1-based number of the line in the file, empty lines counted.</summary>
    public abstract int Number { get; init; }

    /// <summary>A letter.</summary>
    public sealed record Valid(int Number, LabelledLetter Letter) : LetterLine;

    /// <summary>No valid letter; <paramref name="Problem"/> says why, for people, without text of the letter.</summary>
    public sealed record Invalid(int Number, string Problem) : LetterLine;
}

/// <summary>Strings of JSON from outside, which may hold what is no text (half a surrogate pair).</summary>
internal static class JsonText
{
    /// <summary>The string; null when it is none.</summary>
    public static string? Of(JsonElement value)
    {
        if (value.ValueKind != JsonValueKind.String) return null;
        try
        {
            return value.GetString();
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }

    /// <summary>The strings of a list; null when it is no list or one of its entries no string.</summary>
    public static List<string>? ListOf(JsonElement value)
    {
        if (value.ValueKind != JsonValueKind.Array) return null;
        var texts = new List<string>();
        foreach (var entry in value.EnumerateArray())
        {
            if (Of(entry) is not { } text) return null;
            texts.Add(text);
        }

        return texts;
    }
}
