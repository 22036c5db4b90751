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
    /// <summary>What is read well may still be no reference: the words' confidence counts this much.</summary>
    private const double Certainty = 0.93;

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
        return result.Field(LetterField.Reference, Certainty);
    }

    /// <summary>
    /// Numbers without their labels, ours and theirs, each where it stands first. What has no owner's label is ours when a private person
    /// copied it.
    /// </summary>
    public static (IReadOnlyList<ReadReference> Ours, IReadOnlyList<ReadReference> Theirs) Owners(
        LetterContent content, IReadOnlyList<ReadField> fields, IReadOnlyList<RecognisedPage> pages, bool officeWrites)
    {
        List<TextSpan> ours = [], theirs = [];
        for (var start = 0; start < content.Reference.Length;)
        {
            var end = content.Reference.IndexOf('\n', start);
            if (end < 0) end = content.Reference.Length;
            if (end > start) Divide(content.Reference, start, end, officeWrites, ours, theirs);
            start = end + 1;
        }

        foreach (var field in (LetterField[])[LetterField.Subject, LetterField.Body])
            foreach (var value in ReferenceWording.OurNumber.Matches(content[field]).Select(m => m.Groups["value"]))
                ours.Add(Trim(field, content[field], value.Index, value.Index + value.Length));
        var ourReferences = Place(ours, content, fields, pages);
        var known = ourReferences.Select(r => r.Text).ToHashSet(StringComparer.Ordinal);
        return (ourReferences, [.. Place(theirs, content, fields, pages).Where(r => !known.Contains(r.Text))]);
    }

    private static void Divide(string text, int start, int end, bool officeWrites, List<TextSpan> ours, List<TextSpan> theirs)
    {
        var labels = ReferenceWording.Labels.Matches(text[start..end]);
        if (labels.Count == 0) (officeWrites ? theirs : ours).Add(Trim(LetterField.Reference, text, start, end));
        var previousIsOurs = false;
        for (var i = 0; i < labels.Count; i++)
        {
            var from = start + labels[i].Index + labels[i].Length;
            var to = i + 1 < labels.Count ? start + labels[i + 1].Index : end;
            var isOurs = labels[i].Groups["ours"].Success || labels[i].Groups["open"].Success && (previousIsOurs || !officeWrites);
            previousIsOurs = isOurs;
            (isOurs ? ours : theirs).Add(Trim(LetterField.Reference, text, from, Math.Max(from, to)));
        }
    }

    /// <summary>Takes the number out of what stands behind a label; the day of a message beside it is no part of it.</summary>
    private static TextSpan Trim(LetterField field, string text, int start, int end)
    {
        (start, end) = WithoutMarks(text, start, end);
        var value = text[start..end];
        if (LetterDates.Find(value) is { Start.Value: > 0 } date && date.End.Value == value.Length)
        {
            var number = value[..date.Start].TrimEnd();
            if (number.Length < date.Start.Value && !number.EndsWith("vom", StringComparison.Ordinal))
                (start, end) = WithoutMarks(text, start, start + number.Length);
        }

        return new(field, start, end - start);
    }

    private static (int Start, int End) WithoutMarks(string text, int start, int end)
    {
        while (start < end && Marks.Contains(text[start])) start++;
        while (end > start && Marks.Contains(text[end - 1])) end--;
        return (start, end);
    }

    private static List<ReadReference> Place(
        IEnumerable<TextSpan> spans, LetterContent content, IReadOnlyList<ReadField> fields, IReadOnlyList<RecognisedPage> pages) =>
        [.. spans.Select(span => (Span: span, Text: content[span.Field].Substring(span.Start, span.Length)))
            .Where(found => IsNumber(found.Text)).DistinctBy(found => found.Text, StringComparer.Ordinal)
            .Select(found => Place(found.Span, found.Text, fields, pages))];

    /// <summary>With the words of its field that it is made of; of a word it begins or ends in, its own characters.</summary>
    private static ReadReference Place(TextSpan span, string text, IReadOnlyList<ReadField> fields, IReadOnlyList<RecognisedPage> pages)
    {
        var end = span.Start + span.Length;
        var words = new List<PlacedWord>();
        double confidence = 0, letters = 0;
        foreach (var word in fields.Where(f => f.Field == span.Field).SelectMany(f => f.Words))
        {
            int first = Math.Max(word.Start, span.Start), last = Math.Min(word.Start + word.Length, end);
            if (first >= last) continue;
            words.Add(word with { Start = first - span.Start, Length = last - first });
            confidence += ConfidenceOf(word, pages) * (last - first);
            letters += last - first;
        }

        return new(text, letters == 0 ? 0 : Math.Clamp(confidence / letters * Certainty, 0, 1), words);
    }

    /// <summary>As the engine gave it: of the word that stands there.</summary>
    private static double ConfidenceOf(PlacedWord placed, IReadOnlyList<RecognisedPage> pages) =>
        pages.Where(p => p.Number == placed.Page).SelectMany(p => p.Lines.SelectMany(l => l.Words), (p, w) => (Page: p, Word: w))
            .First(found => found.Page.ToDisplayed(found.Word.Box) == placed.Box).Word.Confidence;

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
