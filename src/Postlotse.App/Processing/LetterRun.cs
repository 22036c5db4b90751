using Postlotse.Evidence;
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

    /// <summary>
    /// Runs all stages; each is tried again a few times when it asks for it. A file that holds several letters ends in each of them.
    /// </summary>
    public async Task<IReadOnlyList<LetterOutcome>> RunAsync(Letter letter, CancellationToken cancellationToken)
    {
        for (StageName? stage = Journey.First; stage is { } name; stage = Journey.After(name))
        {
            var outcome = await RunStageAsync(journey[name], letter, cancellationToken);
            if (outcome is { Reason.Kind: FindingKind.BoundariesUnsure }) outcome = new(MostProbable(outcome.Letter), null);
            if (outcome is { Reason: { } reason }) return [outcome with { Letter = outcome.Letter.With(reason) }];
            letter = outcome.Letter;
            if (letter.Division is not null) return await RunPartsAsync(letter, Journey.After(name), cancellationToken);
        }

        return [new(OfPerson(letter), null)];
    }

    /// <summary>Where it is not certain that the pages are one letter, a person has the last word.</summary>
    private static Letter OfPerson(Letter letter) =>
        letter.Decision is { Outcome: Outcome.Auto } decision && letter.Findings.Any(f => f.Kind == FindingKind.BoundariesUnsure)
            ? letter with { Decision = decision with { Outcome = Outcome.Review } } : letter;

    /// <summary>Nobody is there to ask: the most probable division, which every letter of it tells.</summary>
    private static Letter MostProbable(Letter letter)
    {
        letter = letter.With(new(FindingKind.BoundariesUnsure));
        return letter with { Division = letter.Division is { IsWhole: false } division ? division with { Number = 1 } : null };
    }

    private async Task<IReadOnlyList<LetterOutcome>> RunPartsAsync(Letter batch, StageName? first, CancellationToken cancellationToken)
    {
        var outcomes = new List<LetterOutcome>();
        var unsure = batch.Findings.FirstOrDefault(f => f.Kind == FindingKind.BoundariesUnsure);
        foreach (var part in Batch.Divide(batch, batch.Division!, [], NewEvent.System).NewLetters)
        {
            var letter = unsure is null ? part.Letter : part.Letter.With(unsure);
            var outcome = new LetterOutcome(letter, null);
            for (var stage = first; stage is { } name && outcome.Reason is null; stage = Journey.After(name))
                outcome = await RunStageAsync(journey[name], outcome.Letter, cancellationToken);
            outcome = outcome with { Letter = OfPerson(outcome.Letter) };
            outcomes.Add(outcome.Reason is { } reason ? outcome with { Letter = outcome.Letter.With(reason) } : outcome);
        }

        return outcomes;
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
