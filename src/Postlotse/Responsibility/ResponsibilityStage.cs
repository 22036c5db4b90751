using Postlotse.Letters;

namespace Postlotse.Responsibility;

/// <summary>Decides which office is responsible (Zuständigkeit) for a letter that has been read; a decided one is left as it is.</summary>
public sealed class ResponsibilityStage(Decider decider) : IStage
{
    public StageName Name => StageName.Responsibility;

    public Task<StageResult> RunAsync(Letter letter, StageContext context, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(letter);
        return Task.FromResult(Decide(letter));
    }

    private StageResult Decide(Letter letter) => letter switch
    {
        { Decision: not null } => new StageResult.Done(letter),
        { Reading.Content: { } content } =>
            new StageResult.Done(letter with { Decision = decider.Decide(content with { Id = letter.Id }) }),
        _ => new StageResult.NeedsHuman(letter, new Finding(FindingKind.Unreadable)),
    };
}
