using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Postlotse.App.Serving;

/// <summary>Runs the journey's workers as long as the server runs, and tells the operator's log what they meet.</summary>
/// <param name="create">
/// Makes the runner; called in the background, for making it takes a while and the server answers sooner without.
/// </param>
internal sealed class JourneyWorker(Func<JourneyRunner> create) : BackgroundService
{
    /// <summary>Writes a runner's notice to the log.</summary>
    public static void Log(ILogger log, JourneyNotice notice)
    {
        var level = notice.Kind switch
        {
            JourneyNoticeKind.StageDone => LogLevel.Debug,
            JourneyNoticeKind.SentToClearing or JourneyNoticeKind.Released => LogLevel.Information,
            _ => LogLevel.Warning,
        };
        log.Log(
            level, "{Kind}: letter {Letter}, stage {Stage}, attempt {Attempt}, {Milliseconds} ms {Cause}",
            notice.Kind, notice.LetterId, notice.Stage, notice.Attempt, Math.Round(notice.Milliseconds), notice.Cause);
    }

    /// <inheritdoc />
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await Task.Yield();
        var runner = create();
        await runner.RunAsync(stoppingToken);
    }
}
