using System.Text.Json.Serialization;

namespace Postlotse.Letters;

/// <summary>
/// A page (Seite) as read by the engine. Coordinates are millimetres from the top left of the page turned upright and made
/// straight.
/// </summary>
public sealed record RecognisedPage
{
    /// <summary>1-based within the letter.</summary>
    public required int Number { get; init; }

    /// <summary>Width of the upright page in millimetres.</summary>
    public required double Width { get; init; }

    /// <summary>Height of the upright page in millimetres.</summary>
    public required double Height { get; init; }

    /// <summary>Clockwise turn that brings the scan upright: 0, 90, 180 or 270 degrees.</summary>
    public int Rotation { get; init; }

    /// <summary>Clockwise angle, in degrees, by which the upright scan's text lines lean; 0 when straight or unknown.</summary>
    public double SkewDegrees { get; init; }

    /// <summary>Nothing is printed on the page.</summary>
    public bool Blank { get; init; }

    /// <summary>Mean confidence of the words weighted by their length, 0–1; 0 without words.</summary>
    public double MeanConfidence { get; init; }

    /// <summary>Language most of the page is written in, ISO 639-1; "und" when nobody can tell.</summary>
    public string Language { get; init; } = "und";

    /// <summary>How the scan looks; null when the page is blank or its words come from the document.</summary>
    public PageScan? Scan { get; init; }

    /// <summary>Where the words come from.</summary>
    public TextSource TextSource { get; init; }

    /// <summary>
    /// Running text in reading order; lines by \n, paragraphs by \n\n. Lines that are plainly no words (handwriting, stamps, drawings) are
    /// left out; they are in <see cref="Lines"/>.
    /// </summary>
    public string Text { get; init; } = "";

    /// <summary>Lines in reading order.</summary>
    public IReadOnlyList<TextLine> Lines { get; init; } = [];

    /// <summary>Barcodes from top to bottom; none when the reader for them is not installed.</summary>
    public IReadOnlyList<Barcode> Barcodes { get; init; } = [];

    /// <summary>
    /// Where a box of the straightened page stands on the page as displayed (the scan, upright but leaning as it was scanned).
    /// </summary>
    public Box ToDisplayed(Box box)
    {
        ArgumentNullException.ThrowIfNull(box);
        var angle = SkewDegrees * Math.PI / 180;
        var (sin, cos) = (Math.Sin(angle), Math.Cos(angle));
        double dx = box.X + box.Width / 2 - Width / 2, dy = box.Y + box.Height / 2 - Height / 2;
        double x = Width / 2 + dx * cos - dy * sin, y = Height / 2 + dx * sin + dy * cos;
        return new(x - box.Width / 2, y - box.Height / 2, box.Width, box.Height);
    }
}

/// <summary>Where a page's words come from (Textherkunft).</summary>
public enum TextSource
{
    /// <summary>Read from the picture of the page.</summary>
    Ocr,

    /// <summary>
    /// Written in the file itself, visible on the page and in good order; such words have the confidence 1. Print in the page's
    /// pictures is read all the same, and its words have the confidence of the reading.
    /// </summary>
    Document,
}

/// <summary>A line of print.</summary>
/// <param name="Block">Number of the text block on the page; lines of one block belong together.</param>
/// <param name="Paragraph">Number of the paragraph on the page.</param>
/// <param name="Box">Around the line.</param>
/// <param name="Baseline">Height of the line's base, millimetres from the top.</param>
/// <param name="Words">In the order they are read: from left to right, Arabic from right to left.</param>
public sealed record TextLine(int Block, int Paragraph, Box Box, double Baseline, IReadOnlyList<Word> Words);

/// <summary>A word.</summary>
/// <param name="Text">As read.</param>
/// <param name="Box">Around the word.</param>
/// <param name="Confidence">0–1; of the sample scans' words above 0.9, 99 % are right, from 0.5 to 0.9 74 %, below 0.5 36 %.</param>
public sealed record Word(string Text, Box Box, double Confidence)
{
    /// <summary>More likely wrong than right: handwriting, a stamp, a drawing, dirt.</summary>
    [JsonIgnore]
    public bool IsUnsure => Confidence < 0.5;
}

/// <summary>How a page's scan looks.</summary>
/// <param name="Paper">Brightness of the paper, the median; 0 is black, 1 is white.</param>
/// <param name="Ink">Brightness of the print, the median.</param>
/// <param name="EdgeWidth">Millimetres from dark to bright at the edges of print, the median; 0 when there is too little print.</param>
public sealed record PageScan(double Paper, double Ink, double EdgeWidth);

/// <summary>A rectangle in millimetres, origin top left.</summary>
public sealed record Box(double X, double Y, double Width, double Height)
{
    public double Right => X + Width;

    public double Bottom => Y + Height;
}
