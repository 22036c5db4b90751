using Tidy.Rules;
using Xunit;

namespace Tidy;

public sealed class LicencesTests
{
    private const string Sample = """
        version = 1

        [[annotations]]
        path = ["**"]
        SPDX-FileCopyrightText = "2026 Postlotse contributors"
        SPDX-License-Identifier = "EUPL-1.2"

        [[annotations]]
        path = ["lib/*.js", "lib/gone/**"]
        SPDX-FileCopyrightText = ["2020 Somebody", "2021 Else"]
        SPDX-License-Identifier = "MIT OR 0BSD"
        """;

    private static readonly Repository Tree = Repository.Here;

    private static Licences Ours => Licences.Parse(Tree.Text("REUSE.toml"));

    [Fact]
    public void File_HasALicence() => Check.None(Ours.Uncovered(Tree.Files));

    [Fact]
    public void Licence_HasItsTextAndItsFiles() => Check.None(Ours.Loose([.. Tree.Files]));

    [Fact]
    public void FolderWithItsOwnLicence_IsThirdParty() => Check.None(Ours.ForeignAsOurs(Tree.Files));

    [Fact]
    public void Licence_IsTheWholeEupl()
    {
        var text = Tree.Text("LICENSE");
        Assert.Equal(Tree.Text("LICENSES/EUPL-1.2.txt"), text);
        Assert.Contains("EUROPEAN UNION PUBLIC LICENCE v. 1.2", text, StringComparison.Ordinal);
        Assert.All(Enumerable.Range(1, 15), n => Assert.Contains($"\n{n}.", text, StringComparison.Ordinal));
        Assert.Contains("Appendix\n", text, StringComparison.Ordinal);
    }

    [Fact]
    public void LastAnnotationThatFits_Counts()
    {
        var licences = Licences.Parse(Sample);
        Assert.Equal("MIT OR 0BSD", licences.Of("lib/a.js")?.Expression);
        Assert.False(licences.Of("lib/a.js")!.Ours);
        Assert.Equal("EUPL-1.2", licences.Of("lib/sub/a.js")?.Expression);
        Assert.True(licences.Of("src/a.cs")!.Ours);
    }

    [Fact]
    public void UncoveredFile_IsFound()
    {
        var licences = Licences.Parse(Sample.Replace("\"**\"", "\"docs/**\"", StringComparison.Ordinal));
        Check.Finds("src/a.cs", licences.Uncovered(["src/a.cs", "docs/a.md"]));
    }

    [Fact]
    public void LooseEnd_IsFound()
    {
        string[] files = ["lib/a.js", "LICENSES/EUPL-1.2.txt", "LICENSES/MIT.txt", "LICENSES/GPL-2.0-only.txt"];
        string[] loose =
            ["LICENSES/0BSD.txt is missing", "LICENSES/GPL-2.0-only.txt: no annotation names it", "REUSE.toml: lib/gone/** fits no file"];
        Assert.Equal(loose, Licences.Parse(Sample).Loose(files));
    }

    [Fact]
    public void ForeignFolder_IsFound()
    {
        string[] files = ["data/x/NOTICE.txt", "lib/LICENSE.js", "LICENSE", "src/Licences.cs", "src/a.ttf.license"];
        Check.Finds("data/x/NOTICE.txt", Licences.Parse(Sample).ForeignAsOurs(files));
    }
}
