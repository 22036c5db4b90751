using Postlotse.Letters;
using Postlotse.Reading.Paper;

namespace Postlotse.Reading;

/// <summary>What the readers hand to each other while a letter is read: its sheets, and which print is already understood.</summary>
internal sealed class LetterDraft
{
    private readonly HashSet<Segment> _taken = [];

    public LetterDraft(IReadOnlyList<RecognisedPage> pages)
    {
        Sheets = [.. pages.OrderBy(p => p.Number).Select(Sheet.Of)];
        First = Sheets.FirstOrDefault(s => s.Segments.Sum(x => x.LetterCount) >= 20) ?? (Sheets.Count > 0 ? Sheets[0] : null);
        Salutation = First?.Segments.FirstOrDefault(IsSalutation);
        Signer = FindSigner();
    }

    public IReadOnlyList<Sheet> Sheets { get; }

    /// <summary>First sheet with text: the letter begins there. Null without pages.</summary>
    public Sheet? First { get; }

    /// <summary>The line that greets; null when the letter has none.</summary>
    public Segment? Salutation { get; set; }

    /// <summary>Name under the closing; empty when there is none.</summary>
    public string Signer { get; }

    /// <summary>Foot of the recipient's address on the first sheet; 0 when there is none.</summary>
    public double RecipientBottom { get; set; }

    /// <summary>Head of the recipient's address; endlessly low when there is none.</summary>
    public double RecipientTop { get; set; } = double.MaxValue;

    /// <summary>Height above which addresses, references and date stand, millimetres.</summary>
    public double HeaderLimit => Salutation?.Box.Y ?? Math.Min(150, (First?.Page.Height ?? 297) * 0.52);

    /// <summary>Foot of what is already understood of the head's left side; subject and text stand below.</summary>
    public double TextTop => Math.Max(RecipientBottom, Salutation is not null ? 0 : TakenBottom());

    /// <summary>Where the running text begins on the first sheet.</summary>
    public double BodyTop => Salutation is null || RecipientBottom > 0 ? RecipientBottom : SalutationTop;

    /// <summary>Whether print of the first sheet is running text: rather too much than a line lost between address and greeting.</summary>
    public bool IsRunningText(Segment segment) =>
        Salutation is null || segment.Baseline > SalutationTop
        || segment.Box.X < segment.Page.Width * 0.45 && segment.Confidence > 0.6 && segment.LetterCount >= 4
            && !ReferenceWording.OtherLabel.IsMatch(segment.Text);

    private double SalutationTop => Salutation is null ? 0 : Salutation.Baseline - 0.7 * Math.Max(Salutation.Size, 1);

    /// <summary>Whether an office or firm writes, not a private person: a letterhead, or words that only such senders use.</summary>
    public bool OfficeWrites(IReadOnlyList<Segment> returnLine) =>
        SenderReader.Letterhead(this).Count > 0 || returnLine.Concat(FreeHeader()).Any(s => AddressWording.Business.IsMatch(s.Text));

    /// <summary>Some letters call the office instead of greeting: "An die Stadt!" below the address.</summary>
    public void FindCallToOffice() => Salutation ??= RecipientBottom <= 0 ? null
        : FreeHeader().FirstOrDefault(s => s.Baseline > RecipientBottom + 8 && s.Words.Count <= 8
            && TextWording.CallToOffice.IsMatch(s.Text));

    public bool IsTaken(Segment segment) => _taken.Contains(segment);

    public void Take(IEnumerable<Segment> segments) => _taken.UnionWith(segments);

    /// <summary>Print above the text that no reader has claimed yet.</summary>
    public IEnumerable<Segment> FreeHeader() =>
        First is null ? [] : First.Segments.Where(s => s.Baseline < HeaderLimit && !IsTaken(s));

    private static bool IsSalutation(Segment segment) =>
        segment.Words.Count <= 14 && segment.Box.X < segment.Page.Width * 0.4 && segment.Box.Y > 30
            && TextWording.Salutation.IsMatch(segment.Text);

    private double TakenBottom() =>
        _taken.Where(s => s.Page == First?.Page && s.Baseline < HeaderLimit).Select(s => s.Baseline).DefaultIfEmpty(0).Max();

    private string FindSigner()
    {
        foreach (var sheet in Sheets)
        {
            var from = sheet == First && Salutation is not null ? Salutation.Baseline : 0;
            var rows = Sheet.Rows(sheet.Segments.Where(s => s.Baseline > from));
            for (var i = 0; i < rows.Count - 1; i++)
                if (rows[i].Count == 1 && TextWording.Closing.IsMatch(rows[i][0].Text) && rows[i + 1][0].Words.Count <= 6)
                    return rows[i + 1][0].Text;
        }

        return "";
    }
}
