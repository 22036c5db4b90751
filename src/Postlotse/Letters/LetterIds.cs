using System.Globalization;
using System.Security.Cryptography;

namespace Postlotse.Letters;

/// <summary>Makes ids that sort by time of making: 12 hexadecimal digits of milliseconds, 12 of chance.</summary>
public static class LetterIds
{
    public static string New(TimeProvider clock)
    {
        ArgumentNullException.ThrowIfNull(clock);
        var milliseconds = clock.GetUtcNow().ToUnixTimeMilliseconds();
        return milliseconds.ToString("x12", CultureInfo.InvariantCulture) + Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(6));
    }
}
