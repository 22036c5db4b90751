using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Tidy.Rules;
using Xunit;

namespace Tidy;

public sealed class DocumentsTests
{
    private static readonly Repository Tree = Repository.Here;

    private static IEnumerable<string> Markdown => Tree.With("", ".md").Where(f => !Licences.IsThirdParty(f));

    [Fact]
    public void Link_LeadsSomewhere() => Check.None(Markdown.SelectMany(f => Documents.DeadLinks(f, Tree.Text(f), Read)));

    [Fact]
    public void Command_CanBeTyped()
    {
        var words = Tree.With("src/Postlotse.App/", ".cs").SelectMany(f => Tree.Tree(f).GetRoot().DescendantTokens())
            .Where(t => t.IsKind(SyntaxKind.StringLiteralToken)).Select(t => t.ValueText).ToHashSet(StringComparer.Ordinal);
        Check.None(Markdown.SelectMany(f => Documents.WrongCommands(f, Tree.Text(f), Tree.Exists, words.Contains)));
    }

    [Fact]
    public void PromisedTest_Exists()
    {
        var methods = Tree.With("tests/", ".cs").SelectMany(f => Tree.Tree(f).GetRoot().DescendantNodes().OfType<MethodDeclarationSyntax>())
            .Where(m => m.AttributeLists.Count > 0).Select(m => m.Identifier.Text).ToHashSet(StringComparer.Ordinal);
        string[] files = ["ARCHITECTURE.md", "docs/law/README.md"];
        Check.None(files.SelectMany(f => Documents.MissingTests(f, Tree.Text(f), methods)));
    }

    [Fact]
    public void MissingTest_IsFound() =>
        Check.Finds("no test Law_IsGone",
            Documents.MissingTests("a.md", "`Law_Holds` `Law_IsGone` Law_Words", new HashSet<string> { "Law_Holds" }));

    [Fact]
    public void Architecture_HasAtMost300Lines() => Assert.InRange(Tree.Text("ARCHITECTURE.md").Split('\n').Length, 1, 300);

    [Fact]
    public void Changelog_HasAnUnreleasedPartOrAVersion() =>
        Assert.Matches(@"(?m)^## \[(Unreleased|\d+\.\d+\.\d+)\]", Tree.Text("CHANGELOG.md"));

    [Fact]
    public void Readme_NamesBothCommands()
    {
        Check.None(from file in new[] { "README.md", "README.de.md" }
                   from command in new[] { "./run", "./test" }
                   where !Tree.Text(file).Contains(command, StringComparison.Ordinal)
                   select $"{file}: does not name {command}");
    }

    [Fact]
    public void Record_IsNumberedOnceAndAtMostAPage()
    {
        var records = Tree.With("docs/adr/0", ".md").ToList();
        Check.None(records.GroupBy(f => Path.GetFileName(f)[..4], StringComparer.Ordinal)
            .Where(g => g.Count() > 1).Select(g => $"{g.Key} twice"));
        Check.None(records.Where(f => Tree.Text(f).Split('\n').Length > 120).Select(f => f + ": more than 120 lines"));
    }

    [Theory]
    [InlineData("[x](gone.md)", "gone.md leads nowhere")]
    [InlineData("[x](../../up.md)", "../../up.md leads nowhere")]
    [InlineData("[x](b.md#other)", "b.md#other has no such heading")]
    [InlineData("# Mine\n[x](#yours)", "#yours has no such heading")]
    public void DeadLink_IsFound(string text, string fault) =>
        Check.Finds(fault, Documents.DeadLinks("docs/a.md", text, p => p == "docs/b.md" ? "# Some heading" : null));

    [Theory]
    [InlineData("[x](b.md) [y](b.md#some-heading) [z](../docs/b.md) [w](https://example.org/x)")]
    [InlineData("# Für alle: § 1\n[x](#für-alle--1)")]
    [InlineData("```\n[x](gone.md)\n```\n`[x](gone.md)`")]
    public void GoodLink_IsAccepted(string text) =>
        Check.None(Documents.DeadLinks("docs/a.md", text, p => p == "docs/b.md" ? "# Some heading" : null));

    [Theory]
    [InlineData("./gone --now", "there is no ./gone")]
    [InlineData("postlotse fly", "no verb fly")]
    [InlineData("out/postlotse fly  # away", "no verb fly")]
    [InlineData("dotnet run --project src/Gone", "there is no src/Gone")]
    public void WrongCommand_IsFound(string line, string fault) => Check.Finds(fault, Wrong($"text\n```sh\n./run\n{line}\n```\n"));

    [Theory]
    [InlineData("```sh\n./run # ./gone\npostlotse serve --data x\npostlotse --help\n# postlotse fly\ndotnet build src/App/\n```\n")]
    [InlineData("```\n./gone\n```\n")]
    public void GoodCommand_IsAccepted(string text) => Check.None(Wrong(text));

    private static IEnumerable<string> Wrong(string text) =>
        Documents.WrongCommands("README.md", text, path => path is "run" or "src/App", verb => verb == "serve");

    private static string? Read(string path) =>
        File.Exists(Tree.FullPath(path)) ? Tree.Text(path) : Directory.Exists(Tree.FullPath(path)) ? "" : null;
}
