using System.Globalization;
using System.Resources;

namespace Postlotse.Letters;

/// <summary>What a finding (Befund) says to people, from FindingTexts.resx (German) and FindingTexts.en.resx.</summary>
public static class FindingTexts
{
    private static readonly ResourceManager Resources = new("Postlotse.Letters.FindingTexts", typeof(FindingTexts).Assembly);

    /// <summary>A sentence or two: what is wrong, where, and what to do.</summary>
    /// <param name="finding">Finding.</param>
    /// <param name="language">Language of whoever reads it; null for the current UI culture.</param>
    public static string Of(Finding finding, CultureInfo? language = null)
    {
        ArgumentNullException.ThrowIfNull(finding);
        var text = Text(finding.Kind.ToString(), language);
        if (finding.Page is { } page) text = string.Format(CultureInfo.InvariantCulture, Text("OnPage", language), page, text);
        return string.IsNullOrEmpty(finding.Detail) ? text : $"{text} ({finding.Detail})";
    }

    private static string Text(string name, CultureInfo? language) =>
        Resources.GetString(name, language) ?? throw new MissingManifestResourceException("no text for the finding " + name);
}
