using Postlotse.Letters;
using Postlotse.Reading.Paper;

namespace Postlotse.Reading.Forms;

/// <summary>
/// Finds what forms (Formulare, Vordrucke) call themselves: the title in large print at the head of a page, and the number that is printed
/// with a label or, small, at the foot. The print stays in the letter's other fields too.
/// </summary>
internal static class FormReader
{
    /// <summary>Titles and numbers that are kept of a letter.</summary>
    private const int Most = 6;

    /// <summary>A title is set at least so much larger than most of the page.</summary>
    private const double Large = 1.2;

    /// <summary>Share of the page's height in which a title stands, and from which on a footer.</summary>
    private const double Head = 0.45, Foot = 0.9;

    private const int MostTitleWords = 12;
    private const int MostFooterWords = 8;
    private const double LeastConfidence = 0.6;

    /// <summary>The field, a line for each title or number; null where nothing looks like a form.</summary>
    /// <param name="draft">The letter.</param>
    /// <param name="text">Its text.</param>
    public static ReadField? Read(LetterDraft draft, out string text)
    {
        var (result, seen) = (new FieldText(), new HashSet<string>(StringComparer.OrdinalIgnoreCase));
        foreach (var sheet in draft.Sheets)
            foreach (var words in Title(sheet).Concat(Numbers(sheet)))
                if (seen.Count < Most && seen.Add(string.Join(' ', words.Select(w => w.Text)))) result.AddLine(sheet.Page, words);
        text = result.Text;
        return result.Field(LetterField.Form, 0.95);
    }

    /// <summary>The first large line that names a kind of form, with an equally large one right below it.</summary>
    private static IEnumerable<IReadOnlyList<Word>> Title(Sheet sheet)
    {
        var rows = Sheet.Rows(sheet.Segments.Where(s => s.Baseline < sheet.Page.Height * Head && s.Size >= sheet.Size * Large
            && s.Confidence >= LeastConfidence));
        for (var i = 0; i < rows.Count; i++)
        {
            List<Word> words = [.. rows[i].SelectMany(s => s.Words)];
            if (words.Count > MostTitleWords || !FormWording.Kind.IsMatch(Joined(words))) continue;
            if (i + 1 < rows.Count && Continues(rows[i][0], rows[i + 1][0])) words.AddRange(rows[i + 1].SelectMany(s => s.Words));
            if (words.Count <= MostTitleWords) yield return words;
            yield break;
        }
    }

    private static bool Continues(Segment title, Segment next) =>
        next.Baseline - title.Baseline <= 2.4 * title.Size && Math.Abs(next.Size - title.Size) <= 0.2 * title.Size;

    private static IEnumerable<IReadOnlyList<Word>> Numbers(Sheet sheet)
    {
        foreach (var segment in sheet.Segments.Where(s => s.Confidence >= LeastConfidence))
        {
            var atTheFoot = segment.Baseline > sheet.Page.Height * Foot && segment.Words.Count <= MostFooterWords;
            var match = FormWording.Labelled.Match(segment.Text);
            if (!match.Success && atTheFoot) match = FormWording.Footer.Match(segment.Text);
            if (!match.Success) continue;
            // A sentence about a form is none: only what stands by itself, or small at the foot.
            if (segment.Words.Count > MostFooterWords) continue;
            yield return WordsOf(segment, match.Index, match.Length);
        }
    }

    private static List<Word> WordsOf(Segment segment, int start, int length)
    {
        var (words, at) = (new List<Word>(), 0);
        foreach (var word in segment.Words)
        {
            if (at < start + length && at + word.Text.Length > start) words.Add(word);
            at += word.Text.Length + 1;
        }

        return words;
    }

    private static string Joined(IEnumerable<Word> words) => string.Join(' ', words.Select(w => w.Text));
}
