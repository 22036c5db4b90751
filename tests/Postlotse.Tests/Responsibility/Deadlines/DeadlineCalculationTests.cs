using System.Globalization;
using Postlotse.Responsibility.Deadlines;
using Xunit;

namespace Postlotse.Tests.Responsibility.Deadlines;

public sealed class DeadlineCalculationTests
{
    private static readonly Holidays Württemberg = new(LandCode.BW);

    [Theory]
    [InlineData("1 Months", "31.01.2026", "02.03.2026")]
    [InlineData("1 Months", "06.12.2025", "07.01.2026")]
    [InlineData("1 Months", "03.03.2026", "07.04.2026")]
    [InlineData("1 Months", "14.04.2026", "15.05.2026")]
    [InlineData("1 Months", "03.09.2026", "05.10.2026")]
    [InlineData("1 Months", "26.11.2026", "28.12.2026")]
    [InlineData("1 Months", "01.12.2026", "04.01.2027")]
    [InlineData("2 Weeks", "20.03.2026", "07.04.2026")]
    [InlineData("2 Weeks", "21.05.2026", "05.06.2026")]
    [InlineData("2 Weeks", "11.12.2026", "28.12.2026")]
    [InlineData("2 Months", "31.08.2026", "02.11.2026")]
    [InlineData("3 Months", "30.11.2026", "01.03.2027")]
    [InlineData("72 Hours", "05.03.2026", "08.03.2026")]
    [InlineData("5 WorkingDays", "01.04.2026", "09.04.2026")]
    [InlineData("1 Years", "29.02.2028", "28.02.2029")]
    public void Limit_EndsAsTheCivilCodeCounts(string period, string start, string end) =>
        Assert.Equal(Day(end), Length(period).EndFrom(Day(start), Württemberg));

    [Theory]
    [InlineData("30.03.2026", false, "03.04.2026", "04.05.2026")]
    [InlineData("30.03.2026", true, "07.04.2026", "07.05.2026")]
    [InlineData("02.12.2024", false, "05.12.2024", "07.01.2025")]
    public void PostedLetter_IsNotifiedOnTheFourthDay(string posted, bool taxLaw, string notified, string end)
    {
        var day = Period.NotifiedOn(Day(posted), taxLaw, Württemberg);

        Assert.Equal((Day(notified), Day(end)), (day, new Period(1, PeriodUnit.Months).EndFrom(day, Württemberg)));
    }

    [Theory]
    [InlineData(2000, "23.04.2000")]
    [InlineData(2008, "23.03.2008")]
    [InlineData(2026, "05.04.2026")]
    [InlineData(2027, "28.03.2027")]
    [InlineData(2038, "25.04.2038")]
    public void Easter_IsWhereTheCalendarHasIt(int year, string day) => Assert.Equal(Day(day), Holidays.Easter(year));

    [Theory]
    [InlineData("01.01.2026", "BW BY BE BB HB HH HE MV NI NW RP SL SN ST SH TH")]
    [InlineData("06.01.2026", "BW BY ST")]
    [InlineData("08.03.2026", "BE MV")]
    [InlineData("03.04.2026", "BW BY BE BB HB HH HE MV NI NW RP SL SN ST SH TH")]
    [InlineData("25.05.2026", "BW BY BE BB HB HH HE MV NI NW RP SL SN ST SH TH")]
    [InlineData("08.05.2025", "BE")]
    [InlineData("04.06.2026", "BW BY HE NW RP SL")]
    [InlineData("15.08.2026", "SL")]
    [InlineData("20.09.2026", "TH")]
    [InlineData("31.10.2026", "BB HB HH MV NI SN ST SH TH")]
    [InlineData("31.10.2017", "BW BY BE BB HB HH HE MV NI NW RP SL SN ST SH TH")]
    [InlineData("31.10.2015", "BB MV SN ST TH")]
    [InlineData("01.11.2026", "BW BY NW RP SL")]
    [InlineData("18.11.2026", "SN")]
    [InlineData("24.12.2026", "")]
    [InlineData("31.12.2026", "")]
    public void Holiday_HoldsInItsLaender(string day, string laender) =>
        Assert.Equal(laender, string.Join(' ', Enum.GetValues<LandCode>().Where(land => new Holidays(land).IsHoliday(Day(day)))));

    [Theory]
    [InlineData("15.08.2025", LocalHoliday.Assumption)]
    [InlineData("19.06.2025", LocalHoliday.CorpusChristi)]
    [InlineData("08.08.2025", LocalHoliday.PeaceFestival)]
    public void LocalHoliday_MovesALimitOnlyWhereItIsOne(string day, object holiday)
    {
        var week = new Period(1, PeriodUnit.Weeks);

        Assert.Equal(Day(day), week.EndFrom(Day(day).AddDays(-7), new(LandCode.TH)));
        Assert.True(week.EndFrom(Day(day).AddDays(-7), new(LandCode.TH, [(LocalHoliday)holiday])) > Day(day));
    }

    [Fact]
    public void UnknownLand_HasTheHolidaysOfAll()
    {
        var unknown = new Holidays(null);
        var all = Enum.GetValues<LandCode>().Select(land => new Holidays(land)).ToList();
        for (var day = Day("01.01.2018"); day.Year < 2032; day = day.AddDays(1))
            Assert.Equal(all.TrueForAll(h => h.IsHoliday(day)), unknown.IsHoliday(day));
    }

    [Theory]
    [InlineData("Baden-Württemberg", "BW")]
    [InlineData(" nordrhein-westfalen", "NW")]
    [InlineData("DE-TH", "TH")]
    [InlineData("sh", "SH")]
    [InlineData("Tirol", null)]
    [InlineData("3", null)]
    [InlineData("", null)]
    public void Land_IsKnownByNameOrCode(string text, string? land) => Assert.Equal(land, Holidays.LandOf(text)?.ToString());

    private static DateOnly Day(string day) => DateOnly.ParseExact(day, "dd.MM.yyyy", CultureInfo.InvariantCulture);

    private static Period Length(string text)
    {
        var parts = text.Split(' ');
        return new(int.Parse(parts[0], CultureInfo.InvariantCulture), Enum.Parse<PeriodUnit>(parts[1]));
    }
}
