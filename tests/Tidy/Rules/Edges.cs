using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Tidy.Rules;

/// <summary>Rules for the outer projects, by syntax: no decision in Web and App, interfaces with two implementations.</summary>
internal static class Edges
{
    /// <summary>
    /// Web and App show and pass on decisions: they declare no Decide… method and make no <c>Decision</c>; what decides is put
    /// together in Composition.cs and by the verbs alone, and the web does not even know its namespace.
    /// </summary>
    public static IEnumerable<string> Deciding(SyntaxTree tree)
    {
        var composes = tree.FilePath.EndsWith("/Composition.cs", StringComparison.Ordinal)
            || tree.FilePath.StartsWith("src/Postlotse.App/Commands/", StringComparison.Ordinal)
            || tree.FilePath.StartsWith("src/Postlotse.App/Processing/", StringComparison.Ordinal);
        var web = tree.FilePath.StartsWith("src/Postlotse.Web/", StringComparison.Ordinal);
        foreach (var node in tree.GetRoot().DescendantNodes())
        {
            var fault = node switch
            {
                MethodDeclarationSyntax method when Decides(method.Identifier) => $"declares {method.Identifier}",
                LocalFunctionStatementSyntax function when Decides(function.Identifier) => $"declares {function.Identifier}",
                ObjectCreationExpressionSyntax { Type: var type } when LastName(type) is "Decision" => "makes a Decision",
                ObjectCreationExpressionSyntax { Type: var type } when !composes && LastName(type) is "Decider" => "makes a Decider",
                UsingDirectiveSyntax { Name: { } name } when web && name.ToString() is "Postlotse.Responsibility" => "uses " + name,
                _ => null,
            };
            if (fault is not null) yield return $"{tree.FilePath}({LineOf(node)}): {fault}";
        }
    }

    /// <summary>Interfaces with fewer than two implementations and no reason; and reasons for what is not there any more.</summary>
    public static IEnumerable<string> LonelyInterfaces(IReadOnlyCollection<SyntaxTree> trees, IReadOnlyDictionary<string, string> reasons)
    {
        var types = trees.SelectMany(t => t.GetRoot().DescendantNodes().OfType<TypeDeclarationSyntax>()).ToList();
        var interfaces = types.OfType<InterfaceDeclarationSyntax>().ToLookup(i => i.Identifier.Text, StringComparer.Ordinal);
        var bases = types.Where(t => t is not InterfaceDeclarationSyntax && t.BaseList is not null)
            .SelectMany(t => t.BaseList!.Types.Select(b => LastName(b.Type)).Distinct(StringComparer.Ordinal)).CountBy(n => n)
            .ToDictionary(StringComparer.Ordinal);
        foreach (var declaration in interfaces)
        {
            var count = bases.GetValueOrDefault(declaration.Key);
            if (count < 2 && !reasons.ContainsKey(declaration.Key))
                yield return $"{declaration.First().SyntaxTree.FilePath}: {declaration.Key} has {count} implementations"
                    + " and no reason in interfaces.txt";
        }

        foreach (var name in reasons.Keys.Where(name => !interfaces.Contains(name)))
            yield return $"interfaces.txt: there is no interface {name}";
    }

    private static bool Decides(SyntaxToken name) => name.Text.StartsWith("Decide", StringComparison.Ordinal);

    private static string LastName(TypeSyntax type) => type switch
    {
        QualifiedNameSyntax qualified => qualified.Right.Identifier.Text,
        SimpleNameSyntax simple => simple.Identifier.Text,
        _ => type.ToString(),
    };

    private static int LineOf(SyntaxNode node) => node.SyntaxTree.GetLineSpan(node.Span).StartLinePosition.Line + 1;
}
