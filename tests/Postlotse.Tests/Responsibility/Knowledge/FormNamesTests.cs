using Postlotse.Letters;
using Postlotse.Responsibility.Knowledge.Voices;
using Xunit;

namespace Postlotse.Tests.Responsibility.Knowledge;

public sealed class FormNamesTests
{
    private const string Vague =
        "Sehr geehrte Damen und Herren, in der bekannten Sache sende ich Ihnen die Seiten nach.";
    private const string DogTax =
        "Guten Tag, hiermit melde ich meinen Hund zur Hundesteuer an. Der Hund ist ein Dackel und zwei Jahre alt.";

    [Fact]
    public void ShippedNames_AreThoseOfThePack() =>
        Assert.Equal(FormNames.TableOf(Shipped.Pack), File.ReadAllText(Shipped.Path("data", "knowledge", "forms.tsv")));

    [Theory]
    [InlineData("Antrag auf Beurlaubung", true)]
    [InlineData("Vordruck 3809", true)]
    [InlineData("Beihilfeantrag", true)]
    [InlineData("Antrag", false)]
    [InlineData("Abmeldung verweigert", false)]
    public void Name_SaysWhatTheFormIsFor(string phrase, bool isName) =>
        Assert.Equal(isName, FormNames.TableOf(Shipped.Pack).Split('\n').Any(l => l.StartsWith(phrase + "\t", StringComparison.Ordinal)));

    [Fact]
    public void TitleOfAForm_LeadsWhereTheLetterSaysLittle_AndShowsItself()
    {
        var letter = new LetterContent { Id = "1", Body = Vague, Form = "Stadt Lindenfurt\nBeihilfeantrag 2026" };
        var (before, after) = (Shipped.Decider.Decide(letter with { Form = "" }), Shipped.Decider.Decide(letter));
        var reason = Assert.Single(after.Reasons, r => string.Equals(r.Text, "Formular „Beihilfeantrag“", StringComparison.Ordinal));
        var span = Assert.Single(reason.Spans);
        Assert.Equal("Beihilfeantrag", letter[span.Field].Substring(span.Start, span.Length));
        Assert.NotEqual(before.Unit, after.Unit);
    }

    [Fact]
    public void TitleOfAForm_LosesAgainstClearContent()
    {
        var letter = new LetterContent { Id = "1", Body = DogTax };
        var plain = Shipped.Decider.Decide(letter).Unit;
        Assert.Equal(plain, Shipped.Decider.Decide(letter with { Form = "Beihilfeantrag" }).Unit);
    }

    [Fact]
    public void UnknownForm_SaysNothing() =>
        Assert.DoesNotContain(Shipped.Decider.Decide(new() { Id = "1", Body = Vague, Form = "Antrag auf Zauberei" }).Reasons,
            r => r.Text.StartsWith("Formular", StringComparison.Ordinal));
}
