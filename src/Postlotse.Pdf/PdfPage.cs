namespace Postlotse.Pdf;

/// <summary>
/// A page: one image as it is, and over it invisible text. Text coordinates are millimetres from the top left of the page turned
/// upright and made straight; the writer lays them over the image as it was scanned.
/// </summary>
/// <param name="Image">The scan.</param>
/// <param name="Width">Width of the scan as it lies (before turning), millimetres.</param>
/// <param name="Height">Height of the scan as it lies, millimetres.</param>
/// <param name="Rotation">Clockwise turn that brings the scan upright: 0, 90, 180 or 270.</param>
/// <param name="SkewDegrees">Clockwise lean of the text lines on the upright scan.</param>
/// <param name="Lines">Text in reading order.</param>
public sealed record PdfPage(
    PdfImage Image, double Width, double Height, int Rotation, double SkewDegrees, IReadOnlyList<PdfTextLine> Lines);

/// <summary>A line of text. All its words share one size and one baseline, else readers tear the line apart.</summary>
/// <param name="Baseline">From the top, millimetres.</param>
/// <param name="Ascent">Height of the tallest letters above the baseline, millimetres.</param>
/// <param name="Words">From left to right.</param>
public sealed record PdfTextLine(double Baseline, double Ascent, IReadOnlyList<PdfWord> Words);

/// <summary>A word.</summary>
/// <param name="Text">Its characters.</param>
/// <param name="Left">Millimetres from the left.</param>
/// <param name="Width">Millimetres.</param>
public sealed record PdfWord(string Text, double Left, double Width);

/// <summary>The document's metadata.</summary>
/// <param name="Title">For people.</param>
/// <param name="Language">BCP 47, for instance "de"; empty when unknown.</param>
/// <param name="Date">Date of creation; always given, so that the same input gives the same bytes.</param>
/// <param name="Producer">Program's name.</param>
/// <param name="Author">Who wrote the letter; empty when unknown.</param>
public sealed record PdfInfo(string Title, string Language, DateTimeOffset Date, string Producer = "Postlotse", string Author = "");

/// <summary>Levels of PDF/A (ISO 19005) the writer can claim.</summary>
public enum PdfConformance
{
    /// <summary>PDF/A-2u: what archives get; all text has its Unicode meaning.</summary>
    A2u,

    /// <summary>PDF/A-3u: the same with files of any kind in it.</summary>
    A3u,

    /// <summary>PDF/A-1b: the same structure in the older form that free validators can check.</summary>
    A1b,
}
