namespace Postlotse.Responsibility.Deadlines;

/// <summary>The German Länder by their ISO 3166-2 codes.</summary>
internal enum LandCode { BW, BY, BE, BB, HB, HH, HE, MV, NI, NW, RP, SL, SN, ST, SH, TH }

/// <summary>Holidays that hold in a part of a Land only; a city that has one names it in its organisation file.</summary>
internal enum LocalHoliday
{
    /// <summary>Mariä Himmelfahrt, 15 August, in mainly Catholic municipalities of Bavaria.</summary>
    Assumption,

    /// <summary>Fronleichnam in parts of Saxony and Thuringia.</summary>
    CorpusChristi,

    /// <summary>Friedensfest, 8 August, in Augsburg.</summary>
    PeaceFestival,
}

/// <summary>
/// Public holidays (gesetzliche Feiertage) at the place of the authority, by the holiday acts of the Länder as of 2026. Without a Land only
/// those of all Länder: a limit then ends rather too early than too late.
/// </summary>
internal sealed class Holidays(LandCode? land, IReadOnlyCollection<LocalHoliday>? local = null)
{
    /// <summary>Null when the city's Land is not known.</summary>
    public LandCode? Land => land;

    /// <summary>The Land that a text names: its German name, "BW" or "DE-BW"; null for none.</summary>
    public static LandCode? LandOf(string text)
    {
        var name = Language.GermanText.Fold(text.Trim()).Replace(' ', '-');
        var known = name switch
        {
            "baden-wuerttemberg" => "bw", "bayern" or "freistaat-bayern" => "by", "berlin" => "be", "brandenburg" => "bb",
            "bremen" => "hb", "hamburg" => "hh", "hessen" => "he", "mecklenburg-vorpommern" => "mv", "niedersachsen" => "ni",
            "nordrhein-westfalen" => "nw", "rheinland-pfalz" => "rp", "saarland" => "sl", "sachsen" or "freistaat-sachsen" => "sn",
            "sachsen-anhalt" => "st", "schleswig-holstein" => "sh", "thueringen" or "freistaat-thueringen" => "th",
            _ when name.StartsWith("de-", StringComparison.Ordinal) => name[3..],
            _ => name,
        };
        foreach (var candidate in Enum.GetValues<LandCode>())
            if (string.Equals(candidate.ToString(), known, StringComparison.OrdinalIgnoreCase)) return candidate;
        return null;
    }

    /// <summary>Whether a limit cannot end on that day.</summary>
    public bool IsFree(DateOnly day) => day.DayOfWeek is DayOfWeek.Saturday or DayOfWeek.Sunday || IsHoliday(day);

    /// <summary>Whether the day is a public holiday here.</summary>
    public bool IsHoliday(DateOnly day) => IsEverywhere(day) || OfLand(day) || IsLocal(day);

    /// <summary>Easter Sunday of a Gregorian year (Meeus, Jones and Butcher).</summary>
    public static DateOnly Easter(int year)
    {
        int a = year % 19, b = year / 100, c = year % 100, d = b / 4, e = b % 4, f = (b + 8) / 25, g = (b - f + 1) / 3;
        int h = (19 * a + b - d - g + 15) % 30, i = c / 4, k = c % 4, l = (32 + 2 * e + 2 * i - h - k) % 7, m = (a + 11 * h + 22 * l) / 451;
        var n = h + l - 7 * m + 114;
        return new(year, n / 31, n % 31 + 1);
    }

    private static int FromEaster(DateOnly day) => day.DayNumber - Easter(day.Year).DayNumber;

    private static bool IsEverywhere(DateOnly day) =>
        (day.Day, day.Month) is (1, 1) or (1, 5) or (3, 10) or (25, 12) or (26, 12) || FromEaster(day) is -2 or 1 or 39 or 50;

    private bool OfLand(DateOnly day) => (day.Day, day.Month) switch
    {
        (6, 1) => land is LandCode.BW or LandCode.BY or LandCode.ST,
        (8, 3) => (land is LandCode.BE && day.Year >= 2019) || (land is LandCode.MV && day.Year >= 2023),
        (8, 5) => land is LandCode.BE && day.Year is 2020 or 2025,
        (15, 8) => land is LandCode.SL,
        (20, 9) => land is LandCode.TH && day.Year >= 2019,
        (31, 10) => ReformationDay(day.Year),
        (1, 11) => land is LandCode.BW or LandCode.BY or LandCode.NW or LandCode.RP or LandCode.SL,
        (>= 16 and <= 22, 11) => land is LandCode.SN && day.DayOfWeek == DayOfWeek.Wednesday,
        _ => land is LandCode.BW or LandCode.BY or LandCode.HE or LandCode.NW or LandCode.RP
            or LandCode.SL && IsCorpusChristi(day),
    };

    private bool ReformationDay(int year) => land switch
    {
        LandCode.BB or LandCode.MV or LandCode.SN or LandCode.ST or LandCode.TH => true,
        LandCode.HB or LandCode.HH or LandCode.NI or LandCode.SH => year >= 2017,
        _ => year == 2017,
    };

    private static bool IsCorpusChristi(DateOnly day) => FromEaster(day) == 60;

    private bool IsLocal(DateOnly day) => local is { Count: > 0 } && (
        (local.Contains(LocalHoliday.Assumption) && day is { Day: 15, Month: 8 })
        || (local.Contains(LocalHoliday.PeaceFestival) && day is { Day: 8, Month: 8 })
        || (local.Contains(LocalHoliday.CorpusChristi) && IsCorpusChristi(day)));
}
