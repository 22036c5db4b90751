using System.Numerics;

namespace Postlotse.Engines.Child.Codes;

/// <summary>
/// Finds upright bars beside each other, as linear barcodes have: rows of pixels that change often and hardly differ from the rows below
/// them, for longer than letters are high.
/// </summary>
internal static class BarRows
{
    /// <summary>Least height of the bars, millimetres; upright strokes of headlines stay below it.</summary>
    private const double LeastHeight = 3.7;

    /// <summary>Of 32 pixels (5.4 mm at 150 dpi): fewest changes of colour, and what may differ from the row after the next.</summary>
    private const int LeastChanges = 4, MostDifferent = 4;

    /// <summary>What a row that is not alike takes from those before.</summary>
    private const int Dirt = 4;

    private const int Margin = 48;

    /// <summary>Areas in pixels with a margin.</summary>
    /// <param name="page">The page.</param>
    /// <param name="millimetre">Pixels of a millimetre.</param>
    public static IEnumerable<PixelBox> Find(BlackWhite page, double millimetre)
    {
        var like = new int[page.WordsPerRow]; // rows in a row that are alike, by word
        var least = (int)(LeastHeight * millimetre);
        for (var y = 0; y + 2 < page.Height; y++)
        {
            var row = page.Row(y);
            var below = page.Row(y + 2);
            for (var i = 0; i < like.Length; i++) like[i] = AreBars(row[i], below[i]) ? like[i] + 1 : Math.Max(0, like[i] - Dirt);
            for (var i = 0; i + 1 < like.Length; i++)
                if (Math.Min(like[i], like[i + 1]) >= least && (y + i) % 8 == 0)
                    yield return new PixelBox(i * 32, y - least, 64, least).With(Margin);
        }
    }

    private static bool AreBars(uint row, uint below) =>
        row != 0 && BitOperations.PopCount((row ^ row << 1) & 0xFFFFFFFE) >= LeastChanges
        && BitOperations.PopCount(row ^ below) <= MostDifferent;
}
