using System.Text.Json;
using Postlotse.Letters;

namespace Postlotse.Evidence;

/// <summary>Facts of an event as compact JSON; never text of the letter.</summary>
public static class EventData
{
    /// <summary>The facts' properties under their camelCase names.</summary>
    public static string Write<T>(T facts) => JsonSerializer.Serialize(facts, PostlotseJson.Compact);
}
