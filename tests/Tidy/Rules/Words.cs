using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Tidy.Rules;

/// <summary>
/// Words that do not belong into the tree, or only into resource files. The lists are put together so as not to hit themselves.
/// </summary>
internal static partial class Words
{
    private const RegexOptions Options = RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture;

    // Whoever builds may have another registry; addresses belong into that machine's settings.
    private static readonly string[] Hosts =
    [
        "nuget" + ".org", "registry.npm" + "js", "npm" + "js.com", "deb.debian" + ".org", "py" + "pi.org", "cra" + "tes.io",
        "proxy.gol" + "ang",
    ];

    // Plans and diaries lie elsewhere, and a text says what is so, not who or what wrote it.
    private static readonly Regex Diary = new(
        @"\b(" + string.Join('|',
            "chat" + "gpt", "cop" + "ilot", "cla" + "ude", "anth" + "ropic", "open" + "ai", "as an a" + "i", "ai[- ]gener" + "ated",
            "ai assis" + "tants?", "coding ses" + "sion") + @")\b|(?<![\w.])/wor" + "k/",
        Options | RegexOptions.IgnoreCase, TimeSpan.FromSeconds(5));

    [GeneratedRegex(@"\b(TO" + @"DO|FIX" + @"ME|HA" + @"CK|X" + @"XX)\b", Options, 5000)]
    private static partial Regex Unfinished { get; }

    [GeneratedRegex("[äöüÄÖÜßẞ]", Options, 5000)]
    private static partial Regex Umlaut { get; }

    [GeneratedRegex(@"@\*.*?\*@|<!--.*?-->|/\*.*?\*/|//[^\n""]*$", RegexOptions.Singleline | RegexOptions.Multiline | Options, 5000)]
    private static partial Regex RazorComment { get; }

    public static IEnumerable<string> RegistryHosts(string file, string text) =>
        Lines(file, text, line => Hosts.Any(h => line.Contains(h, StringComparison.OrdinalIgnoreCase)), "names a package registry");

    public static IEnumerable<string> Diaries(string file, string text) => Lines(file, text, Diary.IsMatch, "speaks of how it was written");

    public static IEnumerable<string> UnfinishedWork(string file, string text) =>
        Lines(file, text, Unfinished.IsMatch, "marks unfinished work");

    /// <summary>String and character literals with umlauts: wording for people belongs into a resource file.</summary>
    public static IEnumerable<string> GermanLiterals(SyntaxTree tree) => tree.GetRoot().DescendantTokens()
        .Where(t => t.Kind() is SyntaxKind.StringLiteralToken or SyntaxKind.InterpolatedStringTextToken or SyntaxKind.CharacterLiteralToken
            or SyntaxKind.SingleLineRawStringLiteralToken or SyntaxKind.MultiLineRawStringLiteralToken or SyntaxKind.Utf8StringLiteralToken)
        .Where(t => Umlaut.IsMatch(t.ValueText))
        .Select(t => $"{tree.FilePath}({tree.GetLineSpan(t.Span).StartLinePosition.Line + 1}): German wording outside resources: {t.Text}");

    /// <summary>Umlauts anywhere in a Razor file outside comments.</summary>
    public static IEnumerable<string> GermanMarkup(string file, string text) =>
        Lines(file, RazorComment.Replace(text, m => new string('\n', m.Value.Count(c => c == '\n'))), Umlaut.IsMatch,
            "German wording outside resources");

    private static IEnumerable<string> Lines(string file, string text, Func<string, bool> isBad, string fault) => text.Split('\n').Index()
        .Where(l => isBad(l.Item)).Select(l => $"{file}({l.Index + 1}): {fault}: {Shorten(l.Item.Trim())}");

    private static string Shorten(string line) => line.Length > 100 ? line[..100] + "…" : line;
}
