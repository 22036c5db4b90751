using Microsoft.CodeAnalysis.CSharp;
using Tidy.Rules;
using Xunit;

namespace Tidy;

public sealed class SizesTests
{
    private static readonly Repository Tree = Repository.Here;

    private static IEnumerable<string> CSharp => Tree.With("", ".cs");

    [Fact]
    public void Line_HasAtMost140Characters() =>
        Check.None(Tree.With("", ".cs", ".razor", ".sh").Concat(Tree.Files.Where(f => f is "run" or "test"))
            .SelectMany(f => Sizes.LongLines(f, Tree.Text(f))));

    [Fact]
    public void File_IsNotTooLong() => Check.None(Tree.With("", ".cs", ".razor").SelectMany(f => Sizes.LongFile(f, Tree.Text(f))));

    [Fact]
    public void Method_HasAtMost70Lines() => Check.None(CSharp.SelectMany(f => Sizes.LongMethods(Tree.Tree(f))));

    [Fact]
    public void Constructor_HasAtMost7Parameters() => Check.None(CSharp.SelectMany(f => Sizes.WideConstructors(Tree.Tree(f))));

    [Fact]
    public void Folder_HasAtMost15SourceFiles() => Check.None(Sizes.FullFolders(Tree.With("", ".cs", ".razor")));

    [Fact]
    public void GlobalUsing_NamesNoNamespaceOfOurs()
    {
        Check.None(CSharp.SelectMany(f => Sizes.OwnGlobalUsings(Tree.Tree(f))));
        var projects = Tree.With("", ".csproj", ".props");
        Check.None(projects.Where(f => Tree.Text(f).Contains("<Using Include=\"Postlotse", StringComparison.Ordinal)));
    }

    [Fact]
    public void Journey_FitsOnAPage() =>
        Assert.InRange(Tree.Text("src/Postlotse/Journey.cs").Split('\n').Length, 1, Sizes.JourneyFile + 1);

    [Fact]
    public void LongLine_IsFound() =>
        Check.Finds("a.cs(2): 141", Sizes.LongLines("a.cs", "x\n" + new string('x', 141) + "\n" + new string('x', 140)));

    [Theory]
    [InlineData("src/a.cs", 401)]
    [InlineData("tests/a.cs", 601)]
    [InlineData("src/a.razor", 301)]
    public void LongFile_IsFound(string file, int lines)
    {
        Check.Finds(file, Sizes.LongFile(file, string.Concat(Enumerable.Repeat("x\n", lines))));
        Check.None(Sizes.LongFile(file, string.Concat(Enumerable.Repeat("x\n", lines - 1))));
    }

    [Theory]
    [InlineData("class A { void M() {", "} }")]
    [InlineData("class A { A() {", "} }")]
    [InlineData("class A { int P { get {", "return 1; } } }")]
    [InlineData("class A { void M() => F(", "); }")]
    [InlineData("void Local() {", "}")]
    public void LongMethod_IsFound(string before, string after)
    {
        Check.Finds("71 lines", Sizes.LongMethods(Parse(before + new string('\n', 70) + after)));
        Check.None(Sizes.LongMethods(Parse(before + new string('\n', 69) + after)));
    }

    [Fact]
    public void LongProgram_IsFound() =>
        Check.Finds("program of 71", Sizes.LongMethods(Parse(string.Concat(Enumerable.Repeat("F();\n", 71)))));

    [Theory]
    [InlineData("class A { A(int a, int b, int c, int d, int e, int f, int g, int h) { } }")]
    [InlineData("class A(int a, int b, int c, int d, int e, int f, int g, int h);")]
    public void WideConstructor_IsFound(string code) => Check.Finds("8 parameters", Sizes.WideConstructors(Parse(code)));

    [Fact]
    public void WideRecord_IsAllowed() =>
        Check.None(Sizes.WideConstructors(Parse("record A(int A, int B, int C, int D, int E, int F, int G, int H);")));

    [Fact]
    public void FullFolder_IsFound() =>
        Check.Finds("src/A/: 16", Sizes.FullFolders(Enumerable.Range(0, 16).Select(i => $"src/A/{i}.cs").Append("src/B/1.cs")));

    [Fact]
    public void OwnGlobalUsing_IsFound() =>
        Check.Finds("Letters", Sizes.OwnGlobalUsings(Parse("global using Postlotse.Letters;\nglobal using System.Text;")));

    private static Microsoft.CodeAnalysis.SyntaxTree Parse(string code) => CSharpSyntaxTree.ParseText(code, path: "a.cs");
}
