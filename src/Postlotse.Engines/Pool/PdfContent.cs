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

    private const double MillimetresPerPoint = 25.4 / 72;

    public static PdfContent Parse(ToolResult result)
    {
        if (result.ExitCode != 0) return Unusable(result.Errors);
        var count = PageCount().Match(result.Output) is { Success: true } m
            && int.TryParse(m.Groups["count"].Value, CultureInfo.InvariantCulture, out var n) ? n : 0;
        if (count == 0) return new(0, [], new(FindingKind.NoPages));
        var turns = PageTurns().Matches(result.Output)
            .DistinctBy(t => t.Groups["page"].Value, StringComparer.Ordinal).ToDictionary(t => t.Groups["page"].Value, t => t.Groups["turn"].Value, StringComparer.Ordinal);
        var sizes = new List<PdfPageSize>();
        foreach (Match size in PageSizes().Matches(result.Output))
        {
            var turn = turns.TryGetValue(size.Groups["page"].Value, out var text) && int.TryParse(text, CultureInfo.InvariantCulture, out var t) ? t : 0;
            sizes.Add(new(Millimetres(size.Groups["width"].Value), Millimetres(size.Groups["height"].Value), (turn % 360 + 360) % 360 / 90 * 90));
        }

        return new(count, sizes, null);
    }

    private static PdfContent Unusable(string errors)
    {
        if (errors.Contains("Incorrect password", StringComparison.Ordinal)) return new(0, [], new(FindingKind.Encrypted));
        var empty = errors.Contains("Wrong page range", StringComparison.Ordinal)
            && !errors.Split('\n').Any(e => e.StartsWith("Syntax Error", StringComparison.Ordinal) && !e.Contains("Invalid page count 0", StringComparison.Ordinal));
        return new(0, [], new(empty ? FindingKind.NoPages : FindingKind.Damaged));
    }

    private static double Millimetres(string points) =>
        double.TryParse(points, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) && value is > 0 and < 20_000
            ? value * MillimetresPerPoint : 0;

    [GeneratedRegex(@"^Pages:\s+(?<count>\d+)\s*$", Options, 1000)]
    private static partial Regex PageCount();

    [GeneratedRegex(@"^Page\s+(?<page>\d+) size:\s+(?<width>[\d.e+]+) x (?<height>[\d.e+]+) pts", Options, 1000)]
    private static partial Regex PageSizes();

    [GeneratedRegex(@"^Page\s+(?<page>\d+) rot:\s+(?<turn>-?\d+)", Options, 1000)]
    private static partial Regex PageTurns();
}

/// <summary>Size of a page as it lies, millimetres (0: nonsense in the file), and the clockwise turn viewers give it.</summary>
internal sealed record PdfPageSize(double Width, double Height, int Turn);
