using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Hosting;

namespace Postlotse.Web.Live;

/// <summary>
/// Server-sent events: "changed" whenever any letter moved. The event says nothing else; the page then asks for what it may see.
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
            for (var number = await live.RefreshAsync(end.Token); ; number = live.Number)
            {
                var news = "event: changed\ndata: " + number.ToString(CultureInfo.InvariantCulture) + "\n\n";
                var text = number == seen ? ": still here\n\n" : news;
                seen = number;
                await http.Response.WriteAsync(text, end.Token);
                await http.Response.Body.FlushAsync(end.Token);
                await live.WaitAsync(seen, s_heartbeat, end.Token);
            }
        }
        catch (OperationCanceledException)
        {
            // The page was left, or the program ends.
        }
    }
}
