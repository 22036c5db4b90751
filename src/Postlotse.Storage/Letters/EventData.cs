using System.Text.Json;
using Postlotse.Letters;

namespace Postlotse.Storage;

/// <summary>Facts of an event as compact JSON.</summary>
internal static class EventData
{
    public static string Write<T>(T facts) => StoredText.Clean(JsonSerializer.Serialize(facts, PostlotseJson.Compact));
}
