using FsCheck;
using FsCheck.Fluent;
using Postlotse.Responsibility.City;
using Postlotse.Tests.Responsibility.Knowledge;
using Xunit;

namespace Postlotse.Tests.Responsibility.City;

/// <summary>Plans and tables as files.</summary>
public sealed class CityPlanFileTests
{
    private static readonly string[] Concerns = ["verkehr.halteverbot", "ordnung.hunde"];

    private static readonly CityPlan Plan = new()
    {
        HighestMisrouteRate = 0.02,
        Assignments =
        [
            new("verkehr.halteverbot", "32.3"),
            new("ordnung.hunde", "20.2")
            {
                From = new(2027, 1, 31), Until = new(2027, 12, 1), Names = "A-K", Districts = ["Nord; Süd", "Au"],
            },
        ],
        Rules = [new("r1", "Rechnungen") { Unit = "20.2", Words = ["Rechnung"], Reference = "5.####.*" }],
    };

    [Fact]
    public void WrittenPlan_IsReadAsItWas()
    {
        var city = Shipped.Lindenfurt with { Districts = ["Nord; Süd", "Au"] };
        var read = CityPlanFile.Read(CityPlanFile.Write(Plan), city, Concerns);
        Assert.Empty(read.Problems);
        Assert.Equal(CityPlanFile.Write(Plan), CityPlanFile.Write(read.Plan!));
    }

    [Theory]
    [InlineData("null", "Objekt")]
    [InlineData("{", "Zeile 1")]
    [InlineData("""{"assignments":[{"unit":"32.3"}]}""", "assignments[0]")]
    [InlineData("""{"assignments":[{"concern":"verkehr.halteverbot","unit":null}]}""", "Aufbau")]
    [InlineData("""{"assignments":[{"concern":"nichts","unit":"32.3"}]}""", "nichts")]
    [InlineData("""{"assignments":[{"concern":"ordnung.hunde","unit":"32"}]}""", "„32“")]
    [InlineData("""{"assignments":[{"concern":"ordnung.hunde","unit":"32.3","names":"A bis K"}]}""", "A bis K")]
    [InlineData("""{"assignments":[{"concern":"ordnung.hunde","unit":"32.3","districts":["Atlantis"]}]}""", "Atlantis")]
    [InlineData("""{"assignments":[{"concern":"ordnung.hunde","unit":"32.3","from":"2027-02-01","until":"2027-01-01"}]}""", "erste Tag")]
    [InlineData("""{"rules":[{"id":"r","name":"n","unit":"32.3"}]}""", "keine Bedingung")]
    [InlineData("""{"rules":[{"id":"r","name":"n","words":["*"]}]}""", "zu kurz")]
    [InlineData("""{"rules":[{"id":"r","name":"n","words":["ab"]},{"id":"r","name":"n","words":["ab"]}]}""", "mehrmals")]
    [InlineData("""{"highestMisrouteRate":0.5}""", "0,2")]
    public void WrongPlan_SaysWhatAndWhere(string json, string says)
    {
        var read = CityPlanFile.Read(json, Shipped.Lindenfurt, Concerns);
        Assert.Null(read.Plan);
        Assert.Contains(read.Problems, p => p.Contains(says, StringComparison.Ordinal));
    }

    [Fact]
    public void WrittenTable_IsReadAsItWas()
    {
        var (rows, problems) = AssignmentTable.Read(AssignmentTable.Write(Plan.Assignments));
        Assert.Empty(problems);
        Assert.Equal(2, rows.Count);
        Assert.Equal(["Nord; Süd", "Au"], rows[1].Districts);
        Assert.Equal((new DateOnly(2027, 1, 31), new DateOnly(2027, 12, 1), "A-K"), (rows[1].From, rows[1].Until, rows[1].Names));
    }

    [Fact]
    public void TableOfASpreadsheet_IsRead()
    {
        const string Csv = "concern;unit\nordnung.hunde;20.2;31.1.2027\n\n\"a\";\"b \"\"c\"\"\"\r\nnur eins\nx;y;morgen";
        var (rows, problems) = AssignmentTable.Read(Csv);
        Assert.Equal([("ordnung.hunde", "20.2"), ("a", "b \"c\"")], rows.Select(r => (r.Concern, r.Unit)));
        Assert.Equal(2, problems.Count);
        Assert.Contains("Zeile 5", problems[0], StringComparison.Ordinal);
        Assert.Contains("Zeile 6", problems[1], StringComparison.Ordinal);
    }

    [Fact]
    public void FormulaInAField_BecomesText() =>
        Assert.Contains("'=1+1", AssignmentTable.Write([new("=1+1", "32.3")]), StringComparison.Ordinal);

    [Fact]
    public void AnyText_IsReadOrRefused_NeverThrows()
    {
        var text = Gen.Elements("a;\"\n\r2027-01,={}[]:".ToCharArray()).ListOf().Select(c => string.Concat(c));
        Prop.ForAll(Gen.OneOf(text, ArbMap.Default.GeneratorFor<string>().Where(s => s is not null)).ToArbitrary(), any =>
        {
            _ = AssignmentTable.Read(any);
            _ = CityPlanFile.Read(any, Shipped.Lindenfurt, Concerns);
        }).QuickCheckThrowOnFailure();
    }
}
