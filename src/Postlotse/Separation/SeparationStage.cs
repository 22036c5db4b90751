using Postlotse.Letters;

namespace Postlotse.Separation;

/// <summary>
/// Separation (Stapeltrennung): a file that holds several letters is divided into them; one that holds a single letter passes with
/// nothing changed. When it is not certain enough where letters begin, a person says so, and nothing is divided until then. Pages whose
/// letter must stay closed are named, so that not everybody sees them.
/// </summary>
/// <param name="settings">How files are separated.</param>
/// <param name="isClosed">Whether the address on a page, if it has one, is of a letter that must stay closed.</param>
public sealed class SeparationStage(SeparationSettings settings, Func<RecognisedPage, bool> isClosed) : IStage
{
    /// <inheritdoc/>
    public StageName Name => StageName.Separation;

    /// <inheritdoc/>
    public async Task<StageResult> RunAsync(Letter letter, StageContext context, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(letter);
        ArgumentNullException.ThrowIfNull(context);
        if (letter.PartOf is not null || letter.Division is not null) return new StageResult.Done(letter);
        if (letter.Recognition is not { } recognition) throw new InvalidOperationException($"letter {letter.Id} has not been recognised");
        // A signed file, or one with files in it, is one delivery: its parts would lose both.
        if (recognition.Pages.Count == 1 || recognition.Signatures.Count > 0 || recognition.Attachments.Count > 0)
            return new StageResult.Done(letter);
        return Decide(letter, await PagesFile.LoadAsync(context.Files, recognition.PagesFile, cancellationToken), settings, isClosed);
    }

    /// <summary>Whether the file is divided, asked about, or left as it is.</summary>
    internal static StageResult Decide(
        Letter letter, IReadOnlyList<RecognisedPage> pages, SeparationSettings settings, Func<RecognisedPage, bool> isClosed)
    {
        var (division, sure) = PageSeparation.Divide(pages, settings);
        if (!division.Fits(pages.Count)) return new StageResult.Done(letter); // nothing but separator sheets and blank pages
        if (sure && division.IsWhole) return new StageResult.Done(letter);
        var printed = pages.Where((_, i) => division.Pages[i].Role is PageRole.Letter or PageRole.Enclosure);
        foreach (var page in printed.Where(p => new PageFacts(p).HasClosedMark || isClosed(p)))
            letter = letter.With(new(FindingKind.MustStayClosed, page.Number));
        letter = letter with { EnvelopeRead = true };
        foreach (var page in pages.Where(p => Separators.IsUnsigned(p, settings)))
            letter = letter.With(new(FindingKind.SheetUnsigned, page.Number));
        if (!sure)
        {
            var finding = new Finding(FindingKind.BoundariesUnsure);
            return new StageResult.NeedsHuman((letter with { Division = division with { Number = 0 } }).With(finding), finding);
        }

        return new StageResult.Done(letter with { Division = division });
    }
}
