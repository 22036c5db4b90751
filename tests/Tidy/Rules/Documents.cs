using System.Text.RegularExpressions;

namespace Tidy.Rules;

/// <summary>Documents keep their promises: links lead somewhere, commands can be typed.</summary>
internal static partial class Documents
{
    private const RegexOptions Options = RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture;

    [GeneratedRegex(@"(?<!!)!?\[[^\]]*\]\((?<target>[^)\s]+)(\s""[^""]*"")?\)", Options, 5000)]
    private static partial Regex Link { get; }

    [GeneratedRegex(@"^```sh\s*\n(?<lines>.*?)^```", Options | RegexOptions.Multiline | RegexOptions.Singleline, 5000)]
    private static partial Regex Shell { get; }

    [GeneratedRegex("^```.*?^```|`[^`\n]*`", Options | RegexOptions.Multiline | RegexOptions.Singleline, 5000)]
    private static partial Regex Verbatim { get; }

    [GeneratedRegex(@"[^\p{L}\p{N} _-]", Options, 5000)]
    private static partial Regex NotInAnchors { get; }

    [GeneratedRegex("`(?<name>[A-Z][A-Za-z0-9]+_[A-Za-z0-9_]+)`", Options, 5000)]
    private static partial Regex TestName { get; }

    private static readonly string[] Folders = ["src/", "tests/", "bench/", "dev/", "data/", "docs/"];

    /// <param name="file">Document with the links, path from the root.</param>
    /// <param name="text">Its text.</param>
    /// <param name="read">Text of a file or "" of a folder; null when there is none.</param>
    public static IEnumerable<string> DeadLinks(string file, string text, Func<string, string?> read)
    {
        foreach (var target in Link.Matches(Verbatim.Replace(text, "")).Select(m => m.Groups["target"].Value))
        {
            if (target.Contains("://", StringComparison.Ordinal) || target.StartsWith("mailto:", StringComparison.Ordinal)) continue;
            var parts = target.Split('#', 2);
            var path = parts[0].Length == 0 ? file : Resolve(file, parts[0]);
            var content = parts[0].Length == 0 ? text : path is null ? null : read(path);
            if (content is null) yield return $"{file}: {target} leads nowhere";
            else if (parts.Length == 2 && !Anchors(content).Contains(parts[1])) yield return $"{file}: {target} has no such heading";
        }
    }

    /// <summary>Commands in sh blocks: scripts exist, files named in them exist, verbs of postlotse exist.</summary>
    public static IEnumerable<string> WrongCommands(string file, string text, Func<string, bool> exists, Func<string, bool> isVerb)
    {
        foreach (var line in Shell.Matches(text).SelectMany(m => m.Groups["lines"].Value.Split('\n')).Select(l => l.Split(" #")[0].Trim()))
        {
            var words = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
            if (words.Length == 0 || words[0].StartsWith('#')) continue;
            if (words[0].StartsWith("./", StringComparison.Ordinal) && !IsProgram(words[0]) && !exists(words[0][2..]))
                yield return $"{file}: \"{line}\": there is no {words[0]}";
            if (words.Length > 1 && IsProgram(words[0]) && !words[1].StartsWith('-') && !isVerb(words[1]))
                yield return $"{file}: \"{line}\": postlotse has no verb {words[1]}";
            foreach (var path in words.Where(w => Folders.Any(f => w.StartsWith(f, StringComparison.Ordinal)) && !exists(w.TrimEnd('/'))))
                yield return $"{file}: \"{line}\": there is no {path}";
        }
    }

    /// <summary>Tests that a document promises, as `Law_HoldsHere`, and that are no methods of a test.</summary>
    public static IEnumerable<string> MissingTests(string file, string text, IReadOnlySet<string> methods) => TestName.Matches(text)
        .Select(m => m.Groups["name"].Value).Where(n => !methods.Contains(n)).Select(n => $"{file}: there is no test {n}");

    private static bool IsProgram(string word) => word == "postlotse" || word.EndsWith("/postlotse", StringComparison.Ordinal);

    private static string? Resolve(string file, string relative)
    {
        var parts = new Stack<string>(file.Split('/')[..^1]);
        foreach (var part in Uri.UnescapeDataString(relative).TrimEnd('/').Split('/').Where(p => p is not "."))
        {
            if (part is not "..") parts.Push(part);
            else if (!parts.TryPop(out _)) return null;
        }

        return string.Join('/', parts.Reverse());
    }

    private static HashSet<string> Anchors(string markdown) => markdown.Split('\n').Where(l => l.StartsWith('#'))
        .Select(l => NotInAnchors.Replace(l.TrimStart('#').Trim().ToLowerInvariant(), "").Replace(' ', '-'))
        .ToHashSet(StringComparer.Ordinal);
}
