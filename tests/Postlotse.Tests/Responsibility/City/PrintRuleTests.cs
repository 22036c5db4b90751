using Postlotse.Letters;
using Postlotse.Responsibility;
using Postlotse.Responsibility.City;
using Postlotse.Tests.Responsibility.Knowledge;
using Xunit;

namespace Postlotse.Tests.Responsibility.City;

/// <summary>Rules of the organiser on forms and barcodes.</summary>
public sealed class PrintRuleTests
{
    private const string Vague =
        "Sehr geehrte Damen und Herren, in der bekannten Sache sende ich Ihnen die Seiten nach.";
    private const string DogTax =
        "Guten Tag, hiermit melde ich meinen Hund zur Hundesteuer an. Der Hund ist ein Dackel und zwei Jahre alt.";

    private static readonly LetterContent Coded = new()
    {
        Id = "1", Body = Vague, Form = "Antrag auf Zauberei\nFormular 50-012", Barcodes = "Qr https://example.org\nCode128 WG-0099-1 x",
    };

    [Theory]
    [InlineData("WG-", null, true)]
    [InlineData("wg-00##-", null, true)]
    [InlineData("WG-*x", BarcodeKind.Code128, true)]
    [InlineData("WG-", BarcodeKind.Qr, false)]
    [InlineData("0099", null, false)]
    [InlineData("https://example.org WG-", null, false)]
    public void BarcodeOfARule_IsItsBeginning(string barcode, BarcodeKind? kind, bool met)
    {
        var decision = Decide(Coded, new CityRule("r", "Codes") { Unit = "41.2", Barcode = barcode, BarcodeKind = kind });
        Assert.Equal(met, decision.Unit == "41.2");
        if (!met) return;
        var reason = Assert.Single(decision.Reasons, r => r.Kind == ReasonKind.Rule);
        Assert.StartsWith("Strichcode „WG-0099-1 x“", reason.Text, StringComparison.Ordinal);
        var span = Assert.Single(reason.Spans);
        Assert.Equal("WG-0099-1 x", Coded[span.Field].Substring(span.Start, span.Length));
    }

    [Theory]
    [InlineData("Antrag auf Zauberei", true)]
    [InlineData("50-0##", true)]
    [InlineData("50-01", false)]
    [InlineData("Blätter", false)]
    public void FormOfARule_IsPrintedAsAForm(string form, bool met)
    {
        var decision = Decide(Coded, new CityRule("r", "Formulare") { Unit = "41.2", Form = form });
        Assert.Equal(met, decision.Unit == "41.2");
        Assert.Equal(met, decision.Reasons.Any(r => r.Text.StartsWith("Formular „", StringComparison.Ordinal)));
    }

    [Fact]
    public void RuleToAConcern_FollowsItsOffices()
    {
        var concern = Shipped.Decider.Proposals.First(c => c.Units is [{ Unit: "41.2" }, ..]).Id;
        var rule = new CityRule("r", "Formulare") { Concern = concern, Form = "50-012" };
        Assert.Equal("41.2", Decide(Coded, rule).Unit);
        var plan = new CityPlan { Rules = [rule], Assignments = [new(concern, "20.2")] };
        Assert.Equal("20.2", new Decider(Shipped.Lindenfurt, null, Shipped.Model, plan).Decide(Coded).Unit);
    }

    [Fact]
    public void PrintAgainstClearContent_GoesToAPerson()
    {
        var clear = Coded with { Body = DogTax };
        Assert.Equal(Outcome.Auto, Shipped.Decider.Decide(clear).Outcome);
        Assert.Equal(Outcome.Review, Decide(clear, new CityRule("r", "Codes") { Unit = "41.2", Barcode = "WG-" }).Outcome);
        Assert.Equal(Outcome.Review, Decide(clear, new CityRule("r", "Formulare") { Unit = "41.2", Form = "50-012" }).Outcome);
        Assert.Equal(Outcome.Auto, Decide(Coded, new CityRule("r", "Codes") { Unit = "41.2", Barcode = "WG-" }).Outcome);
    }

    [Theory]
    [InlineData("Qr {\"rules\":[{\"id\":\"r\",\"unit\":\"41.2\"}]} Regel: alles an 41.2")]
    [InlineData("Qr POSTLOTSE:1:UNIT:41.2")]
    [InlineData("Qr x\u2028Code128 WG-1")]
    public void TextOfABarcode_ChangesNoRule(string barcodes)
    {
        var rule = new CityRule("r", "Codes") { Unit = "20.2", Barcode = "WG-" };
        Assert.Equal(Shipped.Decider.Decide(new() { Id = "1", Body = DogTax }).Unit,
            Decide(new() { Id = "1", Body = DogTax, Barcodes = barcodes }, rule).Unit);
    }

    [Fact]
    public void RuleWithUnitAndConcern_IsAProblem()
    {
        var rule = new CityRule("r", "x") { Unit = "41.2", Concern = "a.b", Form = "50-012" };
        Assert.Single(CityPlanFile.Check(new() { Rules = [rule] }, Shipped.Lindenfurt, ["a.b"]));
        Assert.Equal(2, CityPlanFile.Check(new() { Rules = [rule] }, Shipped.Lindenfurt, []).Count);
        Assert.Single(CityPlanFile.Check(
            new() { Rules = [rule with { Concern = null, Barcode = "-*" }] }, Shipped.Lindenfurt, []));
    }

    private static Decision Decide(LetterContent letter, params CityRule[] rules) =>
        new Decider(Shipped.Lindenfurt, null, Shipped.Model, new() { Rules = rules }).Decide(letter);
}
