using System.Globalization;
using System.Text;
using System.Text.Json;
using Postlotse.Letters;

namespace Postlotse.Intake;

/// <summary>
/// Reads a manifest (Begleitdatei): a JSON object, or lines "name=value". Safe with any bytes; what is wrong becomes the manifest's fault,
/// never an exception. Names that are not known are passed over. Pure.
/// </summary>
public static class ManifestReader
{
    /// <summary>Most bytes of a manifest.</summary>
    public const int MostBytes = 64 * 1024;

    private const int MostCounted = 1_000_000, LongestName = 80;
    private static readonly JsonDocumentOptions Strict = new() { AllowDuplicateProperties = false, MaxDepth = 16 };

    /// <summary>Reads a manifest.</summary>
    /// <param name="bytes">All of it.</param>
    /// <param name="file">Where it is kept.</param>
    public static ScanManifest Read(byte[] bytes, StoredFile file)
    {
        ArgumentNullException.ThrowIfNull(bytes);
        if (bytes.Length > MostBytes) return new(file, ManifestFault.TooLarge);
        using var reader = new StreamReader(new MemoryStream(bytes), Encoding.UTF8, detectEncodingFromByteOrderMarks: true);
        var text = reader.ReadToEnd().Trim();
        return (text.StartsWith('{') ? OfJson(text) : OfLines(text)) is { } values ? Of(values, file) : new(file, ManifestFault.Malformed);
    }

    private static ScanManifest Of(Dictionary<string, string> values, StoredFile file)
    {
        string? wrong = null;
        var blanks = values.GetValueOrDefault("blanksDropped");
        var manifest = new ScanManifest(file)
        {
            Batch = Name("batch"),
            Sheets = Number("sheets"),
            Pages = Number("pages"),
            Duplex = YesOrNo("duplex"),
            BlanksDropped = IsTrue(blanks) ? null : IsFalse(blanks) ? 0 : Number("blanksDropped") ?? 0,
            Scanner = Name("scanner"),
            StartedAt = Time("startedAt"),
            Sha256 = Hash("sha256"),
        };
        // How many pages come of a sheet is not known without it.
        if (manifest is { Sheets: not null, Duplex: null }) wrong ??= "duplex";
        if (wrong is not null) return new(file, ManifestFault.BadValue, wrong);
        return manifest is { Sheets: null, Pages: null, Sha256: null } ? new(file, ManifestFault.NothingAnnounced) : manifest;

        T? Fail<T>(string key)
        {
            wrong ??= key;
            return default;
        }

        int? Number(string key) => values.GetValueOrDefault(key) is not { } text ? null
            : int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var n) && n <= MostCounted ? n : Fail<int?>(key);

        bool? YesOrNo(string key) => values.GetValueOrDefault(key) is not { } text ? null
            : IsTrue(text) ? true : IsFalse(text) ? false : Fail<bool?>(key);

        DateTimeOffset? Time(string key) => values.GetValueOrDefault(key) is not { } text ? null
            : DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeLocal, out var time) ? time
            : Fail<DateTimeOffset?>(key);

        string? Hash(string key) => values.GetValueOrDefault(key) is not { } text ? null
            : text.Length == 64 && text.All(char.IsAsciiHexDigit) ? text.ToLowerInvariant() : Fail<string>(key);

        string? Name(string key)
        {
            if (values.GetValueOrDefault(key) is not { Length: > 0 } text) return null;
            return new([.. text.Take(LongestName).Select(c => char.IsControl(c) || char.IsSurrogate(c) ? ' ' : c)]);
        }
    }

    private static bool IsTrue(string? text) => string.Equals(text, "true", StringComparison.OrdinalIgnoreCase);

    private static bool IsFalse(string? text) => string.Equals(text, "false", StringComparison.OrdinalIgnoreCase);

    private static Dictionary<string, string>? OfJson(string text)
    {
        try
        {
            using var document = JsonDocument.Parse(text, Strict);
            var values = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
            foreach (var property in document.RootElement.EnumerateObject())
            {
                if (property.Value.ValueKind == JsonValueKind.Null) continue;
                var value = property.Value.ValueKind == JsonValueKind.String ? property.Value.GetString()! : property.Value.GetRawText();
                if (!values.TryAdd(property.Name, value.Trim())) return null;
            }

            return values;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            // InvalidOperationException: a text in it is no Unicode.
            return null;
        }
    }

    private static Dictionary<string, string>? OfLines(string text)
    {
        var values = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var line in text.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            if (line[0] is '#' or ';' or '[') continue;
            var sign = line.IndexOf('=', StringComparison.Ordinal);
            if (sign <= 0 || !values.TryAdd(line[..sign].TrimEnd(), line[(sign + 1)..].Trim())) return null;
        }

        return values.Count == 0 ? null : values;
    }
}
