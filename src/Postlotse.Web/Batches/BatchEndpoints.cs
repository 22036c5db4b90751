using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Postlotse.Delivery;
using Postlotse.Letters;
using Postlotse.Storage;
using Postlotse.Web.Batches.Sheets;
using Postlotse.Web.Letters;
using Postlotse.Web.Shared;
using Postlotse.Web.SignIn;
using Desk = Postlotse.Delivery.Clearing;

namespace Postlotse.Web.Batches;

/// <summary>
/// Batches (Stapel): a person of the mailroom says where letters begin and what pages are, at once or once more when it was wrong.
/// </summary>
internal static class BatchEndpoints
{
    private const int BatchesAPage = 50;
    private const int LongestQueue = 200;

    public static void Map(IEndpointRouteBuilder routes)
    {
        var batches = routes.MapGroup("/batches").RequireAuthorization(Need.Mailroom);
        batches.MapGet("", ListAsync);
        SheetEndpoints.Map(batches);
        batches.MapGet("/{id}", ShowAsync);
        batches.MapPost("/{id}", DivideAsync);
        batches.MapPost("/{id}/recall", RecallAsync);
    }

    private static async Task<IResult> ListAsync(HttpContext http, Frames frames, LetterQueries queries, string? after)
    {
        var waiting = await queries.BatchesAsync(divided: false, null, LongestQueue, http.RequestAborted);
        var divided = await queries.BatchesAsync(divided: true, after, BatchesAPage, http.RequestAborted);
        var facts = await queries.BatchFactsAsync(divided.Items.Select(b => b.Id).ToList(), http.RequestAborted);
        return frames.Page<BatchListPage>(http, new BatchListModel(
            waiting.Items, divided.Items, facts, divided.Next, Access.MayOpenClosed(CurrentAccount.Of(http)!)));
    }

    private static async Task<IResult> ShowAsync(
        string id, HttpContext http, Frames frames, LetterQueries queries, AccountStore accounts, Organisation organisation,
        UnitNames units)
    {
        var desk = await OpenAsync(id, http, queries, new(organisation, await accounts.ListAsync(http.RequestAborted)), units);
        return desk is null ? Results.NotFound() : frames.Page<BatchPage>(http, desk);
    }

    /// <summary>Divides; when that is refused, the page comes again with what the person had said and why it was not done.</summary>
    private static async Task<IResult> DivideAsync(
        string id, HttpContext http, Frames frames, LetterQueries queries, AccountStore accounts, Organisation organisation,
        IJourneyStore store, Notices notices)
    {
        var attendance = new Attendance(organisation, await accounts.ListAsync(http.RequestAborted));
        var form = await http.Request.ReadFormAsync(http.RequestAborted);
        var account = CurrentAccount.Of(http)!;
        if (await OpenAsync(id, http, queries, attendance, new(organisation)) is not { } desk)
        {
            notices.Leave(http, T.Of("refusal.NotHereAnymore"), good: false);
            return Results.Redirect("/batches");
        }

        if (!int.TryParse(form["basedOn"], NumberStyles.None, CultureInfo.InvariantCulture, out var basedOn)) return Results.BadRequest();
        var stated = StatedPages.Read(form, desk.Pages.Count);
        var moved = StatedPages.ReadArrangement(form, desk.Pages.Count);
        var fixedThen = form["fixed"].ToString();
        Refusal? refusal = Refusal.NotHereAnymore;
        var after = await store.ChangeBatchAsync(id, (batch, parts) =>
        {
            // What was fixed for the person came without its fields, and what is fixed now would be passed over.
            var fixedNow = Repair.FixedPages(account, parts);
            if (!string.Equals(Named(fixedNow), fixedThen, StringComparison.Ordinal)) return null;
            var result = moved is null
                ? Repair.Divide(batch, parts, Repair.Restate(batch, fixedNow, stated), basedOn, account)
                : Rearrangement.Apply(batch, parts, moved, InOrder(stated, moved), basedOn, account);
            refusal = result.Refusal;
            return result.Change;
        }, http.RequestAborted);
        if (refusal is null && moved is not null)
        {
            notices.Leave(http, T.Of("batch.rearranged"));
            return Results.Redirect("/batches");
        }

        if (refusal is null)
        {
            notices.Leave(http, T.Of("batch.saved", after!.Division!.Letters().Count));
            return Results.Redirect("/batches/" + id);
        }

        var restated = Repair.Restate(desk.Batch, desk.FixedPages, stated);
        return frames.Page<BatchPage>(http, desk.With(restated, form["arrangement"], refusal), StatusCodes.Status409Conflict);
    }

    /// <summary>What was stated of the pages, in their new order; a page that does not exist leaves its place out.</summary>
    private static IReadOnlyList<StatedPage> InOrder(IReadOnlyList<StatedPage> stated, IReadOnlyList<MovedPage> moved) =>
        [.. moved.Where(m => m.Page >= 1 && m.Page <= stated.Count).Select(m => stated[m.Page - 1])];

    /// <summary>Pages as a form carries them, in order.</summary>
    internal static string Named(IReadOnlySet<int> pages) => string.Join(',', pages.Order());

    private static async Task<IResult> RecallAsync(
        string id, HttpContext http, IJourneyStore store, AccountStore accounts, Organisation organisation, Notices notices)
    {
        var letterId = (await http.Request.ReadFormAsync(http.RequestAborted))["letter"].ToString();
        var account = CurrentAccount.Of(http)!;
        var attendance = new Attendance(organisation, await accounts.ListAsync(http.RequestAborted));
        var refused = await DeskAction.RunAsync(
            store, letterId, letter => Desk.Recall(letter, account, attendance), http.RequestAborted);
        notices.Leave(http, T.Of(refused is null ? "batch.recalled" : "refusal." + refused), refused is null);
        return Results.Redirect("/batches/" + Uri.EscapeDataString(id));
    }

    /// <summary>Null when there is no such batch, or the person may not divide it.</summary>
    private static async Task<DeskModel?> OpenAsync(
        string id, HttpContext http, LetterQueries queries, Attendance attendance, UnitNames units)
    {
        var account = CurrentAccount.Of(http)!;
        if (await queries.LetterAsync(id, http.RequestAborted) is not { } batch || !Repair.MayDivide(account, batch)) return null;
        return new DeskModel(account, batch, await queries.PartsAsync(id, http.RequestAborted), attendance, units);
    }
}

/// <param name="Waiting">A person has to say where their letters begin.</param>
/// <param name="Facts">Of the divided ones, by id.</param>
/// <param name="MayOpenClosed">Whether the person may see what must stay closed.</param>
public sealed record BatchListModel(
    IReadOnlyList<LetterRow> Waiting, IReadOnlyList<LetterRow> Divided, IReadOnlyDictionary<string, BatchFacts> Facts, string? Next,
    bool MayOpenClosed);
