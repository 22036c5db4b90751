using System.Globalization;
using Postlotse.Reading;
using Xunit;

namespace Postlotse.Tests.Reading;

public sealed class LetterDatesTests
{
    [Theory]
    [InlineData("3.5.25", "2025-05-03")]
    [InlineData("17. Februar 2025", "2025-02-17")]
    [InlineData("Montbrel, den 17. Februar 2025", "2025-02-17")]
    [InlineData("Lindenfurt, 28.10.2025", "2025-10-28")]
    [InlineData("den 14. Aug. 2025", "2025-08-14")]
    [InlineData("07. Jänner 2025", "2025-01-07")]
    [InlineData("Do 23.4.2026", "2026-04-23")]
    [InlineData("den 4. März 26", "2026-03-04")]
    [InlineData("January 12, 2026", "2026-01-12")]
    [InlineData("20 Gennaio 2025", "2025-01-20")]
    [InlineData("le 3 février 2025", "2025-02-03")]
    [InlineData("2025-11-05", "2025-11-05")]
    [InlineData("O5.11.2O25", null)]
    [InlineData("O5.11.2025", "2025-11-05")]
    [InlineData("16, Februar 2026", "2026-02-16")]
    [InlineData("31.02.2025", null)]
    [InlineData("im September 2025", null)]
    [InlineData("Aktenzeichen 5.0101.012345.6", null)]
    [InlineData("", null)]
    public void WrittenDate_IsUnderstood(string written, string? expected) =>
        Assert.Equal(expected is null ? null
            : DateOnly.ParseExact(expected, "yyyy-MM-dd", CultureInfo.InvariantCulture), LetterDates.Parse(written));

    [Fact]
    public void CultureOfTheMachine_ChangesNothing()
    {
        var before = CultureInfo.CurrentCulture;
        try
        {
            CultureInfo.CurrentCulture = new CultureInfo("tr-TR");
            Assert.Equal(new DateOnly(2025, 4, 1), LetterDates.Parse("1. APRIL 2025"));
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }
}
