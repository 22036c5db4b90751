using System.Text.Json;
using System.Text.Json.Nodes;
using Postlotse.Letters;

namespace Postlotse.Evidence;

/// <summary>Facts of an event as compact JSON; never text of the letter.</summary>
public static class EventData
{
    /// <summary>The facts' properties under their camelCase names.</summary>
    public static string Write<T>(T facts) => JsonSerializer.Serialize(facts, PostlotseJson.Compact);

    /// <summary>The facts with one more at their end.</summary>
    /// <exception cref="JsonException">The facts are no JSON object.</exception>
    public static string With(string facts, string name, string value)
    {
        var json = JsonNode.Parse(facts) as JsonObject ?? throw new JsonException("the facts of an event are no object");
        json[name] = value;
        return json.ToJsonString(PostlotseJson.Compact);
    }

    /// <summary>A fact's text, or its number as written; null when it is missing, something else, or the facts are not readable.</summary>
    /// <param name="facts">As stored; may be damaged.</param>
    /// <param name="name">camelCase.</param>
    public static string? Text(string facts, string name)
    {
        try
        {
            using var data = JsonDocument.Parse(facts);
            if (data.RootElement.ValueKind != JsonValueKind.Object || !data.RootElement.TryGetProperty(name, out var value)) return null;
            return value.ValueKind switch
            {
                JsonValueKind.String => value.GetString(),
                JsonValueKind.Number => value.GetRawText(),
                _ => null,
            };
        }
        catch (JsonException)
        {
            // Somebody else's text in place of the facts: it says nothing, which is a contradiction of its own.
            return null;
        }
    }

    /// <summary>A fact's text in each entry of a list of facts; empty when there is no such list or the facts are not readable.</summary>
    /// <param name="facts">As stored; may be damaged.</param>
    /// <param name="list">Name of the list, camelCase.</param>
    /// <param name="name">Name of the fact in each entry.</param>
    public static IReadOnlyList<string> Texts(string facts, string list, string name)
    {
        try
        {
            using var data = JsonDocument.Parse(facts);
            return data.RootElement.ValueKind == JsonValueKind.Object && data.RootElement.TryGetProperty(list, out var entries)
                && entries.ValueKind == JsonValueKind.Array
                ? [.. entries.EnumerateArray().Select(e => Text(e.GetRawText(), name) ?? "")] : [];
        }
        catch (JsonException)
        {
            return [];
        }
    }
}
