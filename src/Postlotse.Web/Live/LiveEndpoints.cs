using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Hosting;
using Postlotse.Web.SignIn;

namespace Postlotse.Web.Live;

/// <summary>
/// Server-sent events: "changed" whenever a letter moved that the account may know of. The event says nothing else; the page then asks
/// for what it may see. The stream ends with the session.
/// </summary>
internal static class LiveEndpoints
{
    private static readonly TimeSpan s_heartbeat = TimeSpan.FromSeconds(20);

    public static void Map(IEndpointRouteBuilder routes) => routes.MapGet("/live", StreamAsync);

    /// <param name="seen">Number when the page was made: what changed in between is told at once.</param>
    private static async Task StreamAsync(HttpContext http, LiveNews live, IHostApplicationLifetime host, long seen = 0)
    {
        using var end = CancellationTokenSource.CreateLinkedTokenSource(http.RequestAborted, host.ApplicationStopping);
        http.Response.ContentType = "text/event-stream";
        http.Response.Headers.CacheControl = "no-store";
        http.Features.Get<IHttpResponseBodyFeature>()?.DisableBuffering();
        try
        {
            await http.Response.WriteAsync(": here\n\n", end.Token);
            await live.RefreshAsync(end.Token);
            while (await CurrentAccount.FindAsync(http, http.User) is { } account)
            {
                var number = live.NumberOf(account);
                var news = "event: changed\ndata: " + number.ToString(CultureInfo.InvariantCulture) + "\n\n";
                var text = number == seen ? ": still here\n\n" : news;
                seen = number;
                await http.Response.WriteAsync(text, end.Token);
                await http.Response.Body.FlushAsync(end.Token);
                await live.WaitAsync(account, seen, s_heartbeat, end.Token);
            }
        }
        catch (OperationCanceledException)
        {
            // The page was left, or the program ends.
        }
    }
}
