using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Postlotse.Separation;
using Postlotse.Web.Clearing;
using Postlotse.Web.Shared;

namespace Postlotse.Web.Batches.Sheets;

/// <summary>Separator sheets (Trennblätter) to print: the page says what they order, in a QR code and in words.</summary>
internal static class SheetEndpoints
{
    /// <summary>Most copies at once.</summary>
    public const int MostCopies = 50;

    public static void Map(IEndpointRouteBuilder batches) => batches.MapGet("/sheets", Show);

    private static IResult Show(
        HttpContext http, Frames frames, OfficeSearch offices, UnitNames units, SheetKey key, [AsParameters] SheetWish wish)
    {
        var chosen = wish.Kind ?? SheetKind.Start;
        var target = offices.Resolve(wish.Unit ?? "", (wish.Office ?? "").Trim());
        var called = (wish.Name ?? "").Trim();
        var (text, problem) = wish.Kind switch
        {
            null => (null, null),
            SheetKind.Start => (Separators.StartText(key), null),
            SheetKind.Unit when units.Exists(target) => (Separators.UnitText(key, target), null),
            SheetKind.Unit => (null, "sheet.office.unknown"),
            SheetKind.Batch when Separators.IsName(called) => (Separators.BatchText(key, called), null),
            _ => ((string?)null, "sheet.name.unfit"),
        };
        var title = chosen switch
        {
            SheetKind.Unit when units.Exists(target) => units.Label(target),
            SheetKind.Batch => T.Of("sheet.title.Batch", called),
            _ => T.Of("sheet.title." + chosen),
        };
        var model = new SheetModel(chosen, title, text, problem, Math.Clamp(wish.Copies ?? 1, 1, MostCopies))
        {
            Unit = target, Office = wish.Office ?? "", Name = called,
        };
        return frames.Page<SheetPage>(http, model, problem is null ? StatusCodes.Status200OK : StatusCodes.Status422UnprocessableEntity);
    }
}

/// <summary>What a person wants to be printed, as the form says it; null: nothing yet.</summary>
internal sealed record SheetWish(SheetKind? Kind, string? Unit, string? Office, string? Name, int? Copies);

/// <summary>What a sheet orders.</summary>
public enum SheetKind
{
    /// <summary>Behind it begins a letter.</summary>
    Start,

    /// <summary>Behind it come letters for one office.</summary>
    Unit,

    /// <summary>Cover of a stack.</summary>
    Batch,
}

/// <param name="Title">What the sheet says in large letters.</param>
/// <param name="Text">What its code says; null when there is no sheet to show.</param>
/// <param name="Problem">Key of the text that says why not; null: nothing is wrong.</param>
/// <param name="Copies">At least 1.</param>
public sealed record SheetModel(SheetKind Kind, string Title, string? Text, string? Problem, int Copies)
{
    /// <summary>As entered.</summary>
    public string Unit { get; init; } = "";

    /// <summary>As entered.</summary>
    public string Office { get; init; } = "";

    /// <summary>As entered.</summary>
    public string Name { get; init; } = "";
}
