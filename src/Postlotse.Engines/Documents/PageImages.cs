using System.Globalization;
using System.Text.RegularExpressions;

namespace Postlotse.Engines.Documents;

/// <summary>How much of a page its images cover, by what pdfimages -list says.</summary>
internal static partial class PageImages
{
    /// <summary>
    /// Square millimetres by page; images over each other count several times. A page without images is missing; one whose image
    /// cannot be measured has no bounds.
    /// </summary>
    public static IReadOnlyDictionary<int, double> Areas(string list)
    {
        var areas = new Dictionary<int, double>();
        foreach (Match row in Row().Matches(list))
        {
            if (!int.TryParse(row.Groups["page"].Value, CultureInfo.InvariantCulture, out var page)) continue;
            var area = Length(row, "width", "x") * Length(row, "height", "y");
            areas[page] = areas.GetValueOrDefault(page) + (area > 0 ? area : double.PositiveInfinity);
        }

        return areas;
    }

    private static double Length(Match row, string pixels, string resolution) =>
        Number(row.Groups[pixels].Value) / Number(row.Groups[resolution].Value) * 25.4; // NaN and infinity are no area

    private static double Number(string text) => double.TryParse(text, CultureInfo.InvariantCulture, out var number) ? number : double.NaN;

    [GeneratedRegex(
        @"^ *(?<page>\d+) +\d+ +(image|stencil) +(?<width>\d+) +(?<height>\d+) .*? (?<x>\S+) +(?<y>\S+) +\S+ +\S+ *$",
        RegexOptions.ExplicitCapture | RegexOptions.Multiline, 1000)]
    private static partial Regex Row();
}
