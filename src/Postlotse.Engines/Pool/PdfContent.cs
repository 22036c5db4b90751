using System.Globalization;
using System.Text.RegularExpressions;
using Postlotse.Letters;

namespace Postlotse.Engines.Pool;

/// <summary>What pdfinfo says of a PDF: its pages, or the finding that there is nothing to read.</summary>
/// <param name="Count">Pages of the file.</param>
/// <param name="Pages">Pages as far as they were asked for.</param>
/// <param name="Finding">Why the PDF cannot be read; null when it can.</param>
internal sealed partial record PdfContent(int Count, IReadOnlyList<PdfPageSize> Pages, Finding? Finding)
{
    private const RegexOptions Options = RegexOptions.Multiline | RegexOptions.ExplicitCapture;

    private const double MillimetresPerPoint = 25.4 / 72, LargestPoints = 1e7;

    /// <summary>What poppler says of files that it cannot decrypt: password, certificate, encryption that it does not know.</summary>
    private static readonly string[] Locked = ["Incorrect password", "security handler", "Unsupported version/revision"];

    public static PdfContent Parse(ToolResult result)
    {
        if (result.ExitCode != 0) return Unusable(result.Errors);
        // The file's own title and author come first and may look like any line: only what follows the last "Pages:" is pdfinfo's word.
        var pages = PageCount().Matches(result.Output).LastOrDefault();
        if (pages is null || Number(pages.Groups["count"].Value) is not > 0) return new(0, [], new(FindingKind.NoPages));
        return new(Number(pages.Groups["count"].Value), Sizes(result.Output[pages.Index..]), null);
    }

    /// <summary>Sizes by page; a page whose size cannot be understood has none and moves no other page.</summary>
    private static List<PdfPageSize> Sizes(string output)
    {
        var turns = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (Match turn in PageTurns().Matches(output)) turns[turn.Groups["page"].Value] = Number(turn.Groups["turn"].Value);
        var sizes = new List<PdfPageSize>();
        foreach (Match size in PageSizes().Matches(output))
        {
            if (Number(size.Groups["page"].Value) != sizes.Count + 1) continue;
            var turn = turns.GetValueOrDefault(size.Groups["page"].Value);
            var (width, height) = (Millimetres(size.Groups["width"].Value), Millimetres(size.Groups["height"].Value));
            sizes.Add(new(width, height, (turn % 360 + 360) % 360 / 90 * 90));
        }

        return sizes;
    }

    private static int Number(string digits) => int.TryParse(digits, CultureInfo.InvariantCulture, out var number) ? number : 0;

    private static PdfContent Unusable(string errors)
    {
        if (Locked.Any(said => errors.Contains(said, StringComparison.Ordinal))) return new(0, [], new(FindingKind.Encrypted));
        var others = errors.Replace("Syntax Error: Invalid page count 0", "", StringComparison.Ordinal);
        var empty = errors.Contains("Wrong page range", StringComparison.Ordinal)
            && !others.Contains("Syntax Error", StringComparison.Ordinal);
        return new(0, [], new(empty ? FindingKind.NoPages : FindingKind.Damaged));
    }

    private static double Millimetres(string points) =>
        double.TryParse(points, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) && value > 0
            ? Math.Min(value, LargestPoints) * MillimetresPerPoint : 0;

    [GeneratedRegex(@"^Pages:\s+(?<count>\d+)\s*$", Options, 1000)]
    private static partial Regex PageCount();

    [GeneratedRegex(@"^Page\s+(?<page>\d+) size:\s+(?<width>\S+) x (?<height>\S+) pts", Options, 1000)]
    private static partial Regex PageSizes();

    [GeneratedRegex(@"^Page\s+(?<page>\d+) rot:\s+(?<turn>-?\d+)", Options, 1000)]
    private static partial Regex PageTurns();
}

/// <summary>Size of a page as it lies, millimetres (0: nonsense in the file), and the clockwise turn viewers give it.</summary>
internal sealed record PdfPageSize(double Width, double Height, int Turn);
