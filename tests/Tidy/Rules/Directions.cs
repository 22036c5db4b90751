using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Tidy.Rules;

/// <summary>Who may know whom inside src/Postlotse, judged by what each name really means to the compiler.</summary>
internal static class Directions
{
    public static readonly string[] Stages =
        ["Intake", "Separation", "Recognition", "Reading", "Responsibility", "Delivery", "Handover"];

    private static readonly string[] Common = ["Letters", "Evidence", "Language"];

    private static readonly string[] OutsideWorld =
    [
        "System.Diagnostics.Process", "System.Console", "System.Net.Http", "System.Net.Sockets", "System.Net.WebSockets",
        "System.Runtime.InteropServices.DllImportAttribute", "System.Runtime.InteropServices.LibraryImportAttribute",
        "System.Runtime.InteropServices.NativeLibrary",
    ];

    private static readonly string[] Files =
    [
        "System.IO.File", "System.IO.Directory", "System.IO.FileStream", "System.IO.FileInfo", "System.IO.DirectoryInfo",
        "System.IO.StreamReader", "System.IO.StreamWriter", "System.IO.FileSystemWatcher",
    ];

    private const string ImplicitUsings = """
        global using System; global using System.Collections.Generic; global using System.IO; global using System.Linq;
        global using System.Net.Http; global using System.Threading; global using System.Threading.Tasks;
        """;

    /// <summary>Compiles the domain against the runtime alone: it may reference nothing else.</summary>
    public static CSharpCompilation Compile(IEnumerable<SyntaxTree> trees)
    {
        var platform = ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator)
            .Where(p => Path.GetFileName(p).StartsWith("System.", StringComparison.Ordinal));
        return CSharpCompilation.Create("domain", trees.Append(CSharpSyntaxTree.ParseText(ImplicitUsings, path: "implicit")),
            platform.Select(p => MetadataReference.CreateFromFile(p)),
            new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, nullableContextOptions: NullableContextOptions.Enable));
    }

    /// <summary>A stage uses what travels, the evidence, the language and itself; these four never use a stage.</summary>
    public static IEnumerable<string> AcrossStages(CSharpCompilation domain)
    {
        foreach (var (tree, own) in FoldersOf(domain))
        {
            var allowed = Allowed(own);
            foreach (var (node, type) in TypesUsed(domain.GetSemanticModel(tree), tree))
            {
                if (!type.StartsWith("Postlotse.", StringComparison.Ordinal)) continue;
                var parts = type.Split('.');
                var folder = parts.Length > 2 ? parts[1] : "";
                if (!allowed.Contains(folder)) yield return $"{Place(node)}: {own}/ uses {type}";
            }
        }
    }

    /// <summary>The domain starts no process, opens no connection, prints nothing and calls no native code.</summary>
    public static IEnumerable<string> ToOutsideWorld(CSharpCompilation domain) =>
        from tree in domain.SyntaxTrees
        from use in TypesUsed(domain.GetSemanticModel(tree), tree)
        where OutsideWorld.Any(o => use.Type == o || use.Type.StartsWith(o + ".", StringComparison.Ordinal))
        select $"{Place(use.Node)}: uses {use.Type}";

    /// <summary>Files that read or write files; a decision never does.</summary>
    public static IEnumerable<string> ToFiles(CSharpCompilation domain, IReadOnlyDictionary<string, string> reasons) =>
        from tree in domain.SyntaxTrees
        where !reasons.ContainsKey(tree.FilePath)
        from use in TypesUsed(domain.GetSemanticModel(tree), tree)
        where Files.Contains(use.Type, StringComparer.Ordinal)
        select $"{Place(use.Node)}: uses {use.Type}; give a reason in tests/Tidy/files.txt or take a stream";

    /// <summary>Files that name every stage: the order may be stated once.</summary>
    public static IEnumerable<string> NamingAllStages(IEnumerable<SyntaxTree> trees)
    {
        var all = trees.ToList();
        var names = all.SelectMany(t => t.GetRoot().DescendantNodes().OfType<EnumDeclarationSyntax>())
            .First(e => e.Identifier.Text == "StageName").Members.Select(m => m.Identifier.Text).ToHashSet(StringComparer.Ordinal);
        return all.Where(tree => names.IsSubsetOf(tree.GetRoot().DescendantNodes().OfType<MemberAccessExpressionSyntax>()
            .Where(m => m.Expression.ToString() is "StageName" or "Letters.StageName" or "Postlotse.Letters.StageName")
            .Select(m => m.Name.Identifier.Text))).Select(t => t.FilePath);
    }

    private static HashSet<string> Allowed(string folder) => folder switch
    {
        "Letters" => ["Letters", "Evidence"],
        "Evidence" => ["Evidence", "Letters"],
        "Language" => ["Language", "Letters"],
        _ => [.. Common, folder],
    };

    private static IEnumerable<(SyntaxTree Tree, string Folder)> FoldersOf(CSharpCompilation domain) => domain.SyntaxTrees
        .Select(t => (t, t.FilePath.Split('/') is ["src", "Postlotse", var folder, _, ..] ? folder : ""))
        .Where(t => Stages.Contains(t.Item2, StringComparer.Ordinal) || Common.Contains(t.Item2, StringComparer.Ordinal));

    private static IEnumerable<(SyntaxNode Node, string Type)> TypesUsed(SemanticModel model, SyntaxTree tree)
    {
        foreach (var node in tree.GetRoot().DescendantNodes().Where(n => n is SimpleNameSyntax or BaseObjectCreationExpressionSyntax))
        {
            if (node.FirstAncestorOrSelf<BaseNamespaceDeclarationSyntax>()?.Name.FullSpan.Contains(node.Span) ?? false) continue;
            var info = model.GetSymbolInfo(node);
            var symbol = info.Symbol ?? info.CandidateSymbols.FirstOrDefault();
            var type = symbol as INamedTypeSymbol ?? (symbol is ITypeParameterSymbol or INamespaceSymbol ? null : symbol?.ContainingType);
            if (type is not null) yield return (node, type.OriginalDefinition.ToDisplayString(Plain));
        }
    }

    private static readonly SymbolDisplayFormat Plain = new(
        typeQualificationStyle: SymbolDisplayTypeQualificationStyle.NameAndContainingTypesAndNamespaces);

    private static string Place(SyntaxNode node) =>
        $"{node.SyntaxTree.FilePath}({node.SyntaxTree.GetLineSpan(node.Span).StartLinePosition.Line + 1})";
}
