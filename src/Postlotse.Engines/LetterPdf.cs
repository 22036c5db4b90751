using System.Globalization;
using Postlotse.Engines.Documents;
using Postlotse.Letters;
using Postlotse.Pdf;
using Postlotse.Recognition;

namespace Postlotse.Engines;

/// <summary>Copies a letter's pages out of the PDF/A that recognition made, with the letter's metadata and files.</summary>
public sealed class LetterPdf : ILetterPdf
{
    /// <inheritdoc/>
    public void Write(string source, int firstPage, int pageCount, LetterMetadata metadata, IReadOnlyList<FileInPdf> files, string target)
    {
        ArgumentNullException.ThrowIfNull(files);
        ArgumentNullException.ThrowIfNull(metadata);
        var language = string.Equals(metadata.Language, PrevailingLanguage.Undetermined, StringComparison.Ordinal) ? "" : metadata.Language;
        using var from = PdfSource.Open(File.OpenRead(source));
        using var to = File.Create(target);
        using var pdf = new PdfArchiveWriter(
            to, new(metadata.Title, language, metadata.ReceivedAt, Author: metadata.Author),
            files.Count == 0 ? PdfConformance.A2u : PdfConformance.A3u);
        pdf.AddPages(from, firstPage, pageCount);
        var names = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        foreach (var file in files)
            pdf.AddFile(new(Unique(file.Name, names), file.MediaType, RelationOf(file.Role), () => File.OpenRead(file.Path)));
        pdf.Finish();
    }

    private static PdfRelation RelationOf(FileRole role) => role switch
    {
        FileRole.Invoice => PdfRelation.Data,
        FileRole.Original => PdfRelation.Source,
        _ => PdfRelation.Unspecified,
    };

    /// <summary>A name that can be saved beside the others: "a.xml", "a (2).xml".</summary>
    private static string Unique(string name, HashSet<string> taken)
    {
        var plain = DocumentInspection.Plain(name);
        if (plain.Length == 0) plain = "1";
        var (unique, ending) = (plain, Path.GetExtension(plain));
        for (var i = 2; !taken.Add(unique); i++)
            unique = string.Create(CultureInfo.InvariantCulture, $"{plain[..^ending.Length]} ({i}){ending}");
        return unique;
    }
}
