using Microsoft.Extensions.Hosting;
using Postlotse.Storage;

namespace Postlotse.App.Serving;

/// <summary>Gives back memory that native code has freed, every minute: the C library keeps it for itself.</summary>
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
