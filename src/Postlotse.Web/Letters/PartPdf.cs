using Postlotse.Letters;
using Postlotse.Storage;

namespace Postlotse.Web.Letters;

/// <summary>
/// The pages of a letter that was taken out of a batch (Stapel) and failed before it had a PDF of its own: copied out of the batch's when
/// somebody looks at them, and nothing else of the batch.
/// </summary>
internal sealed class PartPdf(LetterQueries queries, IFileStore files, ILetterPdf pdf)
{
    /// <summary>A PDF of the letter's pages; null when the batch cannot give them.</summary>
    public async Task<Stream?> OpenAsync(Letter letter, CancellationToken cancellationToken)
    {
        if (letter.PartOf is not { } part || await queries.LetterAsync(part.BatchId, cancellationToken) is not { Recognition: { } whole })
            return null;
        var path = Path.GetTempFileName();
        try
        {
            var metadata = new LetterMetadata(letter.Source.File, "", whole.Language, letter.ReceivedAt);
            pdf.Write(files.PathOf(whole.Pdf.Sha256), letter.Source.FirstPage, letter.Source.PageCount, metadata, [], path);
            return new MemoryStream(await File.ReadAllBytesAsync(path, cancellationToken));
        }
        catch (Exception e) when (e is InvalidDataException or FileNotFoundException)
        {
            return null;
        }
        finally
        {
            File.Delete(path);
        }
    }
}
