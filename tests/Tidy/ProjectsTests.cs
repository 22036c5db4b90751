using Tidy.Rules;
using Xunit;

namespace Tidy;

public sealed class ProjectsTests
{
    private static readonly Repository Tree = Repository.Here;

    private static IEnumerable<string> ProjectFiles => Tree.With("", ".csproj");

    private static IEnumerable<string> Packages => Projects.Packages(Tree.Text("Directory.Packages.props"));

    [Fact]
    public void Version_StandsInDirectoryPackagesPropsAlone() =>
        Check.None(ProjectFiles.SelectMany(f => Projects.OwnVersions(f, Tree.Text(f))));

    [Fact]
    public void Project_HasALockFile() =>
        Check.None(ProjectFiles.Select(f => Path.GetDirectoryName(f) + "/packages.lock.json").Where(f => !Tree.Exists(f)));

    [Fact]
    public void Project_IsInTheSolution()
    {
        var solution = Tree.Text("Postlotse.slnx");
        Check.None(Tree.With("src/", ".csproj").Concat(Tree.With("tests/", ".csproj"))
            .Where(f => !solution.Contains($"\"{f}\"", StringComparison.Ordinal)));
    }

    [Fact]
    public void Package_IsExplainedInARecord() =>
        Check.None(Projects.Unexplained(Packages, string.Concat(Tree.With("docs/adr/", ".md").Select(Tree.Text))));

    [Fact]
    public void Package_IsUsed()
    {
        var used = ProjectFiles.Append("Directory.Build.props").SelectMany(f => Projects.References(Tree.Text(f))).ToList();
        var locks = string.Concat(Tree.With("", "packages.lock.json").Select(Tree.Text));
        Check.None(Packages.Where(p => !used.Contains(p) && !locks.Contains($"\"{p}\": {{", StringComparison.Ordinal)));
    }

    [Fact]
    public void DebianPackage_IsExplainedInARecord()
    {
        var records = string.Concat(Tree.With("docs/adr/", ".md").Select(Tree.Text));
        foreach (var script in new[] { "run", "test" })
        {
            var packages = Projects.DebianPackages(Tree.Text(script)).ToList();
            Assert.NotEmpty(packages);
            Check.None(Projects.Unexplained(packages, records).Select(f => $"{script}: {f}"));
        }
    }

    [Fact]
    public void DebianPackages_AreReadFromAScript() =>
        Assert.Equal(["a", "b-1", "c"], Projects.DebianPackages("x=(y)\nreadonly packages=(\n  a b-1 # d (e)\n  c\n)\nz=(q)"));

    [Theory]
    [InlineData("<PackageReference Include=\"A\" Version=\"1\" />")]
    [InlineData("<PackageReference Include=\"A\" VersionOverride=\"1\" />")]
    [InlineData("<PackageReference Include=\"A\"><Version>1</Version></PackageReference>")]
    public void OwnVersion_IsFound(string reference) =>
        Check.Finds("a.csproj: A", Projects.OwnVersions("a.csproj", $"<Project>{reference}</Project>"));

    [Fact]
    public void UnexplainedPackage_IsFound() =>
        Check.Finds("`Dapper`", Projects.Unexplained(["Dapper", "Npgsql"], "| `Npgsql` | and `Dapper.X` |"));
}
