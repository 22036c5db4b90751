using Postlotse.Evidence;
using Postlotse.Letters;
using Postlotse.Web.Letters;
using Postlotse.Web.Shared;
using Xunit;

namespace Web.Tests.Letters;

public sealed class EventFactsTests
{
    [Theory]
    [InlineData(EventKind.Returned, """{"reason":"17"}""", "17")]
    [InlineData(EventKind.SetAside, """{"reason":"17"}""", "17")]
    [InlineData(EventKind.StageFailed, """{"stage":"99"}""", "99")]
    [InlineData(EventKind.SentToClearing, """{"finding":"99"}""", "99")]
    public void NumberForAName_IsShownAsItStands(EventKind kind, string data, string expected)
    {
        var units = new UnitNames(new Organisation { City = "Lindenfurt", Units = [], ExternalAuthorities = [] });
        Assert.Equal(expected, EventFacts.Of(new("l", 1, DateTimeOffset.UnixEpoch, kind, "account:a", data, "", ""), units));
    }
}
