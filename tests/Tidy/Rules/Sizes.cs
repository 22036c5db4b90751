using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Tidy.Rules;

/// <summary>Upper limits that keep a file readable on a laptop and a method in one's head.</summary>
internal static class Sizes
{
    public const int Line = 140, Method = 70, Parameters = 7, Folder = 15;
    public const int SourceFile = 400, TestFile = 600, RazorFile = 300, JourneyFile = 100;

    public static IEnumerable<string> LongLines(string file, string text) => text.Split('\n').Index()
        .Where(l => l.Item.TrimEnd('\r').Length > Line)
        .Select(l => $"{file}({l.Index + 1}): {l.Item.TrimEnd('\r').Length} characters, at most {Line}");

    public static IEnumerable<string> LongFile(string file, string text)
    {
        var limit = file.EndsWith(".razor", StringComparison.Ordinal) ? RazorFile
            : file.StartsWith("tests/", StringComparison.Ordinal) ? TestFile : SourceFile;
        var lines = text.TrimEnd('\n').Split('\n').Length;
        if (lines > limit) yield return $"{file}: {lines} lines, at most {limit}";
    }

    /// <summary>Methods, constructors, operators, accessors, local functions and top-level programs.</summary>
    public static IEnumerable<string> LongMethods(SyntaxTree tree)
    {
        foreach (var node in tree.GetRoot().DescendantNodes())
        {
            if (node is not (BaseMethodDeclarationSyntax or AccessorDeclarationSyntax or LocalFunctionStatementSyntax)) continue;
            var (start, lines) = Extent(node);
            if (lines > Method) yield return $"{tree.FilePath}({start}): method of {lines} lines, at most {Method}";
        }

        var program = tree.GetRoot().ChildNodes().OfType<GlobalStatementSyntax>()
            .Where(s => s.Statement is not LocalFunctionStatementSyntax).Sum(s => Extent(s).Lines);
        if (program > Method) yield return $"{tree.FilePath}: top-level program of {program} lines, at most {Method}";
    }

    /// <summary>Constructors of classes and structs; a record's positional parameters are its fields, not what it depends on.</summary>
    public static IEnumerable<string> WideConstructors(SyntaxTree tree)
    {
        foreach (var node in tree.GetRoot().DescendantNodes())
        {
            var parameters = node switch
            {
                ConstructorDeclarationSyntax constructor => constructor.ParameterList,
                ClassDeclarationSyntax type => type.ParameterList,
                StructDeclarationSyntax type => type.ParameterList,
                _ => null,
            };
            var count = parameters?.Parameters.Count ?? 0;
            if (count > Parameters)
                yield return $"{tree.FilePath}({Extent(node).Start}): constructor with {count} parameters, at most {Parameters}";
        }
    }

    public static IEnumerable<string> FullFolders(IEnumerable<string> files) => files
        .GroupBy(f => f[..f.LastIndexOf('/')], StringComparer.Ordinal).Where(g => g.Count() > Folder)
        .Select(g => $"{g.Key}/: {g.Count()} source files, at most {Folder}");

    public static IEnumerable<string> OwnGlobalUsings(SyntaxTree tree) => tree.GetCompilationUnitRoot().Usings
        .Where(u => u.GlobalKeyword.Span.Length > 0 && (u.Name?.ToString() ?? "").Split('.')[0] is "Postlotse")
        .Select(u => $"{tree.FilePath}({Extent(u).Start}): {u.ToString().Trim()} hides where names come from");

    private static (int Start, int Lines) Extent(SyntaxNode node)
    {
        var span = node.SyntaxTree.GetLineSpan(node.Span);
        return (span.StartLinePosition.Line + 1, span.EndLinePosition.Line - span.StartLinePosition.Line + 1);
    }

    private static CompilationUnitSyntax GetCompilationUnitRoot(this SyntaxTree tree) => (CompilationUnitSyntax)tree.GetRoot();
}
