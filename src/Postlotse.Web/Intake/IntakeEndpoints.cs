using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Postlotse.Intake;
using Postlotse.Letters;
using Postlotse.Storage;
using Postlotse.Web.Shared;
using FileIntake = Postlotse.Intake.Intake;

namespace Postlotse.Web.Intake;

/// <summary>Intake (Eingang): files from the mailroom's own computers, and what became of the last deliveries.</summary>
internal static class IntakeEndpoints
{
    private const int ReceiptsShown = 50;

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/intake", (HttpContext http, Frames frames, LetterQueries queries, UnitNames units, WebSettings settings) =>
            ShowAsync(http, frames, queries, units, settings, [])).RequireAuthorization(Need.Mailroom);
        routes.MapPost("/intake", TakeAsync).RequireAuthorization(Need.Mailroom);
    }

    private static async Task<IResult> ShowAsync(
        HttpContext http, Frames frames, LetterQueries queries, UnitNames units, WebSettings settings, IReadOnlyList<Uploaded> results)
    {
        var counts = await queries.CountsAsync(http.RequestAborted);
        var receipts = await queries.RecentReceiptsAsync(ReceiptsShown, null, http.RequestAborted);
        return frames.Page<IntakePage>(http, new IntakeModel(counts, receipts, results, units, settings.MaxUploadBytes));
    }

    /// <summary>Scripts send one file at a time and get its line; a plain form sends all and gets the page.</summary>
    private static async Task<IResult> TakeAsync(
        HttpContext http, Frames frames, LetterQueries queries, UnitNames units, WebSettings settings, FileIntake intake,
        TimeProvider clock)
    {
        var form = await http.Request.ReadFormAsync(http.RequestAborted);
        var entered = form["receivedAt"].ToString();
        var receivedAt = frames.Display.Entered(entered, clock.GetUtcNow());
        var invalidTime = entered.Length > 0 && receivedAt is null;
        var results = new List<Uploaded>();
        var pairs = ManifestNames.Pair(form.Files.Select(f => f.FileName));
        var paired = pairs.Values.ToHashSet(StringComparer.Ordinal);
        foreach (var file in form.Files.Where(f => !paired.Contains(f.FileName)))
        {
            var manifest = pairs.TryGetValue(file.FileName, out var name) ? form.Files.First(f => IsCalled(f, name)) : null;
            results.Add(await TakeOneAsync(intake, file, manifest, receivedAt, invalidTime, http.RequestAborted));
        }

        return http.Request.Headers.ContainsKey("HX-Request")
            ? Frames.Part<UploadResults>(http, results)
            : await ShowAsync(http, frames, queries, units, settings, results);
    }

    private static async Task<Uploaded> TakeOneAsync(
        FileIntake intake, IFormFile file, IFormFile? beside, DateTimeOffset? receivedAt, bool invalidTime,
        CancellationToken cancellationToken)
    {
        if (invalidTime) return new(file.FileName, null, T.Of("intake.invalidTime"));
        if (ScanManifest.IsName(file.FileName)) return new(file.FileName, null, T.Of("intake.manifestAlone"));
        ScanManifest? manifest = null;
        if (beside is not null)
        {
            await using var announced = beside.OpenReadStream();
            manifest = await intake.StoreManifestAsync(announced, cancellationToken);
        }

        await using var content = file.OpenReadStream();
        return await intake.TakeAsync(content, file.FileName, Channel.Upload, receivedAt, null, manifest, cancellationToken) switch
        {
            IntakeResult.Taken taken => new(file.FileName, taken.Receipt, null),
            IntakeResult.Refused refused => new(file.FileName, null, T.Of(refused.Finding)),
            var other => throw new InvalidOperationException("unknown result " + other),
        };
    }

    private static bool IsCalled(IFormFile file, string name) => string.Equals(file.FileName, name, StringComparison.Ordinal);
}

/// <summary>What became of one file.</summary>
/// <param name="Receipt">Null when refused.</param>
/// <param name="Refusal">Why; null when taken.</param>
public sealed record Uploaded(string File, Receipt? Receipt, string? Refusal);

public sealed record IntakeModel(
    IntakeCounts Counts, IReadOnlyList<ReceiptRow> Receipts, IReadOnlyList<Uploaded> Results, UnitNames Units, long MaxBytes);
