using Postlotse.Letters;

namespace Postlotse.Recognition;

/// <summary>
/// Recognition (Texterkennung): pages become text with positions, and the letter a searchable PDF/A. What cannot be read, or is
/// blank throughout, goes to a person. What the scanner announced of the file is compared with what is in it.
/// </summary>
public sealed class RecognitionStage(IPageEngine engine) : IStage
{
    /// <inheritdoc/>
    public StageName Name => StageName.Recognition;

    /// <inheritdoc/>
    public async Task<StageResult> RunAsync(Letter letter, StageContext context, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(letter);
        ArgumentNullException.ThrowIfNull(context);
        if (letter.Recognition is { } there && there.Files.All(f => context.Files.Exists(f.Sha256)))
            return new StageResult.Done(letter);
        if (letter.Source.NameContradicts()) letter = letter.With(new(FindingKind.NameContradictsContent));
        if (letter is { Manifest: null, Source.Format: FileFormat.Unknown } && ScanManifest.IsName(letter.Source.File))
        {
            var alone = new Finding(FindingKind.ManifestAlone);
            return new StageResult.NeedsHuman(letter.With(alone), alone);
        }

        var start = context.Clock.GetTimestamp();
        var request = new EngineRequest(
            context.Files.PathOf(letter.Source.Sha256), letter.Source, letter.ReceivedAt, letter.Source.File, context.ScratchFolder)
        {
            Arrangement = letter.Arrangement,
        };
        return await engine.ReadAsync(request, cancellationToken) switch
        {
            EngineAnswer.Read read => Decide(await StoreAsync(letter, read, start, context, cancellationToken), read),
            EngineAnswer.Unusable unusable => new StageResult.NeedsHuman(
                Reconciled(letter, null).With(unusable.Finding), unusable.Finding),
            EngineAnswer.Failed failed => new StageResult.RetryLater(failed.Cause, failed.WhenExhausted),
            var other => throw new InvalidOperationException("answer " + other.GetType().Name),
        };
    }

    private static StageResult Decide(Letter letter, EngineAnswer.Read read)
    {
        var findings = PageFlags.Of(read.Pages).Concat(read.Findings)
            .Aggregate(Reconciled(letter, read.Pages.Count), (l, finding) => l.With(finding));
        // What is to be read is not on these pages.
        var elsewhere = read.Findings.FirstOrDefault(f => f.Kind is FindingKind.Portfolio or FindingKind.AllPagesBlank)
            ?? (read.Pages.All(p => p.Blank) ? read.Findings.FirstOrDefault(f => f.Kind == FindingKind.Damaged) : null);
        return elsewhere is null ? new StageResult.Done(findings) : new StageResult.NeedsHuman(findings, elsewhere);
    }

    private static Letter Reconciled(Letter letter, int? counted) =>
        SheetCount.Reconcile(letter.Manifest, letter.Source, counted).Aggregate(letter, (l, finding) => l.With(finding));

    private static async Task<Letter> StoreAsync(
        Letter letter, EngineAnswer.Read read, long start, StageContext context, CancellationToken cancellationToken)
    {
        var pdf = await context.Files.PutFileAsync(read.PdfPath, cancellationToken);
        var pages = await PagesFile.StoreAsync(context.Files, read.Pages, cancellationToken);
        var attachments = new List<Attachment>();
        foreach (var file in read.Document.Attachments)
        {
            var stored = await context.Files.PutFileAsync(file.Path, cancellationToken);
            attachments.Add(new(file.Name, stored, file.MediaType, file.Invoice));
        }

        var ocr = Math.Round(read.OcrMilliseconds, 1);
        var milliseconds = Math.Round(context.Clock.GetElapsedTime(start).TotalMilliseconds, 1);
        return letter with
        {
            Source = letter.Source with { PageCount = read.Pages.Count },
            Recognition = new([.. read.Pages.Select(PageSummary.Of)], pages, pdf, read.Language, milliseconds, ocr)
            {
                Signatures = read.Document.Signatures, Attachments = attachments, Notes = read.Document.Notes,
            },
        };
    }
}
