using System.Globalization;
using System.Text;
using Postlotse.Letters;
using Postlotse.Responsibility;
using Xunit;

namespace Postlotse.Tests.Responsibility;

public sealed class OrganisationFileTests : IDisposable
{
    private readonly CultureInfo _before = CultureInfo.CurrentUICulture;

    public OrganisationFileTests() => CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo("de");

    public void Dispose() => CultureInfo.CurrentUICulture = _before;

    [Fact]
    public void GoodFile_IsReadWithEverythingInIt()
    {
        var reading = OrganisationFile.Read("""
            { "city": "A", "state": "ignored", "districts": ["Nord"],
              "units": [ { "id": "1", "name": "Amt", "kind": "Amt", "parent": null, "handling": "open", "tasks": [] },
                         { "id": "1.1", "name": "Kasse", "parent": "1", "handling": "sealed", "tasks": ["Zahlung", " "],
                           "address": { "street": "Markt 1", "postalCode": "1", "city": "A" } } ],
              "externalAuthorities": [ { "id": "X", "name": "Finanzamt", "tasks": ["Steuer"] } ] }
            """);

        Assert.Empty(reading.Problems);
        var organisation = reading.Organisation!;
        Assert.Equal(("A", "Nord"), (organisation.City, Assert.Single(organisation.Districts)));
        var unit = organisation.UnitById("1.1")!;
        Assert.Equal((Handling.Sealed, "1", "Markt 1"), (unit.Handling, unit.Parent, unit.Address!.Street));
        Assert.Equal(["Zahlung"], unit.Tasks);
        Assert.True(organisation.IsTarget("X") && organisation.IsTarget("1.1") && !organisation.IsTarget("1"));
    }

    [Theory]
    [InlineData("{\n  \"units\": [\n    { \"id\": }\n] }", "Zeile 3, Zeichen 13")]
    [InlineData("", "Zeile 1")]
    [InlineData("[]", "JSON-Objekt")]
    [InlineData("{}", "„units“")]
    [InlineData("""{"units": 3}""", "„units“ muss eine Liste")]
    [InlineData("""{"units": ["a"]}""", "units[0] muss ein Objekt")]
    [InlineData("""{"units": [{"id":"1","tasks":["t"]}]}""", "units[0] (id „1“): „name“ fehlt")]
    [InlineData("""{"units": [{"name":"A","tasks":["t"]}]}""", "units[0]: „id“ fehlt")]
    [InlineData("""{"units": [{"id":1,"name":"A","tasks":["t"]}]}""", "„id“ muss ein Text")]
    [InlineData("""{"units": [{"id":"1","name":"A","tasks":[1]}]}""", "„tasks“ muss eine Liste von Texten")]
    [InlineData("""{"units": [{"id":"1","name":"\ud800","tasks":["t"]}]}""", "„name“ muss ein Text")]
    [InlineData("""{"units": [{"id":"1","name":"A","address":"x","tasks":["t"]}]}""", "„address“ muss ein Objekt")]
    [InlineData("""{"units": [{"id":"1","name":"A","tasks":["t"]},{"id":"1","name":"B"}]}""", "units[1]: Die Kennung „1“ gibt es schon")]
    [InlineData("""{"units":[{"id":"1","name":"A"}],"externalAuthorities":[{"id":"1","name":"B"}]}""", "Authorities[0]: Die Kennung")]
    [InlineData("""{"units": [{"id":"1","name":"A","parent":"9","tasks":["t"]}]}""", "übergeordnete Einheit „9“")]
    [InlineData("""{"units": [{"id":"1","name":"A","parent":"1","tasks":["t"]}]}""", "sich selbst übergeordnet (1 → 1)")]
    [InlineData("""{"units": [{"id":"1","name":"A","parent":"2","tasks":["t"]},{"id":"2","name":"B","parent":"1"}]}""", "(1 → 2 → 1)")]
    [InlineData("""{"units": [{"id":"1","name":"A","handling":"secret","tasks":["t"]}]}""", "„handling“ ist „secret“")]
    [InlineData("""{"units": [{"id":"1","name":"A"}]}""", "Keine Einheit hat Aufgaben")]
    public void BadFile_IsRefusedWithPlaceAndReason(string json, string expected)
    {
        var reading = OrganisationFile.Read(json);

        Assert.Null(reading.Organisation);
        Assert.Contains(reading.Problems, p => p.Contains(expected, StringComparison.Ordinal));
    }

    [Fact]
    public void Problems_AreToldInEnglishToo()
    {
        CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo("en");

        Assert.StartsWith("No unit has tasks", Assert.Single(OrganisationFile.Read("""{"units": []}""").Problems));
    }

    [Fact]
    public void OtherEncodings_AreRefusedAndByteOrderMarksTolerated()
    {
        const string Json = """{"units": [{"id":"1","name":"Grünes Amt","tasks":["t"]}]}""";
        using var latin = new MemoryStream(Encoding.Latin1.GetBytes(Json));
        using var marked = new MemoryStream([.. Encoding.UTF8.Preamble, .. Encoding.UTF8.GetBytes(Json)]);

        Assert.Contains("UTF-8", Assert.Single(OrganisationFile.Read(latin).Problems));
        Assert.Equal("Grünes Amt", OrganisationFile.Read(marked).Organisation!.Units[0].Name);
    }

    [Fact]
    public void ManyProblems_AreCutAndCounted()
    {
        var units = string.Join(',', Enumerable.Range(0, 500).Select(_ => "{}"));

        var problems = OrganisationFile.Read("{\"units\":[" + units + "]}").Problems;

        Assert.Equal(31, problems.Count);
        Assert.Contains("970 weitere", problems[^1]);
    }

    [Fact]
    public void UnitBelowACycle_IsNotCalledOne()
    {
        var reading = OrganisationFile.Read("""
            {"units": [{"id":"1","name":"A","parent":"2"},{"id":"2","name":"B","parent":"1"},
                       {"id":"3","name":"C","parent":"1","tasks":["t"]}]}
            """);

        Assert.Equal(2, reading.Problems.Count);
    }
}
