using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Postlotse.Delivery;
using Postlotse.Storage;

namespace Postlotse.Web.SignIn;

/// <summary>
/// Who makes the request: read anew from the account store each time, so that a changed role, a disabled account or a new password
/// counts at once.
/// </summary>
internal static class CurrentAccount
{
    public const string NameClaim = "name", StampClaim = "stamp";
    private static readonly object s_key = new();

    /// <summary>Null when nobody is signed in.</summary>
    public static Account? Of(HttpContext http) => http.Items.TryGetValue(s_key, out var account) ? (Account?)account : null;

    public static void Set(HttpContext http, Account? account) => http.Items[s_key] = account;

    public static ClaimsPrincipal Principal(AccountCredentials credentials, string scheme) => new(new ClaimsIdentity(
        [new(NameClaim, credentials.Account.Name), new(StampClaim, Passwords.Stamp(credentials.PasswordHash))], scheme, NameClaim, null));

    /// <summary>For the cookie's validation.</summary>
    public static async Task ValidateAsync(CookieValidatePrincipalContext context)
    {
        var http = context.HttpContext;
        var accounts = http.RequestServices.GetRequiredService<AccountStore>();
        var name = context.Principal?.FindFirstValue(NameClaim) ?? "";
        var found = await accounts.CredentialsAsync(name, http.RequestAborted);
        if (found is { Account.Disabled: false }
            && string.Equals(Passwords.Stamp(found.PasswordHash), context.Principal?.FindFirstValue(StampClaim), StringComparison.Ordinal))
        {
            Set(http, found.Account);
            return;
        }

        context.RejectPrincipal();
        await http.SignOutAsync(CookieAuthenticationDefaults.AuthenticationScheme);
    }
}
