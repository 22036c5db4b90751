using Microsoft.CodeAnalysis.CSharp;
using Tidy.Rules;
using Xunit;

namespace Tidy;

public sealed class WordsTests
{
    private static readonly Repository Tree = Repository.Here;

    private static IEnumerable<string> Texts => Tree.Files.Where(f =>
        !Licences.IsThirdParty(f) && (Path.GetExtension(f) is ".cs" or ".razor" or ".md" or ".csproj" or ".props" or ".json" or ".yml"
            or ".toml" or ".txt" or ".sh" or ".css" or ".js" or ".resx" or ".sql" or ".py" or ".slnx" or ".config" or ".html"
            || f is "run" or "test" or ".ci/run"));

    [Fact]
    public void Text_NamesNoPackageRegistry() => Check.None(Texts.SelectMany(f => Words.RegistryHosts(f, Tree.Text(f))));

    [Fact]
    public void Text_IsNoDiary() =>
        Check.None(Texts.Where(f => !f.StartsWith("data/", StringComparison.Ordinal)).SelectMany(f => Words.Diaries(f, Tree.Text(f))));

    [Fact]
    public void Source_MarksNoUnfinishedWork() => Check.None(Texts.Where(f => f.StartsWith("src/", StringComparison.Ordinal))
        .SelectMany(f => Words.UnfinishedWork(f, Tree.Text(f))));

    [Fact]
    public void GermanWording_ComesFromResources()
    {
        var reasons = Tree.Reasons("german.txt");
        string[] edges = ["src/Postlotse.Web/", "src/Postlotse.App/"];
        foreach (var folder in edges)
        {
            Check.None(Tree.With(folder, ".cs").Where(f => !reasons.ContainsKey(f)).SelectMany(f => Words.GermanLiterals(Tree.Tree(f))));
            Check.None(Tree.With(folder, ".razor").Where(f => !reasons.ContainsKey(f))
                .SelectMany(f => Words.GermanMarkup(f, Tree.Text(f))));
        }
    }

    [Fact]
    public void Reason_IsGivenForFilesThatExist() => Check.None(
        from list in new[] { "german.txt", "files.txt" }
        from file in Tree.Reasons(list).Keys
        where !Tree.Exists(file)
        select $"{list}: there is no {file}");

    [Theory]
    [InlineData("// see https://api.nuget", ".org/v3")]
    [InlineData("\"resolved\": \"https://registry.npm", "js.org/x\"")]
    public void RegistryHost_IsFound(string start, string end) => Check.Finds("a.cs(2)", Words.RegistryHosts("a.cs", "\n" + start + end));

    [Theory]
    [InlineData("// written with Cop", "ilot")]
    [InlineData("as an A", "I I cannot")]
    [InlineData("see /wor", "k/x.md")]
    public void Diary_IsFound(string start, string end) => Check.Finds("a.md(1)", Words.Diaries("a.md", start + end));

    [Theory]
    [InlineData("// TO", "DO: later", 1)]
    [InlineData("/* FIX", "ME */", 1)]
    [InlineData("var METHO", "DOLOGY = 1;", 0)]
    public void UnfinishedWork_IsFound(string start, string end, int count) =>
        Assert.Equal(count, Words.UnfinishedWork("a.cs", start + end).Count());

    [Theory]
    [InlineData("class A { string S = \"für\"; }", 1)]
    [InlineData("class A { string S = $\"{1} Stück\"; }", 1)]
    [InlineData("class A { char C = 'ß'; }", 1)]
    [InlineData("class A { string S = \"\"\"für\"\"\"; }", 1)]
    [InlineData("/// <summary>Für</summary>\nclass A { string S = \"for\"; } // für", 0)]
    public void GermanLiteral_IsFound(string code, int count) =>
        Assert.Equal(count, Words.GermanLiterals(CSharpSyntaxTree.ParseText(code, path: "a.cs")).Count());

    [Theory]
    [InlineData("<p>Für Sie</p>", 1)]
    [InlineData("@* Für uns *@\n<p>@Text.ForYou</p> <!-- für -->", 0)]
    [InlineData("@code {\n    // für\n    string A = \"für\";\n}", 1)]
    public void GermanMarkup_IsFound(string markup, int count) => Assert.Equal(count, Words.GermanMarkup("a.razor", markup).Count());
}
