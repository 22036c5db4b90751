using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Postlotse.Delivery;
using Postlotse.Evidence;
using Postlotse.Letters;
using Postlotse.Storage;
using Postlotse.Web.Letters;
using Postlotse.Web.Shared;
using Postlotse.Web.SignIn;

namespace Postlotse.Web.Evidence;

/// <summary>
/// Evidence (Nachweis) for auditors: where letters went, when, by whose pseudonym, and whether the chain holds. No content. Whoever runs
/// the program finds a letter's history by its number, for the technical causes.
/// </summary>
internal static class EvidenceEndpoints
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/evidence", ListAsync).RequireAuthorization(Need.Auditor);
        routes.MapGet("/evidence/accounts", AccountEvidence.ShowAsync).RequireAuthorization(Need.Records);
        routes.MapGet("/evidence/models", ModelEvidence.ShowAsync).RequireAuthorization(Need.ModelRecords);
        routes.MapGet("/letters/{id}/history", ShowAsync);
    }

    private static async Task<IResult> ListAsync(
        HttpContext http, Frames frames, LetterQueries queries, UnitNames units, string? letter, string? after)
    {
        if (!string.IsNullOrWhiteSpace(letter))
        {
            var id = letter.Trim().ToLowerInvariant();
            if (await queries.ReceiptAsync(id, http.RequestAborted) is { } receipt) id = receipt.Receipt.LetterId;
            if (await queries.LetterAsync(id, http.RequestAborted) is not null)
                return Results.Redirect($"/letters/{Uri.EscapeDataString(id)}/history");
        }

        var receipts = await queries.RecentReceiptsAsync(50, after, http.RequestAborted);
        return frames.Page<EvidencePage>(http, new EvidenceModel(receipts, units, letter ?? ""));
    }

    private static async Task<IResult> ShowAsync(string id, HttpContext http, Frames frames, LetterQueries queries, UnitNames units)
    {
        var account = CurrentAccount.Of(http)!;
        var letter = await queries.LetterAsync(id, http.RequestAborted);
        var records = Access.IsAtWork(account, Role.Auditor) || Access.IsAtWork(account, Role.Administrator);
        if (letter is null || !(records || Access.MaySee(account, letter))) return Results.NotFound();
        var events = await queries.EventsAsync(id, http.RequestAborted);
        var receipts = await queries.ReceiptsAsync(id, http.RequestAborted);
        return frames.Page<HistoryPage>(http, new HistoryModel(
            letter, receipts, events, EvidenceChain.FindFault(events), units, Technical: records));
    }
}

public sealed record EvidenceModel(IReadOnlyList<ReceiptRow> Receipts, UnitNames Units, string Asked);

/// <param name="Fault">First event that does not hold; null when all hold.</param>
/// <param name="Technical">Whether causes are shown that mean something to operators and auditors only.</param>
public sealed record HistoryModel(
    Letter Letter, IReadOnlyList<Receipt> Receipts, IReadOnlyList<JourneyEvent> Events, ChainFault? Fault, UnitNames Units, bool Technical);
