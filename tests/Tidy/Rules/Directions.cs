using System.Runtime.CompilerServices;
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

    /// <summary>What a stage may ask of the store; as common as what travels, though it lies beside the journey.</summary>
    private const string StoreContract = "src/Postlotse/JourneyStore.cs";

    private static readonly string[] OutsideWorld =
    [
        "System.Diagnostics.Process", "System.Console", "System.Net.Http", "System.Net.Sockets", "System.Net.WebSockets",
        "System.Runtime.InteropServices.DllImportAttribute", "System.Runtime.InteropServices.LibraryImportAttribute",
        "System.Runtime.InteropServices.NativeLibrary",
    ];

    private static readonly string[] Files =
    [
        "System.IO.File", "System.IO.Directory", "System.IO.FileStream", "System.IO.FileInfo", "System.IO.DirectoryInfo",
        "System.IO.FileSystemWatcher",
    ];

    // These may also stand on a stream; they open a file when they are made with its path.
    private static readonly string[] FileWhenMadeWithAPath = ["System.IO.StreamReader", "System.IO.StreamWriter"];

    private static readonly ConditionalWeakTable<CSharpCompilation, ILookup<SyntaxTree, Use>> Known = [];

    private static readonly Lazy<IReadOnlyList<MetadataReference>> Platform = new(() =>
    [
        .. ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator)
            .Where(p => Path.GetFileName(p).StartsWith("System.", StringComparison.Ordinal))
            .Select(p => MetadataReference.CreateFromFile(p)),
    ]);

    private const string ImplicitUsings = """
        global using System; global using System.Collections.Generic; global using System.IO; global using System.Linq;
        global using System.Net.Http; global using System.Threading; global using System.Threading.Tasks;
        """;

    /// <summary>Compiles the domain against the runtime alone: it may reference nothing else.</summary>
    public static CSharpCompilation Compile(IEnumerable<SyntaxTree> trees) =>
        CSharpCompilation.Create("domain", trees.Append(CSharpSyntaxTree.ParseText(ImplicitUsings, path: "implicit")), Platform.Value,
            new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, nullableContextOptions: NullableContextOptions.Enable));

    /// <summary>
    /// A stage uses what travels, the evidence, the language, the contract of the store and itself; these four never use a stage.
    /// </summary>
    public static IEnumerable<string> AcrossStages(CSharpCompilation domain)
    {
        var contract = domain.SyntaxTrees.Where(t => t.FilePath == StoreContract)
            .SelectMany(t => t.GetRoot().DescendantNodes().OfType<BaseTypeDeclarationSyntax>())
            .Select(t => "Postlotse." + t.Identifier.Text).ToHashSet(StringComparer.Ordinal);
        foreach (var (tree, own) in FoldersOf(domain))
        {
            var allowed = Allowed(own);
            foreach (var (node, type, _) in UsesOf(domain)[tree])
            {
                if (!type.StartsWith("Postlotse.", StringComparison.Ordinal)) continue;
                if (contract.Contains(type) && (Stages.Contains(own, StringComparer.Ordinal) || own == StoreContract)) continue;
                var parts = type.Split('.');
                var folder = parts.Length > 2 ? parts[1] : "";
                if (!allowed.Contains(folder)) yield return $"{Place(node)}: {own}/ uses {type}";
            }
        }
    }

    /// <summary>The domain starts no process, opens no connection, prints nothing and calls no native code.</summary>
    public static IEnumerable<string> ToOutsideWorld(CSharpCompilation domain) =>
        from use in UsesOf(domain).SelectMany(u => u)
        where OutsideWorld.Any(o => use.Type == o || use.Type.StartsWith(o + ".", StringComparison.Ordinal))
        select $"{Place(use.Node)}: uses {use.Type}";

    /// <summary>Files that read or write files; a decision never does.</summary>
    public static IEnumerable<string> ToFiles(CSharpCompilation domain, IReadOnlyDictionary<string, string> reasons) =>
        (from use in UsesOf(domain).Where(u => !reasons.ContainsKey(u.Key.FilePath)).SelectMany(u => u)
         where Files.Contains(use.Type, StringComparer.Ordinal) || (use.WithPath && FileWhenMadeWithAPath.Contains(use.Type))
         select $"{Place(use.Node)}: uses {use.Type}; give a reason in tests/Tidy/files.txt or take a stream").Distinct();

    /// <summary>
    /// Files that could state an order: they name every stage but at most one, other than to ask which stage it is. (A table from
    /// stage to next stage names all but the first.)
    /// </summary>
    public static IEnumerable<string> StatingAnOrder(IEnumerable<SyntaxTree> trees)
    {
        var all = trees.ToList();
        var names = all.SelectMany(t => t.GetRoot().DescendantNodes().OfType<EnumDeclarationSyntax>())
            .First(e => e.Identifier.Text == "StageName").Members.Select(m => m.Identifier.Text).ToHashSet(StringComparer.Ordinal);
        return all.Where(tree => names.Intersect(tree.GetRoot().DescendantNodes().OfType<MemberAccessExpressionSyntax>()
            .Where(m => m.Expression.ToString() is "StageName" or "Letters.StageName" or "Postlotse.Letters.StageName")
            .Where(m => m.Parent is not (ConstantPatternSyntax or CaseSwitchLabelSyntax))
            .Select(m => m.Name.Identifier.Text)).Count() >= names.Count - 1).Select(t => t.FilePath);
    }

    private static HashSet<string> Allowed(string folder) => folder switch
    {
        "Letters" => ["Letters", "Evidence"],
        "Evidence" => ["Evidence", "Letters"],
        "Language" => ["Language", "Letters"],
        StoreContract => ["Letters", "Evidence"],
        _ => [.. Common, folder],
    };

    private static IEnumerable<(SyntaxTree Tree, string Folder)> FoldersOf(CSharpCompilation domain) => domain.SyntaxTrees
        .Select(t => (t, t.FilePath.Split('/') is ["src", "Postlotse", var folder, _, ..] ? folder : t.FilePath))
        .Where(t => Stages.Contains(t.Item2, StringComparer.Ordinal) || Common.Contains(t.Item2, StringComparer.Ordinal)
            || t.Item2 == StoreContract);

    private static ILookup<SyntaxTree, Use> UsesOf(CSharpCompilation domain) => Known.GetValue(domain, d =>
        d.SyntaxTrees.SelectMany(t => TypesUsed(d.GetSemanticModel(t), t)).ToLookup(u => u.Node.SyntaxTree));

    private static IEnumerable<Use> TypesUsed(SemanticModel model, SyntaxTree tree)
    {
        foreach (var node in tree.GetRoot().DescendantNodes().Where(n => n is SimpleNameSyntax or BaseObjectCreationExpressionSyntax))
        {
            if (node.FirstAncestorOrSelf<BaseNamespaceDeclarationSyntax>()?.Name.FullSpan.Contains(node.Span) ?? false) continue;
            var info = model.GetSymbolInfo(node);
            var symbol = info.Symbol ?? info.CandidateSymbols.FirstOrDefault();
            var type = symbol as INamedTypeSymbol ?? (symbol is ITypeParameterSymbol or INamespaceSymbol ? null : symbol?.ContainingType);
            var withPath = node is BaseObjectCreationExpressionSyntax
                && symbol is IMethodSymbol { Parameters: [{ Type.SpecialType: SpecialType.System_String }, ..] };
            if (type is not null) yield return new(node, type.OriginalDefinition.ToDisplayString(Plain), withPath);
        }
    }

    private static readonly SymbolDisplayFormat Plain = new(
        typeQualificationStyle: SymbolDisplayTypeQualificationStyle.NameAndContainingTypesAndNamespaces);

    /// <summary>A name or a "new" in the code, the type it means, and whether something is made with a text, perhaps a path.</summary>
    private sealed record Use(SyntaxNode Node, string Type, bool WithPath);

    private static string Place(SyntaxNode node) =>
        $"{node.SyntaxTree.FilePath}({node.SyntaxTree.GetLineSpan(node.Span).StartLinePosition.Line + 1})";
}
