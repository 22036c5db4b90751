using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Postlotse.Storage;

namespace Postlotse.App.Serving;

/// <summary>Removes the files of deleted letters, at the start and every minute.</summary>
internal sealed class ErasureFollower(ErasedFiles files, ILogger<ErasureFollower> log) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromMinutes(1);

    /// <inheritdoc />
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await Task.Yield();
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                if (await files.RunAsync(stoppingToken) is > 0 and var count)
                    log.LogInformation("Files of deleted letters removed: {Count}", count);
            }
            catch (Exception e) when (e is not OperationCanceledException || !stoppingToken.IsCancellationRequested)
            {
                // Whatever it is: they are noted, and the next round tries again.
                log.LogWarning(e, "Files of deleted letters cannot be removed");
            }

            await Task.Delay(Interval, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }
}
