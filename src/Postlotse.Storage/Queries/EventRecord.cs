using System.Text.Json;
using Postlotse.Evidence;
using Postlotse.Letters;

namespace Postlotse.Storage;

/// <summary>An event's row.</summary>
internal sealed class EventRecord
{
    public const string Columns = "letter_id, sequence, at, kind, actor, data, previous_hash, hash";

    public string LetterId { get; init; } = "";

    public long Sequence { get; init; }

    public long At { get; init; }

    public string Kind { get; init; } = "";

    public string Actor { get; init; } = "";

    public string Data { get; init; } = "";

    public string PreviousHash { get; init; } = "";

    public string Hash { get; init; } = "";

    public JourneyEvent Event => new(LetterId, (int)Sequence, UnixTime.Of(At), KnownKind, Actor, Data, PreviousHash, Hash);

    /// <summary>A kind that was written over by hand becomes one whose hash cannot be right, so that the check finds it.</summary>
    private EventKind KnownKind => Enum.TryParse<EventKind>(Kind, out var kind) ? kind : (EventKind)(-1);
}

/// <summary>An event's row as far as it is news.</summary>
internal sealed class NewsRecord
{
    public long Number { get; init; }

    public string Kind { get; init; } = "";

    public string Data { get; init; } = "";

    // A stage names the office it proposes: nothing has come there yet.
    public LetterNews News => new(Number, string.Equals(Kind, nameof(EventKind.StageDone), StringComparison.Ordinal) ? null : UnitOf(Data));

    internal static string? UnitOf(string data)
    {
        if (!data.Contains("\"unit\":", StringComparison.Ordinal)) return null;
        try
        {
            using var json = JsonDocument.Parse(data);
            return json.RootElement.ValueKind == JsonValueKind.Object && json.RootElement.TryGetProperty("unit", out var unit)
                && unit.ValueKind == JsonValueKind.String ? unit.GetString() : null;
        }
        catch (JsonException)
        {
            return null; // damaged: the check of the evidence says so
        }
    }
}

/// <summary>An event's row as far as a person decided by it.</summary>
internal sealed class PersonDecisionRecord
{
    public long Number { get; init; }

    public string LetterId { get; init; } = "";

    public string Kind { get; init; } = "";

    public string Data { get; init; } = "";

    public PersonDecision Decision => new(
        Number, LetterId, string.Equals(Kind, nameof(EventKind.Assigned), StringComparison.Ordinal) ? NewsRecord.UnitOf(Data) : null);
}

/// <summary>A receipt's row beside its letter's place.</summary>
internal sealed class ReceiptListRecord : ReceiptRecord
{
    public Place Place { get; init; }

    public StageName? Stage { get; init; }

    public string? Unit { get; init; }

    public string Findings { get; init; } = "[]";

    public ReceiptRow Row => new(Receipt, Place, Stage, Unit, LetterListRow.ReadFindings(Findings));
}
