using System.Globalization;
using System.Text;

namespace Engines.Tests.Support;

/// <summary>Changes foreign data as damage and malice do: bits, bytes, ranges, numbers, words of the format, parts of others.</summary>
internal static class Mutation
{
    private static readonly string[] Numbers =
    [
        "0", "-1", "1", "65536", "2147483647", "2147483648", "4294967295", "99999999999999999999", "1e308", "-1e-308", "NaN",
        "null", "[", "",
    ];

    private static readonly string[] Tokens =
    [
        "\\ud800", "\\u0000", "\u202e", "\n", "\r\n", "\t", "\0", "\"", "{", "}", "[[[[[[[[", "]",
        "<", "<doc>", ":", " R", "/", "%", "\u00ff",
    ];

    /// <summary>One to six changes of the seed.</summary>
    public static byte[] Of(byte[] seed, byte[] other, Random random)
    {
        var data = new List<byte>(seed);
        for (var change = random.Next(1, 7); change > 0 && data.Count > 0; change--) Change(data, other, random);
        return [.. data];
    }

    /// <summary>The same of text; bytes that are no UTF-8 become what they become in programs' output.</summary>
    public static string Of(string seed, string other, Random random) =>
        Encoding.UTF8.GetString(Of(Encoding.UTF8.GetBytes(seed), Encoding.UTF8.GetBytes(other), random));

    private static void Change(List<byte> data, byte[] other, Random random)
    {
        var at = random.Next(data.Count);
        var length = Math.Min(random.Next(4) switch { 0 => 1, 1 => 8, 2 => 64, _ => 700 }, data.Count - at);
        switch (random.Next(9))
        {
            case 0: data[at] ^= (byte)(1 << random.Next(8)); break;
            case 1: data[at] = (byte)random.Next(256); break;
            case 2: data.RemoveRange(at, length); break;
            case 3: data.InsertRange(at, data.GetRange(at, length)); break;
            case 4 when length < 65:
                for (var i = 0; i < 100; i++) data.InsertRange(at, data.GetRange(at, length));
                break;
            case 5: Replace(data, at, 0, Encoding.UTF8.GetBytes(Tokens[random.Next(Tokens.Length)])); break;
            case 6: ReplaceNumber(data, at, random); break;
            case 7 when other.Length > 0: Replace(data, at, length, other.AsSpan(random.Next(other.Length))[..1].ToArray()); break;
            case 8 when random.Next(4) == 0: data.RemoveRange(at, data.Count - at); break;
            default: Replace(data, at, Math.Min(4, length), BitConverter.GetBytes(random.Next(3) - 1)); break;
        }
    }

    /// <summary>The next number behind a place.</summary>
    private static void ReplaceNumber(List<byte> data, int at, Random random)
    {
        var start = data.FindIndex(at, IsDigit);
        if (start < 0) return;
        var end = data.FindIndex(start, b => !IsDigit(b));
        var number = random.Next(2) == 0 ? Numbers[random.Next(Numbers.Length)] : random.Next().ToString(CultureInfo.InvariantCulture);
        Replace(data, start, (end < 0 ? data.Count : end) - start, Encoding.ASCII.GetBytes(number));
    }

    private static void Replace(List<byte> data, int at, int length, byte[] with)
    {
        data.RemoveRange(at, length);
        data.InsertRange(at, with);
    }

    private static bool IsDigit(byte value) => char.IsAsciiDigit((char)value);
}
