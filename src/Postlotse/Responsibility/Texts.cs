using System.Globalization;
using System.Resources;

namespace Postlotse.Responsibility;

/// <summary>Wording for people, from ResponsibilityTexts.resx (German) and ResponsibilityTexts.en.resx.</summary>
internal static class Texts
{
    private static readonly ResourceManager Resources = new("Postlotse.Responsibility.ResponsibilityTexts", typeof(Texts).Assembly);
    private static readonly CultureInfo German = CultureInfo.GetCultureInfo("de");

    /// <summary>In the language of whoever reads it now.</summary>
    public static string Now(string name, params object?[] values) => In(Resources, null, name, values);

    /// <summary>In German: for what is stored with a letter.</summary>
    public static string Stored(string name, params object?[] values) => In(Resources, German, name, values);

    /// <summary>The same from other resources of this folder.</summary>
    public static string Stored(ResourceManager resources, string name, object?[] values) => In(resources, German, name, values);

    private static string In(ResourceManager resources, CultureInfo? language, string name, object?[] values)
    {
        var text = resources.GetString(name, language) ?? throw new InvalidOperationException($"no text named {name}");
        return values.Length == 0 ? text : string.Format(CultureInfo.InvariantCulture, text, values);
    }
}
