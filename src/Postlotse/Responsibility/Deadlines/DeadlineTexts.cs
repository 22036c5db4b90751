using System.Globalization;
using System.Resources;

namespace Postlotse.Responsibility.Deadlines;

/// <summary>Wording of deadlines and flags, from DeadlineTexts.resx; in German, as it is stored with the letter.</summary>
internal static class DeadlineTexts
{
    private static readonly ResourceManager Resources =
        new("Postlotse.Responsibility.Deadlines.DeadlineTexts", typeof(DeadlineTexts).Assembly);
    private static readonly CultureInfo German = CultureInfo.GetCultureInfo("de");

    public static string Of(string name, params object?[] values)
    {
        var text = Resources.GetString(name, German) ?? throw new InvalidOperationException($"no text named {name}");
        return values.Length == 0 ? text : string.Format(CultureInfo.InvariantCulture, text, values);
    }
}
