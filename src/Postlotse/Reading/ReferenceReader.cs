using System.Text.RegularExpressions;
using Postlotse.Letters;

namespace Postlotse.Reading;

/// <summary>
/// Collects references (Ihr Zeichen, Aktenzeichen, Kassenzeichen …) of the head: from information blocks, reference rows of
/// the old style and single lines, and tells the city's own from the sender's.
/// </summary>
internal static class ReferenceReader
{
    /// <summary>Lines of references, each the segments that make it up; the draft's print is claimed.</summary>
    public static IReadOnlyList<IReadOnlyList<Segment>> Read(LetterDraft draft)
    {
        var lines = new List<IReadOnlyList<Segment>>();
        foreach (var segment in draft.FreeHeader().ToList())
        {
            if (draft.IsTaken(segment)) continue;
            if (Wording.ReferenceLabelOnly.IsMatch(segment.Text)) AddLabelled(draft, segment, lines);
            else if (IsReference(draft, segment)) Add(draft, lines, segment);
        }

        return lines;
    }

    public static ReadField? Field(IReadOnlyList<IReadOnlyList<Segment>> lines, out string text)
    {
        var result = new FieldText();
        foreach (var line in lines)
        {
            result.AddLine(line[0].Page, line[0].Words);
            foreach (var more in line.Skip(1)) result.Add(more.Page, more.Words);
        }

        text = result.Text;
        return result.Field(LetterField.Reference, 0.93);
    }

    /// <summary>Numbers without their labels, ours and theirs. What has no owner's label is ours when a private person copied it.</summary>
    public static (IReadOnlyList<string> Ours, IReadOnlyList<string> Theirs) Owners(string reference, string text, bool officeWrites)
    {
        List<string> ours = [], theirs = [];
        foreach (var line in reference.Split('\n', StringSplitOptions.RemoveEmptyEntries)) Divide(line, officeWrites, ours, theirs);
        foreach (Match match in Wording.OurNumber.Matches(text)) ours.Add(Trim(match.Groups["value"].Value));
        return ([.. ours.Where(IsNumber).Distinct(StringComparer.Ordinal)], [.. theirs.Where(IsNumber).Except(ours, StringComparer.Ordinal).Distinct(StringComparer.Ordinal)]);
    }

    private static void Divide(string line, bool officeWrites, List<string> ours, List<string> theirs)
    {
        var labels = Wording.ReferenceLabels.Matches(line);
        if (labels.Count == 0) (officeWrites ? theirs : ours).Add(Trim(line));
        var previousIsOurs = false;
        for (var i = 0; i < labels.Count; i++)
        {
            var end = i + 1 < labels.Count ? labels[i + 1].Index : line.Length;
            var value = Trim(line[(labels[i].Index + labels[i].Length)..Math.Max(end, labels[i].Index + labels[i].Length)]);
            var isOurs = labels[i].Groups["ours"].Success || labels[i].Groups["open"].Success && (previousIsOurs || !officeWrites);
            previousIsOurs = isOurs;
            (isOurs ? ours : theirs).Add(value);
        }
    }

    private static string Trim(string value) => value.Trim(' ', ':', ',', ';', '/', '.', '(', ')');

    /// <summary>A number, and not only the day of a message ("Ihr Schreiben vom …").</summary>
    private static bool IsNumber(string value) =>
        value.Any(char.IsDigit) && !(LetterDates.Find(value) is { } date && date.Start.Value == 0 && date.End.Value == value.Length);

    /// <summary>A label of its own: its value stands to the right or, in the old reference row, below.</summary>
    private static void AddLabelled(LetterDraft draft, Segment label, List<IReadOnlyList<Segment>> lines)
    {
        var value = Values(draft, label).FirstOrDefault();
        draft.Take([label]);
        if (value is null) return;
        draft.Take([value]);
        lines.Add([label, value]);
    }

    private static IEnumerable<Segment> Values(LetterDraft draft, Segment label)
    {
        var free = draft.FreeHeader().Where(s => s != label && !Wording.PostalTown.IsMatch(s.Text)).ToList();
        var right = free.Where(s => s.SharesRowWith(label) && s.Box.X > label.Box.X).OrderBy(s => s.Box.X).FirstOrDefault();
        if (right is not null && !IsLabel(right) && right.Box.X - label.Box.Right < 40) yield return right;
        if (right is null || IsLabel(right))
            foreach (var below in free.Where(s => s.Baseline > label.Baseline && s.Baseline - label.Baseline < 3.4 * label.Size
                && Math.Abs(s.Box.X - label.Box.X) < 6 && !IsLabel(s) && s.Text.Any(char.IsDigit))) yield return below;
    }

    private static bool IsLabel(Segment segment) =>
        Wording.ReferenceLabelOnly.IsMatch(segment.Text) || Wording.Reference.IsMatch(segment.Text) || Wording.OtherInfoLabel.IsMatch(segment.Text);

    private static void Add(LetterDraft draft, List<IReadOnlyList<Segment>> lines, Segment segment)
    {
        draft.Take([segment]);
        lines.Add([segment]);
    }

    private static bool IsReference(LetterDraft draft, Segment segment)
    {
        if (segment.Words.Count > 11 || !segment.Text.Any(char.IsDigit) || Wording.SubjectLabel.IsMatch(segment.Text)) return false;
        if (Wording.StrongReference.IsMatch(segment.Text)) return true;
        if (Wording.PostalTownInside.IsMatch(segment.Text) || Wording.Contact.IsMatch(segment.Text)) return false;
        var isBelowAddress = segment.Box.Y >= draft.RecipientBottom - 3;
        if (Wording.Reference.IsMatch(segment.Text)) return segment.Words.Count <= 6 && (!isBelowAddress || !IsSubjectPlace(draft, segment));
        return isBelowAddress && draft.RecipientBottom > 0 && IsBareNumber(segment) && !(IsSubjectPlace(draft, segment) && segment.Words.Count > 4);
    }

    private static bool IsBareNumber(Segment segment)
    {
        if (segment.Words.Count > 6 || Wording.Street.IsMatch(segment.Text) && segment.Words.Count > 1) return false;
        var digits = segment.Text.Count(char.IsDigit);
        return digits >= 3 && digits >= 0.3 * segment.LetterCount && LetterDates.Find(segment.Text) is not { Start.Value: 0 };
    }

    /// <summary>The last print before the greeting: there a subject is likelier than a reference.</summary>
    private static bool IsSubjectPlace(LetterDraft draft, Segment segment) =>
        !draft.FreeHeader().Any(s => s.Baseline > segment.Baseline + 0.8 * segment.Size && s.Box.X < s.Page.Width * 0.5 && s.LetterCount > 2);
}
