using System.Text.RegularExpressions;

namespace Postlotse.Reading;

/// <summary>Makes patterns that take linear time whatever a page says, ignore case and know no culture.</summary>
internal static class Patterns
{
    private const RegexOptions Options =
        RegexOptions.NonBacktracking | RegexOptions.CultureInvariant | RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture;

    public static Regex Linear(string pattern) => new(pattern, Options);

    /// <summary>Any of the alternatives, each a pattern of its own.</summary>
    public static string AnyOf(params string[] alternatives) => "(" + string.Join('|', alternatives) + ")";
}
