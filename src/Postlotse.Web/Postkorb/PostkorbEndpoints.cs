using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Postlotse.Delivery;
using Postlotse.Storage;
using Postlotse.Web.Shared;
using Postlotse.Web.SignIn;

namespace Postlotse.Web.Postkorb;

/// <summary>The Postkörbe of the offices a person works for.</summary>
internal static class PostkorbEndpoints
{
    private const int LettersAPage = 50;

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/postkorb", ListAsync).RequireAuthorization(Need.Office);
        routes.MapGet("/postkorb/{unit}", ShowAsync).RequireAuthorization(Need.Office);
    }

    private static async Task<IResult> ListAsync(
        HttpContext http, Frames frames, LetterQueries queries, OpenedLetters opened, UnitNames units)
    {
        var mine = CurrentAccount.Of(http)!.Units;
        if (mine.Count == 1) return Results.Redirect("/postkorb/" + Uri.EscapeDataString(mine[0]));
        var counts = await queries.PostkorbCountsAsync(mine, http.RequestAborted);
        var fresh = await opened.UnopenedCountsAsync(mine, http.RequestAborted);
        var tiles = mine.Select(u => new PostkorbTile(u, units.Label(u), counts[u], fresh.GetValueOrDefault(u))).ToList();
        return frames.Page<PostkorbListPage>(http, new PostkorbListModel(tiles));
    }

    private static async Task<IResult> ShowAsync(
        string unit, HttpContext http, Frames frames, LetterQueries queries, OpenedLetters opened, UnitNames units,
        string? q, string? after)
    {
        if (!Access.IsMember(CurrentAccount.Of(http)!, unit)) return Results.NotFound();
        var page = await queries.PostkorbAsync(unit, q, after, LettersAPage, http.RequestAborted);
        var seen = await opened.OpenedAsync(page.Items.Select(l => l.Id).ToList(), http.RequestAborted);
        var total = (await queries.PostkorbCountsAsync([unit], http.RequestAborted))[unit];
        return frames.Page<PostkorbPage>(http, new PostkorbModel(unit, units.Label(unit), page, seen, total, q ?? "", after));
    }
}

public sealed record PostkorbTile(string Unit, string Label, int Letters, int Unopened);

public sealed record PostkorbListModel(IReadOnlyList<PostkorbTile> Tiles);

/// <param name="Seen">Ids of letters that somebody of the office has opened since they were delivered.</param>
/// <param name="Total">Letters in the Postkorb, whatever is searched for.</param>
public sealed record PostkorbModel(
    string Unit, string Label, Page<LetterRow> Page, IReadOnlySet<string> Seen, int Total, string Search, string? After);
