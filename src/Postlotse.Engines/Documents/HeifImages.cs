using System.Globalization;
using System.Text.RegularExpressions;

namespace Postlotse.Engines.Documents;

/// <summary>Pictures in a HEIF file (HEIC, AVIF; ISO/IEC 23008-12) by what heif-info says, in the order heif-convert writes them.</summary>
internal static partial class HeifImages
{
    private const int MostImages = 10_000;

    /// <summary>Pixels of each picture; thumbnails and other pictures beside it do not count.</summary>
    public static IReadOnlyList<long> Pixels(string description) =>
        [.. Image().Matches(description).Take(MostImages).Select(m => Number(m, "width") * Number(m, "height"))];

    private static long Number(Match match, string name) => long.Parse(match.Groups[name].Value, CultureInfo.InvariantCulture);

    [GeneratedRegex(
        @"^image: (?<width>\d{1,9})x(?<height>\d{1,9}) \(id=\d+\)", RegexOptions.ExplicitCapture | RegexOptions.Multiline, 1000)]
    private static partial Regex Image();
}
