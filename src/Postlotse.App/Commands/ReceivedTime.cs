using System.CommandLine.Parsing;
using System.Globalization;
using Postlotse.App.Cli;

namespace Postlotse.App.Commands;

/// <summary>
/// Reads a time of receipt (Eingang) as a caller states it: ISO 8601, a day (its beginning) or a time of day, with offset or in German
/// legal time whatever the time zone of the machine.
/// </summary>
internal static class ReceivedTime
{
    private static readonly TimeZoneInfo GermanTime = TimeZoneInfo.FindSystemTimeZoneById("Europe/Berlin");
    private static readonly string[] Zoned = ["yyyy-MM-dd'T'HH:mmK", "yyyy-MM-dd'T'HH:mm:ssK", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK"];

    private static readonly string[] Unzoned =
        ["yyyy-MM-dd", "yyyy-MM-dd'T'HH:mm", "yyyy-MM-dd'T'HH:mm:ss", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFF"];

    /// <summary>
    /// What holds when nobody states it: the beginning of the day. Receipt and time limits go by days, and a call gives the same bytes all
    /// day.
    /// </summary>
    public static DateTimeOffset DayOf(DateTimeOffset now)
    {
        var day = TimeZoneInfo.ConvertTime(now, GermanTime).Date;
        return new DateTimeOffset(day, GermanTime.GetUtcOffset(day)).ToUniversalTime();
    }

    /// <summary>The time; an error of the call when it is none, or lies in the future.</summary>
    public static DateTimeOffset? Parse(ArgumentResult argument)
    {
        var text = argument.Tokens[0].Value;
        if (Read(text, TimeProvider.System.GetUtcNow()) is { } time) return time;
        argument.AddError(Texts.Of(TextKey.ReceivedUnfit, text));
        return null;
    }

    /// <summary>The time; null when the text is none, or one later than now.</summary>
    public static DateTimeOffset? Read(string text, DateTimeOffset now)
    {
        DateTimeOffset time;
        if (DateTime.TryParseExact(text, Unzoned, CultureInfo.InvariantCulture, DateTimeStyles.None, out var local))
        {
            // What the clocks skip in spring is no time.
            if (GermanTime.IsInvalidTime(local)) return null;
            time = new(local, GermanTime.GetUtcOffset(local));
        }
        else if (!DateTimeOffset.TryParseExact(text, Zoned, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out time))
        {
            return null;
        }

        // In UTC as everywhere: PDFs tell the offset, and the same moment has to give the same bytes.
        return time <= now && time.Year >= 2000 ? time.ToUniversalTime() : null;
    }
}
