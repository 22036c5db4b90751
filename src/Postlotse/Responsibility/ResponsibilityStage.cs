using Postlotse.Letters;
using Postlotse.Responsibility.LanguageModels;

namespace Postlotse.Responsibility;

/// <summary>Decides which office is responsible (Zuständigkeit) for a letter that has been read; a decided one is left as it is.</summary>
/// <param name="decider">What decides now; asked for every letter, because the organiser may have changed the plan.</param>
/// <param name="voice">Asked where the decider is unsure; null: nobody is.</param>
public sealed class ResponsibilityStage(Func<Decider> decider, LanguageModelVoice? voice = null) : IStage
{
    private static readonly TimeZoneInfo GermanTime = TimeZoneInfo.FindSystemTimeZoneById("Europe/Berlin");

    public StageName Name => StageName.Responsibility;

    public async Task<StageResult> RunAsync(Letter letter, StageContext context, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(letter);
        ArgumentNullException.ThrowIfNull(context);
        if (letter.Decision is not null) return new StageResult.Done(letter);
        if (letter.Reading is not { Content: { } read }) return new StageResult.NeedsHuman(letter, new Finding(FindingKind.Unreadable));
        // By the day of deciding, not of receipt: an office that was dissolved in between has no Postkorb any more.
        var today = DateOnly.FromDateTime(context.Clock.GetLocalNow().DateTime);
        var (deciding, content) = (decider(), read with { Id = letter.Id });
        var heard = Decide(null);
        var decision = deciding.OnSheet(heard, letter.PartOf?.Unit);
        // The mailroom's word on a sheet needs no second opinion.
        if (voice is not null && ReferenceEquals(decision, heard))
            decision = await voice.HearAsync(heard, content, deciding, Decide, cancellationToken);
        return new StageResult.Done(letter with { Decision = decision });

        Decision Decide(Vote? vote) => deciding.Decide(content, today, Receipt(letter), vote);
    }

    /// <summary>The day of receipt in German legal time, whatever the time zone of the machine.</summary>
    private static DateOnly Receipt(Letter letter) =>
        DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(letter.ReceivedAt, GermanTime).DateTime);
}
