using Postlotse.Letters;

namespace Postlotse.Separation;

/// <summary>
/// Separator sheets (Trennblätter): what a page's barcodes order. Our own say POSTLOTSE:2:START (here begins a letter),
/// POSTLOTSE:2:UNIT:id (all up to the next sheet go to that office) or POSTLOTSE:2:BATCH:id (the cover of a stack), and behind a colon the
/// proof that they were printed here (<see cref="SheetKey"/>). Without it, or as POSTLOTSE:1:… without any, a sheet orders nothing unless
/// the settings say so: anybody may print one into a letter.
/// </summary>
public static class Separators
{
    private const string Own = "POSTLOTSE:2:", Unsigned = "POSTLOTSE:1:", Start = "START", Unit = "UNIT:", Batch = "BATCH:";

    /// <summary>A sheet has next to nothing on it besides; more words than these are a letter's page with somebody's barcode.</summary>
    private const int MostWords = 120;

    /// <summary>Most characters of the name on a stack's cover.</summary>
    public const int LongestName = 40;

    /// <summary>What a sheet says behind which a letter begins.</summary>
    /// <param name="key">Of the installation that will read the sheet.</param>
    public static string StartText(SheetKey key) => Signed(key, Start);

    /// <summary>What a sheet says behind which all letters go to an office.</summary>
    /// <param name="key">Of the installation that will read the sheet.</param>
    /// <param name="unit">Id of a unit or external authority.</param>
    public static string UnitText(SheetKey key, string unit) => Signed(key, Unit + unit);

    /// <summary>What the cover of a stack says.</summary>
    /// <param name="key">Of the installation that will read the sheet.</param>
    /// <param name="name">Number or name of the stack, as people call it.</param>
    /// <exception cref="ArgumentException">See <see cref="IsName"/>.</exception>
    public static string BatchText(SheetKey key, string name) =>
        IsName(name) ? Signed(key, Batch + name) : throw new ArgumentException("no name of a stack", nameof(name));

    /// <summary>Whether a stack can be called so: 1 to 40 letters and digits of ASCII, hyphens, dots, underlines.</summary>
    public static bool IsName(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        return name.Length is > 0 and <= LongestName && name.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '.' or '_');
    }

    /// <summary>The order on a page; null on a page that is no sheet.</summary>
    internal static Order? On(RecognisedPage page, SeparationSettings settings)
    {
        var orders = OrdersOn(page, settings);
        return orders.Find(o => o.Kind != OrderKind.None);
    }

    /// <summary>Whether the page looks like one of our sheets and was not printed here: it orders nothing, and a person looks.</summary>
    internal static bool IsUnsigned(RecognisedPage page, SeparationSettings settings) =>
        OrdersOn(page, settings) is { Count: > 0 } orders && orders.TrueForAll(o => o.Kind == OrderKind.None);

    private static List<Order> OrdersOn(RecognisedPage page, SeparationSettings settings) =>
        page.Barcodes.Count == 0 || page.Lines.Sum(l => l.Words.Count) > MostWords ? []
            : page.Barcodes.Select(code => Of(code, settings)).OfType<Order>().ToList();

    private static string Signed(SheetKey key, string order)
    {
        ArgumentNullException.ThrowIfNull(key);
        return Own + order + ":" + key.Sign(Own + order);
    }

    private static Order? Of(Barcode code, SeparationSettings settings) => code.Kind switch
    {
        BarcodeKind.Patch => settings.PatchCodes.Contains(code.Text, StringComparer.Ordinal) ? new(OrderKind.Start) : null,
        BarcodeKind.Code128 when settings.Code128.Contains(code.Text, StringComparer.Ordinal) => new(OrderKind.Start),
        BarcodeKind.Qr or BarcodeKind.Code128 when code.Text.StartsWith(Own, StringComparison.Ordinal) =>
            OfSigned(code.Text.Trim(), settings.SheetKey),
        BarcodeKind.Qr or BarcodeKind.Code128 when code.Text.StartsWith(Unsigned, StringComparison.Ordinal) =>
            OfOwn(code.Text[Unsigned.Length..].Trim()) is not { } order ? null : settings.UnsignedSheets ? order : new(OrderKind.None),
        _ => null,
    };

    private static Order OfSigned(string text, SheetKey? key)
    {
        var end = text.LastIndexOf(':');
        var isOurs = end > Own.Length && key is not null && key.Fits(text[..end], text[(end + 1)..]);
        return (isOurs ? OfOwn(text[Own.Length..end]) : null) ?? new(OrderKind.None);
    }

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
        /// <summary>Nothing: nobody knows who printed it.</summary>
        None,

        /// <summary>One letter up to the next sheet.</summary>
        Start,

        /// <summary>Letters for one office up to the next sheet.</summary>
        Unit,

        /// <summary>The cover of a stack.</summary>
        Cover,
    }
}
