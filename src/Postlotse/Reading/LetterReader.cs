using Postlotse.Letters;
using Postlotse.Reading.Forms;
using LetterReading = Postlotse.Letters.Reading;

namespace Postlotse.Reading;

/// <summary>
/// Reads a letter's fields (Lesen) from its recognised pages: address, sender, date, references, subject, text, enclosures,
/// each with its place on the paper. Layouts: DIN 5008 forms A and B with tolerance, and letters that follow no norm.
/// </summary>
public static class LetterReader
{
    /// <summary>Reads the fields; what cannot be found stays empty. Never throws on what a page says.</summary>
    /// <param name="id">The letter's id.</param>
    /// <param name="pages">Pages of the letter, enclosures included, in any order.</param>
    public static LetterReading Read(string id, IReadOnlyList<RecognisedPage> pages)
    {
        ArgumentNullException.ThrowIfNull(id);
        ArgumentNullException.ThrowIfNull(pages);
        var draft = new LetterDraft(pages);
        var recipient = RecipientReader.Read(draft, out var recipientText, out var returnLine);
        draft.FindCallToOffice();
        var date = DateReader.Read(draft, out var dateText);
        var officeWrites = draft.OfficeWrites(returnLine);
        var referenceLines = ReferenceReader.Read(draft);
        var reference = ReferenceReader.Field(referenceLines, out var referenceText);
        var sender = SenderReader.Read(draft, returnLine, out var senderText);
        var subject = SubjectReader.Read(draft, out var subjectText);
        var (body, bodyText, enclosures, enclosuresText) = BodyReader.Read(draft, senderText);
        var form = FormReader.Read(draft, out var formText);
        var barcodes = BarcodeReader.Read(pages, out var barcodeText);
        var content = new LetterContent
        {
            Id = id, Recipient = recipientText, Sender = senderText, Date = dateText, Subject = subjectText,
            Reference = referenceText, Body = bodyText, Enclosures = enclosuresText,
            Form = formText, Barcodes = barcodeText,
        };
        ReadField?[] found = [recipient, sender, date, subject, reference, body, enclosures, form, barcodes];
        IReadOnlyList<ReadField> fields = [.. found.OfType<ReadField>()];
        var (ours, theirs) = ReferenceReader.Owners(content, fields, pages, officeWrites);
        return new(content, fields, ours, theirs, LetterDates.Parse(dateText));
    }
}
