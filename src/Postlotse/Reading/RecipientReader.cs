using Postlotse.Letters;
using Postlotse.Reading.Paper;

namespace Postlotse.Reading;

/// <summary>
/// Finds whom the letter is addressed to (Anschrift): in the address field of DIN 5008 forms A and B with tolerance, else
/// the block of the upper half that most looks like an address and is not the sender's.
/// </summary>
internal static class RecipientReader
{
    /// <summary>
    /// Address field of DIN 5008: x 20–105, y 27–72 (form A) or 45–90 (form B); print may stand off by this, millimetres.
    /// </summary>
    private const double Tolerance = 12;

    public static ReadField? Read(LetterDraft draft, out string text, out IReadOnlyList<Segment> returnLine)
    {
        (text, returnLine) = ("", []);
        var blocks = AddressBlock.Stack(draft.FreeHeader().Where(s => s.Box.Y < (draft.First?.Page.Height ?? 0) * 0.55));
        var best = blocks.Select(b => AddressBlock.WithTownBelow(b, blocks)).Select(b => (Block: b, Score: Score(b, draft)))
            .OrderByDescending(c => c.Score).ThenBy(c => c.Block.Top).FirstOrDefault();
        if (best.Block is null || best.Score < 4) return null;
        var (back, lines) = PartReturnLine(best.Block.Lines);
        returnLine = back.Count > 0 ? back : ReturnLineAbove(lines, draft);
        draft.Take(returnLine);
        draft.Take(lines);
        draft.RecipientTop = lines[0].Box.Y;
        draft.RecipientBottom = lines[^1].Box.Bottom;
        var result = new FieldText();
        foreach (var line in EndorsementsAbove(lines, draft).Concat(lines.Where(l => !AddressWording.PostalService.IsMatch(l.Text))))
            result.AddLine(line.Page, line.Words);
        text = result.Text;
        return result.Field(LetterField.Recipient, Math.Min(1, 0.55 + best.Score * 0.05));
    }

    /// <summary>A return line (Rücksendeangabe): a whole address on one line of small print.</summary>
    public static bool IsReturnLine(Segment line)
    {
        var separators = line.Text.Count(c => c is ',' or '·' or '•' or '|' or '*' or '–' or '-' or ';');
        return separators > 0 && AddressWording.TownInside.IsMatch(line.Text) && !AddressWording.Town.IsMatch(line.Text)
            && line.Words.Count >= 4;
    }

    private static double Score(AddressBlock block, LetterDraft draft)
    {
        var lines = PartReturnLine(block.Lines).Lines;
        if (lines.Count is 0 or > 10 || lines.Count == 1 && !AddressWording.Addressee.IsMatch(lines[0].Text)) return 0;
        double score = 0;
        if (AddressWording.Town.IsMatch(lines[^1].Text)) score += 3;
        else if (lines.Any(l => AddressWording.Town.IsMatch(l.Text))) score += 1.5;
        if (lines.Any(l => AddressWording.Addressee.IsMatch(l.Text))) score += 3;
        if (lines.Any(l => AddressWording.Street.IsMatch(l.Text))) score += 0.5;
        if (lines.Any(l => AddressWording.Endorsement.IsMatch(l.Text))) score += 1;
        if (IsInAddressField(lines)) score += 2.5;
        if (lines.Any(l => AddressWording.Contact.IsMatch(l.Text))) score -= 3;
        if (lines.Any(l => ReferenceWording.Label.IsMatch(l.Text))) score -= 2;
        if (draft.Signer.Length > 3 && lines.Any(l => l.Text.Contains(draft.Signer, StringComparison.OrdinalIgnoreCase))) score -= 4;
        if (lines[0].Box.Y < 27 - Tolerance) score -= 2;
        return score;
    }

    private static bool IsInAddressField(IReadOnlyList<Segment> lines)
    {
        double top = lines[0].Box.Y, bottom = lines[^1].Box.Bottom, left = lines.Min(l => l.Box.X);
        return left >= 20 - Tolerance && left <= 25 + Tolerance && top >= 27 && bottom <= 90 + Tolerance;
    }

    private static (IReadOnlyList<Segment> Back, IReadOnlyList<Segment> Lines) PartReturnLine(IReadOnlyList<Segment> lines)
    {
        for (var i = Math.Min(2, lines.Count - 2); i >= 0; i--)
            if (IsReturnLine(lines[i]) || i > 0 && IsReturnLine(lines[i - 1], lines[i]))
                return ([.. lines.Take(i + 1)], [.. lines.Skip(i + 1)]);
        return ([], lines);
    }

    /// <summary>A return line that was too long and runs over two lines.</summary>
    private static bool IsReturnLine(Segment upper, Segment lower) =>
        upper.Text.Contains(',', StringComparison.Ordinal) && Math.Abs(upper.Size - lower.Size) < 0.4 && upper.Size < 2.2
        && (AddressWording.TownInside.IsMatch(lower.Text) || lower.Words.Count <= 4 && upper.Words.Count >= 5);

    private static IReadOnlyList<Segment> ReturnLineAbove(IReadOnlyList<Segment> lines, LetterDraft draft)
    {
        double top = lines[0].Box.Y, left = lines.Min(l => l.Box.X), size = Segment.Median(lines.Select(l => l.Size));
        var above = draft.FreeHeader()
            .Where(s => s.Box.Bottom <= top + 1 && s.Box.Y > top - 26 && Math.Abs(s.Box.X - left) <= 9 && s.Size < size * 0.86).ToList();
        var isOne = above.Exists(s => IsReturnLine(s) || s.Text.Contains(',', StringComparison.Ordinal) && s.Words.Count >= 3);
        if (isOne && above.Count <= 3) return above;
        return [.. draft.FreeHeader().Where(s => s.Box.Bottom <= top && s.Size < size * 0.9 && IsReturnLine(s)).Take(1)];
    }

    /// <summary>"Persönlich" and the like may stand apart from the address; routing needs them.</summary>
    private static List<Segment> EndorsementsAbove(IReadOnlyList<Segment> lines, LetterDraft draft)
    {
        double top = lines[0].Box.Y, bottom = lines[^1].Box.Bottom;
        var found = draft.FreeHeader()
            .Where(s => s.Words.Count <= 7 && s.Box.Y > top - 28 && s.Box.Y < bottom + 14 && AddressWording.Endorsement.IsMatch(s.Text))
                .ToList();
        draft.Take(found);
        draft.Take(draft.FreeHeader().Where(s => AddressWording.PostalService.IsMatch(s.Text)).ToList());
        return found;
    }
}
