namespace Postlotse.Letters;

/// <summary>A barcode (Strichcode) on a page, as read from the scan; what it says is foreign text.</summary>
/// <param name="Kind">How it is coded.</param>
/// <param name="Text">
/// Its content, not empty, at most <see cref="LongestText"/> UTF-16 units; lines by \n, no other control characters. Of a patch code "I",
/// "II", "III", "IV", "VI" or "T".
/// </param>
/// <param name="Box">
/// Around it, in millimetres from the top left of the page turned upright and made straight, as the boxes of words are. Of one read in a
/// few lines only (dirt, folds) the box is flatter than the bars.
/// </param>
public sealed record Barcode(BarcodeKind Kind, string Text, Box Box)
{
    /// <summary>More than any kind can hold.</summary>
    public const int LongestText = 8000;

    /// <summary>Further ones on the same page are not kept.</summary>
    public const int MostOnPage = 50;
}

/// <summary>Kinds of barcodes that are read. (DataMatrix, as on franked envelopes, and PDF417 are not.)</summary>
public enum BarcodeKind
{
    /// <summary>QR code, ISO/IEC 18004; also GiroCode.</summary>
    Qr,

    /// <summary>Code 128, ISO/IEC 15417; postal item numbers.</summary>
    Code128,

    /// <summary>Code 39, ISO/IEC 16388; has no check digit of its own.</summary>
    Code39,

    /// <summary>EAN-13 (UPC-A with a leading zero) and EAN-8, ISO/IEC 15420.</summary>
    Ean,

    /// <summary>Interleaved 2 of 5, ISO/IEC 16390; also Identcode and Leitcode of parcels.</summary>
    Interleaved2Of5,

    /// <summary>Patch code of a separator sheet, Kodak A-61599; read along the page's edges only.</summary>
    Patch,
}
