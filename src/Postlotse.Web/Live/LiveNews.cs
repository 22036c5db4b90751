using System.Collections.Concurrent;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Postlotse.Delivery;
using Postlotse.Storage;

namespace Postlotse.Web.Live;

/// <summary>
/// Asks the database for news while somebody watches, once for all watchers, so that letters moved by any node appear without
/// reloading. Counts by what a person may see: the mailroom's desk and each office's Postkorb; nobody learns that elsewhere something
/// happened.
/// </summary>
internal sealed partial class LiveNews(LetterQueries queries, WebSettings settings, TimeProvider clock, ILogger<LiveNews> log)
    : BackgroundService
{
    // On PostgreSQL an event may appear after one with a higher number; so far back is looked again.
    private const int Window = 500;

    private readonly ConcurrentDictionary<string, long> _units = new(StringComparer.Ordinal);
    private readonly SemaphoreSlim _turn = new(1, 1);
    private HashSet<long>? _known;
    private TaskCompletionSource _changed = New();
    private long _number, _desk, _start = clock.GetUtcNow().ToUnixTimeMilliseconds();
    private int _watchers;

    /// <summary>Grows with every change that concerns the account, and with nothing else; as last seen. Each start begins anew.</summary>
    public long NumberOf(Account? account)
    {
        if (account is null) return 0;
        var number = Interlocked.Read(ref _start);
        if (Access.IsAtWork(account, Role.Mailroom)) number += Interlocked.Read(ref _desk);
        foreach (var unit in account.Units.Distinct(StringComparer.Ordinal))
            if (Access.IsMember(account, unit)) number += _units.GetValueOrDefault(unit);
        return number;
    }

    /// <summary>Ends with the next change of anything, or after the time given; whom it concerns <see cref="NumberOf"/> says.</summary>
    public async Task WaitAsync(Account account, long seen, TimeSpan longest, CancellationToken cancellationToken)
    {
        Interlocked.Increment(ref _watchers);
        try
        {
            using var end = new CancellationTokenSource(longest, clock);
            using var either = CancellationTokenSource.CreateLinkedTokenSource(end.Token, cancellationToken);
            while (!end.IsCancellationRequested)
            {
                var changed = Volatile.Read(ref _changed).Task;
                if (NumberOf(account) != seen) return;
                await changed.WaitAsync(either.Token);
            }
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            // Nothing new.
        }
        finally
        {
            Interlocked.Decrement(ref _watchers);
        }
    }

    /// <summary>Looks for news now.</summary>
    public async Task RefreshAsync(CancellationToken cancellationToken)
    {
        await _turn.WaitAsync(cancellationToken);
        try
        {
            var number = await queries.ChangeNumberAsync(cancellationToken);
            if (_known is not null && number == _number) return;
            var from = _known is { Count: > 0 } known ? known.Max() - Window : _known is null ? (number / 1000) - Window : 0;
            var news = await queries.NewsAsync(from, cancellationToken);
            if (_known is { } seen) Count(news.Where(n => !seen.Contains(n.Number)));
            else Interlocked.Increment(ref _start); // pages made before cannot know what happened since
            var last = news.Count > 0 ? news[^1].Number : 0;
            _known = news.Select(n => n.Number).Where(n => n > last - Window).ToHashSet();
            _number = number;
        }
        finally
        {
            _turn.Release();
        }

        Interlocked.Exchange(ref _changed, New()).TrySetResult();
    }

    public override void Dispose()
    {
        _turn.Dispose();
        base.Dispose();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var failing = false;
        while (!stoppingToken.IsCancellationRequested)
        {
            await Task.Delay(settings.LiveInterval, clock, stoppingToken);
            if (Volatile.Read(ref _watchers) == 0) continue;
            try
            {
                await RefreshAsync(stoppingToken);
                failing = false;
            }
            catch (Exception e) when (e is not OperationCanceledException || !stoppingToken.IsCancellationRequested)
            {
                // Whatever it is: pages that are not renewed must not take the whole server with them.
                if (!failing) LogFailed(e);
                failing = true;
            }
        }
    }

    /// <summary>Nearly every event changes what lies on the mailroom's desk: letters come, are worked on, leave, come back.</summary>
    private void Count(IEnumerable<LetterNews> news)
    {
        foreach (var happened in news)
        {
            Interlocked.Increment(ref _desk);
            if (happened.Unit is { } unit) _units.AddOrUpdate(unit, 1, (_, count) => count + 1);
        }
    }

    private static TaskCompletionSource New() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    [LoggerMessage(LogLevel.Warning, "The database does not answer; pages are not renewed until it does.")]
    private partial void LogFailed(Exception exception);
}
