using System.Globalization;
using Postlotse.Letters;

namespace Postlotse.Recognition;

/// <summary>
/// Reconciles what a scanner announced (<see cref="ScanManifest"/>) with what is in the file (Blattabgleich), so that no paper is destroyed
/// of which a page is missing. Pure.
/// </summary>
internal static class SheetCount
{
    /// <summary>What does not agree; empty when all does, or nothing was announced.</summary>
    /// <param name="manifest">Null: the file came without.</param>
    /// <param name="source">The file.</param>
    /// <param name="counted">Pages in it; null when they could not be counted.</param>
    public static IReadOnlyList<Finding> Reconcile(ScanManifest? manifest, SourcePages source, int? counted)
    {
        if (manifest is null) return [];
        if (manifest.Fault is ManifestFault.Missing) return [new(FindingKind.ManifestMissing)];
        if (manifest.Fault is { } fault) return [new(FindingKind.ManifestUnusable, Detail: (fault + " " + manifest.FaultyKey).Trim())];
        var findings = new List<Finding>();
        if (manifest.Sha256 is { } hash && !string.Equals(hash, source.Sha256, StringComparison.Ordinal))
            findings.Add(new(FindingKind.ScanHashDiffers));
        if (counted is not { } pages) return findings;
        if (manifest.Pages is { } announced && announced != pages)
            findings.Add(new(FindingKind.PageCountDiffers, Detail: Numbers($"{announced} {pages}")));
        if (manifest.Sheets is { } sheets && Expected(manifest, sheets) is var (least, most) && (pages < least || pages > most))
        {
            var expected = least == most ? Numbers($"{most}") : Numbers($"{least}–{most}");
            findings.Add(new(FindingKind.SheetCountDiffers, Detail: Numbers($"{sheets} {expected} {pages}")));
        }

        return findings;
    }

    /// <summary>
    /// How many pages come of the sheets. Where the number of dropped pages is not known, each sheet must have left a page: on one side
    /// alone that means that none was dropped.
    /// </summary>
    private static (int Least, int Most) Expected(ScanManifest manifest, int sheets)
    {
        var sides = manifest.Duplex == true ? 2 * sheets : sheets;
        return manifest.BlanksDropped is { } dropped ? (sides - dropped, sides - dropped) : (sheets, sides);
    }

    private static string Numbers(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
