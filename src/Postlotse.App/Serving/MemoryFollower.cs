using Microsoft.Extensions.Hosting;
using Postlotse.Storage;

namespace Postlotse.App.Serving;

/// <summary>Gives back memory that native code has freed, every minute; without it the service grows for days.</summary>
internal sealed class MemoryFollower(TimeProvider clock) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromMinutes(1);

    /// <inheritdoc />
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            await Task.Delay(Interval, clock, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            FreedMemory.GiveBack();
        }
    }
}
