using Microsoft.CodeAnalysis.CSharp;
using Tidy.Rules;
using Xunit;

namespace Tidy;

public sealed class GlossaryTests
{
    private const string Head = "| German term | Code name | Definition | Source |\n|---|---|---|---|\n";
    private static readonly Repository Tree = Repository.Here;
    private static readonly Lazy<HashSet<string>> Declared = new(() => Glossary.DeclaredIn(Tree.With("src/", ".cs").Select(Tree.Tree)));

    private static string Text => Tree.Text("docs/GLOSSARY.md");

    [Fact]
    public void CodeName_ExistsInTheCode()
    {
        Assert.NotEmpty(Glossary.Rows(Text));
        Check.None(Glossary.UnknownNames(Text, Declared.Value));
    }

    [Fact]
    public void Row_IsComplete() => Check.None(Glossary.IncompleteRows(Text));

    [Fact]
    public void Term_StandsOnce() => Check.None(Glossary.Rows(Text).GroupBy(r => r.Term).Where(g => g.Count() > 1).Select(g => g.Key));

    [Fact]
    public void GermanTermInTheCode_IsExplained() => Check.None(Glossary.UnexplainedTerms(Text, Declared.Value));

    [Fact]
    public void UnknownName_IsFound() => Check.Finds("`Gone`",
        Glossary.UnknownNames(Head + "| Brief | `Letter`, `Letter.Id`, `Gone` | x | y |\n", new HashSet<string> { "Letter", "Id" }));

    [Fact]
    public void IncompleteRow_IsFound() => Check.Finds("Brief", Glossary.IncompleteRows(Head + "| Brief | `Letter` |  | y |\n"));

    [Theory]
    [InlineData("PostkorbStore", "does not explain Postkorb")]
    [InlineData("postkorb", "does not explain Postkorb")]
    [InlineData("ReadAktenzeichen", null)]
    [InlineData("FristCalculator", "Frist has an English name")]
    [InlineData("Aktenordner", null)]
    public void UnexplainedTerm_IsFound(string name, string? fault)
    {
        var found = Glossary.UnexplainedTerms(Head + "| Aktenzeichen | `Aktenzeichen` | x | y |\n", new HashSet<string> { name });
        if (fault is null) Check.None(found);
        else Check.Finds(fault, found);
    }

    [Fact]
    public void Declaration_IsSeen()
    {
        const string code = """
            class T { int F; int P => 1; void M(int a) { var local = 1; } enum E { V } record R(int Q); delegate void D(); }
            """;
        string[] names = ["D", "E", "F", "M", "P", "Q", "R", "T", "V", "a"];
        Assert.Equal(names, Glossary.DeclaredIn([CSharpSyntaxTree.ParseText(code)]).Order(StringComparer.Ordinal));
    }
}
