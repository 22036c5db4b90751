using Postlotse.Evidence;
using Postlotse.Letters;

namespace Postlotse;

/// <summary>What the evidence says of a stage's result: addresses of files, counts, offices; never text of the letter.</summary>
internal static class JourneyEvents
{
    public static NewEvent StageDone(Work work, Letter letter) => new(EventKind.StageDone, NewEvent.System, work.Stage switch
    {
        StageName.Recognition when letter.Recognition is { } r => EventData.Write(
            new
            {
                work.Stage, work.Attempt, Pages = r.Pages.Count, PagesFile = r.PagesFile.Sha256, Pdf = r.Pdf.Sha256, r.Language,
                Signatures = r.Signatures.Select(s => s.Status), Attachments = r.Attachments.Select(a => a.File.Sha256),
            }),
        StageName.Separation when letter.Division is { } d => EventData.Write(
            new { work.Stage, work.Attempt, Pages = d.Pages.Count, Letters = d.Letters().Count }),
        StageName.Reading when letter is { Reading: { } r, Recognition: { } own } => EventData.Write(new
        {
            work.Stage, work.Attempt, Fields = r.Fields.Select(f => f.Field), PagesFile = own.PagesFile.Sha256, Pdf = own.Pdf.Sha256,
        }),
        StageName.Responsibility when letter.Decision is { LanguageModel: { } vote } d => EventData.Write(new
        {
            work.Stage, work.Attempt, d.Outcome, d.Unit, d.Probability, d.DecidedBy, d.Ranking, d.Restriction, LanguageModel = vote,
        }),
        StageName.Responsibility when letter.Decision is { } d => EventData.Write(
            new { work.Stage, work.Attempt, d.Outcome, d.Unit, d.Probability, d.DecidedBy, d.Ranking, d.Restriction }),
        StageName.Delivery => EventData.Write(new { work.Stage, work.Attempt, letter.Place, letter.Unit }),
        _ => EventData.Write(new { work.Stage, work.Attempt }),
    });

    /// <summary>What was announced of a file and what was counted in it; null when nothing was announced, or nothing is new.</summary>
    public static NewEvent? Reconciled(Work work, Letter letter) => work.Stage != StageName.Recognition || letter.Manifest is not { } m
        ? null
        : new(EventKind.Reconciled, NewEvent.System, EventData.Write(new
        {
            Agrees = m.Fault is null && letter.Recognition is not null && !letter.Findings.Any(f => f.KeepsPaper), m.Fault,
            Manifest = m.File?.Sha256, m.Sheets, m.Duplex, m.BlanksDropped, m.Pages, Counted = letter.Recognition?.Pages.Count, m.Batch,
            m.Scanner, m.StartedAt, m.Sha256,
        }));

    public static NewEvent StageFailed(Work work, string cause) =>
        new(EventKind.StageFailed, NewEvent.System, EventData.Write(new { work.Stage, work.Attempt, cause }));

    public static NewEvent Delivered(Letter letter) =>
        new(EventKind.Delivered, NewEvent.System, EventData.Write(new { letter.Unit, letter.Decision?.Outcome }));

    public static NewEvent SentToClearing(Work work, Finding? reason) => new(
        EventKind.SentToClearing, NewEvent.System,
        EventData.Write(new { work.Stage, Finding = reason?.Kind, reason?.Page, reason?.Detail }));
}
