using System.Globalization;
using System.Resources;

namespace Postlotse.App.Cli;

/// <summary>
/// What the program says to people, from the resource files beside this one: German, or English when the UI culture is English.
/// </summary>
internal static class Texts
{
    /// <summary>Language of what is stored or handed on.</summary>
    public static readonly CultureInfo German = CultureInfo.GetCultureInfo("de");

    private static readonly ResourceManager Resources = new("Postlotse.App.Cli.Texts", typeof(Texts).Assembly);

    /// <summary>The text, with its places filled. Numbers are written the same in every language.</summary>
    public static string Of(TextKey key, params ReadOnlySpan<object?> values) => In(CultureInfo.CurrentUICulture, key, values);

    /// <summary>The text in a certain language: results are German, whoever makes them.</summary>
    public static string In(CultureInfo language, TextKey key, params ReadOnlySpan<object?> values)
    {
        var text = Resources.GetString(key.ToString(), language)
            ?? throw new MissingManifestResourceException("no text " + key.ToString());
        return values.Length == 0 ? text : string.Format(CultureInfo.InvariantCulture, text, values);
    }

    /// <summary>Text of exactly that language, for checks of completeness; null when it is missing.</summary>
    public static string? Raw(TextKey key, CultureInfo culture) =>
        Resources.GetResourceSet(culture, true, false)?.GetString(key.ToString());

    /// <summary>
    /// Language of the interface by the environment: English for "en…" in LC_ALL, LC_MESSAGES or LANG (the first that is set), else German.
    /// </summary>
    /// <param name="variable">Gives a variable of the environment.</param>
    public static CultureInfo CultureOf(Func<string, string?> variable)
    {
        ArgumentNullException.ThrowIfNull(variable);
        string[] names = ["LC_ALL", "LC_MESSAGES", "LANG"];
        var language = names.Select(variable).FirstOrDefault(v => !string.IsNullOrEmpty(v)) ?? "";
        return CultureInfo.GetCultureInfo(language.StartsWith("en", StringComparison.OrdinalIgnoreCase) ? "en" : "de");
    }
}
