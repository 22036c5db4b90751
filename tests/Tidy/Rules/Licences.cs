using System.Text.RegularExpressions;

namespace Tidy.Rules;

/// <summary>REUSE.toml (REUSE specification 3.3): which licence each file has; the last annotation that fits a file counts.</summary>
internal sealed partial class Licences
{
    private const RegexOptions Options = RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture;
    private static readonly Lazy<Licences> Here = new(() => Parse(Repository.Here.Text("REUSE.toml")));
    private readonly IReadOnlyList<Annotation> _annotations;

    private Licences(IReadOnlyList<Annotation> annotations) => _annotations = annotations;

    [GeneratedRegex("\"(?<text>[^\"]*)\"", Options, 5000)]
    private static partial Regex Quoted { get; }

    [GeneratedRegex(@"^(?<key>\S+)\s*=\s*(?<value>\[[^\]]*\]|""[^""]*"")", RegexOptions.Multiline | Options, 5000)]
    private static partial Regex Entry { get; }

    /// <summary>Whether others hold the copyright: their files keep their own style.</summary>
    public static bool IsThirdParty(string file) => Here.Value.Of(file) is { Ours: false };

    /// <summary>Reads the few forms of TOML that the file uses: [[annotations]] with strings and lists of strings.</summary>
    public static Licences Parse(string toml) => new([.. toml.Split("[[annotations]]")[1..].Select(block =>
    {
        var entries = Entry.Matches(block)
            .ToDictionary(m => m.Groups["key"].Value, m => Strings(m.Groups["value"].Value), StringComparer.Ordinal);
        return new Annotation(entries["path"], entries["SPDX-FileCopyrightText"], entries["SPDX-License-Identifier"].Single());
    })]);

    public Annotation? Of(string file) => _annotations.LastOrDefault(a => a.Covers(file));

    public IEnumerable<string> Uncovered(IEnumerable<string> files) =>
        files.Where(f => Of(f) is null && !f.StartsWith("LICENSES/", StringComparison.Ordinal))
            .Select(f => f + ": no annotation in REUSE.toml");

    /// <summary>Annotations that fit no file; texts that no annotation names; licences without a text.</summary>
    public IEnumerable<string> Loose(IReadOnlyCollection<string> files)
    {
        var named = _annotations.SelectMany(a => a.Identifiers).ToHashSet(StringComparer.Ordinal);
        var texts = files.Where(f => f.StartsWith("LICENSES/", StringComparison.Ordinal))
            .Select(f => Path.GetFileNameWithoutExtension(f)).ToHashSet(StringComparer.Ordinal);
        return
        [
            .. named.Except(texts).Select(l => $"LICENSES/{l}.txt is missing"),
            .. texts.Except(named).Select(l => $"LICENSES/{l}.txt: no annotation names it"),
            .. from a in _annotations
               from path in a.Paths
               let pattern = Annotation.Pattern(path)
               where !files.Any(pattern.IsMatch)
               select $"REUSE.toml: {path} fits no file",
        ];
    }

    /// <summary>A folder that brings a licence or notice of its own belongs to others.</summary>
    public IEnumerable<string> ForeignAsOurs(IEnumerable<string> files) => files
        .Where(f => f.Contains('/', StringComparison.Ordinal) && !f.StartsWith("LICENSES/", StringComparison.Ordinal))
        .Where(f => Path.GetFileName(f).ToUpperInvariant() is var name && (name.Contains("LICENSE", StringComparison.Ordinal)
            || name.Contains("LICENCE", StringComparison.Ordinal) || name.Contains("NOTICE", StringComparison.Ordinal)))
        .Where(f => Path.GetExtension(f) is not (".cs" or ".license") && Of(f) is { Ours: true })
        .Select(f => f + ": brings its own licence, but REUSE.toml calls it ours");

    private static IReadOnlyList<string> Strings(string value) => [.. Quoted.Matches(value).Select(m => m.Groups["text"].Value)];
}

/// <summary>An annotation of REUSE.toml.</summary>
internal sealed record Annotation(IReadOnlyList<string> Paths, IReadOnlyList<string> Holders, string Expression)
{
    public bool Ours => Holders.All(h => h.Contains("Postlotse", StringComparison.Ordinal));

    public IEnumerable<string> Identifiers => Expression.Split([' ', '(', ')'], StringSplitOptions.RemoveEmptyEntries)
        .Where(w => w is not ("AND" or "OR" or "WITH"));

    private readonly IReadOnlyList<Regex> _patterns = [.. Paths.Select(Pattern)];

    public bool Covers(string file) => _patterns.Any(p => p.IsMatch(file));

    /// <summary>* fits within a folder, ** also across folders.</summary>
    public static Regex Pattern(string glob) => new("^" + Regex.Escape(glob)
        .Replace(@"\*\*", ".*", StringComparison.Ordinal).Replace(@"\*", "[^/]*", StringComparison.Ordinal) + "$",
        RegexOptions.CultureInvariant, TimeSpan.FromSeconds(5));
}
