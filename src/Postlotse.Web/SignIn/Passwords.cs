using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;
using Postlotse.Delivery;

namespace Postlotse.Web.SignIn;

/// <summary>Makes, hashes (PBKDF2, HMAC-SHA-512) and checks passwords (Kennwort).</summary>
public sealed class Passwords
{
    /// <summary>Shortest password a person may choose, in characters.</summary>
    public const int ShortestLength = 12;

    /// <summary>Longest password taken, in characters; more would only keep the hash busy.</summary>
    public const int LongestLength = 200;

    // OWASP's figure for PBKDF2 with SHA-512 (Password Storage Cheat Sheet, 2023).
    private const int Iterations = 210_000;
    private const string Letters = "abcdefghjkmnpqrstuvwxyz23456789";

    private static readonly Account s_nobody = new("account:nobody", "", "", [], [], false, true);

    private readonly PasswordHasher<Account> _hasher = new(Options.Create(new PasswordHasherOptions { IterationCount = Iterations }));
    private readonly string _hashOfNobody;

    public Passwords() => _hashOfNobody = Hash(s_nobody, NewOneTime());

    /// <summary>A random one-time password of 79 bits, easy to read out.</summary>
    public static string NewOneTime()
    {
        var text = new StringBuilder();
        for (var i = 0; i < 16; i++)
        {
            if (i > 0 && i % 4 == 0) text.Append('-');
            text.Append(Letters[RandomNumberGenerator.GetInt32(Letters.Length)]);
        }

        return text.ToString();
    }

    /// <summary>For the account store.</summary>
    public string Hash(Account account, string password) => _hasher.HashPassword(account, password);

    /// <summary>Whether the password fits.</summary>
    public bool Fits(Account account, string hash, string password) =>
        password.Length <= LongestLength && _hasher.VerifyHashedPassword(account, hash, password) != PasswordVerificationResult.Failed;

    /// <summary>Takes as long as checking a real password, so that the time does not tell whether a name exists.</summary>
    public void CheckNobody(string password) => Fits(s_nobody, _hashOfNobody, password);
}
