using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Postlotse.Storage;

namespace Postlotse.Web.Live;

/// <summary>
/// Asks the database for news while somebody watches, once for all watchers, so that letters moved by any node appear without
/// reloading.
/// </summary>
internal sealed partial class LiveNews(LetterQueries queries, WebSettings settings, TimeProvider clock, ILogger<LiveNews> log)
    : BackgroundService
{
    private TaskCompletionSource _changed = New();
    private long _number;
    private int _watchers;

    /// <summary>Grows with every change; as last seen.</summary>
    public long Number => Interlocked.Read(ref _number);

    /// <summary>The number as it is now.</summary>
    public async Task<long> RefreshAsync(CancellationToken cancellationToken)
    {
        Tell(await queries.ChangeNumberAsync(cancellationToken));
        return Number;
    }

    /// <summary>Ends with the next change, or after the time given.</summary>
    public async Task WaitAsync(long seen, TimeSpan longest, CancellationToken cancellationToken)
    {
        Interlocked.Increment(ref _watchers);
        try
        {
            var changed = Volatile.Read(ref _changed).Task;
            if (Number != seen) return;
            await changed.WaitAsync(longest, clock, cancellationToken);
        }
        catch (TimeoutException)
        {
            // Nothing new.
        }
        finally
        {
            Interlocked.Decrement(ref _watchers);
        }
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

    private void Tell(long number)
    {
        if (Interlocked.Exchange(ref _number, number) == number) return;
        Interlocked.Exchange(ref _changed, New()).TrySetResult();
    }

    private static TaskCompletionSource New() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    [LoggerMessage(LogLevel.Warning, "The database does not answer; pages are not renewed until it does.")]
    private partial void LogFailed(Exception exception);
}
