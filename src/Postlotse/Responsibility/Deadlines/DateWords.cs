using System.Globalization;
using System.Text.RegularExpressions;

namespace Postlotse.Responsibility.Deadlines;

/// <summary>How folded German text writes days and lengths of time.</summary>
internal static class DateWords
{
    public const string Weekday = "(montag|dienstag|mittwoch|donnerstag|freitag|samstag|sonnabend|sonntag)";

    /// <summary>A day with or without a year.</summary>
    public const string Day =
        @"((?<iso>20\d\d-\d\d-\d\d)|(?<day>\d{1,2})(\.|ten)? ?(?<month>" + MonthName + @")\.?( (?<year>(19|20)\d\d))?\b"
        + @"|(?<day>\d{1,2})\. ?(?<number>\d{1,2})\.( ?(?<year>((19|20)\d\d|\d\d))\b)?)";

    /// <summary>A number of hours, days, weeks, months or years.</summary>
    public const string Length = @"(?<count>" + Count + @")[ -]?(?<unit>stunden?|(werk|arbeits|kalender)?tag(e|en|es)?"
        + @"|wochen?|monat(e|en|es|s)?|jahr(e|en|es|s)?)\b";

    private const string MonthName = "januar|jaenner|februar|maerz|april|mai|juni|juno|juli|august|september|oktober|november|dezember"
        + "|jan|feb|mrz|apr|jun|jul|aug|sept|sep|okt|nov|dez";

    private const string Count = "eine[rsmn]?|ein|zwei|zweier|drei|dreier|vier|fuenf|sechs|sieben|acht|neun|zehn|zwoelf|vierzehn|dreissig"
        + @"|\d{1,3}";

    private static readonly Regex WholeDay = Pattern(Day);

    private static readonly string[] MonthStarts =
        ["jan|jae", "feb", "mae|mrz", "apr", "mai", "jun", "jul", "aug", "sep", "okt", "nov", "dez"];

    private static readonly Dictionary<string, int> Counts = new(StringComparer.Ordinal)
    {
        ["zwei"] = 2, ["zweier"] = 2, ["drei"] = 3, ["dreier"] = 3, ["vier"] = 4, ["fuenf"] = 5, ["sechs"] = 6, ["sieben"] = 7,
        ["acht"] = 8, ["neun"] = 9, ["zehn"] = 10, ["zwoelf"] = 12, ["vierzehn"] = 14, ["dreissig"] = 30,
    };

    /// <summary>A pattern for folded text. That it takes linear time whatever a letter says, is measured in the tests.</summary>
    public static Regex Pattern(string pattern) =>
        new(pattern, RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, TimeSpan.FromSeconds(1));

    /// <summary>The first whole date of a folded text; null when it names none with its year.</summary>
    public static DateOnly? FirstDate(string folded)
    {
        foreach (Match match in WholeDay.Matches(folded))
            if (DayOf(match, near: null) is { } day) return day;
        return null;
    }

    /// <summary>The day that a match of <see cref="Day"/> names; null when there is no such day.</summary>
    /// <param name="match">Match.</param>
    /// <param name="near">For a day without a year: the next one from two weeks before this day on; null: no day.</param>
    public static DateOnly? DayOf(Match match, DateOnly? near)
    {
        if (match.Groups["iso"].Success)
        {
            var (text, culture) = (match.Groups["iso"].Value, CultureInfo.InvariantCulture);
            return DateOnly.TryParseExact(text, "yyyy-MM-dd", culture, DateTimeStyles.None, out var iso) ? iso : null;
        }

        if (!match.Groups["day"].Success) return null;
        var day = Number(match.Groups["day"].Value);
        var month = match.Groups["number"].Success ? Number(match.Groups["number"].Value) : MonthOf(match.Groups["month"].Value);
        if (match.Groups["year"].Success)
        {
            var year = Number(match.Groups["year"].Value);
            return Made(year < 100 ? year + 2000 : year, month, day);
        }

        if (near is not { } from) return null;
        var here = Made(from.Year, month, day);
        return here is null || here < from.AddDays(-14) ? Made(from.Year + 1, month, day) ?? here : here;
    }

    /// <summary>The length of time that a match of <see cref="Length"/> names.</summary>
    public static Period PeriodOf(Match match)
    {
        var count = match.Groups["count"].Value;
        var number = char.IsDigit(count[0]) ? Number(count) : Counts.GetValueOrDefault(count, 1);
        return new(number, match.Groups["unit"].Value switch
        {
            ['s', ..] => PeriodUnit.Hours,
            ['w', 'o', ..] => PeriodUnit.Weeks,
            ['w', ..] or ['a', ..] => PeriodUnit.WorkingDays,
            ['m', ..] => PeriodUnit.Months,
            ['j', ..] => PeriodUnit.Years,
            _ => PeriodUnit.Days,
        });
    }

    /// <summary>1–12; 0 for none.</summary>
    public static int MonthOf(string word) =>
        word.Length < 3 ? 0 : Array.FindIndex(MonthStarts, starts => starts.Contains(word[..3], StringComparison.Ordinal)) + 1;

    /// <summary>The first such weekday after a day.</summary>
    public static DateOnly Next(string weekday, DateOnly after)
    {
        var wanted = Array.FindIndex(["so", "mo", "di", "mi", "do", "fr", "sa"], s => weekday.StartsWith(s, StringComparison.Ordinal));
        if (weekday is "sonnabend") wanted = 6;
        var day = after.AddDays(1);
        while ((int)day.DayOfWeek != wanted) day = day.AddDays(1);
        return day;
    }

    private static DateOnly? Made(int year, int month, int day) =>
        month is >= 1 and <= 12 && day >= 1 && day <= DateTime.DaysInMonth(year, month) ? new(year, month, day) : null;

    private static int Number(string digits) => int.Parse(digits, NumberStyles.None, CultureInfo.InvariantCulture);
}
