using Tidy.Rules;
using Xunit;

namespace Tidy;

public sealed class ResourcesTests
{
    private static readonly Repository Tree = Repository.Here;

    private static IEnumerable<string> German => Tree.With("src/", ".resx").Where(f => !f.EndsWith(".en.resx", StringComparison.Ordinal));

    [Fact]
    public void German_HasAnEnglishTwinThatSaysTheSame() =>
        Check.None(from file in German
                   let english = Tree.Exists(EnglishOf(file)) ? Tree.Text(EnglishOf(file)) : null
                   from fault in Resources.Differences(file, Tree.Text(file), english)
                   select fault);

    [Fact]
    public void English_HasAGermanOriginal() => Check.None(Tree.With("src/", ".en.resx").Except(German.Select(EnglishOf)));

    [Theory]
    [InlineData("", null, "no English twin")]
    [InlineData("A=x", "A= ", "A is empty")]
    [InlineData("A=x B=y", "A=x", "B is missing in English")]
    [InlineData("A=x", "A=x B=y", "B is missing in German")]
    [InlineData("A={0}von{1}", "A={0}of", "A has other placeholders")]
    [InlineData("A=x A=y", "A=x", "A stands there twice")]
    public void Difference_IsFound(string german, string? english, string fault) =>
        Assert.Contains(Resources.Differences("X", Resx(german), english is null ? null : Resx(english)),
            f => f.Contains(fault, StringComparison.Ordinal));

    [Fact]
    public void OtherOrderOfPlaceholders_IsNoDifference() =>
        Check.None(Resources.Differences("X", Resx("A={0}von{1:N0}"), Resx("A={1:N0}of{0}{{2}}")));

    private static string EnglishOf(string file) => file[..^".resx".Length] + ".en.resx";

    private static string Resx(string entries)
    {
        var pairs = entries.Split(' ').Select(e => e.Split('=')).Where(e => e.Length == 2);
        return "<root>" + string.Concat(pairs.Select(e => $"<data name=\"{e[0]}\"><value>{e[1]}</value></data>")) + "</root>";
    }
}
