using System.Globalization;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Postlotse.App.Routing;
using Postlotse.Evidence;
using Postlotse.Letters;
using Postlotse.Responsibility.City;
using Postlotse.Storage;

namespace Postlotse.App.Serving;

/// <summary>
/// Follows what people decide in clearing and lets the city learn from it: within seconds, never from the program's own decisions, never
/// from a letter that must stay closed. What was learned lies in a file of the data folder; what came after it is learned again.
/// </summary>
internal sealed class LearningFollower(
    LetterQueries queries, LearnedCity learned, string path, TimeProvider clock, ILogger<LearningFollower> log) : BackgroundService
{
    private const int BatchSize = 200;

    // On PostgreSQL an event may appear after one with a higher number; so far back is looked again.
    private const int Window = 200;

    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(2), SaveInterval = TimeSpan.FromMinutes(1);

    private readonly HashSet<long> _known = [];
    private long _through;
    private bool _changed;

    /// <summary>Reads what was learned before; a file that cannot be read is put aside, and everything is learned again.</summary>
    public static void Load(LearnedCity learned, string path)
    {
        if (!File.Exists(path)) return;
        try
        {
            using var stream = File.OpenRead(path);
            learned.Read(stream);
        }
        catch (FormatException)
        {
            File.Move(path, path + ".damaged", overwrite: true);
            File.Delete(ThroughPath(path));
        }
    }

    /// <summary>Learns what people decided since the last look.</summary>
    /// <returns>Decisions looked at.</returns>
    public async Task<int> LookAsync(CancellationToken cancellationToken)
    {
        var count = 0;
        while (true)
        {
            var batch = await queries.DecisionsOfPeopleAsync(Math.Max(0, _through - Window), BatchSize + Window, cancellationToken);
            var fresh = batch.Where(d => !_known.Contains(d.Number)).ToList();
            if (fresh.Count == 0) return count;
            foreach (var decision in fresh)
            {
                await TakeAsync(decision, cancellationToken);
                _known.Add(decision.Number);
                _through = Math.Max(_through, decision.Number);
                count++;
            }

            _known.RemoveWhere(number => number < _through - Window);
            _changed = true;
        }
    }

    /// <inheritdoc />
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await Task.Yield();
        _through = ReadThrough();
        var saved = clock.GetTimestamp();
        var failing = false;
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await LookAsync(stoppingToken);
                if (learned.TrainingIsDue) await TrainAsync(stoppingToken);
                if (_changed && clock.GetElapsedTime(saved) >= SaveInterval)
                {
                    Save();
                    saved = clock.GetTimestamp();
                }

                failing = false;
                await Task.Delay(Interval, clock, stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                break;
            }
            catch (Exception e)
            {
                // Whatever it is: letters are decided by what was learned so far, and the next round tries again.
                if (!failing) log.LogWarning(e, "Learning from decisions failed; trying again");
                failing = true;
                await Task.Delay(SaveInterval, clock, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }

        if (_changed) Save();
    }

    private async Task TakeAsync(PersonDecision decision, CancellationToken cancellationToken)
    {
        var letter = await queries.LetterAsync(decision.LetterId, cancellationToken);
        var stands = decision.Unit is { } unit && letter is { Place: Place.Postkorb, Reading: not null }
            && string.Equals(letter.Unit, unit, StringComparison.Ordinal) && !letter.MustStayClosed;
        if (stands) learned.Learn(letter!.Reading!.Content with { Id = letter.Id }, decision.Unit!);
        else learned.Forget(decision.LetterId); // taken out again, or sent elsewhere by a later decision
    }

    private async Task TrainAsync(CancellationToken cancellationToken)
    {
        var result = await learned.TrainAsync(NewEvent.System, cancellationToken);
        log.LogInformation(
            "Learned version {Version} from {Letters} letters, in use {Used}", result.Version.Number, result.Letters, result.Version.Live);
        _changed = true;
    }

    /// <summary>The number after the model: a crash in between only makes decisions be learned twice, which changes nothing.</summary>
    private void Save()
    {
        ModelFile.Write(path, learned.Write);
        File.WriteAllText(ThroughPath(path), _through.ToString(CultureInfo.InvariantCulture));
        _changed = false;
    }

    private long ReadThrough() =>
        File.Exists(path) && File.Exists(ThroughPath(path))
            && long.TryParse(File.ReadAllText(ThroughPath(path)), NumberStyles.None, CultureInfo.InvariantCulture, out var through)
            ? through : 0;

    private static string ThroughPath(string path) => path + ".through";
}
