using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Net.Http.Headers;
using Postlotse.Delivery;
using Postlotse.Evidence;
using Postlotse.Letters;
using Postlotse.Storage;
using Postlotse.Web.Shared;
using Postlotse.Web.SignIn;
using Desk = Postlotse.Delivery.Clearing;

namespace Postlotse.Web.Letters;

/// <summary>A letter for whoever may see it: page, files, history, return. What one may not see does not exist (404).</summary>
internal static class LetterEndpoints
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/letters/{id}", ShowAsync);
        routes.MapGet("/letters/{id}/pdf", PdfAsync);
        routes.MapGet("/letters/{id}/original", OriginalAsync);
        routes.MapGet("/letters/{id}/pages", PagesAsync);
        routes.MapGet("/letters/{id}/attachments/{number:int}", AttachmentAsync);
        routes.MapPost("/letters/{id}/return", ReturnAsync).RequireAuthorization(Need.Office);
    }

    /// <summary>The letter when the person may see it.</summary>
    public static async Task<Letter?> FindAsync(HttpContext http, LetterQueries queries, string id)
    {
        var letter = await queries.LetterAsync(id, http.RequestAborted);
        return letter is not null && Access.MaySee(CurrentAccount.Of(http)!, letter) ? letter : null;
    }

    /// <summary>The divided file that the letter was taken out of, when it holds files that the person may have; else null.</summary>
    public static async Task<Letter?> BatchOfAsync(HttpContext http, LetterQueries queries, Organisation organisation, Letter letter) =>
        letter.PartOf is { Replaced: false, BatchId: { } id }
            && await queries.LetterAsync(id, http.RequestAborted) is { Recognition.Attachments.Count: > 0 } batch
            && await MaySeeAttachmentsAsync(http, queries, organisation, batch) ? batch : null;

    private static async Task<bool> MaySeeAttachmentsAsync(
        HttpContext http, LetterQueries queries, Organisation organisation, Letter batch) => Repair.MaySeeAttachments(
        CurrentAccount.Of(http)!, batch, await queries.PartsAsync(batch.Id, http.RequestAborted), new(organisation, []));

    private static async Task<IResult> ShowAsync(
        string id, HttpContext http, Frames frames, LetterQueries queries, AccountStore accounts, OpenedLetters opened, UnitNames units,
        Organisation organisation)
    {
        if (await FindAsync(http, queries, id) is not { } letter) return Results.NotFound();
        if (letter.Place == Place.Clearing) return Results.Redirect("/clearing/" + id);
        if (letter.Place == Place.Postkorb) await opened.MarkAsync(id, CurrentAccount.Of(http)!.Id, http.RequestAborted);
        var events = await queries.EventsAsync(id, http.RequestAborted);
        var names = await ActorNames.OfAsync(accounts, events.Select(e => e.Actor), http.RequestAborted);
        var receipts = await queries.ReceiptsAsync(id, http.RequestAborted);
        var batch = await BatchOfAsync(http, queries, organisation, letter);
        return frames.Page<LetterPage>(http, new LetterModel(letter, receipts, events, names, units, batch));
    }

    private static async Task<IResult> PdfAsync(
        string id, HttpContext http, LetterQueries queries, IFileStore files, PartPdf parts, bool download = false)
    {
        if (await FindAsync(http, queries, id) is not { } letter) return Results.NotFound();
        if (letter.Recognition is not { } recognition)
        {
            if (await parts.OpenAsync(letter, http.RequestAborted) is not { } pages) return Results.NotFound();
            http.Response.Headers.CacheControl = "private, no-store";
            return Results.File(pages, "application/pdf", download ? id + ".pdf" : null);
        }

        return Send(http, files, recognition.Pdf.Sha256, "application/pdf", download ? id + ".pdf" : null);
    }

    private static async Task<IResult> OriginalAsync(string id, HttpContext http, LetterQueries queries, IFileStore files)
    {
        // The file of a letter taken out of a batch holds other letters, too.
        if (await FindAsync(http, queries, id) is not { PartOf: null } letter) return Results.NotFound();
        var type = letter.Source.Format switch
        {
            FileFormat.Pdf => "application/pdf",
            FileFormat.Tiff => "image/tiff",
            FileFormat.Jpeg => "image/jpeg",
            FileFormat.Png => "image/png",
            FileFormat.Jpeg2000 => "image/jp2",
            FileFormat.Heif => "image/heif",
            _ => "application/octet-stream",
        };
        return Send(http, files, letter.Source.Sha256, type, Path.GetFileName(letter.Source.File.Replace('\\', '/')));
    }

    /// <summary>
    /// A file the sender put into the PDF: always to be saved, never to be shown, for it may be a page with scripts. Neither its name
    /// nor its bytes say how the browser is to take it.
    /// </summary>
    private static async Task<IResult> AttachmentAsync(
        string id, int number, HttpContext http, LetterQueries queries, Organisation organisation, IFileStore files)
    {
        if (await queries.LetterAsync(id, http.RequestAborted) is not { Recognition: { } recognition } letter
            || !(Access.MaySee(CurrentAccount.Of(http)!, letter) || await MaySeeAttachmentsAsync(http, queries, organisation, letter)))
            return Results.NotFound();
        if (number < 1 || number > recognition.Attachments.Count) return Results.NotFound();
        var attachment = recognition.Attachments[number - 1];
        return Send(http, files, attachment.File.Sha256, "application/octet-stream", attachment.Name);
    }

    /// <summary>The pages as read, with the place of every word in millimetres.</summary>
    private static async Task<IResult> PagesAsync(string id, HttpContext http, LetterQueries queries, IFileStore files)
    {
        if (await FindAsync(http, queries, id) is not { Recognition: { } recognition }) return Results.NotFound();
        return Send(http, files, recognition.PagesFile.Sha256, "application/json", null);
    }

    /// <summary>The browser may keep the bytes but asks each time, so that the right to see is checked each time.</summary>
    private static IResult Send(HttpContext http, IFileStore files, string sha256, string type, string? download)
    {
        http.Response.Headers.CacheControl = "private, no-cache";
        var tag = new EntityTagHeaderValue("\"" + sha256 + "\"");
        return Results.File(files.PathOf(sha256), type, download, entityTag: tag, enableRangeProcessing: true);
    }

    private static async Task<IResult> ReturnAsync(
        string id, HttpContext http, IJourneyStore store, LetterQueries queries, Notices notices)
    {
        if (await FindAsync(http, queries, id) is not { Unit: { } unit }) return Results.NotFound();
        var reason = (await http.Request.ReadFormAsync(http.RequestAborted))["reason"].ToString();
        var account = CurrentAccount.Of(http)!;
        var refused = await DeskAction.RunAsync(store, id, letter => Desk.Return(letter, reason, account), http.RequestAborted);
        notices.Leave(http, T.Of(refused is null ? "letter.returned" : "refusal." + refused), good: refused is null);
        return Results.Redirect(string.Create(CultureInfo.InvariantCulture, $"/postkorb/{Uri.EscapeDataString(unit)}"));
    }
}

/// <param name="Names">Display names by account id.</param>
/// <param name="Batch">The divided file it was taken out of, when that holds files for the person to have; else null.</param>
public sealed record LetterModel(
    Letter Letter, IReadOnlyList<Receipt> Receipts, IReadOnlyList<JourneyEvent> Events, IReadOnlyDictionary<string, string> Names,
    UnitNames Units, Letter? Batch);
