using Postlotse.Letters;

namespace Postlotse.Responsibility;

/// <summary>Decides which office is responsible (Zuständigkeit) for a letter that has been read; a decided one is left as it is.</summary>
/// <param name="decider">What decides now; asked for every letter, because the organiser may have changed the plan.</param>
public sealed class ResponsibilityStage(Func<Decider> decider) : IStage
{
    private static readonly TimeZoneInfo GermanTime = TimeZoneInfo.FindSystemTimeZoneById("Europe/Berlin");

    public StageName Name => StageName.Responsibility;

    public Task<StageResult> RunAsync(Letter letter, StageContext context, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(letter);
        ArgumentNullException.ThrowIfNull(context);
        // By the day of deciding, not of receipt: an office that was dissolved in between has no Postkorb any more.
        return Task.FromResult(Decide(letter, DateOnly.FromDateTime(context.Clock.GetLocalNow().DateTime)));
    }

    private StageResult Decide(Letter letter, DateOnly today) => letter switch
    {
        { Decision: not null } => new StageResult.Done(letter),
        { Reading.Content: { } content } => new StageResult.Done(letter with { Decision = Decide(letter, content, decider(), today) }),
        _ => new StageResult.NeedsHuman(letter, new Finding(FindingKind.Unreadable)),
    };

    private static Decision Decide(Letter letter, LetterContent content, Decider decider, DateOnly today) =>
        decider.OnSheet(decider.Decide(content with { Id = letter.Id }, today, Receipt(letter)), letter.PartOf?.Unit);

    /// <summary>The day of receipt in German legal time, whatever the time zone of the machine.</summary>
    private static DateOnly Receipt(Letter letter) =>
        DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(letter.ReceivedAt, GermanTime).DateTime);
}
