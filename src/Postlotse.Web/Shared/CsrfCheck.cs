using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Postlotse.Web.Shared;

/// <summary>
/// Refuses every changing request without our token (in the form or the header X-Csrf). Exempt is only the API, which knows no
/// cookies: its callers prove themselves in each request.
/// </summary>
internal static class CsrfCheck
{
    public const string Header = "X-Csrf";
    public const string Field = "csrf";

    public static async Task RunAsync(HttpContext http, RequestDelegate next, IAntiforgery antiforgery)
    {
        var safe = HttpMethods.IsGet(http.Request.Method) || HttpMethods.IsHead(http.Request.Method);
        if (safe || http.Request.Path.StartsWithSegments("/api", StringComparison.Ordinal) || await antiforgery.IsRequestValidAsync(http))
        {
            await next(http);
            return;
        }

        var frames = http.RequestServices.GetRequiredService<Frames>();
        await Problems.Page(http, frames, StatusCodes.Status400BadRequest).ExecuteAsync(http);
    }
}
