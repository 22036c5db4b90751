using System.Globalization;
using System.Text.Json;
using Postlotse.Letters;

namespace Postlotse.Storage;

/// <summary>
/// A list of letters, those that need a person at once first, then in the order of one time column; page by page from the last row seen.
/// </summary>
internal sealed class LetterList(Session session)
{
    private const string Columns = """
        l.number, l.id, l.place, l.stage, l.unit, l.proposal, l.outcome, l.probability, l.urgency, l.subject, l.sender, l.recipient,
        l.findings, l.closed, l.received_at, l.delivered_at, l.source_name, l.page_count, l.deadline
        """;

    /// <summary>Letters that meet a condition.</summary>
    /// <param name="condition">SQL on letter l, with @Unit, @Terms and @asked.</param>
    /// <param name="values">Values of the condition's parameters.</param>
    /// <param name="listed">By which time, and which end first.</param>
    /// <param name="after">Cursor; what is none begins at the first page.</param>
    /// <param name="take">Rows, at least 1.</param>
    public async Task<Page<LetterRow>> PageAsync(string condition, ListValues values, ListOrder listed, string? after, int take)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(take, 1);
        var time = listed == ListOrder.NewestDelivery ? "l.delivered_at" : "l.received_at";
        var (order, beyond, atOnce) = listed == ListOrder.OldestReceipt ? ("ASC", ">", 0) : ("DESC", "<", 1);
        var rank = string.Create(CultureInfo.InvariantCulture, $"CASE WHEN l.urgency = 'Immediate' THEN {atOnce} ELSE {1 - atOnce} END");
        var cursor = Cursor.Parse(after);
        var from = cursor is null ? "" : $"AND ({rank}, {time}, l.number) {beyond} (@Rank, @Time, @Number)";
        var sql = $"""
            SELECT {Columns} FROM letter l WHERE {condition} {from}
            ORDER BY {rank} {order}, {time} {order}, l.number {order} LIMIT @limit
            """;
        var rows = await session.ListAsync<LetterListRow>(
            sql, new
            {
                values.Unit, values.Terms, asked = values.Asked ?? [], cursor?.Rank, cursor?.Time, cursor?.Number, limit = take + 1L,
            });
        var last = rows.Count > take ? rows[take - 1] : null;
        var next = last is null ? null : new Cursor(
            last.Urgency == Urgency.Immediate ? atOnce : 1 - atOnce,
            listed == ListOrder.NewestDelivery ? last.DeliveredAt!.Value : last.ReceivedAt, last.Number).ToString();
        return new(rows.Take(take).Select(row => row.Letter).ToList(), next);
    }

    private sealed record Cursor(long Rank, long Time, long Number)
    {
        public static Cursor? Parse(string? text)
        {
            var parts = text?.Split('-') ?? [];
            return parts.Length == 3 && IsNumber(parts[0], out var rank) && IsNumber(parts[1], out var time)
                && IsNumber(parts[2], out var number) ? new(rank, time, number) : null;
        }

        public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Rank}-{Time}-{Number}");

        private static bool IsNumber(string text, out long number) =>
            long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number);
    }
}

/// <summary>Orders of lists.</summary>
internal enum ListOrder { OldestReceipt, NewestReceipt, NewestDelivery }

/// <summary>Values of a list's condition.</summary>
internal sealed record ListValues(string? Unit = null, string? Terms = null, IReadOnlyList<string>? Asked = null);

/// <summary>A row of a list as the database gives it.</summary>
internal sealed class LetterListRow
{
    public long Number { get; init; }

    public string Id { get; init; } = "";

    public Place Place { get; init; }

    public StageName? Stage { get; init; }

    public string? Unit { get; init; }

    public string? Proposal { get; init; }

    public Outcome? Outcome { get; init; }

    public double? Probability { get; init; }

    public Urgency Urgency { get; init; }

    public string Subject { get; init; } = "";

    public string Sender { get; init; } = "";

    public string Recipient { get; init; } = "";

    public string Findings { get; init; } = "[]";

    public long Closed { get; init; }

    public long ReceivedAt { get; init; }

    public long? DeliveredAt { get; init; }

    public string SourceName { get; init; } = "";

    public long PageCount { get; init; }

    public string? Deadline { get; init; }

    public LetterRow Letter => new()
    {
        Id = Id, Place = Place, Stage = Stage, Unit = Unit, Proposal = Proposal, Outcome = Outcome, Probability = Probability,
        Urgency = Urgency, Subject = Subject, Sender = Sender, Recipient = Recipient, Findings = ReadFindings(Findings),
        Closed = Closed != 0,
        ReceivedAt = UnixTime.Of(ReceivedAt), DeliveredAt = UnixTime.Of(DeliveredAt), SourceName = SourceName, PageCount = (int)PageCount,
        NextDeadline = Day(Deadline),
    };

    private static DateOnly? Day(string? text) =>
        DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day : null;

    public static IReadOnlyList<Finding> ReadFindings(string json) =>
        JsonSerializer.Deserialize<List<Finding>>(json, PostlotseJson.Compact) ?? [];
}
