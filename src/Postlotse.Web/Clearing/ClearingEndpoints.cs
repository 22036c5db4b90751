using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Postlotse.Delivery;
using Postlotse.Letters;
using Postlotse.Storage;
using Postlotse.Web.Letters;
using Postlotse.Web.Shared;
using Postlotse.Web.SignIn;
using Desk = Postlotse.Delivery.Clearing;

namespace Postlotse.Web.Clearing;

/// <summary>Clearing (Klärung): a person of the mailroom decides what the program would not.</summary>
internal static class ClearingEndpoints
{
    private const int LongestQueue = 500;

    public static void Map(IEndpointRouteBuilder routes)
    {
        var clearing = routes.MapGroup("/clearing").RequireAuthorization(Need.Mailroom);
        clearing.MapGet("", ListAsync);
        clearing.MapGet("/aside", ListAsideAsync);
        UnattendedEndpoints.Map(clearing);
        clearing.MapGet("/offices", (HttpContext http, OfficeSearch search, string? q) =>
            Frames.Part<OfficeOptions>(http, search.Find(q ?? "")));
        clearing.MapGet("/{id}", ShowAsync);
        clearing.MapPost("/{id}/assign", AssignAsync);
        clearing.MapPost("/{id}/aside", SetAsideAsync);
        clearing.MapPost("/{id}/reopen", ReopenAsync);
    }

    private static async Task<IResult> ListAsync(
        HttpContext http, Frames frames, LetterQueries queries, AccountStore accounts, Organisation organisation, UnitNames units)
    {
        var page = await queries.ClearingAsync(null, LongestQueue, http.RequestAborted);
        var attendance = new Attendance(organisation, await accounts.ListAsync(http.RequestAborted));
        var unattended = await queries.UnattendedCountAsync(attendance.Attended, http.RequestAborted);
        return frames.Page<ClearingListPage>(http, new ClearingListModel(
            page.Items, page.Next is not null, units, unattended, Access.MayOpenClosed(CurrentAccount.Of(http)!)));
    }

    private static async Task<IResult> ListAsideAsync(HttpContext http, Frames frames, LetterQueries queries, string? after)
    {
        var page = await queries.SetAsideAsync(after, 50, http.RequestAborted);
        return frames.Page<AsidePage>(http, new AsideModel(page.Items, page.Next, Access.MayOpenClosed(CurrentAccount.Of(http)!)));
    }

    private static async Task<IResult> ShowAsync(
        string id, HttpContext http, Frames frames, LetterQueries queries, AccountStore accounts, UnitNames units, Notices notices,
        Organisation organisation)
    {
        var letter = await queries.LetterAsync(id, http.RequestAborted);
        if (letter is null) return Results.NotFound();
        if (!Access.MayClear(CurrentAccount.Of(http)!, letter))
        {
            notices.Leave(http, T.Of(letter.Place == Place.Clearing ? "list.closedWaits" : "refusal.NotHereAnymore"), good: false);
            return Results.Redirect("/clearing");
        }

        var (next, position, length) = await NeighbourAsync(http, queries, id);
        var events = await queries.EventsAsync(id, http.RequestAborted);
        var names = await ActorNames.OfAsync(accounts, events.Select(e => e.Actor), http.RequestAborted);
        var receipts = await queries.ReceiptsAsync(id, http.RequestAborted);
        var batch = await LetterEndpoints.BatchOfAsync(http, queries, organisation, letter);
        var known = new LetterModel(letter, receipts, events, names, units, batch);
        return frames.Page<ClearingPage>(http, new ClearingModel(known, next, position, length));
    }

    private static async Task<IResult> AssignAsync(
        string id, HttpContext http, IJourneyStore store, LetterQueries queries, Organisation organisation, UnitNames units,
        Notices notices, TimeProvider clock)
    {
        var unit = (await http.Request.ReadFormAsync(http.RequestAborted))["unit"].ToString();
        var account = CurrentAccount.Of(http)!;
        var (next, _, _) = await NeighbourAsync(http, queries, id);
        var refused = await DeskAction.RunAsync(
            store, id, letter => Desk.Assign(letter, unit, account, organisation, clock.GetUtcNow()), http.RequestAborted);
        if (refused == Refusal.NoSuchOffice) next = id;
        notices.Leave(http, refused is null ? T.Of("clearing.assigned", units.Label(unit)) : T.Of("refusal." + refused), refused is null);
        return Results.Redirect(AddressOf(next));
    }

    private static async Task<IResult> SetAsideAsync(
        string id, HttpContext http, IJourneyStore store, LetterQueries queries, Notices notices)
    {
        var form = await http.Request.ReadFormAsync(http.RequestAborted);
        if (!Enum.TryParse<SetAsideReason>(form["reason"], out var reason) || !Enum.IsDefined(reason)) return Results.BadRequest();
        var account = CurrentAccount.Of(http)!;
        var (next, _, _) = await NeighbourAsync(http, queries, id);
        var refused = await DeskAction.RunAsync(store, id, letter => Desk.SetAside(letter, reason, account), http.RequestAborted);
        notices.Leave(http, T.Of(refused is null ? "clearing.setAside" : "refusal." + refused), refused is null);
        return Results.Redirect(AddressOf(next));
    }

    private static async Task<IResult> ReopenAsync(string id, HttpContext http, IJourneyStore store, Notices notices)
    {
        var account = CurrentAccount.Of(http)!;
        var refused = await DeskAction.RunAsync(store, id, letter => Desk.Reopen(letter, account), http.RequestAborted);
        notices.Leave(http, T.Of(refused is null ? "clearing.reopened" : "refusal." + refused), refused is null);
        return Results.Redirect(refused is null ? AddressOf(id) : "/clearing/aside");
    }

    /// <summary>
    /// The letter after this one in the queue (after the last the first one again), and where this one stands; of those that
    /// the person may clear.
    /// </summary>
    private static async Task<(string? Next, int Position, int Length)> NeighbourAsync(HttpContext http, LetterQueries queries, string id)
    {
        var mayOpenClosed = Access.MayOpenClosed(CurrentAccount.Of(http)!);
        var ids = (await queries.ClearingAsync(null, LongestQueue, http.RequestAborted)).Items
            .Where(l => mayOpenClosed || !l.Closed).Select(l => l.Id).ToList();
        var index = ids.FindIndex(i => string.Equals(i, id, StringComparison.Ordinal));
        var next = index >= 0 && index + 1 < ids.Count ? ids[index + 1] : ids.Find(i => !string.Equals(i, id, StringComparison.Ordinal));
        return (next, index + 1, ids.Count);
    }

    private static string AddressOf(string? id) => id is null ? "/clearing" : "/clearing/" + id;
}

/// <param name="More">There are more letters than shown.</param>
/// <param name="Unattended">Letters in Postkörbe that nobody looks after.</param>
/// <param name="MayOpenClosed">Whether the person may see what must stay closed.</param>
public sealed record ClearingListModel(
    IReadOnlyList<LetterRow> Letters, bool More, UnitNames Units, int Unattended, bool MayOpenClosed);

/// <param name="MayOpenClosed">Whether the person may see what must stay closed.</param>
public sealed record AsideModel(IReadOnlyList<LetterRow> Letters, string? Next, bool MayOpenClosed);

/// <param name="Known">The letter and its history.</param>
/// <param name="Next">The letter after it; null when it is the only one.</param>
/// <param name="Position">1 for the first; 0 when beyond what is counted.</param>
/// <param name="Length">Letters that wait.</param>
public sealed record ClearingModel(LetterModel Known, string? Next, int Position, int Length);
