using System.Globalization;
using System.Text.RegularExpressions;

namespace Engines.Tests.Support;

/// <summary>Words with their boxes in millimetres, as pdftotext finds them on the displayed page.</summary>
internal static partial class WordBoxes
{
    public static async Task<IReadOnlyList<(string Text, double X, double Y, double Right, double Bottom)>> ReadAsync(string pdf)
    {
        var output = await Tool.OutputAsync("pdftotext", "-bbox", pdf, "-");
        return
        [
            .. Box().Matches(output).Select(m => (
                System.Net.WebUtility.HtmlDecode(m.Groups["text"].Value), Number(m, "x"), Number(m, "y"), Number(m, "r"), Number(m, "b"))),
        ];
    }

    private static double Number(Match match, string group) => double.Parse(match.Groups[group].Value, CultureInfo.InvariantCulture) * 25.4 / 72;

    [GeneratedRegex("""<word xMin="(?<x>[\d.-]+)" yMin="(?<y>[\d.-]+)" xMax="(?<r>[\d.-]+)" yMax="(?<b>[\d.-]+)">(?<text>[^<]*)</word>""", RegexOptions.ExplicitCapture)]
    private static partial Regex Box();
}
