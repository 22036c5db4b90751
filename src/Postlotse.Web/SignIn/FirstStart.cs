using Postlotse.Delivery;
using Postlotse.Evidence;
using Postlotse.Letters;
using Postlotse.Storage;

namespace Postlotse.Web.SignIn;

/// <summary>First start of an installation: somebody must be able to sign in and make the other accounts.</summary>
public static class FirstStart
{
    /// <summary>Sign-in name of the first account.</summary>
    public const string AdministratorName = "admin";

    /// <summary>
    /// Makes the administrator's account when there is no account at all; one that nobody has used yet gets a new password, for the first
    /// one may never have been read.
    /// </summary>
    /// <returns>Its one-time password, to be changed at the first sign-in; null when there are accounts in use.</returns>
    public static async Task<string?> EnsureAdministratorAsync(
        AccountStore accounts, Passwords passwords, TimeProvider clock, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(accounts);
        ArgumentNullException.ThrowIfNull(passwords);
        var there = await accounts.ListAsync(cancellationToken);
        if (there is [{ Name: AdministratorName, MustChangePassword: true } unused])
        {
            var renewed = Passwords.NewOneTime();
            var hash = passwords.Hash(unused, renewed);
            await accounts.SetPasswordAsync(unused.Id, hash, mustChangePassword: true, NewEvent.System, cancellationToken);
            return renewed;
        }

        if (there.Count > 0) return null;
        var account = new Account(
            NewId(clock), AdministratorName, "Administration", [Role.Administrator], [], MustChangePassword: true, Disabled: false);
        var password = Passwords.NewOneTime();
        var created = await accounts.CreateAsync(account, passwords.Hash(account, password), NewEvent.System, cancellationToken);
        return created ? password : null;
    }

    /// <summary>A new pseudonymous id.</summary>
    public static string NewId(TimeProvider clock) => "account:" + LetterIds.New(clock);
}
