using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Postlotse.Storage;
using Postlotse.Web.Shared;

namespace Postlotse.Web.SignIn;

/// <summary>Signing in and out, and changing one's password.</summary>
internal static class SignInEndpoints
{
    public const string RateLimit = "signin";

    private const int LongestName = 100;

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/signin", ShowSignIn).AllowAnonymous();
        routes.MapPost("/signin", SignInAsync).AllowAnonymous().RequireRateLimiting(RateLimit);
        routes.MapPost("/signout", (Delegate)SignOutAsync);
        routes.MapGet("/password", (HttpContext http, Frames frames) => frames.Page<PasswordPage>(http, new PasswordModel(null)));
        routes.MapPost("/password", ChangePasswordAsync).RequireRateLimiting(RateLimit);
    }

    /// <summary>Where to go after signing in: an address of this site only.</summary>
    public static string LocalAddress(string? address) =>
        address is ['/', ..] and not ['/', '/', ..] && !address.Any(c => c == '\\' || char.IsControl(c)) ? address : "/";

    private static IResult ShowSignIn(HttpContext http, Frames frames, WebSettings settings, string? back) =>
        CurrentAccount.Of(http) is not null
            ? Results.Redirect("/")
            : frames.Page<SignInPage>(http, new SignInModel("", LocalAddress(back), Failed: false, Shown(settings)));

    private static IReadOnlyList<DemoAccount> Shown(WebSettings settings) => settings.Demo ? settings.DemoAccounts : [];

    private static async Task<IResult> SignInAsync(
        HttpContext http, Frames frames, WebSettings settings, PasswordCheck check, SignInLimit limit)
    {
        var form = await http.Request.ReadFormAsync(http.RequestAborted);
        string name = form["name"].ToString(), password = form["password"].ToString(), back = LocalAddress(form["back"]);
        if (name.Length > LongestName) name = "";
        if (!limit.Allows(http, name)) return Results.StatusCode(StatusCodes.Status429TooManyRequests);
        if (await check.RunAsync(http, name, password) is not { } credentials)
        {
            var model = new SignInModel(name, back, Failed: true, Shown(settings));
            return frames.Page<SignInPage>(http, model, StatusCodes.Status401Unauthorized);
        }

        await StartSessionAsync(http, credentials);
        return Results.Redirect(credentials.Account.MustChangePassword ? "/password" : back);
    }

    /// <summary>Ends the session everywhere, not only in this browser: whoever copied the cookie is out as well.</summary>
    private static async Task<IResult> SignOutAsync(HttpContext http, AccountStore accounts)
    {
        await accounts.EndSessionsAsync(CurrentAccount.Of(http)!.Id, http.RequestAborted);
        await http.SignOutAsync(CookieAuthenticationDefaults.AuthenticationScheme);
        return Results.Redirect("/signin");
    }

    private static async Task<IResult> ChangePasswordAsync(
        HttpContext http, Frames frames, AccountStore accounts, Passwords passwords, PasswordCheck check, Notices notices)
    {
        var form = await http.Request.ReadFormAsync(http.RequestAborted);
        string old = form["old"].ToString(), wanted = form["new"].ToString(), again = form["again"].ToString();
        var account = CurrentAccount.Of(http)!;
        var problem = ProblemOf(wanted, again, old, account.Name);
        if (problem is null && await check.RunAsync(http, account.Name, old) is null) problem = "password.wrongOld";
        if (problem is not null) return frames.Page<PasswordPage>(http, new PasswordModel(problem), StatusCodes.Status400BadRequest);
        var hash = passwords.Hash(account, wanted);
        await accounts.SetPasswordAsync(account.Id, hash, mustChangePassword: false, account.Id, http.RequestAborted);
        await StartSessionAsync(http, (await accounts.CredentialsAsync(account.Name, http.RequestAborted))!);
        notices.Leave(http, T.Of("password.changed"));
        return Results.Redirect("/");
    }

    /// <summary>Key of the text that says why a new password cannot be taken; null when it can.</summary>
    private static string? ProblemOf(string wanted, string again, string old, string name)
    {
        if (wanted.Length < Passwords.ShortestLength) return "password.tooShort";
        if (wanted.Length > Passwords.LongestLength) return "password.tooLong";
        if (!string.Equals(wanted, again, StringComparison.Ordinal)) return "password.notAgain";
        if (string.Equals(wanted, old, StringComparison.Ordinal)) return "password.same";
        return wanted.Contains(name, StringComparison.OrdinalIgnoreCase) ? "password.containsName" : null;
    }

    private static Task StartSessionAsync(HttpContext http, AccountCredentials credentials)
    {
        const string Scheme = CookieAuthenticationDefaults.AuthenticationScheme;
        var now = http.RequestServices.GetRequiredService<TimeProvider>().GetUtcNow();
        return http.SignInAsync(Scheme, CurrentAccount.Principal(credentials, now, Scheme));
    }
}

public sealed record SignInModel(string Name, string Back, bool Failed, IReadOnlyList<DemoAccount> Demo);

/// <param name="Problem">Key of a text; null for none.</param>
public sealed record PasswordModel(string? Problem);
