using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Postlotse.Responsibility.City;
using Postlotse.Web.Shared;

namespace Postlotse.Web.Organiser;

/// <summary>The promise (Zusage): at most which share of the letters delivered without a person may go to a wrong office.</summary>
internal static class PromiseEndpoints
{
    public static void Map(IEndpointRouteBuilder organiser)
    {
        organiser.MapGet("/promise", (HttpContext http, Frames frames, CityInForce city) =>
            frames.Page<PromisePage>(http, new PromiseModel(city.Current, [])));
        organiser.MapPost("/promise", ChangeAsync);
    }

    private static async Task<IResult> ChangeAsync(HttpContext http, Frames frames, CityInForce city, Drafts drafts)
    {
        var text = (await http.Request.ReadFormAsync(http.RequestAborted))["rate"].ToString().Trim().Replace(',', '.');
        var valid = double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var percent);
        if (!valid || percent is not (>= 0 and <= 20))
            return frames.Page<PromisePage>(
                http, new PromiseModel(city.Current, [T.Of("organiser.promise.wrong")]), StatusCodes.Status400BadRequest);
        var rate = Math.Round(percent / 100, 4);
        return await DraftEndpoints.PrepareAsync(
            http, drafts, now => (now.Plan with { HighestMisrouteRate = rate }, now.Organisation), "/organiser/promise");
    }
}

public sealed record PromiseModel(CityState City, IReadOnlyList<string> Problems);
