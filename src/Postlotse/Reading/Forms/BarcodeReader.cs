using System.Text;
using Postlotse.Letters;

namespace Postlotse.Reading.Forms;

/// <summary>
/// Puts a letter's barcodes (Strichcodes) among its fields, one a line. What they say is foreign text like everything else on the paper.
/// </summary>
internal static class BarcodeReader
{
    /// <summary>Further ones say nothing new.</summary>
    private const int Most = 20;

    /// <summary>UTF-16 units of a barcode's content that are taken: numbers and addresses are shorter.</summary>
    private const int LongestContent = 300;

    /// <summary>The field; null without barcodes. Patch codes belong to separator sheets.</summary>
    /// <param name="pages">Pages in any order.</param>
    /// <param name="text">Its text.</param>
    public static ReadField? Read(IEnumerable<RecognisedPage> pages, out string text)
    {
        var (lines, words) = (new StringBuilder(), new List<PlacedWord>());
        foreach (var (page, code) in pages.OrderBy(p => p.Number).SelectMany(p => p.Barcodes.Select(b => (p, b)))
            .Where(c => c.b.Kind != BarcodeKind.Patch))
        {
            var content = OneLine(code.Text);
            if (content.Length == 0 || words.Count == Most) continue;
            if (lines.Length > 0) lines.Append('\n');
            lines.Append(code.Kind).Append(' ');
            words.Add(new(lines.Length, content.Length, page.Number, page.ToDisplayed(code.Box)));
            lines.Append(content);
        }

        text = lines.ToString();
        return words.Count == 0 ? null : new(LetterField.Barcodes, 1, words);
    }

    /// <summary>Nothing inside a barcode may look like a second one.</summary>
    private static string OneLine(string content)
    {
        var line = string.Join(' ', content.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        if (line.Length <= LongestContent) return line;
        return line[..(char.IsHighSurrogate(line[LongestContent - 1]) ? LongestContent - 1 : LongestContent)];
    }
}
