using System.Text.RegularExpressions;
using Postlotse.Letters;

namespace Postlotse.Responsibility.Lexical;

/// <summary>
/// The address block (Anschrift) taken apart: phrases that may name an office, the street, and endorsements that forbid to open the
/// letter (§ 202 StGB). Everything has its span in the recipient field.
/// </summary>
internal sealed partial class RecipientBlock
{
    private RecipientBlock(List<TextSpan> phrases, List<TextSpan> lines, TextSpan? endorsement)
    {
        Phrases = phrases;
        Lines = lines;
        Endorsement = endorsement;
    }

    /// <summary>Lines and parts of lines without endorsements, streets and towns.</summary>
    public IReadOnlyList<TextSpan> Phrases { get; }

    /// <summary>All lines.</summary>
    public IReadOnlyList<TextSpan> Lines { get; }

    /// <summary>First "persönlich", "vertraulich", "nicht öffnen" or the like; null without.</summary>
    public TextSpan? Endorsement { get; }

    /// <summary>Takes a recipient field apart.</summary>
    public static RecipientBlock Of(string recipient)
    {
        TextSpan? endorsement = null;
        var (phrases, lines) = (new List<TextSpan>(), new List<TextSpan>());
        foreach (Match line in LineShape().Matches(recipient))
        {
            lines.Add(Span(line));
            var end = line.Index + line.Length;
            var mark = EndorsementShape().Match(recipient, line.Index, line.Length);
            if (mark.Success)
            {
                endorsement ??= Span(mark);
                end = mark.Index;
            }

            var text = recipient.AsSpan(line.Index, end - line.Index);
            // "Ausschreibung 7 – nicht öffnen" looks like a street only as far as the endorsement.
            if (TownShape().IsMatch(text) || (!mark.Success && StreetShape().IsMatch(text))) continue;
            AddPhrases(recipient, line.Index, end, phrases);
        }

        return new(phrases, lines, endorsement);
    }

    /// <summary>The line as a whole, and its parts between commas, dashes and brackets.</summary>
    private static void AddPhrases(string recipient, int start, int end, List<TextSpan> phrases)
    {
        var whole = Trimmed(recipient, start, end);
        if (whole is null) return;
        phrases.Add(whole);
        var parts = PartShape().Matches(recipient[start..end]);
        if (parts.Count < 2) return;
        foreach (Match part in parts)
            if (Trimmed(recipient, start + part.Index, start + part.Index + part.Length) is { } phrase) phrases.Add(phrase);
    }

    private static TextSpan? Trimmed(string text, int start, int end)
    {
        while (start < end && !char.IsLetterOrDigit(text[start])) start++;
        while (end > start && !char.IsLetterOrDigit(text[end - 1])) end--;
        return end > start ? new(LetterField.Recipient, start, end - start) : null;
    }

    private static TextSpan Span(Match match) => new(LetterField.Recipient, match.Index, match.Length);

    private const RegexOptions Options = RegexOptions.CultureInvariant | RegexOptions.IgnoreCase;

    [GeneratedRegex(@"[^\r\n]+", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex LineShape();

    [GeneratedRegex(@"[^,;()/\u2013\u2014|]+", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex PartShape();

    [GeneratedRegex(
        @"\b(?:(?:streng\s+|höchst)?pers(?:ö|oe)nlich|(?:streng\s+)?vertraulich|privat|personalsache|arztsache|unge(?:ö|oe)ffnet" +
        @"|verschlossen|nicht\s+(?:durch\s+\S+\s+|vor\b[^\r\n]{0,40})?(?:ö|oe)ffnen)\b",
        Options, 1000)]
    private static partial Regex EndorsementShape();

    [GeneratedRegex(@"^\W*(?:[A-Z]{1,2}\s?-\s?)?\d{5}\b", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex TownShape();

    [GeneratedRegex(@"\s\d{1,4}\s?[a-z]?\W*$|^\W*Postfach\b", Options, 1000)]
    private static partial Regex StreetShape();
}
