using Postlotse.Delivery;
using Postlotse.Letters;
using Postlotse.Storage;

namespace Postlotse.Web.SignIn;

/// <summary>First start of an installation: somebody must be able to sign in and make the other accounts.</summary>
public static class FirstStart
{
    /// <summary>Sign-in name of the first account.</summary>
    public const string AdministratorName = "admin";

    /// <summary>Makes the administrator's account when there is no account at all.</summary>
    /// <returns>Its one-time password, to be shown once and changed at the first sign-in; null when there were accounts already.</returns>
    public static async Task<string?> EnsureAdministratorAsync(
        AccountStore accounts, Passwords passwords, TimeProvider clock, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(accounts);
        ArgumentNullException.ThrowIfNull(passwords);
        if (await accounts.CountAsync(cancellationToken) > 0) return null;
        var account = new Account(
            NewId(clock), AdministratorName, "Administration", [Role.Administrator], [], MustChangePassword: true, Disabled: false);
        var password = Passwords.NewOneTime();
        return await accounts.CreateAsync(account, passwords.Hash(account, password), cancellationToken) ? password : null;
    }

    /// <summary>A new pseudonymous id.</summary>
    public static string NewId(TimeProvider clock) => "account:" + LetterIds.New(clock);
}
