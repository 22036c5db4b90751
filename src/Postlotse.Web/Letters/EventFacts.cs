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
            if (Word(e.Kind, property, units) is { Length: > 0 } word) facts.Add(word);
        return string.Join(", ", facts);
    }

    /// <summary>The technical cause that an event names; null for none.</summary>
    public static string? CauseOf(JourneyEvent e)
    {
        using var json = JsonDocument.Parse(e.Data);
        if (json.RootElement.ValueKind != JsonValueKind.Object) return null;
        foreach (var name in new[] { "cause", "detail" })
            if (json.RootElement.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String) return value.GetString();
        return null;
    }

    private static string? Word(EventKind happened, JsonProperty property, UnitNames units)
    {
        if (property.Value.ValueKind == JsonValueKind.Null) return null;
        var text = property.Value.ValueKind == JsonValueKind.String ? property.Value.GetString()! : property.Value.GetRawText();
        return property.Name switch
        {
            "unit" => units.Label(text),
            "stage" => Named<StageName>(text) is { } stage ? T.Of(stage) : text,
            "finding" => Named<FindingKind>(text) is { } kind ? T.Of(new Finding(kind)) : text,
            "attempt" => T.Of("event.attempt", text),
            "count" => T.Of("event.count", text),
            "agrees" => T.Of(property.Value.ValueKind == JsonValueKind.True ? "event.agrees.true" : "event.agrees.false"),
            "sheets" or "pages" or "counted" when happened == EventKind.Reconciled => T.Of("event." + property.Name, text),
            // An office's reason for a return is what a person wrote and no name of ours.
            "reason" when happened == EventKind.SetAside => Named<SetAsideReason>(text) is { } aside ? T.Of("aside." + aside) : text,
            "reason" when happened is EventKind.DeletionRequested or EventKind.DeletionDeclined or EventKind.Deleted =>
                Named<DeletionReason>(text) is { } why ? T.Of("deletion.reason." + why) : text,
            "reason" => text,
            _ => null,
        };
    }

    /// <summary>Null for anything but a name: numbers would parse as well.</summary>
    private static TEnum? Named<TEnum>(string text)
        where TEnum : struct, Enum =>
        text.All(char.IsAsciiLetter) && Enum.TryParse<TEnum>(text, ignoreCase: true, out var value) && Enum.IsDefined(value) ? value : null;
}
