using Postlotse.Letters;
using Postlotse.Pdf;
using Postlotse.Recognition;

namespace Postlotse.Engines;

/// <summary>Copies a letter's pages out of the PDF/A that recognition made, with the letter's metadata.</summary>
public sealed class LetterPdf : ILetterPdf
{
    /// <inheritdoc/>
    public void Write(string source, int firstPage, int pageCount, LetterMetadata metadata, string target)
    {
        ArgumentNullException.ThrowIfNull(metadata);
        var language = string.Equals(metadata.Language, PrevailingLanguage.Undetermined, StringComparison.Ordinal) ? "" : metadata.Language;
        using var from = PdfSource.Open(File.OpenRead(source));
        using var to = File.Create(target);
        using var pdf = new PdfArchiveWriter(to, new(metadata.Title, language, metadata.ReceivedAt, Author: metadata.Author));
        pdf.AddPages(from, firstPage, pageCount);
        pdf.Finish();
    }
}
