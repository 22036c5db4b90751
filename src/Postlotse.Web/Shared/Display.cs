using System.Globalization;

namespace Postlotse.Web.Shared;

/// <summary>Dates and numbers as people read them, in the language of the request and the time zone of the city.</summary>
public sealed class Display(TimeZoneInfo zone)
{
    private static readonly CultureInfo s_german = CultureInfo.GetCultureInfo("de-DE");
    private static readonly CultureInfo s_english = CultureInfo.GetCultureInfo("en-GB");

    private static CultureInfo Culture => string.Equals(T.Language, "en", StringComparison.Ordinal) ? s_english : s_german;

    public string Date(DateTimeOffset time) => Local(time).ToString(Culture == s_german ? "dd.MM.yyyy" : "d MMM yyyy", Culture);

    public string Time(DateTimeOffset time) =>
        Local(time).ToString(Culture == s_german ? "dd.MM.yyyy, HH:mm 'Uhr'" : "d MMM yyyy, HH:mm", Culture);

    public string Exact(DateTimeOffset time) =>
        Local(time).ToString(Culture == s_german ? "dd.MM.yyyy, HH:mm:ss" : "d MMM yyyy, HH:mm:ss", Culture);

    public static string Day(DateOnly date) => date.ToString(Culture == s_german ? "dd.MM.yyyy" : "d MMM yyyy", Culture);

    /// <summary>For the datetime attribute.</summary>
    public static string Machine(DateTimeOffset time) =>
        time.ToUniversalTime().ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    /// <summary>97 %; never 0 or 100: nothing is that sure.</summary>
    public static string Percent(double share)
    {
        var percent = Math.Min(99, Math.Round(share * 100));
        return (percent < 1 ? "<\u00a01" : percent.ToString("0", CultureInfo.InvariantCulture)) + "\u00a0%";
    }

    public static string Count(long number) => number.ToString("N0", Culture);

    public static string Size(long bytes) => bytes < 1024 * 1024
        ? ((bytes + 1023) / 1024).ToString("N0", Culture) + "\u00a0kB"
        : (bytes / 1048576.0).ToString("N1", Culture) + "\u00a0MB";

    /// <summary>For attributes: point as decimal mark, three digits.</summary>
    public static string Plain(double number) => number.ToString("0.###", CultureInfo.InvariantCulture);

    /// <summary>
    /// Time of receipt that a person entered in a local date and time field; null when it is none, before 2000 or more than five minutes
    /// after now.
    /// </summary>
    public DateTimeOffset? Entered(string? text, DateTimeOffset now)
    {
        string[] formats = ["yyyy-MM-dd'T'HH:mm", "yyyy-MM-dd'T'HH:mm:ss"];
        if (!DateTime.TryParseExact(text, formats, CultureInfo.InvariantCulture, DateTimeStyles.None, out var local)
            || local.Year is < 2000 or > 9000) return null;
        var entered = new DateTimeOffset(local, zone.GetUtcOffset(local));
        return entered > now.AddMinutes(5) ? null : entered;
    }

    private DateTimeOffset Local(DateTimeOffset time) => TimeZoneInfo.ConvertTime(time, zone);
}
