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

/// <summary>
/// Letters in Postkörbe that nobody looks after: those for other authorities, which the mailroom forwards, and those of offices without
/// members, until somebody is one.
/// </summary>
internal static class UnattendedEndpoints
{
    private const int LettersAPage = 50;

    public static void Map(IEndpointRouteBuilder clearing)
    {
        clearing.MapGet("/unattended", ListAsync);
        clearing.MapPost("/{id}/back", (string id, HttpContext http, UnattendedDesk desk) =>
            desk.ActAsync(http, id, Desk.TakeBack, "unattended.taken"));
        clearing.MapPost("/{id}/forwarded", (string id, HttpContext http, UnattendedDesk desk) =>
            desk.ActAsync(http, id, Desk.Forward, "unattended.gone"));
    }

    private static async Task<IResult> ListAsync(
        HttpContext http, Frames frames, LetterQueries queries, AccountStore accounts, Organisation organisation, UnitNames units,
        string? after)
    {
        var attendance = new Attendance(organisation, await accounts.ListAsync(http.RequestAborted));
        var page = await queries.UnattendedAsync(attendance.Attended, after, LettersAPage, http.RequestAborted);
        var account = CurrentAccount.Of(http)!;
        var rows = new List<UnattendedRow>();
        foreach (var row in page.Items)
        {
            // The whole letter: the list's columns do not tell what is confidential.
            if (await queries.LetterAsync(row.Id, http.RequestAborted) is not { Unit: { } unit } letter) continue;
            rows.Add(new(
                row, units.Label(unit), attendance.IsExternal(unit), attendance.IsOpen(letter), attendance.MayTakeBack(account, letter)));
        }

        return frames.Page<UnattendedPage>(http, new UnattendedModel(rows, page.Next));
    }
}

/// <summary>Carries out what the mailroom does with a letter that nobody looks after.</summary>
internal sealed class UnattendedDesk(IJourneyStore store, AccountStore accounts, Organisation organisation, Notices notices)
{
    /// <param name="done">Key of the text that says it is done.</param>
    public async Task<IResult> ActAsync(
        HttpContext http, string id, Func<Letter, Account, Attendance, ClearingResult> action, string done)
    {
        var account = CurrentAccount.Of(http)!;
        var attendance = new Attendance(organisation, await accounts.ListAsync(http.RequestAborted));
        var refused = await DeskAction.RunAsync(store, id, letter => action(letter, account, attendance), http.RequestAborted);
        notices.Leave(http, T.Of(refused is null ? done : "refusal." + refused), refused is null);
        return Results.Redirect("/clearing/unattended");
    }
}

public sealed record UnattendedModel(IReadOnlyList<UnattendedRow> Letters, string? Next);

/// <param name="Letter">As lists show it; subject and sender only for <paramref name="Open"/> ones.</param>
/// <param name="Postkorb">Name of the office or authority.</param>
/// <param name="External">Meant for an authority outside the city.</param>
/// <param name="Open">Whether subject and sender may be shown.</param>
/// <param name="MayTakeBack">Whether it may be taken back into clearing.</param>
public sealed record UnattendedRow(LetterRow Letter, string Postkorb, bool External, bool Open, bool MayTakeBack);
