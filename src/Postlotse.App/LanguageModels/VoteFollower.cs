using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Postlotse.Responsibility.LanguageModels;
using Postlotse.Storage;

namespace Postlotse.App.LanguageModels;

/// <summary>Follows what people decide and counts how often the language model had voted for the same office.</summary>
internal sealed class VoteFollower(LetterQueries queries, VoteRecord record, TimeProvider clock, ILogger<VoteFollower> log)
    : BackgroundService
{
    private const int BatchSize = 1000;

    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(10);

    private long _through;

    /// <summary>Counts what was decided since the last look; of much, the newest.</summary>
    public async Task LookAsync(CancellationToken cancellationToken)
    {
        var decisions = new List<PersonDecision>();
        var through = _through;
        while (await queries.DecisionsOfPeopleAsync(through, BatchSize, cancellationToken) is { Count: > 0 } batch)
        {
            decisions.AddRange(batch);
            decisions.RemoveRange(0, Math.Max(0, decisions.Count - VoteRecord.MostLetters));
            through = batch[^1].Number;
        }

        foreach (var decision in decisions)
            record.Take(decision.LetterId, decision.Unit, await queries.EventsAsync(decision.LetterId, cancellationToken));
        _through = through;
    }

    /// <inheritdoc />
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await Task.Yield();
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await LookAsync(stoppingToken);
            }
            catch (Exception e) when (!stoppingToken.IsCancellationRequested)
            {
                // The weight stays as it was; the next round tries again.
                log.LogWarning(e, "Counting the language model's votes failed; trying again");
            }
            catch (OperationCanceledException)
            {
                return;
            }

            await Task.Delay(Interval, clock, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }
}
