using System.Collections.Concurrent;
using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Tidy;

/// <summary>The tree that the rules look at: text files by their path from the root, with forward slashes.</summary>
internal sealed class Repository
{
    private static readonly string[] NotOurs =
        [".git", "bin", "obj", "artifacts", "node_modules", ".vs", ".idea", ".vscode", "TestResults"];

    private readonly ConcurrentDictionary<string, SyntaxTree> _trees = new(StringComparer.Ordinal);

    private Repository(string root)
    {
        Root = root;
        Files = [.. Walk(root).Select(path => Path.GetRelativePath(root, path).Replace('\\', '/')).Order(StringComparer.Ordinal)];
    }

    /// <summary>The tree these tests were built from.</summary>
    public static Repository Here { get; } = new(FindRoot());

    public string Root { get; }

    public IReadOnlyList<string> Files { get; }

    public IEnumerable<string> With(string folder, params string[] endings) =>
        Files.Where(f => f.StartsWith(folder, StringComparison.Ordinal) && endings.Any(e => f.EndsWith(e, StringComparison.Ordinal)));

    public string FullPath(string file) => Path.Combine(Root, file);

    public bool Exists(string path) => File.Exists(FullPath(path)) || Directory.Exists(FullPath(path));

    public string Text(string file) => File.ReadAllText(FullPath(file), Encoding.UTF8);

    public SyntaxTree Tree(string file) => _trees.GetOrAdd(file, f => CSharpSyntaxTree.ParseText(Text(f), path: f));

    /// <summary>Lines of a list file "entry: reason" beside the rules; # starts a comment.</summary>
    /// <exception cref="InvalidDataException">A line gives no reason.</exception>
    public IReadOnlyDictionary<string, string> Reasons(string list)
    {
        var reasons = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var line in Text("tests/Tidy/" + list).Split('\n').Select(l => l.Trim()).Where(l => l.Length > 0 && l[0] != '#'))
        {
            var colon = line.IndexOf(": ", StringComparison.Ordinal);
            if (colon < 1 || line.Length - colon < 12) throw new InvalidDataException($"{list}: \"{line}\" gives no reason");
            reasons.Add(line[..colon], line[(colon + 2)..]);
        }

        return reasons;
    }

    private static IEnumerable<string> Walk(string folder) => Directory.EnumerateFiles(folder).Where(IsOurs)
        .Concat(Directory.EnumerateDirectories(folder).Where(IsOurs).SelectMany(Walk));

    private static bool IsOurs(string path) => !NotOurs.Contains(Path.GetFileName(path), StringComparer.Ordinal);

    private static string FindRoot()
    {
        for (var folder = AppContext.BaseDirectory; folder is not null; folder = Path.GetDirectoryName(folder))
            if (File.Exists(Path.Combine(folder, "Postlotse.slnx"))) return folder;
        throw new DirectoryNotFoundException("Postlotse.slnx is in no folder above " + AppContext.BaseDirectory);
    }
}
