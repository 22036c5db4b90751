using Postlotse.Delivery;
using Postlotse.Letters;
using Web.Tests.Running;

namespace Web.Tests.Batches;

/// <summary>Stacks of six pages.</summary>
internal static class SomeBatch
{
    /// <summary>
    /// Waits for a person: letters are proposed to begin on pages 1, 3 and (unsure) 5; page 6 is an enclosure.
    /// </summary>
    public static async Task<string> WaitingAsync(TestApp app, Func<Letter, Letter>? change = null)
    {
        var pdf = await app.Files.PutAsync(new MemoryStream(Corpus.Batch), CancellationToken.None);
        return await app.AddLetterAsync(letter =>
        {
            var waiting = letter with
            {
                Place = Place.Clearing, Reading = null, Division = Proposed, Findings = [new(FindingKind.BoundariesUnsure)],
                Source = letter.Source with { PageCount = 6 },
                Recognition = letter.Recognition! with
                {
                    Pdf = pdf, Pages = [.. Enumerable.Range(1, 6).Select(n => new PageSummary(n, 0, 0, false, 0.95))],
                },
            };
            return change is null ? waiting : change(waiting);
        });
    }

    /// <summary>Divided into pages 1–2, 3–4 and 5–6.</summary>
    public static async Task<string> DividedAsync(TestApp app, Account mailroom)
    {
        var id = await WaitingAsync(app);
        await DivideAsync(app, id, mailroom, 1, 3, 5);
        return id;
    }

    /// <summary>A person divides the batch as it is now, all pages being of letters; these wait in clearing, read and undecided.</summary>
    public static async Task DivideAsync(TestApp app, string id, Account mailroom, params int[] begins)
    {
        await app.Store.ChangeBatchAsync(
            id,
            (batch, parts) => Repair.Divide(
                batch, parts, [.. Enumerable.Range(1, 6).Select(n => Page(n, begins.Contains(n)))], batch.Division!.Number, mailroom),
            CancellationToken.None);
        foreach (var part in (await app.Queries.PartsAsync(id)).Where(p => p.Place == Place.Underway))
            await ChangeAsync(app, part.Id, p => p with { Place = Place.Clearing, Recognition = p.PartOf!.Whole });
    }

    /// <summary>A letter of a batch as a stage leaves it.</summary>
    public static Task<Letter?> ChangeAsync(TestApp app, string partId, Func<Letter, Letter> change) => app.Store.ChangeAsync(
        partId,
        part => new(
            change(part) with { Stage = null },
            [new(Postlotse.Evidence.EventKind.StageDone, Postlotse.Evidence.NewEvent.System, "{}")]),
        CancellationToken.None);

    /// <summary>A letter of a batch as it lies in a Postkorb.</summary>
    public static Task<Letter?> DeliverAsync(TestApp app, string partId, string unit) => app.Store.ChangeAsync(
        partId,
        part => new(
            part with
            {
                Place = Place.Postkorb, Stage = null, Unit = unit, DeliveredAt = DateTimeOffset.UnixEpoch.AddYears(56),
                Recognition = part.PartOf!.Whole, Decision = Some.Delivered(part, unit),
            },
            [new(Postlotse.Evidence.EventKind.Delivered, Postlotse.Evidence.NewEvent.System, $$"""{"unit":"{{unit}}"}""")]),
        CancellationToken.None);

    /// <summary>A letter for each page (L, E, B or S for what it is), "+" before those on which a letter begins.</summary>
    public static string Short(Division division) =>
        string.Join(' ', division.Pages.Select(p => (p.Begins ? "+" : "") + p.Role.ToString()[0]));

    private static Division Proposed => new(0,
    [
        Page(1, true), Page(2, false), Page(3, true), Page(4, false), Page(5, true) with { Probability = 0.63 },
        Page(6, false) with { Role = PageRole.Enclosure },
    ]);

    private static DividedPage Page(int number, bool begins) => new(number, begins, PageRole.Letter, begins ? 1 : 0);
}
