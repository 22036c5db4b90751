using System.Collections.Concurrent;
using System.Globalization;
using Postlotse.App.Cli;
using Postlotse.App.Commands;
using Postlotse.App.Settings;
using Postlotse.Letters;
using Postlotse.Separation;

namespace Postlotse.App.Processing;

/// <summary>
/// <c>process</c>: takes files through the letter's journey without a server. Each file ends in its letters or in a reason that a clerk
/// understands; the input is never changed.
/// </summary>
/// <param name="organisationPath">ORG.json.</param>
/// <param name="modelPath">What was learned; null: nothing.</param>
/// <param name="languages">Languages to read; null: those of the settings.</param>
/// <param name="separation">How stacks are divided.</param>
/// <param name="receivedAt">Legal receipt of all files, as the caller states it; null: the day of the run, for neither the files' own times
/// nor the scanner's are a receipt.</param>
/// <param name="outputPath">Folder of the results.</param>
/// <param name="progress">Is told how far the run is.</param>
internal sealed class ProcessRun(
    string organisationPath, string? modelPath, string? languages, SeparationSettings separation, DateTimeOffset? receivedAt,
    string outputPath, Progress progress)
{
    private readonly TimeProvider _clock = TimeProvider.System;
    private readonly DateTimeOffset _receivedAt = receivedAt ?? ReceivedTime.DayOf(TimeProvider.System.GetUtcNow());
    private readonly Tally _letters = new();
    private readonly ConcurrentBag<FailedFile> _failed = [];
    private readonly ManifestsBeside _manifests = new();
    private int _finished;

    /// <summary>Processes files and folders.</summary>
    /// <exception cref="CallFailedException">Input, organisation or output cannot be used at all.</exception>
    public async Task<ExitCode> RunAsync(IReadOnlyList<string> paths, CancellationToken cancellationToken)
    {
        var start = _clock.GetTimestamp();
        var organisation = Organisations.Read(organisationPath);
        var inputs = Collect(paths);
        if (inputs.Any(i => FolderPaths.Holds(outputPath, i.Path)))
            throw new CallFailedException(ExitCode.WrongCall, Texts.Of(TextKey.OutputIsInput, outputPath));
        var folder = ResultFolder.Prepare(outputPath);
        try
        {
            var settings = new ServerSettings { Separation = separation };
            if (languages is not null) settings = settings with { Recognition = new() { Languages = languages } };
            using var workshop = Workshop.Create(organisation, modelPath, settings, folder.WorkPath, _clock);
            // One file more than pages at a time: while its PDF is put together the engine has work.
            var parallel = new ParallelOptions
            {
                MaxDegreeOfParallelism = Composition.WorkersOf(settings) + 1, CancellationToken = cancellationToken,
            };
            await Parallel.ForEachAsync(inputs, parallel, async (input, token) =>
            {
                await RunAsync(input, workshop, folder, token);
                progress.Report(Interlocked.Increment(ref _finished), inputs.Count, Texts.Of(TextKey.UnitFiles));
            });
        }
        finally
        {
            progress.End();
            folder.RemoveCopies();
        }

        return Finish(inputs, folder, _clock.GetElapsedTime(start));
    }

    private IReadOnlyList<InputFile> Collect(IReadOnlyList<string> paths)
    {
        var skipped = new List<string>();
        var inputs = InputFiles.Collect(paths, skipped);
        if (skipped.Count > 0) progress.Say(Texts.Of(TextKey.SkippedData, string.Join(", ", skipped)));
        if (inputs.Count == 0) throw new CallFailedException(ExitCode.WrongCall, Texts.Of(TextKey.NoInputFiles, string.Join(", ", paths)));
        return inputs;
    }

    /// <summary>Takes one file through its journey and writes what became of it.</summary>
    internal async Task RunAsync(InputFile input, Workshop workshop, ResultFolder folder, CancellationToken cancellationToken)
    {
        var start = _clock.GetTimestamp();
        if (await TakeAsync(input, workshop.Files, cancellationToken) is not { } letter) return;
        var outcomes = await workshop.Run.RunAsync(letter, cancellationToken);
        var time = _clock.GetElapsedTime(start) / outcomes.Count;
        foreach (var outcome in outcomes)
        {
            if (outcome.Letter is not { Recognition: not null, Reading: not null })
            {
                // The other letters of its stack are as good as they are.
                Fail(input, language => ReasonOf(outcome, language), outcome.Letter.PartOf is null ? null : outcome.Letter.Source);
                continue;
            }

            var done = outcome.Letter;
            var pages = await workshop.PagesOfAsync(done.Recognition!, cancellationToken);
            var result = ResultOf(done, done.Recognition!, pages, time);
            folder.Write(result, workshop.Files.PathOf(done.Recognition!.Pdf.Sha256));
            _letters.Add(result);
        }
    }

    /// <summary>Stores the input as a letter at the start of its journey; null when it cannot be read.</summary>
    private async Task<Letter?> TakeAsync(InputFile input, IFileStore files, CancellationToken cancellationToken)
    {
        try
        {
            // Nothing is opened for an empty file: a named pipe looks like one and would wait for ever.
            await using Stream content = new FileInfo(input.Path).Length == 0 ? new MemoryStream()
                : new FileStream(input.Path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            var original = await Intake.Intake.StoreAsync(files, content, cancellationToken);
            var manifest = await _manifests.ReadAsync(input.Path, files, cancellationToken);
            return new Letter
            {
                Id = input.Id,
                Source = new(input.Name, original.File.Sha256, original.File.Bytes, original.Format),
                Manifest = manifest,
                ReceivedAt = _receivedAt,
                Stage = Journey.First,
            };
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            Fail(input, language => Texts.In(language, TextKey.FileUnreadable, input.Name, e.Message));
            return null;
        }
    }

    private static LetterResult ResultOf(
        Letter letter, Letters.Recognition recognition, IReadOnlyList<RecognisedPage> pages, TimeSpan time) => new(
        letter.Id,
        new(letter.Source.File, letter.Source.Sha256, letter.Source.FirstPage, pages.Count),
        [.. pages.Select(p => new PageResult(
            p.Number, p.Rotation, Math.Round(p.SkewDegrees, 2), p.Blank, Math.Round(p.MeanConfidence, 4), p.Text, p.TextSource,
            p.Language))],
        letter.Reading!.Content,
        recognition.Language,
        letter.Decision ?? Undecided(letter.Id),
        new(letter.Id + ".pdf", recognition.Pdf.Sha256, recognition.Conformance),
        new(Math.Round(time.TotalMilliseconds), Math.Round(recognition.OcrMilliseconds)),
        letter.Findings,
        letter.PartOf?.Roles,
        DocumentOf(recognition));

    private static DocumentResult? DocumentOf(Letters.Recognition recognition) =>
        recognition.Signatures.Count + recognition.Attachments.Count + recognition.Notes.Count == 0 ? null : new(
            recognition.Signatures,
            [.. recognition.Attachments.Select(a => new AttachmentResult(a.Name, a.File.Bytes, a.File.Sha256, a.MediaType, a.Invoice))],
            recognition.Notes);

    /// <summary>Too little could be read to decide: a person does, without a proposal.</summary>
    private static Decision Undecided(string id) => new() { Id = id, Outcome = Outcome.Review, Unit = "", Probability = 0, Ranking = [] };

    private static string ReasonOf(LetterOutcome outcome, CultureInfo language) => outcome switch
    {
        { Fault: { } fault } => Texts.In(language, TextKey.StageFailed, fault.GetType().Name),
        { Reason: { } reason } => FindingTexts.Of(reason, language),
        _ => throw new InvalidOperationException("a letter passed every stage without having been read"),
    };

    /// <summary>Told in the caller's language; in the result, which goes to clerks, always in German.</summary>
    private void Fail(InputFile input, Func<CultureInfo, string> reason, SourcePages? part = null)
    {
        var name = part is null ? input.Name
            : Texts.Of(TextKey.ProcessPart, input.Name, part.FirstPage, part.FirstPage + part.PageCount - 1);
        progress.Say(Texts.Of(TextKey.ProcessFailed, name, reason(CultureInfo.CurrentUICulture)));
        _failed.Add(new(input.Name, reason(Texts.German)) { FirstPage = part?.FirstPage, PageCount = part?.PageCount });
    }

    /// <summary>What the run came to so far.</summary>
    internal Summary Summarise(int files, TimeSpan time) => new()
    {
        Files = files,
        Pages = _letters.Pages,
        Letters = _letters.Letters,
        Auto = _letters.Auto,
        Review = _letters.Review,
        Sealed = _letters.Sealed,
        Failed = [.. _failed.OrderBy(f => f.File, StringComparer.Ordinal).ThenBy(f => f.FirstPage)],
        Seconds = Math.Round(time.TotalSeconds, 2),
    };

    private ExitCode Finish(IReadOnlyList<InputFile> inputs, ResultFolder folder, TimeSpan time)
    {
        var summary = Summarise(inputs.Count, time);
        folder.Write(summary);
        folder.RemoveWork();
        progress.Say(Texts.Of(
            TextKey.ProcessDone, summary.Files, summary.Pages, summary.Letters, summary.Auto, summary.Review, summary.Sealed,
            summary.Failed.Select(f => f.File).Distinct(StringComparer.Ordinal).Count(),
            time.TotalSeconds.ToString("F1", CultureInfo.InvariantCulture), outputPath));
        return summary.Failed.Count == 0 ? ExitCode.Done : ExitCode.SomeFailed;
    }
}
