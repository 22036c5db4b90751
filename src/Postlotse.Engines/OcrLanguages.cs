using Postlotse.Engines.Pool;

namespace Postlotse.Engines;

/// <summary>Languages pages are read in: every page in the first; in further ones those that ask for it.</summary>
/// <param name="InUse">Tesseract's codes joined by "+", the first language first.</param>
/// <param name="NotInstalled">Named further languages whose data Tesseract does not have.</param>
/// <param name="Unknown">Named further languages that no page can ask for, as nothing is known of their words.</param>
public sealed record OcrLanguages(string InUse, IReadOnlyList<string> NotInstalled, IReadOnlyList<string> Unknown)
{
    /// <summary>Tesseract's codes of the languages that a page's words tell, by ISO 639-1.</summary>
    private static readonly Dictionary<string, string> Codes = new(StringComparer.Ordinal)
    {
        ["de"] = "deu", ["en"] = "eng", ["fr"] = "fra", ["tr"] = "tur", ["pl"] = "pol", ["it"] = "ita", ["es"] = "spa", ["nl"] = "nld",
        ["ro"] = "ron", ["uk"] = "ukr", ["ru"] = "rus", ["bg"] = "bul", ["el"] = "ell", ["ar"] = "ara",
    };

    private static readonly HashSet<string> OtherScripts = new(["ukr", "rus", "bul", "ell", "ara"], StringComparer.Ordinal);

    /// <summary>Languages a page can ask for, as Tesseract's codes.</summary>
    public static IReadOnlyCollection<string> Known => Codes.Values;

    /// <summary>What of a setting can be used.</summary>
    /// <param name="named">Tesseract's codes joined by "+", for instance "deu+eng+ukr".</param>
    /// <param name="installed">Codes Tesseract has data for; null: ask it, if further languages are named at all.</param>
    public static OcrLanguages Choose(string named, IReadOnlyCollection<string>? installed = null)
    {
        ArgumentNullException.ThrowIfNull(named);
        var codes = named.Split('+', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
            .Distinct(StringComparer.Ordinal).ToList();
        if (codes.Count <= 1) return new(named.Trim(), [], []);
        var further = codes.Skip(1).ToLookup(Codes.ContainsValue);
        installed ??= Installed();
        var there = further[true].ToLookup(c => installed?.Contains(c, StringComparer.Ordinal) ?? true);
        return new(string.Join('+', there[true].Prepend(codes[0])), [.. there[false]], [.. further[false]]);
    }

    /// <summary>Tesseract's code of an ISO 639-1 language; null when it is none that a page can ask for.</summary>
    internal static string? CodeOf(string language) => Codes.GetValueOrDefault(language);

    /// <summary>Whether a language is not written in Latin letters, so that a reading in German yields hardly a word.</summary>
    internal static bool IsOfOtherScript(string code) => OtherScripts.Contains(code);

    /// <summary>Null when nobody can tell; a page child then finds out with the first page that asks.</summary>
    private static List<string>? Installed()
    {
        try
        {
            using var process = Processes.Start(["tesseract", "--list-langs"], withInput: false);
            var lines = process.StandardOutput.ReadToEnd().Split('\n', StringSplitOptions.TrimEntries);
            process.WaitForExit();
            return process.ExitCode == 0 ? [.. lines] : null;
        }
        catch (EngineFault)
        {
            return null;
        }
    }
}
