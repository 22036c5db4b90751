using Microsoft.AspNetCore.Http;
using Postlotse.Storage;

namespace Postlotse.Web.SignIn;

/// <summary>Checks a name and its password, and counts the wrong ones by account and network address.</summary>
internal sealed class PasswordCheck(AccountStore accounts, SignInFailures failures, Passwords passwords)
{
    /// <summary>Null for an unknown name, a wrong password, a disabled account and an address that has to wait alike.</summary>
    public async Task<AccountCredentials?> RunAsync(HttpContext http, string name, string password)
    {
        var (address, cancellationToken) = (ClientAddress.Of(http), http.RequestAborted);
        var found = name.Length > 0 ? await accounts.CredentialsAsync(name, cancellationToken) : null;
        if (found is null or { Account.Disabled: true }
            || await failures.WaitAsync(found.Account.Id, address, cancellationToken) is not null)
        {
            passwords.CheckNobody(password);
            return null;
        }

        if (!passwords.Fits(found.Account, found.PasswordHash, password))
        {
            await failures.RecordFailureAsync(found.Account.Id, address, cancellationToken);
            return null;
        }

        await failures.RecordSuccessAsync(found.Account.Id, address, cancellationToken);
        return found;
    }
}
