using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Postlotse.Responsibility.City;
using Postlotse.Storage;

namespace Postlotse.App.Serving;

/// <summary>
/// Puts newer versions of the plan in force that another node has stored: asks for their number every few seconds. What decides is
/// made here, in the background.
/// </summary>
internal sealed class PlanFollower(CityPlanStore plans, CityInForce city, TimeSpan interval, ILogger<PlanFollower> log) : BackgroundService
{
    /// <summary>A change is in force everywhere within this time and the time to make what decides.</summary>
    public static readonly TimeSpan Interval = TimeSpan.FromSeconds(3);

    /// <inheritdoc />
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var failing = false;
        while (!stoppingToken.IsCancellationRequested)
        {
            await Task.Delay(interval, stoppingToken);
            try
            {
                if (await plans.FollowAsync(city, stoppingToken)) log.LogInformation("Version {Version} of the plan is in force.", Version);
                failing = false;
            }
            catch (Exception e) when (e is not OperationCanceledException || !stoppingToken.IsCancellationRequested)
            {
                // Whatever it is: letters go on by the plan known so far, and the next round tries again.
                if (!failing) log.LogWarning(e, "A newer version of the plan cannot be read; letters go by version {Version}.", Version);
                failing = true;
            }
        }
    }

    private int Version => city.Current.Version;
}
