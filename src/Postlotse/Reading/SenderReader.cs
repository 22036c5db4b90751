using Postlotse.Letters;
using Postlotse.Reading.Paper;

namespace Postlotse.Reading;

/// <summary>
/// Finds who writes (Absender): the block with an address that is not the recipient's, completed by letterhead and return
/// line; else one of these alone; else the name under the greeting.
/// </summary>
internal static class SenderReader
{
    private static readonly char[] Separators = [',', ';', '·', '•', '|', '*'];

    /// <summary>Print that is larger than the text, in the letterhead (DIN 5008: y 0–45); it may take more than one line.</summary>
    public static IReadOnlyList<Segment> Letterhead(LetterDraft draft)
    {
        var large = draft.FreeHeader()
            .Where(s => s.Box.Y < 45 && s.LetterCount >= 5 && s.Size > 1.25 * draft.First!.Size && s.Confidence > 0.5
            && !AddressWording.Contact.IsMatch(s.Text)).ToList();
        var largest = large.OrderByDescending(s => s.Size).FirstOrDefault();
        return largest is null ? [] : AddressBlock.Stack(large.Where(s => s.Size > 0.75 * largest.Size))
            .First(b => b.Lines.Contains(largest)).Lines;
    }

    public static ReadField? Read(LetterDraft draft, IReadOnlyList<Segment> returnLine, out string text)
    {
        var result = new FieldText();
        var head = Letterhead(draft);
        var parts = Parts(returnLine);
        var block = Best(draft, head);
        if (block.Count == 0 && parts.Count == 0 && head.Count == 0 && draft.Salutation is not null) block = AtTheTop(draft);
        if (block.Count > 0) AddWithName(result, block, head, parts);
        else if (parts.Count > 0) foreach (var (page, words) in parts) result.AddLine(page, words);
        else AddHead(result, draft, head);
        draft.Take(block);
        draft.Take(head);
        if (result.IsEmpty) AddSigner(result, draft);
        text = result.Text;
        return result.Field(LetterField.Sender, block.Count > 0 || parts.Count > 0 ? 0.95 : 0.6);
    }

    private static IReadOnlyList<Segment> Best(LetterDraft draft, IReadOnlyList<Segment> head)
    {
        var free = draft.FreeHeader().Where(s => !head.Contains(s) && IsSenderLine(s));
        return AddressBlock.Stack(free).Select(b => (Block: b, Score: Score(b, draft))).Where(c => c.Score >= 2.5)
            .OrderByDescending(c => c.Score).Select(c => c.Block.Lines).FirstOrDefault() ?? [];
    }

    /// <summary>Lines above the address that are no whole address: a name, or what a stamp left of the rest.</summary>
    private static IReadOnlyList<Segment> AtTheTop(LetterDraft draft)
    {
        var limit = Math.Min(45, draft.RecipientTop);
        var lines = AddressBlock.Stack(draft.FreeHeader()
            .Where(s => s.Box.Y < limit && IsSenderLine(s) && s.Confidence > 0.6 && s.LetterCount > 2))
            .Select(b => b.Lines).FirstOrDefault() ?? [];
        var surname = draft.Signer.Split(' ')[^1];
        return lines.Count > 1 || lines.Count == 1 && surname.Length > 2
            && lines[0].Text.Contains(surname, StringComparison.OrdinalIgnoreCase) ? lines : [];
    }

    private static bool IsSenderLine(Segment line) =>
        !ReferenceWording.DateLabel.IsMatch(line.Text) && !TextWording.SubjectLabel.IsMatch(line.Text)
            && !RecipientReader.IsReturnLine(line);

    private static double Score(AddressBlock block, LetterDraft draft)
    {
        double score = 0;
        if (block.HasTown) score += 2.5;
        else if (block.Lines.Any(l => AddressWording.TownInside.IsMatch(l.Text))) score += 2;
        if (block.HasStreet) score += 1;
        if (block.HasContact) score += 1;
        if (draft.Signer.Length > 3 && block.Lines.Any(l => l.Text.Contains(draft.Signer, StringComparison.OrdinalIgnoreCase)))
            score += 1.5;
        if (block.Lines.Count > 12) score -= 2;
        if (block.Lines.Count > 1 && block.Top < 40) score += 1.5;
        if (block.Top > draft.RecipientBottom + 12 && draft.RecipientBottom > 0) score -= 1.5;
        return score;
    }

    /// <summary>Blocks beside the address field often leave out what letterhead and return line say, or a stamp covers it.</summary>
    private static void AddWithName(FieldText result, IReadOnlyList<Segment> block, IReadOnlyList<Segment> head,
        List<(RecognisedPage Page, List<Word> Words)> parts)
    {
        var known = block.Select(l => Plain(l.Text)).ToList();
        var name = Plain(string.Concat(head.Select(l => l.Text)));
        if (head.Count > 0 && !known.Exists(k => Alike(k, name)))
        {
            foreach (var line in head) result.AddLine(line.Page, line.Words);
            known.Add(name);
        }

        foreach (var (page, words) in parts.Where(p => !known.Exists(k => Alike(k, Plain(p.Words))))) result.AddLine(page, words);
        foreach (var line in block.Where(l => !parts.Exists(p => IsLessThan(Plain(l.Text), Plain(p.Words)))))
            result.AddLine(line.Page, line.Words);
    }

    private static bool IsLessThan(string line, string part) =>
        line.Length < part.Length - 2 && part.Contains(line, StringComparison.Ordinal);

    /// <summary>Whether a line says what the other says, but for letters that an engine took for others.</summary>
    private static bool Alike(string line, string other)
    {
        if (line.Contains(other, StringComparison.Ordinal)) return true;
        var pairs = Pairs(line);
        var others = Pairs(other);
        var common = others.Count(pairs.Contains);
        return others.Count > 0 && 2.0 * common / (pairs.Count + others.Count) > 0.7;
    }

    private static HashSet<string> Pairs(string text) =>
        Enumerable.Range(0, Math.Max(0, text.Length - 1)).Select(i => text.Substring(i, 2)).ToHashSet(StringComparer.Ordinal);

    private static void AddHead(FieldText result, LetterDraft draft, IReadOnlyList<Segment> head)
    {
        foreach (var line in head) result.AddLine(line.Page, line.Words);
        foreach (var line in draft.FreeHeader().Where(s => !head.Contains(s) && s.Box.Y < 45 && AddressWording.Contact.IsMatch(s.Text)))
            result.AddLine(line.Page, line.Words);
    }

    /// <summary>The name under the greeting, with the address that some write below it.</summary>
    private static void AddSigner(FieldText result, LetterDraft draft)
    {
        var line = draft.Sheets.SelectMany(s => s.Segments)
            .FirstOrDefault(s => draft.Signer.Length > 0 && string.Equals(s.Text, draft.Signer, StringComparison.Ordinal));
        if (line is null) return;
        result.AddLine(line.Page, line.Words);
        var below = draft.Sheets.SelectMany(s => s.Segments).Where(s => s.Page == line.Page && s.Baseline > line.Baseline
            && s.Baseline - line.Baseline < 24 && Math.Abs(s.Box.X - line.Box.X) < 4).ToList();
        var town = below.FindIndex(s => AddressWording.Town.IsMatch(s.Text));
        foreach (var address in below.Take(town + 1)) result.AddLine(address.Page, address.Words);
    }

    /// <summary>A return line's parts; its separators are no text of the sender's.</summary>
    private static List<(RecognisedPage Page, List<Word> Words)> Parts(IReadOnlyList<Segment> returnLine)
    {
        var parts = new List<(RecognisedPage, List<Word>)>();
        var begin = true;
        foreach (var (segment, word) in returnLine.SelectMany(s => s.Words.Select(w => (s, w))))
        {
            var bare = word.Text.Trim(Separators);
            if (begin && bare.Length > 0) parts.Add((segment.Page, []));
            begin = bare.Length == 0 || bare is "-" or "–" || Separators.Contains(word.Text[^1]);
            if (bare.Length > 0 && bare is not ("-" or "–")) parts[^1].Item2.Add(word with { Text = bare });
        }

        return [.. parts.Where(p => p.Item2.Count > 0)];
    }

    private static string Plain(List<Word> words) => Plain(string.Concat(words.Select(w => w.Text)));

    private static string Plain(string text) => string.Concat(text.Where(char.IsLetterOrDigit)).ToUpperInvariant();
}
