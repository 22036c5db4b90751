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
        var text = Foreign(finding, language) ?? Text(finding.Kind.ToString(), language);
        if (finding.Page is { } page) text = string.Format(CultureInfo.InvariantCulture, Text("OnPage", language), page, text);
        return Measure(finding, language) is { } measure ? $"{text} ({measure})" : text;
    }

    /// <summary>For a file of another format: which, and what to do with it; null when nothing is known of it.</summary>
    private static string? Foreign(Finding finding, CultureInfo? language)
    {
        if (finding is not { Kind: FindingKind.UnknownFormat, Detail: { } detail }) return null;
        var parts = detail.Split(' ', 2);
        return Resources.GetString("UnknownFormat." + parts[0], language) is { } text
            ? string.Format(CultureInfo.InvariantCulture, text, parts[^1]) : null;
    }

    /// <summary>What was measured and what is allowed ; null for technical details, which say nothing to a clerk.</summary>
    private static string? Measure(Finding finding, CultureInfo? language)
    {
        if (finding.Kind is not (FindingKind.FileTooLarge or FindingKind.TooManyPages or FindingKind.TooManyPixels)) return null;
        if (finding.Detail?.Split(" > ") is not { } parts) return null;
        if (parts.Length == 1) return finding.Kind == FindingKind.FileTooLarge ? parts[0] : null;
        var numbers = parts.Select(p => long.TryParse(p, NumberStyles.None, CultureInfo.InvariantCulture, out var n) ? n : (long?)null);
        return numbers.ToList() is [{ } found, { } allowed]
            ? string.Format(CultureInfo.InvariantCulture, Text("Measure", language), Amount(finding.Kind, found, language),
                Amount(finding.Kind, allowed, language))
            : null;
    }

    private static string Amount(FindingKind kind, long number, CultureInfo? language) => kind switch
    {
        FindingKind.FileTooLarge => Number(number / 1048576.0) + "\u00a0MB",
        FindingKind.TooManyPixels => Number(number / 1e6) + "\u00a0" + Text("Megapixels", language),
        _ => Number(number) + "\u00a0" + Text("Pages", language),
    };

    /// <summary>Rounded up, so that what is too much never reads like what is allowed less than a whole unit below.</summary>
    private static string Number(double number) => Math.Ceiling(number).ToString("0", CultureInfo.InvariantCulture);

    private static string Text(string name, CultureInfo? language) =>
        Resources.GetString(name, language) ?? throw new MissingManifestResourceException("no text for the finding " + name);
}
