using System.Text.Json;
using System.Text.Json.Serialization;

namespace Postlotse.Letters;

/// <summary>Product of the reading stage: the letter's fields and where each stands on the paper.</summary>
/// <param name="Content">Texts by field.</param>
/// <param name="Fields">One entry per field that was found.</param>
/// <param name="OurReferences">References of this city's own (Ihr Zeichen, Aktenzeichen, Kassenzeichen), each once.</param>
/// <param name="TheirReferences">References of the sender (Unser Zeichen), each once.</param>
/// <param name="LetterDate">Date of the letter when it could be understood.</param>
public sealed record Reading(
    LetterContent Content, IReadOnlyList<ReadField> Fields, IReadOnlyList<ReadReference> OurReferences,
    IReadOnlyList<ReadReference> TheirReferences, DateOnly? LetterDate);

/// <summary>A field as found on the paper.</summary>
/// <param name="Field">Which.</param>
/// <param name="Confidence">0–1.</param>
/// <param name="Words">Words that make up the field's text in order, each with its span of that text.</param>
public sealed record ReadField(LetterField Field, double Confidence, IReadOnlyList<PlacedWord> Words);

/// <summary>A word of a field's text and where it stands.</summary>
/// <param name="Start">First character in the field's text, UTF-16 units.</param>
/// <param name="Length">UTF-16 units.</param>
/// <param name="Page">1-based page of the letter.</param>
/// <param name="Box">Millimetres on the page as displayed.</param>
public sealed record PlacedWord(int Start, int Length, int Page, Box Box);

/// <summary>A reference (Zeichen) as found on the paper.</summary>
/// <param name="Text">As written, without its label.</param>
/// <param name="Confidence">0–1; null for a letter read before references kept their place.</param>
/// <param name="Words">Words that make it up in order, each with its span of <paramref name="Text"/>.</param>
[JsonConverter(typeof(ReadReferenceJson))]
public sealed record ReadReference(string Text, double? Confidence, IReadOnlyList<PlacedWord> Words);

/// <summary>Also takes what was stored before references kept their place: the bare text.</summary>
internal sealed class ReadReferenceJson : JsonConverter<ReadReference>
{
    public override ReadReference Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType == JsonTokenType.String) return new(reader.GetString()!, null, []);
        return JsonSerializer.Deserialize<Stored>(ref reader, options) is { Text: { } text, Words: { } words } stored
            ? new(text, stored.Confidence, words) : throw new JsonException("a reference without text or place");
    }

    public override void Write(Utf8JsonWriter writer, ReadReference value, JsonSerializerOptions options) =>
        JsonSerializer.Serialize(writer, new Stored(value.Text, value.Confidence, value.Words), options);

    private sealed record Stored(string? Text, double? Confidence, IReadOnlyList<PlacedWord>? Words);
}
