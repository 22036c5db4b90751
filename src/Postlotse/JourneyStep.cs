using Postlotse.Evidence;
using Postlotse.Letters;

namespace Postlotse;

/// <summary>What follows from a stage's result: a changed letter with its evidence, or another attempt later. Pure.</summary>
public abstract record JourneyStep
{
    private JourneyStep()
    {
    }

    /// <summary>To be stored.</summary>
    public sealed record Complete(LetterChange Change) : JourneyStep;

    /// <summary>Put back; <paramref name="Delay"/> still without chance.</summary>
    public sealed record Retry(string Cause, TimeSpan Delay) : JourneyStep;

    /// <summary>Decides.</summary>
    public static JourneyStep After(Work work, StageResult result, JourneySettings settings)
    {
        ArgumentNullException.ThrowIfNull(work);
        ArgumentNullException.ThrowIfNull(settings);
        return result switch
        {
            StageResult.Done done => FaultOf(work, done.Letter, Journey.After(work.Stage) is null) is { } fault
                ? Failed(work, new(fault), settings)
                : Done(work, done.Letter),
            StageResult.NeedsHuman human => FaultOf(work, human.Letter, mayLeave: true) is { } fault
                ? Failed(work, new(fault), settings)
                : ToClearing(work, human.Letter.With(human.Reason), human.Reason, StageDone(work, human.Letter)),
            StageResult.RetryLater later => Failed(work, later, settings),
            _ => throw new ArgumentOutOfRangeException(nameof(result), result, "unknown result of a stage"),
        };
    }

    /// <summary>Wait after that many failed attempts.</summary>
    public static TimeSpan DelayAfter(int attempts, JourneySettings settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        return settings.Delays.Count == 0 ? TimeSpan.Zero : settings.Delays[Math.Clamp(attempts, 1, settings.Delays.Count) - 1];
    }

    private static Complete Done(Work work, Letter letter)
    {
        var next = letter with { Stage = Journey.After(work.Stage) };
        var done = StageDone(work, letter);
        // Found just now, or stated by a person before the pages were read in their new order.
        if (work.Stage == StageName.Separation && letter is { PartOf: null, Division: { } division })
        {
            var divided = Batch.Divide(letter, division, [], NewEvent.System);
            return new(divided with { Events = [.. done, .. divided.Events] });
        }

        return new(new(next, next.Place switch
        {
            Place.Postkorb => [.. done, JourneyEvents.Delivered(next)],
            Place.Clearing => [.. done, JourneyEvents.SentToClearing(work, next.Findings.Except(work.Letter.Findings).LastOrDefault())],
            _ => done,
        }));
    }

    private static JourneyStep Failed(Work work, StageResult.RetryLater later, JourneySettings settings)
    {
        if (work.Attempt < settings.MaxAttempts) return new Retry(later.Cause, DelayAfter(work.Attempt, settings));
        var finding = new Finding(later.WhenExhausted);
        // Without a proposal; but what must not be read stays closed.
        var closed = work.Letter.Decision is { MustStayClosed: true } envelope ? envelope : null;
        return ToClearing(
            work, work.Letter.With(finding) with { Decision = closed }, finding, [JourneyEvents.StageFailed(work, later.Cause)]);
    }

    private static IReadOnlyList<NewEvent> StageDone(Work work, Letter letter)
    {
        var done = JourneyEvents.StageDone(work, letter);
        return JourneyEvents.Reconciled(work, letter) is { } reconciled ? [done, reconciled] : [done];
    }

    private static Complete ToClearing(Work work, Letter letter, Finding reason, IReadOnlyList<NewEvent> causes) => new(new(
        letter with { Place = Place.Clearing, Stage = null, Unit = null, DeliveredAt = null },
        [.. causes, JourneyEvents.SentToClearing(work, reason)]));

    /// <summary>What a stage must not do with a letter; a programmer's error.</summary>
    private static string? FaultOf(Work work, Letter letter, bool mayLeave)
    {
        var before = work.Letter;
        if (!string.Equals(letter.Id, before.Id, StringComparison.Ordinal)) return "the stage gave back another letter";
        if (!string.Equals(letter.Source.Sha256, before.Source.Sha256, StringComparison.Ordinal)) return "the stage changed the source";
        if (letter.ReceivedAt != before.ReceivedAt) return "the stage changed the legal receipt";
        if (!mayLeave) return letter.Place == Place.Underway ? null : "a stage before the last one moved the letter";
        return letter is { Place: Place.Postkorb, Unit: null } or { Place: Place.Postkorb, DeliveredAt: null }
            ? "a Postkorb without its office or time"
            : null;
    }
}
