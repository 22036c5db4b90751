using System.Text;
using Postlotse.Letters;
using Postlotse.Responsibility.Learning;
using Postlotse.Tests.Responsibility.Knowledge;
using Xunit;

namespace Postlotse.Tests.Responsibility.Learning;

public sealed class LetterHistoryTests
{
    private const string Vague =
        "Sehr geehrte Damen und Herren, in der bekannten Sache sende ich Ihnen die Seiten nach.";
    private const string DogTax =
        "Guten Tag, hiermit melde ich meinen Hund zur Hundesteuer an. Der Hund ist ein Dackel und zwei Jahre alt.";

    private static readonly LetterContent Earlier = new()
    {
        Id = "first", Sender = "Herr Egon Zwiebelfisch\nAm Rain 3\n74999 Lindenfurt", Body = Vague,
        Reference = "Ihr Zeichen: LW-2231/88 K",
    };

    [Theory]
    [InlineData("Unser Zeichen LW 2231/88 K", "")]
    [InlineData("", "zum Aktenzeichen LW-2231/88 K. ")]
    public void EarlierReference_LeadsToTheSameOffice(string reference, string inBody)
    {
        var learning = Taught("62", Earlier);
        var letter = new LetterContent { Id = "next", Reference = reference, Body = inBody + Vague };
        var decision = learning.Current.Decide(letter);
        var reason = Assert.Single(decision.Reasons, r => r.Kind == ReasonKind.Reference);

        Assert.Equal("62", decision.Unit);
        Assert.True(decision.Probability > Without(letter, learning) + 0.2);
        var span = Assert.Single(reason.Spans);
        Assert.Contains("2231/88", letter[span.Field].Substring(span.Start, span.Length), StringComparison.Ordinal);
    }

    [Fact]
    public void EarlierLettersOfTheSender_HelpALittle()
    {
        var learning = Taught(
            "62", Earlier with { Reference = "", Body = DogTax }, Earlier with { Id = "second", Reference = "", Body = DogTax });
        var letter = new LetterContent { Id = "next", Sender = "Zwiebelfisch, Egon\nNeue Gasse 9\n74999 Lindenfurt", Body = Vague };
        var reason = Assert.Single(learning.Current.Decide(letter).Reasons, r => r.Kind == ReasonKind.Sender);

        Assert.Contains("2 von 2", reason.Text, StringComparison.Ordinal);
        Assert.True(Probability(learning, letter, "62") > Probability(learning, letter with { Sender = "" }, "62"));
        Assert.NotEqual(Outcome.Auto, learning.Current.Decide(letter).Outcome);
    }

    [Theory]
    [InlineData("Stadt Lindenfurt\nz. Hd. Herrn Abteilungsleiter Tjarks\nMarktplatz 1", "")]
    [InlineData("Stadt Lindenfurt\nMarktplatz 1", "Sehr geehrter Herr Tjarks,\n")]
    public void EarlierLettersToThePerson_LeadToHisOffice(string recipient, string greeting)
    {
        var letters = Enumerable.Range(0, 3).Select(i => new LetterContent
        {
            Id = $"earlier {i}", Recipient = "Stadt Lindenfurt\nHerrn Dr. Tjarks\nMarktplatz 1", Body = Vague,
        }).ToArray();
        var learning = Taught("62", letters);
        var letter = new LetterContent { Id = "next", Recipient = recipient, Body = greeting + Vague };
        var other = letter with { Recipient = recipient.Replace("Tjarks", "Oltmann", StringComparison.Ordinal),
            Body = letter.Body.Replace("Tjarks", "Oltmann", StringComparison.Ordinal) };
        var decision = learning.Current.Decide(letter);
        var reason = Assert.Single(decision.Reasons, r => r.Text.Contains("Person", StringComparison.Ordinal));

        Assert.Equal("62", decision.Unit);
        Assert.True(Probability(learning, letter, "62") > Probability(learning, other, "62") + 0.1);
        Assert.Equal("Tjarks", letter[reason.Spans[0].Field].Substring(reason.Spans[0].Start, reason.Spans[0].Length));
    }

    [Theory]
    [InlineData("Herrn Oberbürgermeister\nRathaus", "")]
    [InlineData("z. Hd. Frau Krause Bauordnungsamt", "")]
    [InlineData("", "Sehr geehrte Frau Bürgermeisterin,\n")]
    [InlineData("", "Sehr geehrter Herr Tjarks und Kollegen,\n")]
    [InlineData("", "Sehr geehrte Damen und Herren,\n")]
    [InlineData("", "Ich melde meine Mutter Frau Anna Schulz, geboren 1938, an.\n")]
    [InlineData("", "In dem Verfahren für Frau Hedwig Auwärter, geb. 1951,\n")]
    public void WhoIsNoPersonOfTheCity_IsNoTrace(string recipient, string greeting) =>
        Assert.DoesNotContain(LetterTraces.Of(new() { Id = "l", Recipient = recipient, Body = greeting + Vague }, LetterTraces.NewKey()),
            t => t.Kind == TraceKind.Person);

    [Theory]
    [InlineData("Herrn Dr. von Tjarks\nRathaus", "")]
    [InlineData("z. Hd. Frau Amtsleiterin Tjarks\nRathaus", "")]
    [InlineData("", "Guten Tag Frau Tjarks,\n")]
    [InlineData("", "Liebe Frau Tjarks!\n")]
    public void PersonAddressed_IsATrace(string recipient, string greeting)
    {
        var letter = new LetterContent { Id = "l", Recipient = recipient, Body = greeting + Vague };
        var trace = Assert.Single(LetterTraces.Of(letter, LetterTraces.NewKey()), t => t.Kind == TraceKind.Person);

        Assert.Equal("Tjarks", letter[trace.Span.Field].Substring(trace.Span.Start, trace.Span.Length));
    }

    [Fact]
    public void ClearContent_StandsAgainstReferenceAndSender()
    {
        var learning = Taught("62", Earlier);
        var decision = learning.Current.Decide(Earlier with { Id = "next", Body = DogTax });

        Assert.Equal(Shipped.Decider.Decide(new() { Id = "plain", Body = DogTax }).Unit, decision.Unit);
        Assert.NotEqual("62", decision.Unit);
        Assert.Equal(Outcome.Auto, Shipped.Decider.Decide(new() { Id = "plain", Body = DogTax }).Outcome);
        Assert.Equal(Outcome.Review, decision.Outcome);
    }

    [Fact]
    public void ForgottenLetter_LeavesNoHistory()
    {
        var learning = Taught("62", Earlier);
        learning.Forget("first");

        Assert.DoesNotContain(learning.Current.Decide(Earlier with { Id = "next" }).Reasons,
            r => r.Kind is ReasonKind.Reference or ReasonKind.Sender);
    }

    [Fact]
    public void LettersOfAConfidentialOffice_TellNothingOfTheirSender()
    {
        var learning = Taught("51.1", Earlier with { Reference = "" });
        var decision = learning.Current.Decide(Earlier with { Id = "next", Reference = "" });

        Assert.DoesNotContain(decision.Reasons.Concat(decision.RunnerUpReasons), r => r.Kind == ReasonKind.Sender);
    }

    [Fact]
    public void History_SurvivesTheFileAndTraining()
    {
        var learning = Taught("62", Earlier);
        learning.Train(TestContext.Current.CancellationToken);
        using var stream = new MemoryStream();
        learning.Write(stream);
        var bytes = stream.ToArray();
        var read = CityLearning.Read(new MemoryStream(bytes), Shipped.Decider);

        Assert.Contains(read.Current.Decide(Earlier with { Id = "next" }).Reasons, r => r.Kind == ReasonKind.Reference);
        var text = Encoding.Latin1.GetString(bytes);
        Assert.DoesNotContain("zwiebelfisch", text, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("2231", text, StringComparison.Ordinal);
    }

    [Fact]
    public void SameLetterUnderAnotherKey_HasOtherTraces()
    {
        var (one, other) = (LetterTraces.Of(Earlier, LetterTraces.NewKey()), LetterTraces.Of(Earlier, LetterTraces.NewKey()));

        Assert.Equal([TraceKind.Sender, TraceKind.Reference], one.Select(t => t.Kind));
        Assert.Empty(one.Select(t => t.Hash).Intersect(other.Select(t => t.Hash)));
    }

    [Theory]
    [InlineData("Telefonnummer 07131 889921", "")]
    [InlineData("vom 12.03.2026", "12.03.2026")]
    [InlineData("Nr. 417", "41/26")]
    public void DatesTelephonesAndShortNumbers_AreNoReferences(string body, string reference) =>
        Assert.Empty(LetterTraces.Of(new() { Id = "x", Body = body, Reference = reference }, LetterTraces.NewKey()));

    private static CityLearning Taught(string unit, params LetterContent[] letters)
    {
        var learning = new CityLearning(Shipped.Decider);
        foreach (var letter in letters) learning.Add(letter, unit);
        return learning;
    }

    private static double Without(LetterContent letter, CityLearning learning) => Probability(
        learning, letter with { Reference = "", Body = Vague }, learning.Current.Decide(letter).Unit);

    private static double Probability(CityLearning learning, LetterContent letter, string unit) => learning.Current.Decide(letter)
        .Ranking.FirstOrDefault(r => string.Equals(r.Unit, unit, StringComparison.Ordinal))?.Probability ?? 0;
}
