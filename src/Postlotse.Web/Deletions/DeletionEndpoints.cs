using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Postlotse.Delivery;
using Postlotse.Letters;
using Postlotse.Storage;
using Postlotse.Web.Letters;
using Postlotse.Web.Shared;
using Postlotse.Web.SignIn;

namespace Postlotse.Web.Deletions;

/// <summary>
/// Deletion of letters (Löschung) by two people of data protection and administration, who see where a letter is and never what it says.
/// </summary>
internal static class DeletionEndpoints
{
    private const string Home = "/deletions";
    private const int Most = 100;

    public static void Map(IEndpointRouteBuilder routes)
    {
        var deletions = routes.MapGroup(Home).RequireAuthorization(Need.Records);
        deletions.MapGet("", ListAsync);
        deletions.MapGet("/{id}", ShowAsync);
        deletions.MapPost("/{id}/request", RequestAsync);
        deletions.MapPost("/{id}/decline", DeclineAsync);
        deletions.MapPost("/{id}/approve", ApproveAsync);
    }

    private static async Task<IResult> ListAsync(
        HttpContext http, Frames frames, DeletionQueries deletions, LetterQueries queries, AccountStore accounts, UnitNames units,
        WebSettings settings, TimeProvider clock, string? letter)
    {
        if (!string.IsNullOrWhiteSpace(letter))
        {
            var id = letter.Trim().ToLowerInvariant();
            if (await queries.ReceiptAsync(id, http.RequestAborted) is { } receipt) id = receipt.Receipt.LetterId;
            if (await queries.LetterAsync(id, http.RequestAborted) is not null)
                return Results.Redirect($"{Home}/{Uri.EscapeDataString(id)}");
        }

        var requested = await deletions.RequestedAsync(Most, http.RequestAborted);
        var deleted = await deletions.DeletedAsync(Most, http.RequestAborted);
        var overdue = settings.Retention is { } time
            ? await deletions.OverdueAsync(clock.GetUtcNow() - time, Most, http.RequestAborted) : [];
        var actors = requested.Concat(deleted).Select(d => d.Event!.Actor);
        var names = await ActorNames.OfAsync(accounts, actors, http.RequestAborted);
        return frames.Page<DeletionListPage>(http, new DeletionListModel(
            requested, overdue, deleted, names, units, settings.Retention, letter ?? ""));
    }

    private static async Task<IResult> ShowAsync(
        string id, HttpContext http, Frames frames, LetterQueries queries, AccountStore accounts, UnitNames units, WebSettings settings,
        TimeProvider clock)
    {
        if (await queries.LetterAsync(id, http.RequestAborted) is not { } letter) return Results.NotFound();
        var parts = await queries.PartsAsync(id, http.RequestAborted);
        var asker = letter.Deletion is { } request
            ? await accounts.FindAsync(request.Actor, http.RequestAborted) : null;
        return frames.Page<DeletionPage>(http, new DeletionModel(
            letter, parts.Count(p => p.Place != Place.Deleted), asker, CurrentAccount.Of(http)!, units,
            Deletion.IsOver(letter, clock.GetUtcNow(), settings.Retention)));
    }

    private static async Task<IResult> RequestAsync(
        string id, HttpContext http, IJourneyStore store, Notices notices, WebSettings settings, TimeProvider clock)
    {
        var form = await http.Request.ReadFormAsync(http.RequestAborted);
        if (!Enum.TryParse<DeletionReason>(form["reason"], out var reason) || !Enum.IsDefined(reason)) return Results.BadRequest();
        var account = CurrentAccount.Of(http)!;
        var refused = await DeskAction.RunAsync(
            store, id, letter => Deletion.Request(letter, reason, account, clock.GetUtcNow(), settings.Retention), http.RequestAborted);
        return Tell(http, notices, refused, "deletion.requested", id);
    }

    private static async Task<IResult> DeclineAsync(string id, HttpContext http, IJourneyStore store, Notices notices)
    {
        var account = CurrentAccount.Of(http)!;
        var refused = await DeskAction.RunAsync(store, id, letter => Deletion.Decline(letter, account), http.RequestAborted);
        return Tell(http, notices, refused, "deletion.declined", id);
    }

    private static async Task<IResult> ApproveAsync(string id, HttpContext http, IJourneyStore store, Notices notices)
    {
        var account = CurrentAccount.Of(http)!;
        Refusal? refused = Refusal.NotHereAnymore;
        await store.ChangeBatchAsync(id, (letter, parts) =>
        {
            var result = Deletion.Approve(letter, parts, account);
            refused = result.Refusal;
            return result;
        }, http.RequestAborted);
        return Tell(http, notices, refused, "deletion.done", id);
    }

    private static IResult Tell(HttpContext http, Notices notices, Refusal? refused, string done, string id)
    {
        notices.Leave(http, T.Of(refused is null ? done : "refusal." + refused), refused is null);
        return Results.Redirect(refused is null ? Home : $"{Home}/{Uri.EscapeDataString(id)}");
    }
}

/// <param name="Overdue">Letters whose time is over.</param>
/// <param name="Names">Display names by account id.</param>
/// <param name="Retention">How long letters are kept; null: not laid down.</param>
/// <param name="Asked">Number that was looked for and not found; empty: none.</param>
public sealed record DeletionListModel(
    IReadOnlyList<DeletionRow> Requested, IReadOnlyList<DeletionRow> Overdue, IReadOnlyList<DeletionRow> Deleted,
    IReadOnlyDictionary<string, string> Names, UnitNames Units, TimeSpan? Retention, string Asked);

/// <param name="Parts">Letters taken out of it that are still there.</param>
/// <param name="Asker">Who asked for the deletion; null: nobody, or the account is gone.</param>
/// <param name="Me">Who looks.</param>
/// <param name="IsOver">Whether the time for which letters are kept is over.</param>
public sealed record DeletionModel(Letter Letter, int Parts, Account? Asker, Account Me, UnitNames Units, bool IsOver);
