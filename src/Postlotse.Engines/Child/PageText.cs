using System.Text;
using Postlotse.Letters;

namespace Postlotse.Engines.Child;

/// <summary>Makes lines and running text in millimetres of the words in pixels.</summary>
internal static class PageText
{
    /// <summary>A word below this is a shape in a picture, not print.</summary>
    private const double LeastConfidence = 0.05;

    /// <summary>A line below this is no print but handwriting, a stamp or a drawing; of such lines no word was right.</summary>
    private const double LeastOfLine = 0.4;

    /// <summary>Lines in reading order, and the running text.</summary>
    /// <param name="words">As read.</param>
    /// <param name="resolution">Dots per inch of the image they were read on.</param>
    public static (IReadOnlyList<TextLine> Lines, string Text) Assemble(IReadOnlyList<OcrWord> words, double resolution)
    {
        var millimetres = 25.4 / resolution;
        var lines = new List<TextLine>();
        var (line, block, paragraph) = (new List<OcrWord>(), 0, 0);
        foreach (var word in words)
        {
            if (word.Start != OcrStart.Word) Finish();
            if (word.Start == OcrStart.Block) block++;
            if (word.Start is OcrStart.Block or OcrStart.Paragraph) paragraph++;
            if (word.Confidence >= LeastConfidence && Clean(word.Text).Length > 0) line.Add(word);
        }

        Finish();
        return (lines, Running(lines));

        void Finish()
        {
            if (line.Count == 0) return;
            lines.Add(Line(line, Math.Max(1, block), Math.Max(1, paragraph), millimetres));
            line.Clear();
        }
    }

    /// <summary>Running text of lines in reading order without those that are no print; paragraphs by \n\n.</summary>
    public static string Running(IReadOnlyList<TextLine> lines)
    {
        var (text, paragraph) = (new StringBuilder(), 0);
        foreach (var line in lines.Where(l => MeanConfidence([l]) >= LeastOfLine))
        {
            if (text.Length > 0) text.Append(line.Paragraph == paragraph ? "\n" : "\n\n");
            text.AppendJoin(' ', line.Words.Select(w => w.Text));
            paragraph = line.Paragraph;
        }

        return text.ToString();
    }

    /// <summary>Confidence of all words weighted by their length.</summary>
    public static double MeanConfidence(IEnumerable<TextLine> lines)
    {
        var (sum, weight) = (0.0, 0);
        foreach (var word in lines.SelectMany(l => l.Words))
        {
            sum += word.Confidence * word.Text.Length;
            weight += word.Text.Length;
        }

        return weight == 0 ? 0 : sum / weight;
    }

    private static TextLine Line(List<OcrWord> words, int block, int paragraph, double millimetres)
    {
        var placed = words.ConvertAll(w => new Word(Clean(w.Text), Box(w.Left, w.Top, w.Right, w.Bottom), w.Confidence));
        var box = Box(words.Min(w => w.Left), words.Min(w => w.Top), words.Max(w => w.Right), words.Max(w => w.Bottom));
        var baseline = Math.Clamp(Round(words.Average(w => w.Baseline) * millimetres), box.Y, box.Bottom);
        return new(block, paragraph, box, baseline, placed);

        Box Box(int left, int top, int right, int bottom) => new(Scaled(left), Scaled(top), Scaled(right - left), Scaled(bottom - top));

        double Scaled(int pixels) => Round(pixels * millimetres);
    }

    /// <summary>Hundredths of a millimetre are finer than any scan.</summary>
    private static double Round(double value) => Math.Round(value, 2);

    /// <summary>Without the marks of direction that Tesseract puts around words; the letters themselves say how they run.</summary>
    private static string Clean(string text) => string.Concat(text.Where(c => c is not (>= '\u200e' and <= '\u200f'
        or >= '\u202a' and <= '\u202e' or >= '\u2066' and <= '\u2069'))).Trim();
}
