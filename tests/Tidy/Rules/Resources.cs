using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace Tidy.Rules;

/// <summary>Wording for people: German X.resx and English X.en.resx say the same things.</summary>
internal static partial class Resources
{
    [GeneratedRegex(@"\{(?<number>\d+)", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 5000)]
    private static partial Regex Placeholder { get; }

    /// <param name="name">For the message.</param>
    /// <param name="german">Text of X.resx.</param>
    /// <param name="english">Text of X.en.resx; null when there is none.</param>
    public static IEnumerable<string> Differences(string name, string german, string? english)
    {
        if (english is null) return [$"{name}: no English twin"];
        var (de, en) = (Entries(german), Entries(english));
        return [
            .. de.Concat(en).Where(e => string.IsNullOrWhiteSpace(e.Value)).Select(e => $"{name}: {e.Key} is empty"),
            .. de.GroupBy(e => e.Key).Concat(en.GroupBy(e => e.Key)).Where(g => g.Count() > 1)
                .Select(g => $"{name}: {g.Key} stands there twice"),
            .. de.ExceptBy(en.Select(e => e.Key), e => e.Key).Select(e => $"{name}: {e.Key} is missing in English"),
            .. en.ExceptBy(de.Select(e => e.Key), e => e.Key).Select(e => $"{name}: {e.Key} is missing in German"),
            .. from d in de
               join e in en on d.Key equals e.Key
               where !Placeholders(d.Value).SetEquals(Placeholders(e.Value))
               select $"{name}: {d.Key} has other placeholders in English",
        ];
    }

    private static List<(string Key, string Value)> Entries(string resx) =>
        [.. XDocument.Parse(resx).Root!.Elements("data").Select(d => ((string)d.Attribute("name")!, (string?)d.Element("value") ?? ""))];

    private static HashSet<string> Placeholders(string text) =>
        [.. Placeholder.Matches(text.Replace("{{", "", StringComparison.Ordinal)).Select(m => m.Groups["number"].Value)];
}
