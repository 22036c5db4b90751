using System.Security.Cryptography;
using System.Text;

namespace Postlotse.Separation;

/// <summary>
/// The secret that makes separator sheets (Trennblätter) one's own: who does not have it cannot print a sheet that divides or routes. A
/// sheet says its order and an HMAC-SHA-256 of it (RFC 2104), of which 96 bits are kept, as hexadecimal digits that a QR code holds well.
/// </summary>
public sealed class SheetKey
{
    /// <summary>Length of the key.</summary>
    public const int Bytes = 32;

    private const int MacBytes = 12;

    private readonly byte[] _key;

    private SheetKey(byte[] key) => _key = key;

    /// <summary>A new random one.</summary>
    public static SheetKey New() => new(RandomNumberGenerator.GetBytes(Bytes));

    /// <summary>A key as <see cref="ToHex"/> wrote it; null when the text is none.</summary>
    public static SheetKey? Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var hex = text.Trim();
        return hex.Length == 2 * Bytes && hex.All(char.IsAsciiHexDigit) ? new(Convert.FromHexString(hex)) : null;
    }

    /// <summary>The key for its file; whoever reads it can print sheets.</summary>
    public string ToHex() => Convert.ToHexString(_key);

    /// <summary>What stands behind an order on a sheet: 24 hexadecimal digits.</summary>
    internal string Sign(string order) =>
        Convert.ToHexString(HMACSHA256.HashData(_key, Encoding.UTF8.GetBytes(order)).AsSpan(0, MacBytes));

    /// <summary>Whether the order was signed with this key.</summary>
    internal bool Fits(string order, string mac) =>
        CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(Sign(order)), Encoding.UTF8.GetBytes(mac));
}
