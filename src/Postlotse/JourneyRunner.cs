using Postlotse.Letters;

namespace Postlotse;

/// <summary>
/// Moves letters along: takes the next piece of work, runs its stage in a folder of its own, stores the result. Stages that fail
/// get further attempts; when none is left the letter goes to a person. Several runners may share one database.
/// </summary>
public sealed class JourneyRunner
{
    /// <summary>How long a cancelled stage may take to put things away before it is left behind.</summary>
    private static readonly TimeSpan CleanUp = TimeSpan.FromSeconds(2);

    private readonly IJourneyStore _store;
    private readonly Journey _journey;
    private readonly IFileStore _files;
    private readonly TimeProvider _clock;
    private readonly JourneySettings _settings;
    private readonly Action<JourneyNotice> _notice;
    private readonly ScratchFolders _scratch;

    /// <summary>Takes what it works with.</summary>
    /// <param name="store">Letters and queue.</param>
    /// <param name="journey">The stages.</param>
    /// <param name="files">Handed to the stages.</param>
    /// <param name="clock">Handed to the stages; also times the waits.</param>
    /// <param name="settings">How to work.</param>
    /// <param name="notice">Told what the operator may want to know, from any thread; what it throws is ignored.</param>
    public JourneyRunner(
        IJourneyStore store, Journey journey, IFileStore files, TimeProvider clock, JourneySettings settings,
        Action<JourneyNotice>? notice = null)
    {
        ArgumentNullException.ThrowIfNull(settings);
        if (settings.Workers < 1 || settings.MaxAttempts < 1)
            throw new ArgumentException("at least one worker and one attempt", nameof(settings));
        (_store, _journey, _files, _clock, _settings) = (store, journey, files, clock, settings);
        _notice = notice ?? (_ => { });
        _scratch = new(settings.ScratchFolder, clock);
    }

    /// <summary>Works until stopped; then takes nothing more, and ends when the stages have finished or the grace period is over.</summary>
    public async Task RunAsync(CancellationToken stop)
    {
        _scratch.Sweep();
        using var abandon = new CancellationTokenSource();
        await using var grace = stop.Register(() => abandon.CancelAfter(_settings.GracePeriod));
        await Task.WhenAll(Enumerable.Range(0, _settings.Workers)
            .Select(_ => Task.Run(() => WorkAsync(stop, abandon.Token), CancellationToken.None)));
    }

    private async Task WorkAsync(CancellationToken stop, CancellationToken abandon)
    {
        var failures = 0;
        while (!stop.IsCancellationRequested)
        {
            try
            {
                if (await _store.ClaimAsync(_settings.Lease, stop) is { } work) await HandleAsync(work, abandon);
                else await Task.Delay(_settings.PollInterval, stop);
                failures = 0;
            }
            catch (OperationCanceledException) when (stop.IsCancellationRequested)
            {
                return;
            }
            catch (Exception e)
            {
                // The world outside is down. The work's lease lapses; the worker itself must outlive this.
                failures++;
                Tell(new(JourneyNoticeKind.StoreFailed, null, null, 0, Causes.OfStore(e)));
                await PauseAsync(JourneyStep.DelayAfter(failures, _settings), stop);
            }
        }
    }

    private async Task HandleAsync(Work work, CancellationToken abandon)
    {
        var start = _clock.GetTimestamp();

        // The attempts before this one may have ended with their process, without any word: those count, too.
        var result = work.Attempt > _settings.MaxAttempts
            ? new StageResult.RetryLater("the process ended during each attempt")
            : await RunStageAsync(work, abandon);
        var milliseconds = _clock.GetElapsedTime(start).TotalMilliseconds;
        if (result is not null)
        {
            await StoreAsync(work, JourneyStep.After(work, result, _settings), milliseconds);
        }
        else if (abandon.IsCancellationRequested)
        {
            await _store.ReleaseAsync(work, CancellationToken.None);
            Tell(new(JourneyNoticeKind.Released, work.Letter.Id, work.Stage, work.Attempt));
        }
        else
        {
            Tell(new(JourneyNoticeKind.LeaseLost, work.Letter.Id, work.Stage, work.Attempt, "", milliseconds));
        }
    }

    private async Task StoreAsync(Work work, JourneyStep step, double milliseconds)
    {
        var (stored, kind, cause) = step switch
        {
            JourneyStep.Complete complete => (
                await _store.CompleteAsync(work, complete.Change, CancellationToken.None),
                complete.Change.Letter.Place == Place.Clearing ? JourneyNoticeKind.SentToClearing : JourneyNoticeKind.StageDone, ""),
            JourneyStep.Retry retry => (
                await _store.RetryAsync(work, retry.Cause, Jitter(retry.Delay), CancellationToken.None),
                JourneyNoticeKind.AttemptFailed, retry.Cause),
            _ => throw new InvalidOperationException("unknown step"),
        };
        Tell(new(stored ? kind : JourneyNoticeKind.LeaseLost, work.Letter.Id, work.Stage, work.Attempt, cause, milliseconds));
    }

    /// <summary>The stage's result; null when it was cancelled: the work is somebody else's, or the runner is being stopped.</summary>
    private async Task<StageResult?> RunStageAsync(Work work, CancellationToken abandon)
    {
        using var limit = new CancellationTokenSource(_settings.LimitOf(work.Stage), _clock);
        using var cancel = CancellationTokenSource.CreateLinkedTokenSource(abandon, limit.Token);
        var heartbeat = KeepAsync(work, cancel);
        string? folder = null;
        try
        {
            folder = _scratch.Make(work.Letter.Id);
            var context = new StageContext(_files, _clock, folder, work.Attempt);
            var run = Task.Run(() => _journey[work.Stage].RunAsync(work.Letter, context, cancel.Token), CancellationToken.None);
            return await WaitAsync(run, cancel.Token);
        }
        catch (OperationCanceledException) when (cancel.IsCancellationRequested)
        {
            // Signs of life go on while a stage hangs: only the limit ends it.
            return limit.IsCancellationRequested && !abandon.IsCancellationRequested
                ? new StageResult.RetryLater("longer than allowed", FindingKind.TimeLimit) : null;
        }
        catch (Exception e)
        {
            return new StageResult.RetryLater(Causes.Of(e));
        }
        finally
        {
            await cancel.CancelAsync();
            await heartbeat;
            if (folder is not null) ScratchFolders.Delete(folder);
        }
    }

    private async Task<StageResult> WaitAsync(Task<StageResult> run, CancellationToken cancel)
    {
        try
        {
            return await run.WaitAsync(cancel);
        }
        catch (OperationCanceledException)
        {
            await Task.WhenAny(run, Task.Delay(CleanUp, _clock, CancellationToken.None));
            throw;
        }
    }

    /// <summary>Signs of life until cancelled; cancels the stage when the work belongs to somebody else.</summary>
    private async Task KeepAsync(Work work, CancellationTokenSource stage)
    {
        while (true)
        {
            try
            {
                await Task.Delay(_settings.Lease / 3, _clock, stage.Token);
                if (await _store.ExtendAsync(work, _settings.Lease, stage.Token)) continue;
                await stage.CancelAsync();
                return;
            }
            catch (OperationCanceledException) when (stage.IsCancellationRequested)
            {
                return;
            }
            catch (Exception e)
            {
                // Storing the result will tell whether the work is still ours.
                Tell(new(JourneyNoticeKind.StoreFailed, work.Letter.Id, work.Stage, work.Attempt, Causes.OfStore(e)));
            }
        }
    }

    private async Task PauseAsync(TimeSpan delay, CancellationToken stop)
    {
        try
        {
            await Task.Delay(Jitter(delay), _clock, stop);
        }
        catch (OperationCanceledException)
        {
            // Stopped; the loop sees it.
        }
    }

    /// <summary>Spread over 80–120 %, so that letters that failed together do not come back together.</summary>
    private static TimeSpan Jitter(TimeSpan delay) => delay * (0.8 + 0.4 * Random.Shared.NextDouble());

    private void Tell(JourneyNotice notice)
    {
        try
        {
            _notice(notice);
        }
        catch (Exception)
        {
            // Diagnostics never stop work.
        }
    }
}
