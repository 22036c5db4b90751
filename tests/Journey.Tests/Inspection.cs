using Postlotse.Evidence;
using Postlotse.Letters;
using Postlotse.Storage;

namespace Postlotse.Journeys;

/// <summary>Looks whether every letter is where it belongs: none lost, none doubled, the evidence whole.</summary>
internal static class Inspection
{
    public static async Task InspectAsync(Database database, string folder, int letters, string trial)
    {
        var queries = new LetterQueries(database, Town.Analyse);
        var receipts = await queries.RecentReceiptsAsync(letters * 2 + 10, null);
        Assert.True(receipts.Count == letters, $"{trial}: {receipts.Count} receipts of {letters} deliveries");
        Assert.True(receipts.Select(r => r.Receipt.LetterId).Distinct().Count() == letters, $"{trial}: letters share receipts");
        foreach (var row in receipts)
        {
            var letter = await queries.LetterAsync(row.Receipt.LetterId);
            Check(letter!, await queries.EventsAsync(letter!.Id), trial);
            var parts = await queries.PartsAsync(letter.Id);
            var expected = Town.IsBatch(Town.NumberOf(letter)) ? new[] { 1, 2 } : [];
            Assert.True(parts.Select(p => p.Source.FirstPage).SequenceEqual(expected), $"{trial}: {parts.Count} parts");
            foreach (var part in parts) Check(part, await queries.EventsAsync(part.Id), trial);
        }

        var report = await new EvidenceCheck(database, new(Path.Combine(folder, "files"), TimeProvider.System)).RunAsync(null, default);
        Assert.True(report.Fault is null, $"{trial}: {report.Fault?.Text}");
        Assert.Equal((Town.Letters(letters), letters), (report.Letters, report.Receipts));
    }

    private static void Check(Letter letter, IReadOnlyList<JourneyEvent> events, string trial)
    {
        var number = Town.NumberOf(letter);
        var divided = Town.IsBatch(number) && letter.PartOf is null;
        var unit = divided ? null : Town.Unit(number);
        var place = divided ? Place.Divided : unit is null ? Place.Clearing : Place.Postkorb;
        var why = $"{trial}, letter {number}: {letter.Place} {letter.Unit}; " + string.Join(" ", events.Select(e => e.Kind + e.Data));
        Assert.True((letter.Place, letter.Unit, letter.Stage) == (place, unit, null), why);

        // Failed attempts may be many; everything else happens exactly once.
        var kinds = events.Select(e => e.Kind).Where(kind => kind != EventKind.StageFailed).ToList();
        var stages = Town.IsDamaged(number) ? 1 : divided ? 2 : Journey.Order.Count - (letter.PartOf is null ? 0 : 1);
        var end = divided ? EventKind.Divided : unit is null ? EventKind.SentToClearing : EventKind.Delivered;
        var begin = letter.PartOf is null ? EventKind.Received : EventKind.SplitOff;
        Assert.True(kinds.SequenceEqual([begin, .. Enumerable.Repeat(EventKind.StageDone, stages), end]), why);
    }
}
