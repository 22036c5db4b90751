using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Net.Http.Headers;
using Postlotse.Intake;
using Postlotse.Letters;
using Postlotse.Storage;
using Postlotse.Web.Shared;
using Postlotse.Web.SignIn;
using FileIntake = Postlotse.Intake.Intake;

namespace Postlotse.Web.Api;

/// <summary>
/// Deliveries by programs: one file a request, as the body or as the only file of a form. With an Idempotency-Key a delivery may be
/// repeated safely after a broken connection. The scanner's manifest may come as a further field of the form.
/// </summary>
internal static class ReceiptEndpoints
{
    private const string ManifestField = "manifest";
    private const int LongestKey = 200, LongestName = 400;
    private static readonly TimeSpan s_clockSkew = TimeSpan.FromMinutes(5);

    public static void Map(IEndpointRouteBuilder routes)
    {
        var api = routes.MapGroup("/api/receipts").RequireAuthorization(Need.Api);
        api.MapPost("", PostAsync);
        api.MapGet("/{id}", GetAsync);
    }

    private static async Task<IResult> PostAsync(HttpContext http, FileIntake intake, TimeProvider clock)
    {
        var account = CurrentAccount.Of(http)!;
        var key = http.Request.Headers["Idempotency-Key"].ToString();
        if (key.Length > LongestKey) return Invalid("keyTooLong", Display.Plain(LongestKey));
        if (!TryReadTime(http.Request, clock, out var receivedAt)) return Invalid("invalidReceivedAt");
        try
        {
            if (await OpenAsync(http, intake) is not { } file) return Invalid("notOneFile");
            // Keys of different accounts have nothing to do with each other.
            var clientKey = key.Length == 0 ? null : account.Id + ":" + key;
            var result = await intake.TakeAsync(
                file.Content, file.Name, Channel.Api, receivedAt, clientKey, file.Manifest, http.RequestAborted);
            return result switch
            {
                IntakeResult.Taken taken => Answer(taken.Receipt, taken.Repeated, key),
                IntakeResult.Refused refused => Refuse(refused.Finding),
                var other => throw new InvalidOperationException("unknown result " + other),
            };
        }
        catch (ClientKeyConflictException)
        {
            return Problems.Json(StatusCodes.Status409Conflict, "keyConflict");
        }
        catch (BadHttpRequestException e) when (e.StatusCode == StatusCodes.Status413PayloadTooLarge)
        {
            return Refuse(new(FindingKind.FileTooLarge));
        }
        catch (MalformedFormException)
        {
            return Problems.Json(StatusCodes.Status400BadRequest, "malformedForm");
        }
    }

    private static async Task<IResult> GetAsync(string id, HttpContext http, LetterQueries queries) =>
        await queries.ReceiptAsync(id, http.RequestAborted) is { } row
            ? Results.Json(
                new { receipt = Shown(row.Receipt, null), place = row.Place, stage = row.Stage, unit = row.Unit, findings = row.Findings },
                PostlotseJson.Compact)
            : Problems.Json(StatusCodes.Status404NotFound, "noReceipt");

    private static IResult Answer(Receipt receipt, bool repeated, string key)
    {
        var status = repeated ? StatusCodes.Status200OK : StatusCodes.Status201Created;
        return new Located(Results.Json(Shown(receipt, key), PostlotseJson.Compact, statusCode: status), "/api/receipts/" + receipt.Id);
    }

    /// <summary>The client's own key as it sent it; never the one of another.</summary>
    private static Receipt Shown(Receipt receipt, string? key) => receipt with { ClientKey = string.IsNullOrEmpty(key) ? null : key };

    private static IResult Invalid(string key, string detail = "") =>
        Problems.Json(StatusCodes.Status422UnprocessableEntity, key, detail);

    private static IResult Refuse(Finding finding)
    {
        var status = finding.Kind switch
        {
            FindingKind.FileTooLarge => StatusCodes.Status413PayloadTooLarge,
            FindingKind.UnknownFormat => StatusCodes.Status415UnsupportedMediaType,
            _ => StatusCodes.Status422UnprocessableEntity,
        };
        var code = System.Text.Json.JsonNamingPolicy.CamelCase.ConvertName(finding.Kind.ToString());
        return Problems.Json(status, code, language => FindingTexts.Of(finding, language));
    }

    private static bool TryReadTime(HttpRequest request, TimeProvider clock, out DateTimeOffset? time)
    {
        time = null;
        var text = request.Headers["X-Received-At"].ToString();
        if (text.Length == 0) return true;
        string[] formats = ["yyyy-MM-dd'T'HH:mm:ssK", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK"];
        var zoned = text.EndsWith('Z') || text.LastIndexOfAny(['+', '-']) > "yyyy-MM-ddT".Length;
        if (!zoned || !DateTimeOffset.TryParseExact(text, formats, CultureInfo.InvariantCulture, DateTimeStyles.None, out var read)
            || read > clock.GetUtcNow() + s_clockSkew || read.Year < 2000)
            return false;
        time = read;
        return true;
    }

    private static async Task<(Stream Content, string Name, ScanManifest? Manifest)?> OpenAsync(HttpContext http, FileIntake intake)
    {
        var request = http.Request;
        if (request.HasFormContentType)
        {
            var form = await ReadFormAsync(http);
            var scans = form.Files.Where(f => !IsManifest(f.Name)).ToList();
            if (scans.Count != 1 || form.Files.Count > 2) return null;
            return (scans[0].OpenReadStream(), NameOf(scans[0].FileName), await ManifestOfAsync(form, intake, http.RequestAborted));
        }

        var name = request.Headers["X-File-Name"].ToString();
        if (name.Length > 0) name = Uri.UnescapeDataString(name);
        else if (ContentDispositionHeaderValue.TryParse(request.Headers.ContentDisposition.ToString(), out var disposition))
            name = (disposition.FileNameStar.HasValue ? disposition.FileNameStar : disposition.FileName).ToString().Trim('"');
        return (request.Body, NameOf(name), null);
    }

    /// <summary>The scanner's manifest, as a file or as a text of the form; null: none.</summary>
    private static async Task<ScanManifest?> ManifestOfAsync(IFormCollection form, FileIntake intake, CancellationToken cancellationToken)
    {
        if (form.Files.FirstOrDefault(f => IsManifest(f.Name)) is { } file)
        {
            await using var content = file.OpenReadStream();
            return await intake.StoreManifestAsync(content, cancellationToken);
        }

        if (form[ManifestField].ToString() is not { Length: > 0 } text) return null;
        using var typed = new MemoryStream(System.Text.Encoding.UTF8.GetBytes(text));
        return await intake.StoreManifestAsync(typed, cancellationToken);
    }

    private static bool IsManifest(string field) => string.Equals(field, ManifestField, StringComparison.Ordinal);

    private static async Task<IFormCollection> ReadFormAsync(HttpContext http)
    {
        try
        {
            return await http.Request.ReadFormAsync(http.RequestAborted);
        }
        catch (Exception e) when (e is InvalidDataException or IOException and not BadHttpRequestException)
        {
            throw new MalformedFormException(e);
        }
    }

    private static string NameOf(string name)
    {
        var file = Path.GetFileName(name.Replace('\\', '/')).Trim();
        return file.Length == 0 ? "unnamed" : file.Length <= LongestName ? file : file[..LongestName];
    }

    /// <summary>What was sent as a form is none.</summary>
    private sealed class MalformedFormException(Exception cause) : Exception(cause.Message, cause);

    private sealed class Located(IResult inner, string address) : IResult
    {
        public Task ExecuteAsync(HttpContext httpContext)
        {
            httpContext.Response.Headers.Location = address;
            return inner.ExecuteAsync(httpContext);
        }
    }
}
