using System.Security.Claims;
using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Postlotse.Storage;
using Postlotse.Web.Shared;
using Postlotse.Web.SignIn;

namespace Postlotse.Web.Api;

/// <summary>Programs prove themselves by "Authorization: Bearer TOKEN"; a token acts for the account it was made for.</summary>
internal sealed class TokenHandler(
    IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory log, UrlEncoder encoder, ApiTokenStore tokens,
    AccountStore accounts)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, log, encoder)
{
    /// <summary>Name of the scheme.</summary>
    public new const string Scheme = "Token";

    private const string Prefix = "Bearer ";

    /// <summary>A new token: 256 bits; the beginning tells secret scanners what it is.</summary>
    public static string NewToken() => "postlotse_" + Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(32));

    /// <summary>What is stored of a token. It is random and long, so that a plain hash protects it.</summary>
    public static string Hash(string token) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(token)));

    protected override async Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        var header = Request.Headers.Authorization.ToString();
        if (!header.StartsWith(Prefix, StringComparison.OrdinalIgnoreCase)) return AuthenticateResult.NoResult();
        var id = await tokens.AccountOfAsync(Hash(header[Prefix.Length..].Trim()), Context.RequestAborted);
        var account = id is null ? null : await accounts.FindAsync(id, Context.RequestAborted);
        if (account is null or { Disabled: true }) return AuthenticateResult.Fail("unknown token");
        CurrentAccount.Set(Context, account);
        var identity = new ClaimsIdentity([new(CurrentAccount.NameClaim, account.Name)], Scheme, CurrentAccount.NameClaim, null);
        return AuthenticateResult.Success(new(new(identity), Scheme));
    }

    protected override Task HandleChallengeAsync(AuthenticationProperties properties)
    {
        Response.Headers.WWWAuthenticate = "Bearer";
        return Problems.Json(StatusCodes.Status401Unauthorized, "unauthorised").ExecuteAsync(Context);
    }

    protected override Task HandleForbiddenAsync(AuthenticationProperties properties) =>
        Problems.Json(StatusCodes.Status403Forbidden, "forbidden").ExecuteAsync(Context);
}
