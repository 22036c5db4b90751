using Microsoft.CodeAnalysis.CSharp;
using Tidy.Rules;
using Xunit;

namespace Tidy;

public sealed class LayoutTests
{
    private static readonly Repository Tree = Repository.Here;

    [Fact]
    public void Root_HoldsWhatTheHouseNames() => Check.None(Layout.WrongRoot(Entries("", files: true)));

    [Fact]
    public void Source_HasSixProjects() => Check.None(Layout.WrongProjects(Entries("src", files: true)));

    [Fact]
    public void Domain_HasOnlyStagesAndWhatIsCommon() => Check.None(Layout.WrongDomainFolders(Entries("src/Postlotse", files: false)));

    [Fact]
    public void Namespace_FollowsTheFolder() => Check.None(Tree.With("src/", ".cs").SelectMany(f => Layout.WrongNamespaces(Tree.Tree(f))));

    [Fact]
    public void Script_IsExecutable()
    {
        if (OperatingSystem.IsWindows()) return;
        foreach (var script in new[] { "run", "test", ".ci/run" })
            Assert.True(File.GetUnixFileMode(Tree.FullPath(script)).HasFlag(UnixFileMode.UserExecute), script);
    }

    [Fact]
    public void WrongRoot_IsFound()
    {
        var now = Entries("", files: true);
        var faults = Layout.WrongRoot(now).ToList();
        Check.Finds("PLAN.md does not belong", Layout.WrongRoot([.. now, "PLAN.md"]).Except(faults));
        Check.Finds("LICENSE is missing", Layout.WrongRoot([.. now.Where(e => e != "LICENSE")]).Except(faults));
    }

    [Fact]
    public void WrongProject_IsFound()
    {
        string[] folders = ["Postlotse", "Postlotse.App", "Postlotse.Engines", "Postlotse.Pdf", "Postlotse.Storage", "Common"];
        string[] faults =
            ["src/Common: a new project needs a process, a heavy dependency or users of its own", "src/Postlotse.Web is missing"];
        Assert.Equal(faults, Layout.WrongProjects(folders));
    }

    [Fact]
    public void WrongDomainFolder_IsFound() => Check.Finds("Utilities", Layout.WrongDomainFolders(["Letters", "Delivery", "Utilities"]));

    [Theory]
    [InlineData("src/Postlotse/Letters/A.cs", "namespace Postlotse.Letters;", 0)]
    [InlineData("src/Postlotse/A.cs", "namespace Postlotse;", 0)]
    [InlineData("src/Postlotse/Letters/A.cs", "namespace Postlotse;", 1)]
    [InlineData("src/Postlotse/Responsibility/Knowledge/A.cs", "namespace Postlotse.Responsibility;", 0)]
    [InlineData("src/Postlotse.Web/Clearing/A.cs", "namespace Postlotse.Web;", 0)]
    [InlineData("src/Postlotse.Web/Clearing/A.cs", "namespace Postlotse.Web.Pages { }", 1)]
    [InlineData("src/Postlotse.Web/Clearing/A.cs", "namespace Postlotse;", 1)]
    public void WrongNamespace_IsFound(string file, string code, int count) =>
        Assert.Equal(count, Layout.WrongNamespaces(CSharpSyntaxTree.ParseText(code, path: file)).Count());

    /// <summary>Names in a folder, without what building and editors leave there.</summary>
    private static List<string> Entries(string folder, bool files)
    {
        var start = folder.Length == 0 ? "" : folder + "/";
        return [.. Tree.Files.Where(f => f.StartsWith(start, StringComparison.Ordinal)).Select(f => f[start.Length..])
            .Where(f => files || f.Contains('/', StringComparison.Ordinal)).Select(f => f.Split('/')[0]).Distinct()];
    }
}
