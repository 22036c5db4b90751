namespace Postlotse.Responsibility.Deadlines;

/// <summary>Units of a time limit.</summary>
internal enum PeriodUnit { Hours, Days, WorkingDays, Weeks, Months, Years }

/// <summary>A length of time as a law or a letter states it.</summary>
/// <param name="Count">0–9999.</param>
/// <param name="Unit">Working days (Werktage) are Monday to Saturday without holidays.</param>
internal sealed record Period(int Count, PeriodUnit Unit)
{
    /// <summary>
    /// Last day of a limit (§§ 187 (1), 188, 193 BGB): the day of the event does not count, a missing day becomes the month's last, and
    /// what would end on a Saturday, Sunday or holiday ends on the next working day. Hours run through (Regulation 1182/71).
    /// </summary>
    /// <param name="start">Day of the event.</param>
    /// <param name="holidays">At the place of the authority.</param>
    public DateOnly EndFrom(DateOnly start, Holidays holidays)
    {
        var end = Unit switch
        {
            PeriodUnit.Hours => start.AddDays((Count + 23) / 24),
            PeriodUnit.Days => start.AddDays(Count),
            PeriodUnit.WorkingDays => AfterWorkingDays(start, holidays),
            PeriodUnit.Weeks => start.AddDays(7 * Count),
            PeriodUnit.Months => start.AddMonths(Count),
            _ => start.AddYears(Count),
        };
        return Unit == PeriodUnit.Hours || Count == 0 ? end : NextWorkingDay(end, holidays);
    }

    /// <summary>
    /// Day on which a letter of an authority, posted inside Germany, counts as notified: the fourth after posting, since 2025; before, the
    /// third (§ 41 (2) VwVfG, § 37 (2) SGB X, § 122 (2) AO). Only tax law moves it to a working day.
    /// </summary>
    public static DateOnly NotifiedOn(DateOnly posted, bool taxLaw, Holidays holidays)
    {
        var day = posted.AddDays(posted.Year >= 2025 ? 4 : 3);
        return taxLaw ? NextWorkingDay(day, holidays) : day;
    }

    private DateOnly AfterWorkingDays(DateOnly start, Holidays holidays)
    {
        var day = start;
        for (var left = Math.Min(Count, 999); left > 0;)
        {
            day = day.AddDays(1);
            if (day.DayOfWeek != DayOfWeek.Sunday && !holidays.IsHoliday(day)) left--;
        }

        return day;
    }

    private static DateOnly NextWorkingDay(DateOnly day, Holidays holidays)
    {
        while (holidays.IsFree(day)) day = day.AddDays(1);
        return day;
    }
}
