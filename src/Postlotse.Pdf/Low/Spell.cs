using System.Globalization;
using System.Text;

namespace Postlotse.Pdf.Low;

/// <summary>How numbers, texts and dates are spelled in a PDF.</summary>
internal static class Spell
{
    /// <summary>Points per millimetre.</summary>
    public const double PointsPerMillimetre = 72 / 25.4;

    public static string Format(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);

    /// <summary>A real number with at most four digits behind the point, never in exponent form.</summary>
    public static string Number(double value)
    {
        var rounded = Math.Round(value, 4);
        return (rounded == 0 ? 0 : rounded).ToString("0.####", CultureInfo.InvariantCulture); // no "-0"
    }

    /// <summary>A text string as UTF-16 with byte order mark, in hexadecimal.</summary>
    public static string Text(string text) => "<FEFF" + Hex(text) + ">";

    /// <summary>A string of ASCII in hexadecimal, with "_" for all else.</summary>
    public static string Ascii(string text) =>
        $"<{Convert.ToHexString([.. text.Select(c => c is >= ' ' and <= '~' ? (byte)c : (byte)'_')])}>";

    public static string Hex(string text) => Convert.ToHexString(Encoding.BigEndianUnicode.GetBytes(text));

    public static string Date(DateTimeOffset date)
    {
        var zone = date.ToString("zzz", CultureInfo.InvariantCulture).Replace(':', '\'');
        return "(D:" + date.ToString("yyyyMMddHHmmss", CultureInfo.InvariantCulture) + zone + "')";
    }
}
