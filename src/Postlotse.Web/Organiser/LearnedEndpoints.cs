using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Postlotse.Responsibility.City;
using Postlotse.Web.Shared;
using Postlotse.Web.SignIn;

namespace Postlotse.Web.Organiser;

/// <summary>What was learned (Gelerntes): how many letters, the trained versions and their figures, and back to an earlier one.</summary>
internal static class LearnedEndpoints
{
    private const string Home = "/organiser/learned";

    public static void Map(IEndpointRouteBuilder organiser)
    {
        organiser.MapGet("/learned", (HttpContext http, Frames frames, LearnedCity learned) =>
            frames.Page<LearnedPage>(http, learned));
        organiser.MapPost("/learned/train", async (HttpContext http, LearnedCity learned) =>
        {
            await learned.TrainAsync(CurrentAccount.Of(http)!.Id, http.RequestAborted);
            return Results.Redirect(Home);
        });
        organiser.MapPost("/learned/{version:int}/restore", async (int version, HttpContext http, LearnedCity learned) =>
            await learned.GoBackAsync(version, CurrentAccount.Of(http)!.Id, http.RequestAborted)
                ? Results.Redirect(Home) : Results.NotFound());
    }
}
