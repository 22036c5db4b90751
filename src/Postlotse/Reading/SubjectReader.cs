using Postlotse.Letters;
using Postlotse.Reading.Paper;

namespace Postlotse.Reading;

/// <summary>Finds the subject (Betreff): the lines right above the greeting, or the short first lines of a letter without one.</summary>
internal static class SubjectReader
{
    private const int MostLines = 5;

    public static ReadField? Read(LetterDraft draft, out string text)
    {
        text = "";
        var lines = Lines(draft);
        if (lines.Count == 0) return null;
        draft.Take(lines.SelectMany(l => l));
        var result = new FieldText();
        foreach (var (row, index) in lines.Select((row, index) => (row, index)))
            AddRow(result, row, index == 0 ? LabelWords(row) : 0);
        text = result.Text;
        return result.Field(LetterField.Subject, draft.Salutation is null ? 0.7 : 0.95);
    }

    private static IReadOnlyList<IReadOnlyList<Segment>> Lines(LetterDraft draft)
    {
        if (draft.First is null) return [];
        var labelled = Groups(draft).FirstOrDefault(g => TextWording.SubjectLabel.IsMatch(Text(g[0])));
        if (labelled is not null) return labelled.Count <= MostLines ? labelled : [labelled[0]];
        return draft.Salutation is null ? WithoutSalutation(draft) : AboveSalutation(draft);
    }

    /// <summary>The last group, and those above it that begin at the same margin: "In Sachen …", then "wegen …".</summary>
    private static IReadOnlyList<IReadOnlyList<Segment>> AboveSalutation(LetterDraft draft)
    {
        var lines = new List<IReadOnlyList<Segment>>();
        foreach (var group in Groups(draft).AsEnumerable().Reverse())
        {
            var belongs = lines.Count == 0
                || Math.Abs(group[0][0].Box.X - lines[0][0].Box.X) < 3
                    && group.All(r => r[0].Confidence > 0.6 && r.Sum(s => s.LetterCount) > 3);
            if (!belongs || lines.Count + group.Count > MostLines) break;
            lines.InsertRange(0, group);
        }

        return lines;
    }

    /// <summary>
    /// Without a greeting the first lines are a subject when they are short, no sentence, and stand apart from what follows.
    /// </summary>
    private static IReadOnlyList<IReadOnlyList<Segment>> WithoutSalutation(LetterDraft draft)
    {
        var groups = Groups(draft);
        if (groups.Count < 2 || groups[0].Count > 3) return Heading(draft);
        var text = Text(groups[0][^1]);
        return text.EndsWith('.') || text.EndsWith(',') || groups[0].Sum(r => r.Sum(s => s.Words.Count)) > 30 ? Heading(draft) : groups[0];
    }

    /// <summary>What a form calls itself, above the address.</summary>
    private static IReadOnlyList<IReadOnlyList<Segment>> Heading(LetterDraft draft) =>
        [.. Sheet.Rows(draft.FreeHeader()
            .Where(s => s.Baseline < draft.RecipientTop && s.Box.Y < 60 && s.LetterCount > 5 && s.Confidence > 0.6
            && !AddressWording.Contact.IsMatch(s.Text))).Take(2)];

    private static List<IReadOnlyList<IReadOnlyList<Segment>>> Groups(LetterDraft draft)
    {
        var width = draft.First!.Page.Width;
        var free = draft.FreeHeader().Where(s => s.Baseline > draft.TextTop && s.LetterCount > 1);
        var groups = new List<List<IReadOnlyList<Segment>>>();
        foreach (var row in Sheet.Rows(free).Where(r => r[0].Box.X < width * 0.5 || TextWording.SubjectLabel.IsMatch(Text(r))))
        {
            var last = groups.Count == 0 ? null : groups[^1][^1];
            if (last is not null && row[0].Baseline - last[0].Baseline <= 2.9 * Math.Max(row[0].Size, last[0].Size)) groups[^1].Add(row);
            else groups.Add([row]);
        }

        return [.. groups];
    }

    private static void AddRow(FieldText result, IReadOnlyList<Segment> row, int skip)
    {
        var words = row.SelectMany(s => s.Words).Skip(skip).ToList();
        if (result.IsEmpty) result.Add(row[0].Page, words);
        else result.AddWrapped(row[0].Page, words);
    }

    /// <summary>Words of the label "Betreff:"; the label is no part of the subject.</summary>
    private static int LabelWords(IReadOnlyList<Segment> row)
    {
        var words = row.SelectMany(s => s.Words).ToList();
        if (!TextWording.SubjectLabel.IsMatch(Text(row))) return 0;
        var colon = words.FindIndex(w => w.Text.EndsWith(':'));
        return colon is >= 0 and <= 1 ? colon + 1 : 1;
    }

    private static string Text(IReadOnlyList<Segment> row) => string.Join(' ', row.Select(s => s.Text));
}
