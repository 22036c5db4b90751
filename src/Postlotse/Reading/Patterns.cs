using System.Text.RegularExpressions;

namespace Postlotse.Reading;

/// <summary>
/// Makes patterns that ignore case and know no culture. That they take linear time whatever a page says, is measured in the tests.
/// </summary>
internal static class Patterns
{
    private const RegexOptions Options =
        RegexOptions.CultureInvariant | RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture;

    public static Regex Pattern(string pattern) => new(pattern, Options, TimeSpan.FromSeconds(1));

    /// <summary>Any of the alternatives, each a pattern of its own.</summary>
    public static string AnyOf(params string[] alternatives) => "(" + string.Join('|', alternatives) + ")";
}
