using System.Globalization;
using Postlotse.Letters;
using Postlotse.Recognition;

namespace Postlotse.Engines.Documents;

/// <summary>
/// Whether the text written in a page is worth taking, as far as the text itself tells: its characters stand for the print, it runs
/// from left to right, and no words hide beneath others. Whether it is what the page shows, its picture tells.
/// </summary>
internal static class TextCheck
{
    private const double MostBadCharacters = 0.03, MostTurned = 0.3, MostHidden = 0.02, LeastOfOneScript = 0.9;

    /// <summary>German print without a single umlaut over so many letters has lost them.</summary>
    private const int LettersWithoutUmlaut = 600;

    public static TextQuality Judge(IReadOnlyList<TextLine> lines)
    {
        var words = lines.SelectMany(l => l.Words).Select(w => w.Text).ToList();
        var letters = words.SelectMany(w => w).Where(char.IsLetter).ToList();
        if (words.Sum(w => w.Count(char.IsLetterOrDigit)) < 3) return TextQuality.Bad;
        if (!HasSoundCharacters(words) || !RunsUpright(lines) || !HidesNothing(lines)) return TextQuality.Bad;
        if (letters.Count(IsLatin) < (1 - LeastOfOneScript) * letters.Count)
            return IsOfOneScript(letters) ? TextQuality.Good : TextQuality.Bad;
        var language = PrevailingLanguage.Of(string.Join(' ', words));
        var lost = string.Equals(language, "de", StringComparison.Ordinal) && letters.Count >= LettersWithoutUmlaut
            && !letters.Any(c => "äöüßÄÖÜ".Contains(c, StringComparison.Ordinal));
        return lost || string.Equals(language, PrevailingLanguage.Undetermined, StringComparison.Ordinal)
            ? TextQuality.Doubtful : TextQuality.Good;
    }

    /// <summary>Characters without meaning come of fonts that do not say what their signs are.</summary>
    private static bool HasSoundCharacters(List<string> words)
    {
        var bad = words.Sum(w => w.Count(IsBad));
        return bad < 3 || bad <= MostBadCharacters * words.Sum(w => w.Length);
    }

    private static bool IsBad(char c) => c == '\ufffd' || CharUnicodeInfo.GetUnicodeCategory(c) is
        UnicodeCategory.PrivateUse or UnicodeCategory.OtherNotAssigned or UnicodeCategory.Control;

    /// <summary>Signs of a font taken for those of another script come from all over it; each script has its own 256 characters.</summary>
    private static bool IsOfOneScript(List<char> letters) =>
        letters.GroupBy(c => c >> 8).Max(script => script.Count()) >= LeastOfOneScript * letters.Count(c => !IsLatin(c));

    /// <summary>Print that runs up, down or upside down is turned by reading the picture, which finds out what is up.</summary>
    private static bool RunsUpright(IReadOnlyList<TextLine> lines)
    {
        var longer = lines.SelectMany(l => l.Words).Where(w => w.Text.Length >= 3).ToList();
        if (longer.Count(w => w.Box.Height > w.Box.Width) > MostTurned * longer.Count) return false;
        var several = lines.Where(l => l.Words.Count > 1 && !l.Words.Any(w => w.Text.Any(IsRightToLeft))).ToList();
        return several.Count(l => l.Words[^1].Box.X < l.Words[0].Box.X) <= MostTurned * several.Count;
    }

    /// <summary>Words over words: one of them was covered by the other and cannot be seen.</summary>
    private static bool HidesNothing(IReadOnlyList<TextLine> lines)
    {
        var words = lines.SelectMany(l => l.Words).Where(w => w.Text.Length > 1).OrderBy(w => w.Box.Y).ToList();
        var (hidden, compared) = (0, 0);
        for (var i = 0; i < words.Count; i++)
        {
            for (var j = i + 1; j < words.Count && words[j].Box.Y < words[i].Box.Bottom; j++)
            {
                if (++compared > 2_000_000) return false;
                if (Covers(words[i].Box, words[j].Box)) hidden += Math.Min(words[i].Text.Length, words[j].Text.Length);
            }
        }

        return hidden <= MostHidden * words.Sum(w => w.Text.Length);
    }

    private static bool Covers(Box a, Box b)
    {
        double wide = Math.Min(a.Right, b.Right) - Math.Max(a.X, b.X), high = Math.Min(a.Bottom, b.Bottom) - Math.Max(a.Y, b.Y);
        return wide > 0 && high > 0 && wide * high > 0.4 * Math.Min(a.Width * a.Height, b.Width * b.Height);
    }

    private static bool IsLatin(char c) => c < '\u0250' || c is >= '\u1e00' and <= '\u1eff';

    private static bool IsRightToLeft(char c) => c is >= '\u0590' and <= '\u08ff';
}

/// <summary>What is to be thought of the text written in a page.</summary>
internal enum TextQuality
{
    /// <summary>Not to be used.</summary>
    Bad,

    /// <summary>To be compared with a reading of the picture: no language that is known, or one without its letters.</summary>
    Doubtful,

    Good,
}
