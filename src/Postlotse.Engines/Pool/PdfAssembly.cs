using Postlotse.Engines.Protocol;
using Postlotse.Letters;
using Postlotse.Pdf;
using Postlotse.Recognition;

namespace Postlotse.Engines.Pool;

/// <summary>Puts the pages' images and words together as a searchable PDF/A; copies image bytes and decodes none.</summary>
internal static class PdfAssembly
{
    /// <summary>Writes the PDF.</summary>
    /// <exception cref="EngineFault">An image does not hold what its child said.</exception>
    public static string Write(EngineRequest request, IReadOnlyList<ReadPage> pages, string language)
    {
        var path = Path.Combine(request.ScratchFolder, "searchable.pdf");
        var spoken = string.Equals(language, PrevailingLanguage.Undetermined, StringComparison.Ordinal) ? "" : language;
        using var stream = File.Create(path);
        using var pdf = new PdfArchiveWriter(stream, new(request.Title, spoken, request.ReceivedAt));
        foreach (var page in pages) AddPage(pdf, page);
        pdf.Finish();
        return path;
    }

    private static void AddPage(PdfArchiveWriter pdf, ReadPage page)
    {
        try
        {
            pdf.AddPage(Page(page));
        }
        catch (Exception e) when (e is InvalidDataException or FileNotFoundException)
        {
            throw new EngineFault($"image of page {page.Page.Number}: {e.Message}");
        }
    }

    private static PdfPage Page(ReadPage read)
    {
        var page = read.Page;
        var (width, height) = page.Rotation is 90 or 270 ? (page.Height, page.Width) : (page.Width, page.Height);
        var lines = page.Lines.Select(l => new PdfTextLine(
            l.Baseline, Math.Max(0.5, l.Words.Max(w => l.Baseline - w.Box.Y)),
            [.. AsTheyStand(l.Words).Select(w => new PdfWord(w.Text, w.Box.X, w.Box.Width))]));
        return new(Image(read), width, height, page.Rotation, page.SkewDegrees, [.. lines]);
    }

    /// <summary>Words and letters from left to right; readers of PDFs turn those of Arabic and Hebrew around again.</summary>
    private static IEnumerable<Word> AsTheyStand(IReadOnlyList<Word> words) => !words.Any(w => w.Text.Any(IsRightToLeft)) ? words
        : words.OrderBy(w => w.Box.X).Select(w => w.Text.Any(IsRightToLeft) ? w with { Text = string.Concat(w.Text.Reverse()) } : w);

    private static bool IsRightToLeft(char c) => c is >= '\u0590' and <= '\u08ff';

    private static PdfImage Image(ReadPage read)
    {
        var (image, file) = (read.Image, read.ImageFile);
        return image.Kind == ChildImageKind.FaxGroup4
            ? new(image.Width, image.Height, PdfColour.BlackWhite, PdfCoding.FaxGroup4, () => File.OpenRead(file))
            : PdfImage.Jpeg(() => File.OpenRead(file));
    }
}
