using System.Text.Json;
using Postlotse.Delivery;
using Postlotse.Evidence;
using Postlotse.Letters;
using Postlotse.Web.Shared;

namespace Postlotse.Web.Letters;

/// <summary>The facts of an event in words, as far as they mean something to a clerk.</summary>
internal static class EventFacts
{
    public static string Of(JourneyEvent e, UnitNames units)
    {
        using var json = JsonDocument.Parse(e.Data);
        if (json.RootElement.ValueKind != JsonValueKind.Object) return "";
        var facts = new List<string>();
        foreach (var property in json.RootElement.EnumerateObject())
            if (Word(property, units) is { Length: > 0 } word) facts.Add(word);
        return string.Join(", ", facts);
    }

    private static string? Word(JsonProperty property, UnitNames units)
    {
        if (property.Value.ValueKind == JsonValueKind.Null) return null;
        var text = property.Value.ValueKind == JsonValueKind.String ? property.Value.GetString()! : property.Value.GetRawText();
        return property.Name switch
        {
            "unit" => units.Label(text),
            "stage" => Enum.TryParse<StageName>(text, ignoreCase: true, out var stage) ? T.Of(stage) : text,
            "finding" => Enum.TryParse<FindingKind>(text, ignoreCase: true, out var kind) ? T.Of(new Finding(kind)) : text,
            "attempt" => T.Of("event.attempt", text),
            "count" => T.Of("event.count", text),
            "reason" => Enum.TryParse<SetAsideReason>(text, ignoreCase: true, out var aside) ? T.Of("aside." + aside) : text,
            _ => null,
        };
    }
}
