using System.Buffers;
using System.Text;
using Postlotse.Engines.Documents;
using Postlotse.Engines.Native;
using Postlotse.Letters;

namespace Postlotse.Engines.Child;

/// <summary>
/// Text that is written in a PDF, held against the picture of its page: words that cannot be seen are left out, boxes are drawn
/// around the print itself, and print the text does not mention (in a logo, a stamp, a picture) is found.
/// </summary>
internal static class DocumentText
{
    /// <summary>Share of letters that may be invisible; with more the text is not the page's.</summary>
    private const double MostInvisible = 0.2;

    /// <summary>Grey values of 256 by which the faintest print differs from its paper.</summary>
    private const int FaintestPrint = 24;

    /// <summary>Sizes of letters and their distance from the edge, millimetres.</summary>
    private const double LowestLetter = 1.2, HighestLetter = 9, WidestLetter = 12, Edge = 3;

    private const int FewestLetters = 4;

    private const double LeastConfidence = 0.6, LeastAgreement = 0.75;

    /// <summary>Letters that reach below the base line, in most fonts.</summary>
    private static readonly SearchValues<char> Descenders = SearchValues.Create("gjpqyQJ§,;()[]{}|/\\_@&ç");

    /// <summary>The lines as the page shows them; null when too much of them cannot be seen.</summary>
    public static IReadOnlyList<TextLine>? Shown(PreparedPage page, IReadOnlyList<TextLine> written)
    {
        var (lines, all, shown) = (new List<TextLine>(written.Count), 0, 0);
        foreach (var line in written)
        {
            all += Letters(line.Words);
            var words = line.Words.Select(w => Trimmed(page, w)).OfType<Word>().ToList();
            if (words.Count == 0) continue;
            shown += Letters(words);
            lines.Add(line with { Words = words, Box = PdfPageText.Around(words), Baseline = Baseline(words) });
        }

        return shown > 0 && shown >= (1 - MostInvisible) * all ? lines : null;
    }

    /// <summary>
    /// Whether two readings have about the same letters, without their accents. Shifted alphabets have at most 0.6 of German's letters
    /// in common with it.
    /// </summary>
    public static bool Agrees(IReadOnlyList<TextLine> written, IEnumerable<OcrWord> read)
    {
        var (a, b) = (Frequencies(written.SelectMany(l => l.Words).Select(w => w.Text)), Frequencies(read.Select(w => w.Text)));
        return a.Sum(letter => Math.Min(letter.Value, b.GetValueOrDefault(letter.Key))) >= LeastAgreement;
    }

    /// <summary>Whether spots like letters stand where no word of the text does.</summary>
    public static bool HasOtherPrint(PreparedPage page, IReadOnlyList<TextLine> written)
    {
        var millimetre = page.SketchScale / 25.4;
        int width = page.Sketch.Width, height = page.Sketch.Height;
        var taken = new bool[width * height];
        foreach (var box in written.SelectMany(l => l.Words).Select(w => Pixels(w.Box, page.SketchScale, 0.6, width, height)))
            for (var y = box.Top; y < box.Bottom; y++) taken.AsSpan(y * width + box.Left, box.Right - box.Left).Fill(true);
        var letters = 0;
        foreach (var (x, y, w, h) in page.Sketch.Spots())
        {
            if (taken[(y + h / 2) * width + x + w / 2] || taken[y * width + x] || taken[(y + h - 1) * width + x + w - 1]) continue;
            var nearest = Math.Min(Math.Min(x, width - x - w), Math.Min(y, height - y - h)) / millimetre;
            if (nearest >= Edge && h / millimetre is >= LowestLetter and <= HighestLetter && w / millimetre <= WidestLetter) letters++;
        }

        return letters >= FewestLetters;
    }

    /// <summary>Makes the words' places white.</summary>
    public static unsafe void Erase(Pix grey, IReadOnlyList<TextLine> written, double resolution)
    {
        int width = grey.Width, height = grey.Height;
        var data = (byte*)Leptonica.pixGetData(grey);
        var pitch = 4L * Leptonica.pixGetWpl(grey);
        foreach (var box in written.SelectMany(l => l.Words).Select(w => Pixels(w.Box, resolution, 0.4, width, height)))
            for (var y = box.Top; y < box.Bottom; y++)
                for (var x = box.Left; x < box.Right; x++)
                    data[y * pitch + (x ^ 3)] = 255; // the first pixel of a word of four lies in its highest byte
    }

    /// <summary>The text, followed by lines read from the rest of the picture as far as they were surely read.</summary>
    public static IReadOnlyList<TextLine> Supplemented(IReadOnlyList<TextLine> written, IEnumerable<OcrWord> rest, double resolution)
    {
        var (read, _) = PageText.Assemble([.. rest.Where(w => w.Upright || w.Start != OcrStart.Word)], resolution);
        var (block, paragraph) = (written.Max(l => l.Block), written.Max(l => l.Paragraph));
        return
        [
            .. written,
            .. read.Where(l => Letters(l.Words) >= 3 && PageText.MeanConfidence([l]) >= LeastConfidence)
                .Select(l => l with { Block = block + l.Block, Paragraph = paragraph + l.Paragraph }),
        ];
    }

    /// <summary>The word with a box around its print; null when nothing is to be seen there.</summary>
    private static unsafe Word? Trimmed(PreparedPage page, Word word)
    {
        var box = Pixels(word.Box, page.Resolution, 0, page.Grey.Width, page.Grey.Height);
        if (box.Right <= box.Left || box.Bottom <= box.Top) return null;
        var data = (byte*)Leptonica.pixGetData(page.Grey);
        var pitch = 4L * Leptonica.pixGetWpl(page.Grey);
        var (paper, contrast) = Paper(data, pitch, box);
        if (contrast < FaintestPrint) return null;
        int left = box.Right, top = box.Bottom, right = box.Left, bottom = box.Top;
        for (var y = box.Top; y < box.Bottom; y++)
        {
            for (var x = box.Left; x < box.Right; x++)
            {
                if (Math.Abs(data[y * pitch + (x ^ 3)] - paper) <= contrast / 2) continue;
                (left, top, right, bottom) = (Math.Min(left, x), Math.Min(top, y), Math.Max(right, x + 1), Math.Max(bottom, y + 1));
            }
        }

        return word with { Box = new(Scaled(left), Scaled(top), Scaled(right - left), Scaled(bottom - top)) };

        double Scaled(int pixels) => Math.Round(pixels * 25.4 / page.Resolution, 2);
    }

    /// <summary>The brightness most pixels have, and how far the most different one is from it.</summary>
    private static unsafe (int Paper, int Contrast) Paper(byte* data, long pitch, (int Left, int Top, int Right, int Bottom) box)
    {
        Span<int> counts = stackalloc int[256];
        int darkest = 255, brightest = 0;
        for (var y = box.Top; y < box.Bottom; y++)
        {
            for (var x = box.Left; x < box.Right; x++)
            {
                var value = data[y * pitch + (x ^ 3)];
                counts[value]++;
                (darkest, brightest) = (Math.Min(darkest, value), Math.Max(brightest, value));
            }
        }

        var paper = 0;
        for (var value = 1; value < 256; value++)
            if (counts[value] > counts[paper]) paper = value;
        return (paper, Math.Max(brightest - paper, paper - darkest));
    }

    /// <summary>By the words that stand on it; where none does, a little above the lowest print.</summary>
    private static double Baseline(List<Word> words)
    {
        var standing = words.Where(w => w.Text.Any(char.IsLetterOrDigit) && !w.Text.AsSpan().ContainsAny(Descenders))
            .Select(w => w.Box.Bottom).Order().ToList();
        var bottom = words.Max(w => w.Box.Bottom);
        return standing.Count > 0 ? standing[standing.Count / 2] : Math.Round(bottom - 0.22 * words.Max(w => w.Box.Height), 2);
    }

    private static Dictionary<char, double> Frequencies(IEnumerable<string> words)
    {
        var letters = words.SelectMany(w => w.Normalize(NormalizationForm.FormD)).Where(char.IsLetterOrDigit).ToList();
        return letters.GroupBy(char.ToLowerInvariant).ToDictionary(g => g.Key, g => g.Count() / (double)letters.Count);
    }

    private static int Letters(IEnumerable<Word> words) => words.Sum(w => w.Text.Count(char.IsLetterOrDigit));

    private static (int Left, int Top, int Right, int Bottom) Pixels(Box box, double resolution, double margin, int width, int height)
    {
        var scale = resolution / 25.4;
        return (
            (int)Math.Clamp((box.X - margin) * scale, 0, width), (int)Math.Clamp((box.Y - margin) * scale, 0, height),
            (int)Math.Clamp(Math.Ceiling((box.Right + margin) * scale), 0, width),
            (int)Math.Clamp(Math.Ceiling((box.Bottom + margin) * scale), 0, height));
    }
}
