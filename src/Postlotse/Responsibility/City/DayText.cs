using System.Globalization;

namespace Postlotse.Responsibility.City;

/// <summary>Days in tables and forms: 2027-01-31, also read as Germans and their spreadsheets write it (31.1.2027).</summary>
public static class DayText
{
    private static readonly string[] Shapes = ["yyyy-MM-dd", "d.M.yyyy"];

    /// <summary>Empty for none.</summary>
    public static string Write(DateOnly? day) => day?.ToString(Shapes[0], CultureInfo.InvariantCulture) ?? "";

    /// <summary>False for what is no day; empty text is none and fine.</summary>
    public static bool TryRead(string text, out DateOnly? day)
    {
        ArgumentNullException.ThrowIfNull(text);
        var valid = DateOnly.TryParseExact(text, Shapes, CultureInfo.InvariantCulture, DateTimeStyles.None, out var found);
        day = valid ? found : null;
        return valid || text.Length == 0;
    }
}
