using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Postlotse.Delivery;
using Postlotse.Letters;
using Postlotse.Responsibility.City;
using Postlotse.Storage;
using Postlotse.Web.Clearing;
using Postlotse.Web.Letters;
using Postlotse.Web.Shared;
using Postlotse.Web.SignIn;
using Desk = Postlotse.Delivery.Clearing;

namespace Postlotse.Web.Organiser;

/// <summary>The organiser's side (Organisation): who is responsible for what. Shows offices, counts and dates, never a letter.</summary>
internal static class OrganiserEndpoints
{
    private const int Days = 30;

    public static void Map(IEndpointRouteBuilder routes)
    {
        var organiser = routes.MapGroup("/organiser").RequireAuthorization(Need.Organiser);
        organiser.MapGet("", ShowUnitsAsync);
        organiser.MapGet("/offices", (HttpContext http, OfficeSearch search, string? q) =>
            Frames.Part<OfficeOptions>(http, search.Find(q ?? "")));
        organiser.MapPost("/gone", TakeFromGoneAsync);
        AssignmentEndpoints.Map(organiser);
        RuleEndpoints.Map(organiser);
        PromiseEndpoints.Map(organiser);
        LearnedEndpoints.Map(organiser);
        ExchangeEndpoints.Map(organiser);
        VersionEndpoints.Map(organiser);
        DraftEndpoints.Map(organiser);
    }

    private static async Task<IResult> ShowUnitsAsync(
        HttpContext http, Frames frames, CityInForce city, PastLetters past, AccountStore accounts, TimeProvider clock)
    {
        var state = city.Current;
        var delivered = await past.DeliveredSinceAsync(clock.GetUtcNow().AddDays(-Days), http.RequestAborted);
        var lying = await past.InPostkorbAsync(http.RequestAborted);
        var members = new Attendance(state.Organisation, await accounts.ListAsync(http.RequestAborted)).Attended;
        var gone = lying.Where(l => !state.Organisation.IsTarget(l.Key)).Select(l => new UnitNumber(l.Key, l.Value)).ToList();
        return frames.Page<UnitsPage>(http, new UnitsModel(state, ConcernsOf(state), delivered, members, gone));
    }

    /// <summary>Number of concerns by office: as laid down, else the likeliest one.</summary>
    private static Dictionary<string, int> ConcernsOf(CityState city)
    {
        var planned = city.Plan.Assignments.ToLookup(a => a.Concern, a => a.Unit, StringComparer.Ordinal);
        return city.Decider.Proposals
            .SelectMany(c => planned.Contains(c.Id) ? planned[c.Id].Distinct(StringComparer.Ordinal) : c.Units.Take(1).Select(u => u.Unit))
            .CountBy(unit => unit, StringComparer.Ordinal).ToDictionary(StringComparer.Ordinal);
    }

    /// <summary>Letters in Postkörbe of offices that are gone go to clearing, so that none is lost.</summary>
    private static async Task<IResult> TakeFromGoneAsync(
        HttpContext http, IJourneyStore store, PastLetters past, Organisation organisation, Notices notices)
    {
        var unit = (await http.Request.ReadFormAsync(http.RequestAborted))["unit"].ToString();
        var account = CurrentAccount.Of(http)!;
        var count = 0;
        foreach (var id in await past.IdsInPostkorbAsync(unit, http.RequestAborted))
        {
            var refused = await DeskAction.RunAsync(
                store, id, letter => Desk.TakeFromGoneOffice(letter, account, organisation), http.RequestAborted);
            if (refused is null) count++;
        }

        notices.Leave(http, T.Of("organiser.gone.done", count));
        return Results.Redirect("/organiser");
    }
}

/// <param name="Concerns">Number of concerns by office.</param>
/// <param name="Delivered">Letters of the last 30 days by office.</param>
/// <param name="Members">Offices with a member.</param>
/// <param name="Gone">Letters in Postkörbe of offices that are gone.</param>
public sealed record UnitsModel(
    CityState City, IReadOnlyDictionary<string, int> Concerns, IReadOnlyDictionary<string, int> Delivered,
    IReadOnlyCollection<string> Members, IReadOnlyList<UnitNumber> Gone);
