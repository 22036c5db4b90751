using System.Text.RegularExpressions;
using Postlotse.Letters;
using Postlotse.Reading.Paper;

namespace Postlotse.Reading;

/// <summary>
/// Collects references (Ihr Zeichen, Aktenzeichen, Kassenzeichen …) of the head: from information blocks, reference rows of
/// the old style and single lines, and tells the city's own from the sender's.
/// </summary>
internal static class ReferenceReader
{
    private static readonly Regex Amount = Patterns.Pattern(@"^-?[0-9]{1,3}([. ]?[0-9]{3})*,[0-9]{2}(\s|$)|\b(EUR|Euro)\b|€");
    private static readonly char[] Marks = [' ', ':', ',', ';', '/', '.', '(', ')'];
    private static readonly Regex Phone = Patterns.Pattern(@"^\(?(0|\+)[0-9]{1,5}\)?[\s/\-–]");

    /// <summary>Lines of references, each the segments that make it up; the draft's print is claimed.</summary>
    public static IReadOnlyList<IReadOnlyList<Segment>> Read(LetterDraft draft)
    {
        var lines = new List<IReadOnlyList<Segment>>();
        foreach (var segment in draft.FreeHeader().ToList())
        {
            if (draft.IsTaken(segment)) continue;
            if (ReferenceWording.LabelOnly.IsMatch(segment.Text)) AddLabelled(draft, segment, lines);
            else if (IsReference(draft, segment, lines.Count > 0)) Add(draft, lines, segment);
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
        foreach (Match match in ReferenceWording.OurNumber.Matches(text)) ours.Add(Trim(match.Groups["value"].Value));
        return ([.. ours.Where(IsNumber).Distinct(StringComparer.Ordinal)],
            [.. theirs.Where(IsNumber).Except(ours, StringComparer.Ordinal).Distinct(StringComparer.Ordinal)]);
    }

    private static void Divide(string line, bool officeWrites, List<string> ours, List<string> theirs)
    {
        var labels = ReferenceWording.Labels.Matches(line);
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

    /// <summary>Takes the number out of what stands behind a label; the day of a message beside it is no part of it.</summary>
    private static string Trim(string value)
    {
        value = value.Trim(Marks);
        if (LetterDates.Find(value) is not { Start.Value: > 0 } date || date.End.Value < value.Length) return value;
        var number = value[..date.Start].TrimEnd();
        return number.Length == date.Start.Value || number.EndsWith("vom", StringComparison.Ordinal) ? value : number.Trim(Marks);
    }

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
        var free = draft.FreeHeader().Where(s => s != label && !AddressWording.Town.IsMatch(s.Text)).ToList();
        var right = free.Where(s => s.SharesRowWith(label) && s.Box.X > label.Box.X).OrderBy(s => s.Box.X).FirstOrDefault();
        if (right is not null && !IsLabel(right) && right.Box.X - label.Box.Right < 40) yield return right;
        if (right is null || IsLabel(right))
            foreach (var below in free.Where(s => s.Baseline > label.Baseline && s.Baseline - label.Baseline < 3.4 * label.Size
                && Math.Abs(s.Box.X - label.Box.X) < 6 && s.Words.Count <= 4 && !IsLabel(s)
                    && s.Text.Any(c => char.IsDigit(c) || c is '/' or '-'))) yield return below;
    }

    private static bool IsLabel(Segment segment) =>
        ReferenceWording.LabelOnly.IsMatch(segment.Text) || ReferenceWording.Label.IsMatch(segment.Text)
            || ReferenceWording.OtherLabel.IsMatch(segment.Text);

    private static void Add(LetterDraft draft, List<IReadOnlyList<Segment>> lines, Segment segment)
    {
        draft.Take([segment]);
        lines.Add([segment]);
    }

    private static bool IsReference(LetterDraft draft, Segment segment, bool hasOthers)
    {
        if (segment.Words.Count > 11 || !segment.Text.Any(char.IsDigit) || TextWording.SubjectLabel.IsMatch(segment.Text)) return false;
        if (ReferenceWording.StrongLabel.IsMatch(segment.Text)) return true;
        if (AddressWording.TownInside.IsMatch(segment.Text) || AddressWording.Contact.IsMatch(segment.Text)) return false;
        var isBelowAddress = segment.Box.Y >= draft.RecipientBottom - 3;
        if (ReferenceWording.Label.IsMatch(segment.Text))
            return segment.Words.Count <= 6 && !(draft.Salutation is null && hasOthers && isBelowAddress)
                && (!isBelowAddress || !IsSubjectPlace(draft, segment) || !hasOthers && segment.Words.Count(IsPlainWord) <= 1);
        if (draft.Salutation is null && segment.Box.Y > draft.RecipientBottom + 25 || Amount.IsMatch(segment.Text)) return false;
        if (!isBelowAddress || draft.RecipientBottom <= 0 || !IsBareNumber(segment) || ContinuesLine(draft, segment)) return false;
        return !IsSubjectPlace(draft, segment) || !hasOthers && segment.Words.Count <= 4 && !segment.Words.Any(IsPlainWord);
    }

    /// <summary>The end of a subject that runs over two lines may be a bare number.</summary>
    private static bool ContinuesLine(LetterDraft draft, Segment segment) =>
        draft.FreeHeader().Any(s => s != segment && s.Baseline < segment.Baseline - 0.8 * segment.Size
            && segment.Baseline - s.Baseline < 2.6 * segment.Size && Math.Abs(s.Box.X - segment.Box.X) < 3 && s.Words.Count > 3);

    private static bool IsBareNumber(Segment segment)
    {
        if (segment.Words.Count > 6 || AddressWording.Street.IsMatch(segment.Text) && segment.Words.Count > 1) return false;
        var digits = segment.Text.Count(char.IsDigit);
        if (segment.Words.Count(IsPlainWord) > 1 || Phone.IsMatch(segment.Text)) return false;
        return digits >= 3 && digits >= 0.3 * segment.LetterCount && LetterDates.Find(segment.Text) is not { Start.Value: 0 };
    }

    private static bool IsPlainWord(Word word) => word.Text.Count(char.IsLetter) > 3 && !word.Text.Any(char.IsDigit);

    /// <summary>The last print before the greeting: there a subject is likelier than a reference.</summary>
    private static bool IsSubjectPlace(LetterDraft draft, Segment segment) =>
        !draft.FreeHeader().Any(s => s.Baseline > segment.Baseline + 0.8 * segment.Size && s.Box.X < s.Page.Width * 0.5
            && s.LetterCount > 2);
}
