using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Tidy.Rules;

/// <summary>Everything has its place: the root, the projects, and namespaces that are their folders.</summary>
internal static class Layout
{
    private static readonly string[] Root =
    [
        "README.md", "README.de.md", "ARCHITECTURE.md", "CONTRIBUTING.md", "CHANGELOG.md", "SECURITY.md", "LICENSE", "LICENSES",
        "publiccode.yml", "REUSE.toml", "run", "test", ".ci", "Postlotse.slnx", "global.json", "Directory.Build.props",
        "Directory.Packages.props", ".editorconfig", ".gitattributes", ".gitignore", "BannedSymbols.txt", "docs", "data", "src", "tests",
        "bench",
    ];

    private static readonly string[] Optional = ["dev", "artifacts", ".git"];

    private static readonly string[] SourceProjects =
        ["Postlotse", "Postlotse.App", "Postlotse.Engines", "Postlotse.Pdf", "Postlotse.Storage", "Postlotse.Web"];

    public static IEnumerable<string> WrongRoot(IReadOnlyCollection<string> entries) =>
    [
        .. entries.Except(Root).Except(Optional).Select(e => $"{e} does not belong into the root"),
        .. Root.Except(entries).Select(e => $"{e} is missing in the root"),
    ];

    public static IEnumerable<string> WrongProjects(IReadOnlyCollection<string> folders) =>
    [
        .. folders.Except(SourceProjects).Select(e => $"src/{e}: a new project needs a process, a heavy dependency or users of its own"),
        .. SourceProjects.Except(folders).Select(e => $"src/{e} is missing"),
    ];

    /// <summary>Folders of the domain that are no stage and nothing that travels.</summary>
    public static IEnumerable<string> WrongDomainFolders(IEnumerable<string> folders) => folders
        .Except([.. Directions.Stages, "Letters", "Evidence", "Language"])
        .Select(f => $"src/Postlotse/{f} is neither a stage nor common to all");

    /// <summary>A namespace that is neither the file's folder nor one above; in the domain at least the stage is named.</summary>
    public static IEnumerable<string> WrongNamespaces(SyntaxTree tree)
    {
        var folders = tree.FilePath.Split('/')[1..^1];
        var folder = string.Join('.', folders) + ".";
        var least = string.Join('.', folders.Take(folders[0] == "Postlotse" ? 2 : 1));
        return tree.GetRoot().DescendantNodes().OfType<BaseNamespaceDeclarationSyntax>().Select(n => n.Name.ToString())
            .Where(n => !folder.StartsWith(n + ".", StringComparison.Ordinal) || n.Length < least.Length)
            .Select(n => $"{tree.FilePath}: namespace {n}, its folder says {folder.TrimEnd('.')}");
    }
}
