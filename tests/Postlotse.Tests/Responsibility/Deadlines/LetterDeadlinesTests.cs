using FsCheck;
using FsCheck.Fluent;
using Postlotse.Letters;
using Postlotse.Responsibility.Deadlines;
using Xunit;
using Outcome = Postlotse.Letters.Outcome;

namespace Postlotse.Tests.Responsibility.Deadlines;

public sealed class LetterDeadlinesTests
{
    private static readonly DateOnly Received = new(2026, 3, 4);

    private static readonly Decision Bare = new() { Id = "x", Outcome = Outcome.Review, Unit = "", Probability = 0, Ranking = [] };

    [Fact]
    public void Span_IsThatOfTheOriginalText()
    {
        const string body = "Fu\u0308r die Straße: Äußern Sie\nsich bitte bis  spätestens 29. März 2026!";

        var deadline = Assert.Single(Look(body).Deadlines);

        var span = Assert.Single(deadline.Spans);
        Assert.Equal("bis  spätestens 29. März 2026", body.Substring(span.Start, span.Length));
        Assert.Equal((new DateOnly(2026, 3, 29), LetterField.Body), (deadline.Date, span.Field));
        Assert.Contains("bis  spätestens 29. März 2026", deadline.Basis, StringComparison.Ordinal);
        Assert.Contains("Sonntag", deadline.Basis, StringComparison.Ordinal);
    }

    [Fact]
    public void Limit_CountsFromReceipt_AndWithoutItFromTheLettersDate()
    {
        const string body = "Bitte zahlen Sie innerhalb von zwei Wochen.";

        Assert.Equal(new DateOnly(2026, 3, 18), Assert.Single(Look(body).Deadlines).Date);
        var without = Assert.Single(At(null, body).Deadlines);
        Assert.Equal(new DateOnly(2026, 3, 16), without.Date);
        Assert.Contains("02.03.2026, weil der Eingang nicht bekannt ist", without.Basis, StringComparison.Ordinal);
    }

    [Fact]
    public void WithoutAnyDay_NothingIsCounted_ButTheFlagRemains()
    {
        var decision = At(null, "Bitte zahlen Sie innerhalb von zwei Wochen, spätestens am 3.4.2026.", date: "");

        Assert.Equal([new DateOnly(2026, 4, 3)], decision.Deadlines.Select(d => d.Date));
        Assert.Equal(FlagKind.TimeLimit, Assert.Single(decision.Flags).Kind);
        Assert.Equal(Urgency.High, decision.Urgency);
    }

    [Theory]
    [InlineData("BW", 7, false)]
    [InlineData("Hessen", 7, false)]
    [InlineData("Tirol", 7, true)]
    public void UnknownLand_IsSaidInTheBasis(string state, int day, bool said)
    {
        var deadline = Assert.Single(Look("Auskunft nach Art. 15 DSGVO.", state: state).Deadlines);

        Assert.Equal((new DateOnly(2026, 4, day), said), (deadline.Date, deadline.Basis.Contains("Bundesland", StringComparison.Ordinal)));
    }

    [Fact]
    public void DeniedDanger_IsFlaggedLessUrgently_AndSaysSo()
    {
        var denied = Look("Es liegt keine Kindeswohlgefährdung vor.");
        var both = Look("Keine Kindeswohlgefährdung, meinte der Arzt. Das Kindeswohl ist trotzdem in Gefahr.");

        Assert.Equal((FlagKind.ChildEndangerment, Urgency.High), (Assert.Single(denied.Flags).Kind, denied.Urgency));
        Assert.Contains("verneint", denied.Flags[0].Text, StringComparison.Ordinal);
        Assert.Equal(Urgency.Immediate, both.Urgency);
    }

    [Fact]
    public void QuietLetter_GetsNothing()
    {
        var decision = Look("Vielen Dank für die schöne Feier am 1. März.");

        Assert.Empty(decision.Deadlines);
        Assert.Empty(decision.Flags);
        Assert.Equal(Urgency.Normal, decision.Urgency);
    }

    [Fact]
    public void ClosedLetter_IsNotLookedAt()
    {
        var closed = Bare with { Outcome = Outcome.Sealed };
        var letter = new LetterContent { Id = "x", Body = "Frist: 3.4.2026" };

        Assert.Same(closed, new LetterDeadlines(City("BW")).Complete(closed, letter, Received));
    }

    [Fact]
    public void NextDeadline_IsTheSoonestThatHadNotPassedAtReceipt()
    {
        var at = new DateTimeOffset(2026, 3, 4, 8, 0, 0, TimeSpan.Zero);
        Deadline On(int day) => new("", new(2026, 3, day), "", []);

        Assert.Null(Bare.NextDeadline(at));
        Assert.Equal(new(2026, 3, 9), (Bare with { Deadlines = [On(2), On(9), On(20)] }).NextDeadline(at));
        Assert.Equal(new(2026, 3, 2), (Bare with { Deadlines = [On(1), On(2)] }).NextDeadline(at));
    }

    [Fact]
    public void AnyText_GivesSpansInsideIt() => Check.QuickThrowOnFailure(Prop.ForAll(
        ArbMap.Default.ArbFor<string>(), noise =>
        {
            var body = noise + " Widerspruch gegen den Bescheid vom 3. 2. 2026 bis\u00a0zum 30.2. oder 29.2.28, binnen 999 Monaten "
                + noise;
            var decision = Look(body);
            Assert.All(decision.Deadlines.SelectMany(d => d.Spans).Concat(decision.Flags.SelectMany(f => f.Spans)), s =>
                Assert.True(s.Start >= 0 && s.Length > 0 && s.Start + s.Length <= body.Length));
        }));

    private static Decision Look(string body, string date = "02.03.2026", string state = "BW") =>
        At(Received, body, date, state);

    private static Decision At(DateOnly? received, string body, string date = "02.03.2026", string state = "BW") =>
        new LetterDeadlines(City(state)).Complete(Bare, new() { Id = "x", Date = date, Body = body }, received);

    private static Organisation City(string state) => new() { City = "", State = state, Units = [] };
}
