using System.Globalization;
using System.Net;
using System.Text;
using System.Text.RegularExpressions;
using Postlotse.Letters;

namespace Postlotse.Engines.Documents;

/// <summary>
/// Reads what pdftotext -bbox-layout says: words with boxes in points from the top left of the page as displayed, by lines and
/// blocks in reading order. Boxes reach from the font's ascent to its descent; baselines are not known yet.
/// </summary>
internal static partial class PdfPageText
{
    private const double MillimetresPerPoint = 25.4 / 72;

    /// <summary>A page with more is no letter, and its words would not be accepted from a child either.</summary>
    private const int MostWords = 20_000, LongestWord = 500;

    /// <summary>Lines further apart than their block's narrowest step begin a paragraph.</summary>
    private const double ParagraphStep = 1.5;

    /// <summary>Lines by page; a page that is not there whole is missing.</summary>
    /// <param name="output">Of pdftotext.</param>
    /// <param name="firstPage">Number of the first page in it.</param>
    public static IReadOnlyDictionary<int, IReadOnlyList<TextLine>> Parse(string output, int firstPage)
    {
        var pages = new Dictionary<int, IReadOnlyList<TextLine>>();
        var (page, block, lines, words) = (firstPage, 0, new List<TextLine>(), new List<Word>());
        // The file's own title stands in the head; only what follows the last of these is the document, where text is escaped.
        foreach (Match tag in Tag().Matches(output, Math.Max(0, output.LastIndexOf("<doc>", StringComparison.Ordinal))))
        {
            switch (tag.Groups["tag"].Value)
            {
                case "page":
                    (block, lines, words) = (0, [], []);
                    break;
                case "block":
                    block++;
                    break;
                case "/line" when words.Count > 0:
                    lines.Add(new(block, 0, Around(words), 0, words));
                    words = [];
                    break;
                case "/page":
                    if (lines.Sum(l => l.Words.Count) <= MostWords) pages[page] = WithParagraphs(lines);
                    page++;
                    break;
                case "":
                    words.AddRange(Words(tag));
                    break;
            }
        }

        return pages;
    }

    /// <summary>A box around words.</summary>
    public static Box Around(IReadOnlyList<Word> words)
    {
        double left = words.Min(w => w.Box.X), top = words.Min(w => w.Box.Y);
        return new(left, top, Round(words.Max(w => w.Box.Right) - left), Round(words.Max(w => w.Box.Bottom) - top));
    }

    /// <summary>
    /// Text as print shows it: accents on their letters, ligatures as letters, no invisible characters; common bullets of symbol
    /// fonts as bullets.
    /// </summary>
    internal static string Clean(string text)
    {
        var clean = new StringBuilder(text.Length);
        for (var i = 0; i < text.Length; i++)
        {
            var c = text[i];
            if (c is >= '\ufb00' and <= '\ufb06') clean.Append(c.ToString().Normalize(NormalizationForm.FormKC));
            else if (c == '\u00ad' && i == text.Length - 1) clean.Append('-'); // at a line's end it is printed
            else if (c is '\uf0b7' or '\uf0a7') clean.Append('•');
            else if (!char.IsControl(c) && CharUnicodeInfo.GetUnicodeCategory(c) != UnicodeCategory.Format) clean.Append(c);
        }

        var joined = clean.ToString();
        try
        {
            return joined.Normalize(NormalizationForm.FormC);
        }
        catch (ArgumentException)
        {
            return new(joined.Select(c => char.IsSurrogate(c) ? '\ufffd' : c).ToArray()); // half a surrogate
        }
    }

    /// <summary>A word, or several where a space that does not break lines stands in it.</summary>
    private static IEnumerable<Word> Words(Match tag)
    {
        double left = Number(tag, "x"), top = Number(tag, "y"), right = Number(tag, "right"), bottom = Number(tag, "bottom");
        if (!(left >= -100 && top >= -100 && right < 20_000 && bottom < 20_000 && right > left && bottom > top)) yield break;
        var text = WebUtility.HtmlDecode(tag.Groups["text"].Value);
        if (text.Length > LongestWord) yield break;
        var (width, start) = ((right - left) / text.Length, 0);
        foreach (var piece in text.Split((char[]?)null))
        {
            if (Clean(piece) is { Length: > 0 } clean)
                yield return new(clean, new(Round(left + start * width), Round(top), Round(piece.Length * width), Round(bottom - top)), 1);
            start += piece.Length + 1;
        }
    }

    private static List<TextLine> WithParagraphs(List<TextLine> lines)
    {
        var steps = lines.Zip(lines.Skip(1)).Where(p => p.First.Block == p.Second.Block).GroupBy(p => p.First.Block)
            .ToDictionary(b => b.Key, b => b.Min(p => Math.Abs(p.Second.Box.Y - p.First.Box.Y)));
        var (numbered, paragraph) = (new List<TextLine>(lines.Count), 0);
        foreach (var line in lines)
        {
            var before = numbered.Count > 0 ? numbered[^1] : null;
            if (before?.Block != line.Block || line.Box.Y - before.Box.Y > ParagraphStep * steps[line.Block]) paragraph++;
            numbered.Add(line with { Paragraph = paragraph });
        }

        return numbered;
    }

    private static double Number(Match tag, string group) =>
        double.TryParse(tag.Groups[group].Value, NumberStyles.Float, CultureInfo.InvariantCulture, out var points)
            ? points * MillimetresPerPoint : double.NaN;

    private static double Round(double value) => Math.Round(value, 2);

    [GeneratedRegex(
        """<(?<tag>/?(page|block|line))\b|<word xMin="(?<x>[^"]*)" yMin="(?<y>[^"]*)" """ +
        """xMax="(?<right>[^"]*)" yMax="(?<bottom>[^"]*)">(?<text>[^<]*)<""",
        RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Tag();
}
