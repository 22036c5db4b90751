using System.Globalization;
using Postlotse.Delivery;
using Postlotse.Evidence;
using Postlotse.Letters;
using Postlotse.Web.Shared;
using Xunit;

namespace Web.Tests.Shared;

public sealed class TextsTests
{
    [Theory]
    [InlineData("de")]
    [InlineData("en")]
    public void Everything_HasAWord(string language)
    {
        CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo(language);
        Assert.All(Enum.GetValues<Role>(), r => Assert.NotEmpty(T.Of(r) + T.Of("role.may." + r)));
        Assert.All(Enum.GetValues<Place>(), p => Assert.NotEmpty(T.Of(p)));
        Assert.All(Enum.GetValues<StageName>(), s => Assert.NotEmpty(T.Of(s)));
        Assert.All(Enum.GetValues<EventKind>(), e => Assert.NotEmpty(T.Of(e)));
        Assert.All(Enum.GetValues<AccountEventKind>(), e => Assert.NotEmpty(T.Of(e)));
        Assert.All(Enum.GetValues<Urgency>(), u => Assert.NotEmpty(T.Of(u)));
        Assert.All(Enum.GetValues<FlagKind>(), f => Assert.NotEmpty(T.Of(f)));
        Assert.All(Enum.GetValues<ReasonKind>(), r => Assert.NotEmpty(T.Of(r)));
        Assert.All(Enum.GetValues<LetterField>(), f => Assert.NotEmpty(T.Of(f)));
        Assert.All(Enum.GetValues<Channel>(), c => Assert.NotEmpty(T.Of(c)));
        Assert.All(Enum.GetValues<SignatureStatus>(), s => Assert.NotEmpty(T.Of(s)));
        Assert.All(Enum.GetValues<SignatureTrust>(), t => Assert.NotEmpty(T.Of(t)));
        Assert.All(Enum.GetValues<FindingKind>(), k => Assert.NotEmpty(T.Of("hint." + k)));
        Assert.All(Enum.GetValues<Refusal>(), r => Assert.NotEmpty(T.Of("refusal." + r)));
        Assert.All(Enum.GetValues<SetAsideReason>(), r => Assert.NotEmpty(T.Of("aside." + r)));
        Assert.All(Enum.GetValues<ChainFaultKind>(), k => Assert.NotEmpty(T.Of("chain." + k, 1)));
        Assert.All(Enum.GetValues<ReceiptEvidence>(), e => Assert.NotEmpty(T.Of("evidence." + e)));
    }

    [Theory]
    [InlineData(0.999, "99\u00a0%")]
    [InlineData(0.62, "62\u00a0%")]
    [InlineData(0.001, "<\u00a01\u00a0%")]
    public void Probability_IsNeverCertain(double probability, string text) => Assert.Equal(text, Display.Percent(probability));

    [Fact]
    public void EnteredTime_IsInTheCitysZone()
    {
        var display = new Display(TimeZoneInfo.FindSystemTimeZoneById("Europe/Berlin"));
        var now = new DateTimeOffset(2027, 1, 1, 0, 0, 0, TimeSpan.Zero);
        Assert.Equal(new DateTimeOffset(2026, 7, 1, 6, 0, 0, TimeSpan.Zero), display.Entered("2026-07-01T08:00", now));
        Assert.Null(display.Entered("1.7.2026", now));
    }
}
