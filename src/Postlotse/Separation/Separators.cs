using Postlotse.Letters;

namespace Postlotse.Separation;

/// <summary>
/// Separator sheets (Trennblätter): what a page's barcodes order. Our own say POSTLOTSE:1:START (here begins a letter),
/// POSTLOTSE:1:UNIT:id (all up to the next sheet go to that office) or POSTLOTSE:1:BATCH:id (the cover of a stack). A letter that quotes
/// such a text in print is none; one that carries our QR code would be: the office it names must still be one of the city.
/// </summary>
public static class Separators
{
    private const string Own = "POSTLOTSE:1:", Start = "START", Unit = "UNIT:", Batch = "BATCH:";

    /// <summary>A sheet has next to nothing on it besides; more words than these are a letter's page with somebody's barcode.</summary>
    private const int MostWords = 120;

    /// <summary>Most characters of the name on a stack's cover.</summary>
    public const int LongestName = 40;

    /// <summary>What a sheet says behind which a letter begins.</summary>
    public static string StartText => Own + Start;

    /// <summary>What a sheet says behind which all letters go to an office.</summary>
    /// <param name="unit">Id of a unit or external authority.</param>
    public static string UnitText(string unit) => Own + Unit + unit;

    /// <summary>What the cover of a stack says.</summary>
    /// <param name="name">Number or name of the stack, as people call it.</param>
    /// <exception cref="ArgumentException">See <see cref="IsName"/>.</exception>
    public static string BatchText(string name) =>
        IsName(name) ? Own + Batch + name : throw new ArgumentException("no name of a stack", nameof(name));

    /// <summary>Whether a stack can be called so: 1 to 40 letters and digits of ASCII, hyphens, dots, underlines.</summary>
    public static bool IsName(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        return name.Length is > 0 and <= LongestName && name.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '.' or '_');
    }

    /// <summary>The order on a page; null on a page that is no sheet.</summary>
    internal static Order? On(RecognisedPage page, SeparationSettings settings)
    {
        if (page.Barcodes.Count == 0 || page.Lines.Sum(l => l.Words.Count) > MostWords) return null;
        return page.Barcodes.Select(code => Of(code, settings)).FirstOrDefault(order => order is not null);
    }

    private static Order? Of(Barcode code, SeparationSettings settings) => code.Kind switch
    {
        BarcodeKind.Patch => settings.PatchCodes.Contains(code.Text, StringComparer.Ordinal) ? new(OrderKind.Start) : null,
        BarcodeKind.Code128 when settings.Code128.Contains(code.Text, StringComparer.Ordinal) => new(OrderKind.Start),
        BarcodeKind.Qr or BarcodeKind.Code128 when code.Text.StartsWith(Own, StringComparison.Ordinal) =>
            OfOwn(code.Text[Own.Length..].Trim()),
        _ => null,
    };

    private static Order? OfOwn(string order)
    {
        if (string.Equals(order, Start, StringComparison.Ordinal)) return new(OrderKind.Start);
        if (order.StartsWith(Batch, StringComparison.Ordinal)) return new(OrderKind.Cover);
        var isUnit = order.StartsWith(Unit, StringComparison.Ordinal) && order.Length > Unit.Length;
        return isUnit ? new(OrderKind.Unit, order[Unit.Length..]) : null;
    }

    /// <summary>What a sheet orders.</summary>
    /// <param name="Kind">What.</param>
    /// <param name="Unit">Office; null unless one is named.</param>
    internal sealed record Order(OrderKind Kind, string? Unit = null);

    internal enum OrderKind
    {
        /// <summary>One letter up to the next sheet.</summary>
        Start,

        /// <summary>Letters for one office up to the next sheet.</summary>
        Unit,

        /// <summary>The cover of a stack.</summary>
        Cover,
    }
}
