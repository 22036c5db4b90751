using System.Net;
using System.Text.Json;
using Postlotse.App.Cli;

namespace Postlotse.App.Settings;

/// <summary>
/// Reads one JSON object of the settings strictly: a wrong type, a value out of range or an unknown key is noted as a fault.
/// </summary>
internal sealed class SettingsSection
{
    private readonly Dictionary<string, JsonElement> _members = new(StringComparer.Ordinal);
    private readonly HashSet<string> _known = new(StringComparer.Ordinal);
    private readonly string _path;
    private readonly List<string> _faults;

    /// <param name="element">The object; default when it is missing.</param>
    /// <param name="path">Its place, for people: "" or "intake.".</param>
    /// <param name="faults">Gets a sentence for every fault.</param>
    public SettingsSection(JsonElement element, string path, List<string> faults)
    {
        (_path, _faults) = (path, faults);
        IsMissing = element.ValueKind == JsonValueKind.Undefined;
        if (IsMissing) return;
        if (element.ValueKind != JsonValueKind.Object) Fault(path.TrimEnd('.'), element, Cli.Texts.Of(TextKey.AllowedObject));
        else foreach (var member in element.EnumerateObject()) _members[member.Name] = member.Value;
    }

    /// <summary>Whether the settings do not have this section at all.</summary>
    public bool IsMissing { get; }

    public SettingsSection Section(string key) => new(Take(key), _path + key + ".", _faults);

    public string Text(string key, string fallback)
    {
        var value = Take(key);
        if (value.ValueKind == JsonValueKind.Undefined) return fallback;
        if (value.ValueKind == JsonValueKind.String && !string.IsNullOrWhiteSpace(value.GetString())) return value.GetString()!;
        Fault(_path + key, value, Cli.Texts.Of(TextKey.AllowedText));
        return fallback;
    }

    /// <summary>A text that must be there and mean something; null, and a fault, otherwise.</summary>
    public T? Required<T>(string key, Func<string, T?> read, string allowed)
        where T : class
    {
        var value = Take(key);
        var text = value.ValueKind == JsonValueKind.String ? value.GetString()! : "";
        if (!string.IsNullOrWhiteSpace(text) && read(text) is { } result) return result;
        if (value.ValueKind == JsonValueKind.Undefined) _faults.Add(Cli.Texts.Of(TextKey.SettingsKeyMissing, _path + key, allowed));
        else Fault(_path + key, value, allowed);
        return null;
    }

    public bool Truth(string key, bool fallback)
    {
        var value = Take(key);
        if (value.ValueKind is JsonValueKind.True or JsonValueKind.False) return value.GetBoolean();
        if (value.ValueKind != JsonValueKind.Undefined) Fault(_path + key, value, "true, false");
        return fallback;
    }

    public double Number(string key, double fallback, double min, double max)
    {
        var value = Take(key);
        if (value.ValueKind == JsonValueKind.Undefined) return fallback;
        if (value.ValueKind == JsonValueKind.Number && value.GetDouble() is var number && number >= min && number <= max) return number;
        Fault(_path + key, value, Cli.Texts.Of(TextKey.AllowedNumber, min, max));
        return fallback;
    }

    public double? Number(string key, double min, double max) =>
        Number(key, double.NaN, min, max) is var number && double.IsNaN(number) ? null : number;

    public int Whole(string key, int fallback, int min, int max)
    {
        var value = Take(key);
        if (value.ValueKind == JsonValueKind.Undefined) return fallback;
        if (value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out var number) && number >= min && number <= max) return number;
        Fault(_path + key, value, Cli.Texts.Of(TextKey.AllowedWhole, min, max));
        return fallback;
    }

    /// <summary>Addresses or networks; a single address is the network of itself.</summary>
    public IReadOnlyList<IPNetwork> Networks(string key)
    {
        var value = Take(key);
        if (value.ValueKind == JsonValueKind.Undefined) return [];
        var items = value.ValueKind == JsonValueKind.Array ? value.EnumerateArray().Select(Network).ToList() : [null];
        if (!items.Contains(null)) return items.ConvertAll(n => n!.Value);
        Fault(_path + key, value, Cli.Texts.Of(TextKey.AllowedNetworks));
        return [];
    }

    /// <summary>A list of texts, none of them empty; may be an empty list.</summary>
    public IReadOnlyList<string> Texts(string key, IReadOnlyList<string> fallback)
    {
        var value = Take(key);
        if (value.ValueKind == JsonValueKind.Undefined) return fallback;
        var items = value.ValueKind == JsonValueKind.Array
            ? value.EnumerateArray().Select(i => i.ValueKind == JsonValueKind.String ? i.GetString()! : "").ToList() : [""];
        if (items.TrueForAll(i => i.Length > 0)) return items;
        Fault(_path + key, value, Cli.Texts.Of(TextKey.AllowedTexts));
        return fallback;
    }

    public T Choice<T>(string key, T fallback)
        where T : struct, Enum
    {
        var value = Take(key);
        if (value.ValueKind == JsonValueKind.Undefined) return fallback;
        foreach (var choice in Enum.GetValues<T>())
            if (value.ValueKind == JsonValueKind.String && value.ValueEquals(Name(choice))) return choice;
        Fault(_path + key, value, string.Join(", ", Enum.GetValues<T>().Select(c => $"\"{Name(c)}\"")));
        return fallback;
    }

    /// <summary>Notes every key that nobody asked for; call it last.</summary>
    public void EndOfKeys()
    {
        foreach (var key in _members.Keys.Where(k => !_known.Contains(k)))
            _faults.Add(Cli.Texts.Of(TextKey.SettingsUnknownKey, _path + key, string.Join(", ", _known.Select(k => _path + k))));
    }

    private static IPNetwork? Network(JsonElement item)
    {
        var text = item.ValueKind == JsonValueKind.String ? item.GetString()! : "";
        if (IPNetwork.TryParse(text, out var network)) return network;
        return IPAddress.TryParse(text, out var address) ? new IPNetwork(address, address.GetAddressBytes().Length * 8) : null;
    }

    private static string Name<T>(T choice)
        where T : struct, Enum => JsonNamingPolicy.CamelCase.ConvertName(choice.ToString());

    private JsonElement Take(string key)
    {
        _known.Add(key);
        return _members.TryGetValue(key, out var value) && value.ValueKind != JsonValueKind.Null ? value : default;
    }

    private void Fault(string key, JsonElement value, string allowed) =>
        _faults.Add(Cli.Texts.Of(TextKey.SettingsWrongValue, key, Shorten(value.GetRawText()), allowed));

    private static string Shorten(string text) => text.Length <= 60 ? text : text[..60] + "…";
}
