using System.Globalization;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Postlotse.Delivery;
using Postlotse.Letters;
using Postlotse.Web.Live;
using Postlotse.Web.SignIn;

namespace Postlotse.Web.Shared;

/// <summary>What every page needs besides its own content.</summary>
/// <param name="Account">Who is signed in; null on the way in.</param>
/// <param name="City">Name of the city.</param>
/// <param name="Path">Address of the page, with its query.</param>
/// <param name="Csrf">Antiforgery token for forms.</param>
/// <param name="Assets">Addresses of scripts and styles.</param>
/// <param name="Display">Dates and numbers.</param>
/// <param name="Notice">What the page before wants to be said here; null for nothing.</param>
/// <param name="Live">Where news come from that are younger than the page.</param>
public sealed record Frame(
    Account? Account, string City, string Path, string Csrf, Assets Assets, Display Display, Notice? Notice, string Live)
{
    /// <summary>The day it is in the city.</summary>
    public DateOnly Today { get; init; }

    public Account SignedIn => Account ?? throw new InvalidOperationException("nobody is signed in");

    public bool Is(Role role) => Account is { MustChangePassword: false } account && account.Roles.Contains(role);
}

/// <summary>Makes frames and pages.</summary>
internal sealed class Frames(
    Organisation organisation, IAntiforgery antiforgery, Assets assets, WebSettings settings, Notices notices, LiveNews news,
    TimeProvider clock)
{
    public Display Display { get; } = new(settings.TimeZone);

    public Frame For(HttpContext http)
    {
        var token = antiforgery.GetAndStoreTokens(http).RequestToken!;
        var account = CurrentAccount.Of(http);
        return new(
            account, organisation.City, http.Request.Path + http.Request.QueryString, token, assets, Display,
            notices.Take(http), string.Create(CultureInfo.InvariantCulture, $"/live?seen={news.NumberOf(account)}"))
        {
            Today = DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(clock.GetUtcNow(), settings.TimeZone).DateTime),
        };
    }

    /// <summary>A page as an answer: a component with the parameters Frame and Model.</summary>
    public RazorComponentResult<TPage> Page<TPage>(HttpContext http, object model, int status = 200)
        where TPage : IComponent
    {
        // The antiforgery token in the frame forbids caching by itself.
        var parameters = new Dictionary<string, object?>(StringComparer.Ordinal) { ["Frame"] = For(http), ["Model"] = model };
        return new(parameters) { StatusCode = status };
    }

    /// <summary>A piece of a page, for scripts that put it into place.</summary>
    public static RazorComponentResult<TPart> Part<TPart>(HttpContext http, object model)
        where TPart : IComponent
    {
        http.Response.Headers.CacheControl = "no-store";
        return new(new Dictionary<string, object?>(StringComparer.Ordinal) { ["Model"] = model });
    }
}
