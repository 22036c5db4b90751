using Postlotse.Letters;
using static Postlotse.Storage.Tests.Samples;

namespace Postlotse.Storage.Tests;

/// <summary>Laws of what screens ask for, on every database.</summary>
public abstract class QueryLaws : EveryDatabase
{
    private SqlJourneyStore _store = null!;
    private LetterQueries _queries = null!;

    private async Task BeginAsync()
    {
        var database = await OpenAsync();
        _store = new(database, Analyse, TimeProvider.System);
        _queries = new(database, Analyse);
    }

    private async Task<string> PutAsync(string bytes, Func<Letter, Letter> change)
    {
        var id = (await _store.ReceiveAsync(Delivered(bytes, receivedAt: Monday), default)).Receipt.LetterId;
        await _store.ChangeAsync(id, letter => Change(change(letter)), default);
        return id;
    }

    private Task<string> DeliverAsync(
        string subject, string unit = "32.3", Outcome outcome = Outcome.Auto, int minute = 0, string body = "") =>
        PutAsync(subject + unit, letter => InPostkorb(
            letter with { Reading = Read(letter.Id, subject, body: body), Decision = Decide(letter.Id, unit, outcome) },
            unit, Monday.AddMinutes(minute)));

    private async Task<List<string>> FindAsync(string search, string unit = "32.3") =>
        (await _queries.PostkorbAsync(unit, search, null, 50)).Items.Select(row => row.Subject).ToList();

    [Fact]
    public async Task Postkorb_ShowsItsOwnLettersOnlyNewestFirst()
    {
        await BeginAsync();
        await DeliverAsync("first", minute: 1);
        await DeliverAsync("second", minute: 2);
        await DeliverAsync("elsewhere", unit: "50");
        var page = await _queries.PostkorbAsync("32.3", null, null, 10);
        Assert.Equal(["second", "first"], page.Items.Select(row => row.Subject));
        Assert.Null(page.Next);
        var row = page.Items[1];
        Assert.Equal(("Erika Beispiel", "Stadt Lindenfurt", "32.3", "32.3"), (row.Sender, row.Recipient, row.Unit, row.Proposal));
        Assert.Equal((Place.Postkorb, null, Outcome.Auto, 0.97), (row.Place, row.Stage, row.Outcome, row.Probability));
        Assert.Equal((Monday, Monday.AddMinutes(1)), (row.ReceivedAt, row.DeliveredAt));
    }

    [Fact]
    public async Task Pages_FollowEachOtherWithoutGapOrRepetition()
    {
        await BeginAsync();
        for (var i = 0; i < 7; i++) await DeliverAsync($"letter {i}", minute: i / 3);
        var (seen, after) = (new List<string>(), (string?)null);
        do
        {
            var page = await _queries.PostkorbAsync("32.3", null, after, 2);
            seen.AddRange(page.Items.Select(row => row.Subject));
            after = page.Next;
        }
        while (after is not null);
        Assert.Equal(["letter 6", "letter 5", "letter 4", "letter 3", "letter 2", "letter 1", "letter 0"], seen);
    }

    [Fact]
    public async Task Immediate_StandsFirst_AlsoAcrossPages_WithItsNextDeadline()
    {
        await BeginAsync();
        foreach (var (i, urgency) in new[] { Urgency.Immediate, Urgency.High, Urgency.Immediate, Urgency.Normal }.Index())
            await PutAsync($"{i}", letter => InPostkorb(
                letter with
                {
                    Reading = Read(letter.Id, $"letter {i}"),
                    Decision = Decide(letter.Id, "32.3", Outcome.Auto) with
                    {
                        Urgency = urgency, Deadlines = [new("", new DateOnly(2099, 1, 1 + i), "", [])],
                    },
                },
                "32.3", Monday.AddMinutes(i)));

        var first = await _queries.PostkorbAsync("32.3", null, null, 1);
        var second = await _queries.PostkorbAsync("32.3", null, first.Next, 2);
        var third = await _queries.PostkorbAsync("32.3", null, second.Next, 2);

        Assert.Equal(["letter 2", "letter 0", "letter 3", "letter 1"],
            first.Items.Concat(second.Items).Concat(third.Items).Select(row => row.Subject));
        Assert.Equal(new DateOnly(2099, 1, 3), first.Items[0].NextDeadline);
    }

    [Fact]
    public async Task NonsenseAsCursor_BeginsAtTheFirstPage()
    {
        await BeginAsync();
        await DeliverAsync("a");
        foreach (var cursor in new[] { "", "x", "1-2", "1-2-3-4", "' OR 1=1", "99999999999999999999-1" })
            Assert.Single((await _queries.PostkorbAsync("32.3", null, cursor, 10)).Items);
    }

    [Fact]
    public async Task Search_NeedsEveryWordAndTakesTheLastAsABeginning()
    {
        await BeginAsync();
        await DeliverAsync("Widerspruch gegen den Grundsteuerbescheid", body: "Aktenzeichen 22.1-45/2026 für Straße");
        await DeliverAsync("Widerspruch gegen die Hundesteuer");
        Assert.Equal(2, (await FindAsync("widerspruch")).Count);
        Assert.Equal(["Widerspruch gegen den Grundsteuerbescheid"], await FindAsync("Widerspruch Grundst"));
        Assert.Empty(await FindAsync("Grundst Widerspruch"));
        Assert.Single(await FindAsync("22.1-45/2026"));
        Assert.Single(await FindAsync("strasse"));
        Assert.Single(await FindAsync("BEISPIEL hundesteuer"));
        Assert.Empty(await FindAsync("widerspruch", unit: "50"));
    }

    [Fact]
    public async Task SearchForNoWords_FindsNothing()
    {
        await BeginAsync();
        await DeliverAsync("Widerspruch");
        foreach (var nothing in new[] { "\"", "' OR 1=1 --", "*", "NEAR(", "\\", "q:*", "\0", "\ud800", "!&|" })
            Assert.Empty(await FindAsync(nothing));
        Assert.Single(await FindAsync("  "));
    }

    [Fact]
    public async Task ChangedText_IsFoundByItsNewWordsOnly()
    {
        await BeginAsync();
        var id = await DeliverAsync("Wiederspruch");
        await _store.ChangeAsync(id, letter => Change(letter with { Reading = Read(id, "Widerspruch") }), default);
        Assert.Single(await FindAsync("widerspruch"));
        Assert.Empty(await FindAsync("wiederspruch"));
    }

    [Fact]
    public async Task Lists_HoldTheLettersOfTheirPlace()
    {
        await BeginAsync();
        var finding = new Finding(FindingKind.Unsure, Detail: "0.41");
        await PutAsync("a", letter => InClearing(letter.With(finding)));
        await PutAsync("b", letter => letter with { Place = Place.SetAside, Stage = null });
        await _store.ReceiveAsync(Delivered("c"), default);
        await DeliverAsync("d");
        Assert.Equal([finding], Assert.Single((await _queries.ClearingAsync(null, 10)).Items).Findings);
        Assert.Equal("b.pdf", Assert.Single((await _queries.SetAsideAsync(null, 10)).Items).SourceName);
        Assert.Equal("c.pdf", Assert.Single(await _queries.UnderwayAsync(10)).SourceName);
        var counts = await _queries.CountsAsync();
        Assert.Equal([1, 1, 1, 1, 0, 0], counts.Places.OrderBy(p => p.Key).Select(p => p.Value));
        Assert.Equal((1, 0, 0), (counts.Stages[StageName.Recognition], counts.Stages[StageName.Reading], counts.FailedAttempts));
    }

    [Fact]
    public async Task FailedAttempts_AreCountedUntilTheStageIsDone()
    {
        await BeginAsync();
        await _store.ReceiveAsync(Delivered("a"), default);
        await _store.RetryAsync((await _store.ClaimAsync(Lease, default))!, "x", TimeSpan.Zero, default);
        Assert.Equal(1, (await _queries.CountsAsync()).FailedAttempts);
        var work = (await _store.ClaimAsync(Lease, default))!;
        Assert.Equal(1, (await _queries.CountsAsync()).FailedAttempts);
        await _store.CompleteAsync(work, Change(work.Letter with { Stage = StageName.Reading }), default);
        Assert.Equal(0, (await _queries.CountsAsync()).FailedAttempts);
    }

    [Fact]
    public async Task PostkorbCounts_NameEveryOfficeAsked()
    {
        await BeginAsync();
        await DeliverAsync("a");
        await DeliverAsync("b");
        await DeliverAsync("c", unit: "50");
        var counts = await _queries.PostkorbCountsAsync(["32.3", "66"]);
        Assert.Equal([("32.3", 2), ("66", 0)], counts.OrderBy(c => c.Key).Select(c => (c.Key, c.Value)));
        Assert.Empty(await _queries.PostkorbCountsAsync([]));
    }

    [Fact]
    public async Task SealedLetter_ShowsItsTextInItsPostkorbOnly()
    {
        await BeginAsync();
        var id = await PutAsync("s", letter => InClearing(letter with
        {
            Reading = Read(letter.Id, "Personalrat geheim"), Decision = Decide(letter.Id, "PR", Outcome.Sealed),
        }));
        var waiting = Assert.Single((await _queries.ClearingAsync(null, 10)).Items);
        Assert.Equal(("", "", "", Outcome.Sealed), (waiting.Subject, waiting.Sender, waiting.Recipient, waiting.Outcome));

        await _store.ChangeAsync(id, letter => Change(InPostkorb(letter, "PR", Monday)), default);
        Assert.Equal(["Personalrat geheim"], await FindAsync("geheim", "PR"));
        Assert.Empty(await FindAsync("geheim", "32.3"));

        await _store.ChangeAsync(id, letter => Change(letter with { Place = Place.SetAside, Unit = null, DeliveredAt = null }), default);
        Assert.Equal("", Assert.Single((await _queries.SetAsideAsync(null, 10)).Items).Subject);
        Assert.Empty(await FindAsync("geheim", "PR"));
    }

    [Fact]
    public async Task PersonalLetterOrStackWithAMarkedPage_IsListedAsClosedWithoutText()
    {
        await BeginAsync();
        await PutAsync("p", letter => InClearing(letter with
        {
            Reading = Read(letter.Id, "geheim"), Decision = Decide(letter.Id, "PR", Outcome.Review) with { Restriction = "personal" },
        }));
        await PutAsync("s", letter => InClearing(letter with
        {
            Reading = Read(letter.Id, "geheim"), Findings = [new(FindingKind.BoundariesUnsure), new(FindingKind.MustStayClosed, 2)],
        }));
        await PutAsync("o", letter => InClearing(letter with { Decision = Decide(letter.Id, "PR", Outcome.Review) }));
        await PutAsync("u", letter => InClearing(letter with
        {
            Reading = Read(letter.Id, "ungeprüft"), Findings = [new(FindingKind.StageFailed)],
        }));
        await PutAsync("v", letter => InClearing(letter with { EnvelopeRead = true, Findings = [new(FindingKind.StageFailed)] }));
        var rows = (await _queries.ClearingAsync(null, 10)).Items;
        Assert.Equal([true, true, false, true, false], rows.Select(r => r.Closed));
        Assert.Equal([false, false, false, true, false], rows.Select(r => r.IsEnvelopeUnknown));
        Assert.All(rows.Where(r => r.Closed), r => Assert.Equal(("", "", ""), (r.Subject, r.Sender, r.Recipient)));
        Assert.True(Assert.Single((await _queries.BatchesAsync(divided: false, null, 10)).Items).Closed);
    }

    [Fact]
    public async Task LetterNotYetDecided_ShowsNoText()
    {
        await BeginAsync();
        await PutAsync("u", letter => letter with { Stage = StageName.Responsibility, Reading = Read(letter.Id, "perhaps sealed") });
        Assert.Equal("", Assert.Single(await _queries.UnderwayAsync(10)).Subject);
    }

    [Fact]
    public async Task ChangeNumber_GrowsWithEveryEvent()
    {
        await BeginAsync();
        var numbers = new List<long> { await _queries.ChangeNumberAsync() };
        var id = await DeliverAsync("a");
        numbers.Add(await _queries.ChangeNumberAsync());
        await _store.ChangeAsync(id, letter => Change(letter), default);
        numbers.Add(await _queries.ChangeNumberAsync());
        Assert.Equal(numbers.Distinct().Order(), numbers);
        Assert.Equal(numbers[^1], await _queries.ChangeNumberAsync());
    }

    [Fact]
    public async Task UnknownLetter_IsNull()
    {
        await BeginAsync();
        Assert.Null(await _queries.LetterAsync("' OR 1=1 --"));
        Assert.Empty(await _queries.EventsAsync("none"));
    }
}

public sealed class SqliteQueryLaws : QueryLaws
{
    protected override Task<DatabaseSettings> SettingsAsync() =>
        Task.FromResult(new DatabaseSettings(DatabaseProvider.Sqlite, Folder.At("db")));
}

public sealed class PostgreSqlQueryLaws(PostgreSqlServer server) : QueryLaws
{
    private Task<string>? _connection;

    protected override async Task<DatabaseSettings> SettingsAsync() =>
        new(DatabaseProvider.PostgreSql, await (_connection ??= server.NewDatabaseAsync()));
}
