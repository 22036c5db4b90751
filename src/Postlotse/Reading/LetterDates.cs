using System.Globalization;
using System.Text.RegularExpressions;

namespace Postlotse.Reading;

/// <summary>Dates as letters write them: finds them in a line and understands them, whatever the culture of the machine.</summary>
public static class LetterDates
{
    private const string Day = @"(?<day>[0-9OoIl]{1,2})";
    private const string Year = @"(?<year>(19|20)[0-9]{2}|['’]?[0-9]{2})";

    private static readonly (string Start, int Month)[] MonthStarts =
    [
        ("jan", 1), ("jän", 1), ("gen", 1), ("feb", 2), ("fév", 2), ("fev", 2), ("mär", 3), ("maer", 3), ("mar", 3), ("mrz", 3),
        ("apr", 4), ("avr", 4), ("mai", 5), ("may", 5), ("mag", 5), ("jun", 6), ("juin", 6), ("giu", 6), ("juil", 7), ("jul", 7),
            ("lug", 7),
        ("aug", 8), ("aoû", 8), ("aou", 8), ("ago", 8), ("sep", 9), ("set", 9), ("okt", 10), ("oct", 10), ("ott", 10), ("nov", 11),
        ("dez", 12), ("déc", 12), ("dec", 12), ("dic", 12),
    ];

    private static readonly string MonthPattern = "(?<month>(" + string.Join('|', MonthStarts.Select(m => m.Start)) + @")\p{L}*)\.?";

    private static readonly Regex Numeric = Patterns.Pattern($@"\b{Day}\s?[.,/]\s?(?<number>[0-9OoIl]{{1,2}})(\s?[.,/]\s?|\s){Year}\b");
    private static readonly Regex Worded = Patterns.Pattern($@"\b{Day}\s?(\.|,|er|st|nd|rd|th)?\s?(de )?{MonthPattern},?\s?{Year}\b");
    private static readonly Regex MonthFirst = Patterns.Pattern($@"\b{MonthPattern}\s{Day}(st|nd|rd|th)?,?\s{Year}\b");
    private static readonly Regex Iso = Patterns.Pattern(@"\b(?<year>(19|20)[0-9]{2})-(?<number>[0-9]{2})-(?<day>[0-9]{2})\b");
    private static readonly Regex MonthOnly = Patterns.Pattern($@"(^|,\s)(?<whole>(im\s)?{MonthPattern}\s(?<year>(19|20)[0-9]{{2}}))$");

    /// <summary>
    /// Where the first date stands in a line; null when there is none. A month with its year counts only at the line's end.
    /// </summary>
    public static Range? Find(string line)
    {
        ArgumentNullException.ThrowIfNull(line);
        var match = Matches(line).OrderBy(m => m.Index).FirstOrDefault();
        if (match is null) return null;
        var whole = match.Groups["whole"] is { Success: true } group ? group : match;
        return new Range(whole.Index, whole.Index + whole.Length);
    }

    /// <summary>The day a text names; null when it names none or none that exists. Two-digit years are those of this century.</summary>
    public static DateOnly? Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        foreach (var match in Matches(text).OrderBy(m => m.Index))
        {
            var month = match.Groups["number"].Success ? Number(match.Groups["number"].Value) : MonthOf(match.Groups["month"].Value);
            var year = Number(match.Groups["year"].Value.TrimStart('\'', '’'));
            if (!match.Groups["day"].Success) continue;
            var day = Number(match.Groups["day"].Value);
            if (year < 100) year += 2000;
            if (month is >= 1 and <= 12 && day >= 1 && day <= DateTime.DaysInMonth(year, month)) return new(year, month, day);
        }

        return null;
    }

    private static IEnumerable<Match> Matches(string text) =>
        new[] { Iso, Numeric, Worded, MonthFirst, MonthOnly }.SelectMany(r => r.Matches(text)).Where(m => StandsAlone(text, m));

    /// <summary>Not a piece of a longer number: "505.19.3301.25".</summary>
    private static bool StandsAlone(string text, Match match)
    {
        var end = match.Index + match.Length;
        var goesOn = end + 1 < text.Length && (text[end] is '.' or '/' or '-') && char.IsDigit(text[end + 1]);
        return !goesOn && (match.Index == 0 || text[match.Index - 1] is not ('.' or '/' or '-'));
    }

    private static int MonthOf(string word)
    {
        foreach (var (start, month) in MonthStarts)
            if (word.StartsWith(start, StringComparison.OrdinalIgnoreCase)) return month;
        return 0;
    }

    /// <summary>Engines take 0 for O and 1 for I or l, and the other way round.</summary>
    private static int Number(string digits)
    {
        var repaired = digits.Replace('O', '0').Replace('o', '0').Replace('I', '1').Replace('l', '1');
        return int.TryParse(repaired, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 0;
    }
}
