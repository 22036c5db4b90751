using System.Security.Cryptography;
using System.Text;
using Postlotse.Delivery;
using Postlotse.Evidence;
using Postlotse.Letters;

namespace Postlotse.Storage.Tests;

/// <summary>Letters and their parts as the laws need them.</summary>
internal static class Samples
{
    public static readonly TimeSpan Lease = TimeSpan.FromMinutes(5);

    public static readonly DateTimeOffset Monday = new(2026, 11, 23, 8, 0, 0, TimeSpan.Zero);

    public static IEnumerable<string> Analyse(string text) =>
        text.ToLowerInvariant().Replace("ß", "ss").Split([' ', '\n', ',', '.', '-'], StringSplitOptions.RemoveEmptyEntries);

    public static StoredFile File(string bytes) =>
        new(Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(bytes))), Encoding.UTF8.GetByteCount(bytes));

    public static NewReceipt Delivered(string bytes, string? key = null, DateTimeOffset? receivedAt = null) =>
        new(File(bytes), bytes + ".pdf", FileFormat.Pdf, Channel.Upload, receivedAt, key);

    public static Letters.Reading Read(string id, string subject, string sender = "Erika Beispiel\nAmselweg 1", string body = "") => new(
        new() { Id = id, Subject = subject, Sender = sender, Body = body, Recipient = "Stadt Lindenfurt" }, [], [], [], null);

    public static Decision Decide(string id, string unit, Outcome outcome = Outcome.Auto) => new()
    {
        Id = id, Outcome = outcome, Unit = unit, Probability = 0.97, Ranking = [new(unit, 0.97)], DecidedBy = "test-1",
    };

    public static LetterChange Change(Letter letter, EventKind kind = EventKind.StageDone) => new(letter, [new(kind, NewEvent.System)]);

    public static Letter InPostkorb(Letter letter, string unit, DateTimeOffset at) =>
        letter with { Place = Place.Postkorb, Stage = null, Unit = unit, DeliveredAt = at };

    public static Letter InClearing(Letter letter) => letter with { Place = Place.Clearing, Stage = null, Unit = null, DeliveredAt = null };

    public static Account Person(string id, string name) => new(id, name, "Frau Muster", [Role.Office], ["32.3"], true, false);
}
