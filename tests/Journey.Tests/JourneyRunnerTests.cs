using System.Collections.Concurrent;
using Postlotse.Evidence;
using Postlotse.Letters;
using Postlotse.Storage;
using Postlotse.Storage.Tests;

namespace Postlotse.Journeys;

/// <summary>Laws of the runner over the real store, with one stage that behaves as the test wants.</summary>
public sealed class JourneyRunnerTests : IAsyncLifetime
{
    private readonly TestFolder _folder = new();
    private readonly ConcurrentQueue<JourneyNotice> _notices = new();
    private Database _database = null!;
    private SqlJourneyStore _store = null!;
    private LetterQueries _queries = null!;
    private FolderFileStore _files = null!;

    public async ValueTask InitializeAsync()
    {
        _database = await Database.OpenAsync(new(DatabaseProvider.Sqlite, _folder.At("db")), CancellationToken.None);
        _store = new(_database, Town.Analyse, TimeProvider.System);
        _queries = new(_database, Town.Analyse);
        _files = new(_folder.At("files"), TimeProvider.System);
    }

    public async ValueTask DisposeAsync()
    {
        await _database.DisposeAsync();
        _folder.Dispose();
    }

    private JourneySettings Settings => new()
    {
        ScratchFolder = _folder.At("scratch"), Delays = [TimeSpan.Zero], PollInterval = TimeSpan.FromMilliseconds(10),
        GracePeriod = TimeSpan.FromMilliseconds(100),
    };

    private JourneyRunner Runner(Answer answer, JourneySettings? settings = null) => new(
        _store, new(Journey.Order.Select(name => new Obedient(name, answer))), _files, TimeProvider.System, settings ?? Settings,
        _notices.Enqueue);

    private async Task<string> DeliverAsync()
    {
        await Mailroom.DeliverAsync(_store, _files, 1);
        return (await _queries.RecentReceiptsAsync(1, null))[0].Receipt.LetterId;
    }

    /// <summary>Runs until the letter has left the stages.</summary>
    private async Task<Letter> ArriveAsync(string id, Answer answer, JourneySettings? settings = null)
    {
        using var stop = new CancellationTokenSource();
        var runner = Runner(answer, settings);
        var run = runner.RunAsync(stop.Token);
        Letter letter;
        while ((letter = (await _queries.LetterAsync(id))!).Place == Place.Underway) await Task.Delay(10);
        await stop.CancelAsync();
        await run;
        return letter;
    }

    private async Task<IEnumerable<EventKind>> KindsAsync(string id) => (await _queries.EventsAsync(id)).Select(e => e.Kind);

    private static StageResult Deliver(Letter letter) =>
        letter.Stage == StageName.Delivery
            ? new StageResult.Done(letter with { Place = Place.Postkorb, Unit = "U1", DeliveredAt = letter.ReceivedAt })
            : new StageResult.Done(letter);

    [Fact]
    public async Task Letter_PassesAllStagesInTheirOrder()
    {
        var seen = new ConcurrentQueue<StageName>();
        var letter = await ArriveAsync(await DeliverAsync(), (letter, _, _) =>
        {
            seen.Enqueue(letter.Stage!.Value);
            return Task.FromResult(Deliver(letter));
        });
        Assert.Equal(Journey.Order, seen);
        Assert.Equal((Place.Postkorb, "U1", null), (letter.Place, letter.Unit, letter.Stage));
        Assert.All(_notices, notice => Assert.Equal(JourneyNoticeKind.StageDone, notice.Kind));
    }

    [Fact]
    public async Task StageThatKeepsFailing_SendsTheLetterToAPersonWithoutAProposal()
    {
        var id = await DeliverAsync();
        var attempts = 0;
        var letter = await ArriveAsync(id, (letter, context, _) =>
        {
            attempts = context.Attempt;
            return Task.FromResult<StageResult>(new StageResult.RetryLater("engine hung", FindingKind.TimeLimit));
        });
        Assert.Equal((4, Place.Clearing, null), (attempts, letter.Place, letter.Decision));
        Assert.True(letter.MustStayClosed); // nobody has read its envelope
        Assert.Equal(FindingKind.TimeLimit, Assert.Single(letter.Findings).Kind);
        Assert.Equal(
            [EventKind.Received, .. Enumerable.Repeat(EventKind.StageFailed, 4), EventKind.SentToClearing], await KindsAsync(id));
    }

    [Fact]
    public async Task StageThatNeverEnds_ReachesAPerson()
    {
        var letter = await ArriveAsync(
            await DeliverAsync(),
            (_, _, _) => new TaskCompletionSource<StageResult>().Task,
            Settings with { LongestRecognition = TimeSpan.FromMilliseconds(50), MaxAttempts = 2 });
        Assert.Equal(Place.Clearing, letter.Place);
        Assert.Equal(FindingKind.TimeLimit, Assert.Single(letter.Findings).Kind);
    }

    [Fact]
    public async Task SealedLetterWhoseDeliveryFails_StaysClosed()
    {
        var letter = await ArriveAsync(await DeliverAsync(), (letter, _, _) => Task.FromResult<StageResult>(letter.Stage switch
        {
            StageName.Responsibility => new StageResult.Done(letter with
            {
                Decision = new() { Id = letter.Id, Outcome = Outcome.Sealed, Unit = "U1", Probability = 0.9, Ranking = [] },
            }),
            StageName.Delivery => new StageResult.RetryLater("down"),
            _ => new StageResult.Done(letter),
        }));
        Assert.Equal((Place.Clearing, Outcome.Sealed), (letter.Place, letter.Decision?.Outcome));
    }

    [Fact]
    public async Task ExceptionOfAStage_IsAFailedAttemptAndItsMessageIsKeptNowhere()
    {
        var id = await DeliverAsync();
        var letter = await ArriveAsync(id, (_, _, _) => throw new FormatException("Sehr geehrte Damen und Herren"));
        Assert.Equal((Place.Clearing, FindingKind.StageFailed), (letter.Place, letter.Findings[0].Kind));
        var events = await _queries.EventsAsync(id);
        Assert.Contains(events, e => e.Data.Contains(nameof(FormatException), StringComparison.Ordinal));
        Assert.DoesNotContain(events, e => e.Data.Contains("geehrte", StringComparison.Ordinal));
        Assert.DoesNotContain(_notices, notice => notice.Cause.Contains("geehrte", StringComparison.Ordinal));
    }

    [Fact]
    public async Task LetterThatKillsItsProcessEachTime_GoesToAPersonWithoutRunningAgain()
    {
        var id = await DeliverAsync();
        for (var i = 0; i < Settings.MaxAttempts; i++) await _store.ClaimAsync(TimeSpan.Zero, default);
        var letter = await ArriveAsync(id, (_, _, _) => throw new InvalidOperationException("must not run"));
        Assert.Equal((Place.Clearing, FindingKind.StageFailed), (letter.Place, letter.Findings[0].Kind));
        Assert.DoesNotContain(
            await _queries.EventsAsync(id), e => e.Data.Contains(nameof(InvalidOperationException), StringComparison.Ordinal));
    }

    [Fact]
    public async Task StageThatMovesALetterTooEarly_IsNotBelieved()
    {
        var letter = await ArriveAsync(await DeliverAsync(), (letter, _, _) =>
            Task.FromResult<StageResult>(new StageResult.Done(letter with { Place = Place.Postkorb, Unit = "U1" })));
        Assert.Equal((Place.Clearing, null), (letter.Place, letter.Unit));
    }

    [Fact]
    public async Task StoppedRunner_GivesItsLetterBackWithoutUsingUpTheAttempt()
    {
        var id = await DeliverAsync();
        var started = new TaskCompletionSource();
        using var stop = new CancellationTokenSource();
        var runner = Runner(async (letter, _, cancel) =>
        {
            started.TrySetResult();
            await Task.Delay(Timeout.Infinite, cancel);
            return new StageResult.Done(letter);
        });
        var run = runner.RunAsync(stop.Token);
        await started.Task;
        await stop.CancelAsync();
        await run;
        Assert.Equal(JourneyNoticeKind.Released, Assert.Single(_notices).Kind);
        Assert.Equal(1, (await _store.ClaimAsync(TimeSpan.FromMinutes(1), default))!.Attempt);
        Assert.Equal([EventKind.Received], await KindsAsync(id));
    }

    [Fact]
    public async Task StageThatFinishesInTime_IsStoredAlthoughTheRunnerIsBeingStopped()
    {
        var id = await DeliverAsync();
        var (started, finish) = (new TaskCompletionSource(), new TaskCompletionSource());
        using var stop = new CancellationTokenSource();
        var runner = Runner(
            async (letter, _, _) =>
            {
                started.TrySetResult();
                await finish.Task;
                return new StageResult.Done(letter);
            },
            Settings with { GracePeriod = TimeSpan.FromMinutes(10) });
        var run = runner.RunAsync(stop.Token);
        await started.Task;
        await stop.CancelAsync();
        finish.SetResult();
        await run;
        Assert.Equal(StageName.Separation, (await _queries.LetterAsync(id))!.Stage);
    }

    [Fact]
    public async Task WorkTakenOverBySomebodyElse_CancelsTheStageAndStoresNothing()
    {
        var id = await DeliverAsync();
        var (started, cancelled) = (new TaskCompletionSource(), new TaskCompletionSource());
        using var stop = new CancellationTokenSource();
        var runner = Runner(
            async (letter, _, cancel) =>
            {
                started.TrySetResult();
                await using var told = cancel.Register(() => cancelled.TrySetResult());
                await Task.Delay(Timeout.Infinite, cancel);
                return new StageResult.Done(letter);
            },
            Settings with { Lease = TimeSpan.FromMilliseconds(300) });
        var run = runner.RunAsync(stop.Token);
        await started.Task;
        var setAside = new NewEvent(EventKind.SetAside, "account:k7");
        await _store.ChangeAsync(id, letter => new(letter with { Place = Place.SetAside, Stage = null }, [setAside]), default);
        await cancelled.Task;
        await stop.CancelAsync();
        await run;
        Assert.Equal(JourneyNoticeKind.LeaseLost, Assert.Single(_notices).Kind);
        Assert.Equal([EventKind.Received, EventKind.SetAside], await KindsAsync(id));
    }

    [Fact]
    public async Task LongStage_KeepsItsLetter()
    {
        var id = await DeliverAsync();
        var runs = 0;
        await ArriveAsync(
            id,
            async (letter, _, cancel) =>
            {
                Interlocked.Increment(ref runs);
                if (letter.Stage == StageName.Recognition) await Task.Delay(4000, cancel);
                return Deliver(letter);
            },
            Settings with { Lease = TimeSpan.FromSeconds(3), Workers = 3 });
        Assert.Equal(Journey.Order.Count, runs);
    }

    [Fact]
    public async Task ScratchFolder_IsEmptyAtFirstAndGoneAfterwards()
    {
        var folders = new ConcurrentQueue<string>();
        await ArriveAsync(await DeliverAsync(), async (letter, context, cancel) =>
        {
            Assert.Empty(Directory.EnumerateFileSystemEntries(context.ScratchFolder));
            await File.WriteAllTextAsync(Path.Combine(context.ScratchFolder, "x"), "x", cancel);
            folders.Enqueue(context.ScratchFolder);
            return Deliver(letter);
        });
        Assert.Equal(Journey.Order.Count, folders.Distinct().Count());
        Assert.All(folders, folder => Assert.False(Directory.Exists(folder)));
    }

    [Fact]
    public async Task ListenerThatThrows_StopsNothing()
    {
        var id = await DeliverAsync();
        using var stop = new CancellationTokenSource();
        var runner = new JourneyRunner(
            _store, new(Journey.Order.Select(name => new Obedient(name, (letter, _, _) => Task.FromResult(Deliver(letter))))),
            _files, TimeProvider.System, Settings, _ => throw new InvalidOperationException("log disk full"));
        var run = runner.RunAsync(stop.Token);
        while ((await _queries.LetterAsync(id))!.Place == Place.Underway) await Task.Delay(10);
        await stop.CancelAsync();
        await run;
    }

    private delegate Task<StageResult> Answer(Letter letter, StageContext context, CancellationToken cancel);

    private sealed class Obedient(StageName name, Answer answer) : IStage
    {
        public StageName Name => name;

        public Task<StageResult> RunAsync(Letter letter, StageContext context, CancellationToken cancellationToken) =>
            answer(letter, context, cancellationToken);
    }
}
