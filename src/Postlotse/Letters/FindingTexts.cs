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
        var text = Filled(finding, language) ?? Text(finding.Kind.ToString(), language);
        if (finding.Page is { } page) text = string.Format(CultureInfo.InvariantCulture, Text("OnPage", language), page, text);
        return Measure(finding, language) is { } measure ? $"{text} ({measure})" : text;
    }

    /// <summary>The text that says more by the finding's detail; null when there is none.</summary>
    private static string? Filled(Finding finding, CultureInfo? language)
    {
        if (finding.Detail?.Split(' ') is not { } parts) return null;
        return finding.Kind switch
        {
            FindingKind.UnknownFormat or FindingKind.ManifestUnusable =>
                Filled(finding.Kind + "." + parts[0], [string.Join(' ', parts[1..])]),
            FindingKind.ToolMissing => Filled("ToolMissing.Package", [finding.Detail]),
            FindingKind.PageCountDiffers when parts.Length == 2 => Filled("PageCountDiffers.Counted", parts),
            FindingKind.SheetCountDiffers when parts.Length == 3 => Filled("SheetCountDiffers.Counted", parts),
            _ => null,
        };

        string? Filled(string name, string[] values) => Resources.GetString(name, language) is { } text
            ? string.Format(CultureInfo.InvariantCulture, text, values) : null;
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
