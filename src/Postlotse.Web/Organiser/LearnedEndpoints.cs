using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Postlotse.Responsibility.City;
using Postlotse.Web.Shared;

namespace Postlotse.Web.Organiser;

/// <summary>What was learned (Gelerntes): how many letters, the trained versions and their figures, and back to an earlier one.</summary>
internal static class LearnedEndpoints
{
    public static void Map(IEndpointRouteBuilder organiser)
    {
        organiser.MapGet("/learned", (HttpContext http, Frames frames, LearnedCity learned) =>
            frames.Page<LearnedPage>(http, learned));
        organiser.MapPost("/learned/train", (HttpContext http, LearnedCity learned) => ChangeAsync(http, cancel =>
        {
            learned.Train(cancel);
            return true;
        }));
        organiser.MapPost("/learned/{version:int}/restore", (int version, HttpContext http, LearnedCity learned) =>
            ChangeAsync(http, cancel => learned.GoBack(version, cancel)));
    }

    /// <summary>Seconds to a minute: not on the thread that answers others.</summary>
    private static async Task<IResult> ChangeAsync(HttpContext http, Func<CancellationToken, bool> change) =>
        await Task.Run(() => change(http.RequestAborted), http.RequestAborted)
            ? Results.Redirect("/organiser/learned") : Results.NotFound();
}
