using Postlotse.Letters;

namespace Postlotse.App.Processing;

/// <summary>How a letter's run without a server ended.</summary>
/// <param name="Letter">After its last stage.</param>
/// <param name="Reason">Why a person has to act; null when every stage was passed.</param>
/// <param name="Fault">The stage's exception when one ended the run.</param>
internal sealed record LetterOutcome(Letter Letter, Finding? Reason, Exception? Fault = null);

/// <summary>Takes a letter through the stages of the journey in memory; the same stages as on the server, without its database.</summary>
internal sealed class LetterRun(Journey journey, IFileStore files, TimeProvider clock, string scratchRoot)
{
    private const int Attempts = 3;

    /// <summary>Runs all stages; each is tried again a few times when it asks for it.</summary>
    public async Task<LetterOutcome> RunAsync(Letter letter, CancellationToken cancellationToken)
    {
        for (StageName? stage = Journey.First; stage is { } name; stage = Journey.After(name))
        {
            var (after, reason, fault) = await RunStageAsync(journey[name], letter, cancellationToken);
            if (reason is not null) return new(after.With(reason), reason, fault);
            letter = after;
        }

        return new(letter, null);
    }

    private async Task<LetterOutcome> RunStageAsync(IStage stage, Letter letter, CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            var (result, fault) = await TryStageAsync(stage, letter, attempt, cancellationToken);
            switch (result)
            {
                case StageResult.Done done: return new(done.Letter, null);
                case StageResult.NeedsHuman human: return new(human.Letter, human.Reason);
                case StageResult.RetryLater later when attempt >= Attempts: return new(letter, new(later.WhenExhausted), fault);
                default: continue;
            }
        }
    }

    private async Task<(StageResult Result, Exception? Fault)> TryStageAsync(
        IStage stage, Letter letter, int attempt, CancellationToken cancellationToken)
    {
        var scratch = Path.Combine(scratchRoot, LetterIds.New(clock));
        Directory.CreateDirectory(scratch);
        try
        {
            return (await stage.RunAsync(letter, new(files, clock, scratch, attempt), cancellationToken), null);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            throw;
        }
#pragma warning disable CA1031 // A stage's exception is a programmer's error and counts as a failed attempt of this one letter.
        catch (Exception e)
#pragma warning restore CA1031
        {
            return (new StageResult.RetryLater(e.GetType().Name), e);
        }
        finally
        {
            Directory.Delete(scratch, recursive: true);
        }
    }
}
