using Postlotse.Letters;
using LetterReading = Postlotse.Letters.Reading;

namespace Postlotse.Reading;

/// <summary>
/// Stage that reads a letter's fields from its recognised pages and writes the PDF that goes to the office, which tells them. A letter
/// that can hardly be read goes to a person.
/// </summary>
/// <param name="pdf">Writes the PDF.</param>
/// <param name="isClosed">Whether a letter with such an address block must stay closed.</param>
public sealed class ReadingStage(ILetterPdf pdf, Func<string, bool> isClosed) : IStage
{
    /// <summary>Mean confidence (0–1, weighted by the words' length) below which a person reads the letter.</summary>
    public const double LeastConfidence = 0.5;

    /// <summary>Letters and digits below which a letter has practically no text.</summary>
    public const int LeastLetters = 20;

    /// <summary>
    /// Bytes of all files in a letter's PDF, by their own size: what mail and records systems take as one document. What is beyond stays
    /// beside it in the store.
    /// </summary>
    public const long MostBytesInPdf = 50L << 20;

    public StageName Name => StageName.Reading;

    /// <summary>Reads the letter; done already when it has a reading.</summary>
    /// <exception cref="InvalidOperationException">The letter was not recognised yet, or its pages file is no JSON of pages.</exception>
    /// <exception cref="FileNotFoundException">The store lost the pages file.</exception>
    public async Task<StageResult> RunAsync(Letter letter, StageContext context, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(letter);
        ArgumentNullException.ThrowIfNull(context);
        if (letter.Reading is not null) return new StageResult.Done(letter);
        var pages = await PagesOfAsync(letter, context.Files, cancellationToken);
        letter = letter with { Reading = LetterReader.Read(letter.Id, pages) };
        // Judged here for letters that nobody will decide any more. A decision says the same of the others, and until then nobody knows.
        var closed = isClosed(letter.Reading.Content.Recipient);
        letter = letter with { EnvelopeRead = !closed };
        var result = Decide(await FinishAsync(letter, pages, context, cancellationToken), pages);
        return closed && result is StageResult.NeedsHuman human
            ? human with { Letter = human.Letter.With(new(FindingKind.MustStayClosed, 1)) } : result;
    }

    /// <summary>Whether the letter goes on or a person has to read it.</summary>
    public static StageResult Decide(Letter letter, IReadOnlyList<RecognisedPage> pages)
    {
        ArgumentNullException.ThrowIfNull(letter);
        ArgumentNullException.ThrowIfNull(pages);
        var words = pages.SelectMany(p => p.Lines).SelectMany(l => l.Words).ToList();
        var letters = words.Sum(w => w.Text.Count(char.IsLetterOrDigit));
        var length = words.Sum(w => w.Text.Length);
        var confidence = length == 0 ? 0 : words.Sum(w => w.Confidence * w.Text.Length) / length;
        if (letters >= LeastLetters && confidence >= LeastConfidence) return new StageResult.Done(letter);
        var finding = new Finding(FindingKind.Unreadable);
        return new StageResult.NeedsHuman(letter.With(finding), finding);
    }

    /// <summary>The letter's pages; those of a letter taken out of a batch are its part of the batch's, numbered anew.</summary>
    private static async Task<IReadOnlyList<RecognisedPage>> PagesOfAsync(
        Letter letter, IFileStore files, CancellationToken cancellationToken)
    {
        if (letter.Recognition is { } own) return await PagesFile.LoadAsync(files, own.PagesFile, cancellationToken);
        if (letter.PartOf?.Whole is not { } whole) throw new InvalidOperationException($"letter {letter.Id} has not been recognised");
        var (first, count) = (letter.Source.FirstPage, letter.Source.PageCount);
        return [.. (await PagesFile.LoadAsync(files, whole.PagesFile, cancellationToken)).Skip(first - 1).Take(count)
            .Select(p => p with { Number = p.Number - first + 1 })];
    }

    /// <summary>The letter with its own pages and the PDF that goes to the office, which tells what was read.</summary>
    private async Task<Letter> FinishAsync(
        Letter letter, IReadOnlyList<RecognisedPage> pages, StageContext context, CancellationToken cancellationToken)
    {
        var whole = letter.Recognition is null ? letter.PartOf!.Whole! : null;
        var known = letter.Recognition ?? whole! with
        {
            Pages = [.. pages.Select(PageSummary.Of)],
            PagesFile = await PagesFile.StoreAsync(context.Files, pages, cancellationToken),
            TotalMilliseconds = Math.Round(whole!.TotalMilliseconds * pages.Count / whole.Pages.Count, 1),
            OcrMilliseconds = Math.Round(whole.OcrMilliseconds * pages.Count / whole.Pages.Count, 1),
            // Nobody can tell to which of the letters a file inside the batch belongs: it stays with the batch, as its original does.
            Attachments = [],
            Notes = [.. whole.Notes.Select(n => n with { Page = n.Page - letter.Source.FirstPage + 1 })
                .Where(n => n.Page >= 1 && n.Page <= pages.Count)],
        };
        var path = Path.Combine(context.ScratchFolder, "letter.pdf");
        var first = whole is null ? 1 : letter.Source.FirstPage;
        var enclosed = whole is null ? FilesOf(letter, known, context.Files) : [];
        pdf.Write(context.Files.PathOf(known.Pdf.Sha256), first, pages.Count, MetadataOf(letter, known), enclosed, path);
        known = known with { Pdf = await context.Files.PutFileAsync(path, cancellationToken), PdfHoldsFiles = enclosed.Count > 0 };
        return letter with { Recognition = known, PartOf = letter.PartOf is { } part ? part with { Whole = null } : null };
    }

    /// <summary>What belongs into the letter's PDF, invoices first, as long as there is room.</summary>
    private static List<FileInPdf> FilesOf(Letter letter, Letters.Recognition recognition, IFileStore store)
    {
        var attachments = recognition.Attachments.OrderByDescending(a => a.Invoice)
            .Select(a => (a.File.Sha256, a.File.Bytes, a.Name, a.MediaType, Role: a.Invoice ? FileRole.Invoice : FileRole.Enclosed));
        var source = letter.Source;
        var original = (source.Sha256, source.Bytes, source.File, "application/pdf", FileRole.Original);
        var (files, left) = (new List<FileInPdf>(), MostBytesInPdf);
        foreach (var (sha256, bytes, name, type, role) in recognition.Signatures.Count == 0 ? attachments : attachments.Append(original))
        {
            if (bytes > left) continue;
            left -= bytes;
            files.Add(new(name, store.PathOf(sha256), type, role));
        }

        return files;
    }

    private static LetterMetadata MetadataOf(Letter letter, Letters.Recognition recognition)
    {
        var content = letter.Reading!.Content;
        var title = content.Subject.Length > 0 ? content.Subject : letter.Source.File;
        return new(title, content.Sender.Split('\n')[0].Trim(), recognition.Language, letter.ReceivedAt);
    }
}
