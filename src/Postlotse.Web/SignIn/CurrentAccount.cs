using System.Globalization;
using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Postlotse.Delivery;
using Postlotse.Storage;

namespace Postlotse.Web.SignIn;

/// <summary>
/// Who makes the request: read anew from the account store each time, so that a changed role, a disabled account, a new password or a
/// sign-out counts at once, also for a copied cookie. One query by an index.
/// </summary>
internal static class CurrentAccount
{
    public const string NameClaim = "name", StampClaim = "stamp", BegunClaim = "begun";
    private static readonly object s_key = new();

    /// <summary>Null when nobody is signed in.</summary>
    public static Account? Of(HttpContext http) => http.Items.TryGetValue(s_key, out var account) ? (Account?)account : null;

    public static void Set(HttpContext http, Account? account) => http.Items[s_key] = account;

    /// <param name="begun">Beginning of the session; renewing the cookie does not move it.</param>
    public static ClaimsPrincipal Principal(AccountCredentials credentials, DateTimeOffset begun, string scheme) => new(new ClaimsIdentity(
        [
            new(NameClaim, credentials.Account.Name), new(StampClaim, credentials.SessionStamp),
            new(BegunClaim, begun.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture)),
        ],
        scheme, NameClaim, null));

    /// <summary>For the cookie's validation.</summary>
    public static async Task ValidateAsync(CookieValidatePrincipalContext context)
    {
        var http = context.HttpContext;
        if (await FindAsync(http, context.Principal) is { } found)
        {
            Set(http, found);
            return;
        }

        context.RejectPrincipal();
        await http.SignOutAsync(CookieAuthenticationDefaults.AuthenticationScheme);
    }

    /// <summary>The account as it is now; null when the session has ended.</summary>
    public static async Task<Account?> FindAsync(HttpContext http, ClaimsPrincipal? session)
    {
        var services = http.RequestServices;
        if (session is null || !IsYoung(session, services)) return null;
        var accounts = services.GetRequiredService<AccountStore>();
        var found = await accounts.CredentialsAsync(session.FindFirstValue(NameClaim) ?? "", http.RequestAborted);
        return found is { Account.Disabled: false, SessionStamp.Length: > 0 }
            && string.Equals(found.SessionStamp, session.FindFirstValue(StampClaim), StringComparison.Ordinal) ? found.Account : null;
    }

    private static bool IsYoung(ClaimsPrincipal session, IServiceProvider services)
    {
        var longest = services.GetRequiredService<WebSettings>().LongestSession;
        var now = services.GetRequiredService<TimeProvider>().GetUtcNow();
        return long.TryParse(session.FindFirstValue(BegunClaim), NumberStyles.None, CultureInfo.InvariantCulture, out var begun)
            && now - DateTimeOffset.FromUnixTimeSeconds(begun) < longest;
    }
}
