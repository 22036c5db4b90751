using Postlotse.Letters;

namespace Postlotse.Reading;

/// <summary>
/// Finds who writes (Absender): the block with an address that is not the recipient's, completed by letterhead and return
/// line; else one of these alone; else the name under the greeting.
/// </summary>
internal static class SenderReader
{
    private static readonly char[] Separators = [',', ';', '·', '•', '|', '*'];

    /// <summary>Print that is larger than the text, in the letterhead (DIN 5008: y 0–45).</summary>
    public static Segment? Letterhead(LetterDraft draft) =>
        draft.FreeHeader().Where(s => s.Box.Y < 45 && s.LetterCount >= 3 && s.Size > 1.25 * draft.First!.Size && s.Confidence > 0.4)
            .OrderByDescending(s => s.Size).FirstOrDefault();

    public static ReadField? Read(LetterDraft draft, IReadOnlyList<Segment> returnLine, out string text)
    {
        var result = new FieldText();
        var head = Letterhead(draft);
        var block = Best(draft, head);
        var parts = Parts(returnLine);
        if (block.Count > 0) AddWithName(result, block, head, parts);
        else if (parts.Count > 0) foreach (var (page, words) in parts) result.AddLine(page, words);
        else AddHead(result, draft, head);
        draft.Take(block);
        if (head is not null) draft.Take([head]);
        if (result.IsEmpty) AddSigner(result, draft);
        text = result.Text;
        return result.Field(LetterField.Sender, block.Count > 0 || parts.Count > 0 ? 0.95 : 0.6);
    }

    private static IReadOnlyList<Segment> Best(LetterDraft draft, Segment? head)
    {
        var free = draft.FreeHeader().Where(s => s != head && IsSenderLine(s));
        return AddressBlock.Stack(free).Select(b => (Block: b, Score: Score(b, draft))).Where(c => c.Score >= 2.5)
            .OrderByDescending(c => c.Score).Select(c => c.Block.Lines).FirstOrDefault() ?? [];
    }

    private static bool IsSenderLine(Segment line) =>
        !Wording.DateLabel.IsMatch(line.Text) && !Wording.SubjectLabel.IsMatch(line.Text) && !RecipientReader.IsReturnLine(line);

    private static double Score(AddressBlock block, LetterDraft draft)
    {
        double score = 0;
        if (block.HasTown) score += 2.5;
        else if (block.Lines.Any(l => Wording.PostalTownInside.IsMatch(l.Text))) score += 2;
        if (block.HasStreet) score += 1;
        if (block.HasContact) score += 1;
        if (draft.Signer.Length > 3 && block.Lines.Any(l => l.Text.Contains(draft.Signer, StringComparison.OrdinalIgnoreCase))) score += 1.5;
        if (block.Lines.Count > 12) score -= 2;
        if (block.Top > draft.RecipientBottom + 12 && draft.RecipientBottom > 0) score -= 1.5;
        return score;
    }

    /// <summary>Blocks beside the address field often leave out the name that the letterhead shows already.</summary>
    private static void AddWithName(FieldText result, IReadOnlyList<Segment> block, Segment? head, List<(RecognisedPage Page, List<Word> Words)> parts)
    {
        var known = Plain(string.Join(' ', block.Select(l => l.Text)));
        if (head is not null && !known.Contains(Plain(head.Text), StringComparison.Ordinal)) result.AddLine(head.Page, head.Words);
        else if (head is null && parts.Count > 0 && !known.Contains(Plain(parts[0].Words), StringComparison.Ordinal))
            result.AddLine(parts[0].Page, parts[0].Words);
        foreach (var line in block) result.AddLine(line.Page, line.Words);
    }

    private static void AddHead(FieldText result, LetterDraft draft, Segment? head)
    {
        if (head is not null) result.AddLine(head.Page, head.Words);
        foreach (var line in draft.FreeHeader().Where(s => s != head && s.Box.Y < 45 && Wording.Contact.IsMatch(s.Text))) result.AddLine(line.Page, line.Words);
    }

    private static void AddSigner(FieldText result, LetterDraft draft)
    {
        var line = draft.Sheets.SelectMany(s => s.Segments).FirstOrDefault(s => draft.Signer.Length > 0 && string.Equals(s.Text, draft.Signer, StringComparison.Ordinal));
        if (line is not null) result.AddLine(line.Page, line.Words);
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
