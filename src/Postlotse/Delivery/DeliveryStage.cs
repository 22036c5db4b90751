using Postlotse.Letters;

namespace Postlotse.Delivery;

/// <summary>
/// Puts a decided letter into the Postkorb of its office (Zustellung im Haus), opened or closed; an unsure one goes to a person, and so
/// does one whose scan is not proved complete.
/// </summary>
public sealed class DeliveryStage : IStage
{
    public StageName Name => StageName.Delivery;

    public Task<StageResult> RunAsync(Letter letter, StageContext context, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(letter);
        ArgumentNullException.ThrowIfNull(context);
        return Task.FromResult(Decide(letter, context.Clock.GetUtcNow()));
    }

    /// <summary>Where the letter goes. A letter that lies in a Postkorb already stays there with its time.</summary>
    internal static StageResult Decide(Letter letter, DateTimeOffset now) => letter switch
    {
        { Place: Place.Postkorb } => new StageResult.Done(letter),
        // Its office would take the scan for complete. What must stay closed still goes by its envelope; its office sees the finding.
        { Decision: { Outcome: Outcome.Auto } decision } when letter.Findings.FirstOrDefault(f => f.KeepsPaper) is { } incomplete =>
            new StageResult.NeedsHuman(letter with { Decision = decision with { Outcome = Outcome.Review } }, incomplete),
        { Decision: { Outcome: Outcome.Auto or Outcome.Sealed, Unit.Length: > 0 } decision } =>
            new StageResult.Done(letter with { Place = Place.Postkorb, Unit = decision.Unit, DeliveredAt = now }),
        _ => new StageResult.NeedsHuman(letter, new Finding(FindingKind.Unsure)),
    };
}
