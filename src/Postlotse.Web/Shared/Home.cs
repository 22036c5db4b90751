using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Localization;
using Postlotse.Delivery;
using Postlotse.Web.SignIn;

namespace Postlotse.Web.Shared;

/// <summary>Where a person begins, and in which language.</summary>
internal static class Home
{
    private const string LanguageCookie = "postlotse-language";

    /// <summary>The first screen of a person's work.</summary>
    public static string Of(Account account)
    {
        if (account.Roles.Contains(Role.Mailroom)) return "/clearing";
        if (account.Roles.Contains(Role.Office)) return "/postkorb";
        if (account.Roles.Contains(Role.Organiser)) return "/organiser";
        if (account.Roles.Contains(Role.Auditor)) return "/evidence";
        return account.Roles.Contains(Role.Administrator) ? "/accounts" : "/offices";
    }

    /// <summary>Keeps the language for a year and goes back to the page.</summary>
    public static async Task<IResult> ChooseLanguageAsync(HttpContext http)
    {
        var form = await http.Request.ReadFormAsync(http.RequestAborted);
        var language = form["language"] == "en" ? "en" : "de";
        http.Response.Cookies.Append(LanguageCookie, language, new CookieOptions
        {
            HttpOnly = true, SameSite = SameSiteMode.Strict, Secure = http.Request.IsHttps,
            MaxAge = TimeSpan.FromDays(365), IsEssential = true,
        });
        return Results.Redirect(SignInEndpoints.LocalAddress(form["back"]));
    }

    /// <summary>For the localisation of requests; null lets the browser's languages decide.</summary>
    public static Task<ProviderCultureResult?> ChosenLanguageAsync(HttpContext http) => Task.FromResult(
        http.Request.Cookies[LanguageCookie] is "de" or "en" ? new ProviderCultureResult("", http.Request.Cookies[LanguageCookie]) : null);
}
