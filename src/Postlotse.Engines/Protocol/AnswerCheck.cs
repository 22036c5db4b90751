using System.Text.Json;
using Postlotse.Letters;
using Postlotse.Recognition;

namespace Postlotse.Engines.Protocol;

/// <summary>
/// Takes a page child's answer for what it is: foreign data. A child that foreign bytes have taken over may answer anything, so
/// every number and text is checked before it goes on.
/// </summary>
internal static class AnswerCheck
{
    private const int MostWords = 50_000, LongestWord = 1000, LongestDetail = 500, MostImages = 1_000_000;

    /// <summary>Slack of words over the edge of the page, millimetres.</summary>
    private const double Overhang = 20;

    /// <summary>Parses and checks.</summary>
    /// <exception cref="InvalidDataException">Not an answer to the request.</exception>
    public static ChildAnswer Parse(ReadOnlySpan<byte> line, ChildRequest request)
    {
        ChildAnswer? answer;
        try
        {
            answer = JsonSerializer.Deserialize<ChildAnswer>(line, ChildJson.Options);
        }
        catch (JsonException e)
        {
            throw new InvalidDataException("answer is no valid JSON", e);
        }

        return FindFault(answer, request) is { } fault ? throw new InvalidDataException("answer: " + fault) : answer!;
    }

    private static string? FindFault(ChildAnswer? answer, ChildRequest request)
    {
        if (answer is null) return "null";
        if (answer.Id != request.Id) return "to another request";
        if (!Enum.IsDefined(answer.Outcome)) return "outcome";
        if (answer.Detail?.Length > LongestDetail) return "detail";
        if (!IsIn(answer.Milliseconds, 0, 1e9)) return "milliseconds";
        return answer.Outcome switch
        {
            ChildOutcome.Counted => request.Task == ChildTask.Count && answer.Count is > 0 and <= MostImages ? null : "count",
            ChildOutcome.Read when request.Task != ChildTask.Read => "not asked to read",
            ChildOutcome.Read => PageFault(answer.Page, request) ?? ImageFault(answer.Image),
            _ => null,
        };
    }

    private static string? PageFault(RecognisedPage? page, ChildRequest request)
    {
        if (page is null) return "no page";
        if (page.Number != request.Number) return "page number";
        if (page.Rotation is not (0 or 90 or 180 or 270)) return "rotation";
        if (!IsIn(page.Width, 5, 5000) || !IsIn(page.Height, 5, 5000)) return "page size";
        if (!IsIn(page.SkewDegrees, -45, 45)) return "skew";
        if (!IsIn(page.MeanConfidence, 0, 1)) return "mean confidence";
        if (page.Scan is { } scan && !(IsIn(scan.Paper, 0, 1) && IsIn(scan.Ink, 0, 1) && IsIn(scan.EdgeWidth, 0, 100))) return "scan";
        if (page.TextSource is not (TextSource.Ocr or TextSource.Document)) return "source of the text";
        if (page.TextSource == TextSource.Document && request.Text is null) return "text that was not given";
        if (page.Lines is null || page.Text is null) return "no text";
        if (!PrevailingLanguage.IsCode(page.Language)) return "language";
        if (page.Lines.Any(l => l?.Words is null || l.Box is null || l.Words.Any(w => w?.Text is null || w.Box is null))) return "no words";
        if (page.Lines.Sum(l => (long)l.Words.Count) > MostWords) return "too many words";
        if (page.Text.Length > MostWords * 20) return "too much text";
        return page.Lines.Select(l => LineFault(l, page)).FirstOrDefault(f => f is not null) ?? BarcodeFault(page);
    }

    private static string? LineFault(TextLine line, RecognisedPage page)
    {
        if (line.Words.Count == 0) return "line without words";
        if (line.Block < 0 || line.Paragraph < 0) return "line number";
        if (!IsOn(line.Box, page) || !IsIn(line.Baseline, -Overhang, page.Height + Overhang)) return "line box";
        foreach (var word in line.Words)
        {
            if (word.Text.Length is 0 or > LongestWord || word.Text.Any(char.IsControl)) return "word";
            if (!IsOn(word.Box, page)) return "word box";
            if (!IsIn(word.Confidence, 0, 1)) return "word confidence";
        }

        return null;
    }

    private static string? BarcodeFault(RecognisedPage page)
    {
        if (page.Barcodes is null || page.Barcodes.Count > Barcode.MostOnPage) return "number of barcodes";
        foreach (var code in page.Barcodes)
        {
            if (code?.Text is null || code.Box is null || !Enum.IsDefined(code.Kind)) return "barcode";
            if (code.Text.Length is 0 or > Barcode.LongestText || code.Text.Any(c => c != '\n' && char.IsControl(c))) return "barcode text";
            if (!IsOn(code.Box, page)) return "barcode box";
        }

        return null;
    }

    private static string? ImageFault(ChildImage? image)
    {
        if (image is null) return "no image";
        return Enum.IsDefined(image.Kind) && image.Width is > 0 and <= 100_000 && image.Height is > 0 and <= 100_000 ? null : "image";
    }

    private static bool IsOn(Box box, RecognisedPage page) =>
        IsIn(box.X, -Overhang, page.Width + Overhang) && IsIn(box.Y, -Overhang, page.Height + Overhang)
        && IsIn(box.Width, 0, page.Width + Overhang) && IsIn(box.Height, 0, page.Height + Overhang);

    private static bool IsIn(double value, double least, double most) => value >= least && value <= most; // false for NaN
}
