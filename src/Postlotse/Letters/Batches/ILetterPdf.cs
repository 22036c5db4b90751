namespace Postlotse.Letters;

/// <summary>
/// Writes the PDF that goes to the office: its own pages out of the recognised file's PDF/A, with metadata of the letter. (An interface
/// because the domain references no PDF code; tests have their own.)
/// </summary>
public interface ILetterPdf
{
    /// <summary>Writes a PDF/A; the same input gives the same bytes.</summary>
    /// <param name="source">PDF/A made by recognition; only read.</param>
    /// <param name="firstPage">First page to take, 1-based.</param>
    /// <param name="pageCount">Pages to take, at least 1.</param>
    /// <param name="metadata">What the file says about itself.</param>
    /// <param name="files">Files that are to lie in it; with any it is PDF/A-3u, otherwise PDF/A-2u.</param>
    /// <param name="target">File to be written.</param>
    /// <exception cref="InvalidDataException">The source is no PDF that recognition made, or has not got these pages.</exception>
    void Write(string source, int firstPage, int pageCount, LetterMetadata metadata, IReadOnlyList<FileInPdf> files, string target);
}

/// <summary>Metadata of a letter's PDF.</summary>
/// <param name="Title">Subject; the file's name where there is none.</param>
/// <param name="Author">Sender; empty when unknown.</param>
/// <param name="Language">ISO 639-1; empty when unknown.</param>
/// <param name="ReceivedAt">Legal receipt.</param>
public sealed record LetterMetadata(string Title, string Author, string Language, DateTimeOffset ReceivedAt);

/// <summary>A file that lies in the letter's PDF beside its pages.</summary>
/// <param name="Name">As its sender named it.</param>
/// <param name="Path">Where it is read from.</param>
/// <param name="MediaType">RFC 6838; application/octet-stream when unknown.</param>
/// <param name="Role">What it is to the letter.</param>
public sealed record FileInPdf(string Name, string Path, string MediaType, FileRole Role);

/// <summary>What a file is to the letter whose PDF it lies in.</summary>
public enum FileRole
{
    /// <summary>Something its sender put into the letter.</summary>
    Enclosed,

    /// <summary>The invoice that the letter shows, as data.</summary>
    Invoice,

    /// <summary>What the letter came as; signatures hold for it alone.</summary>
    Original,
}
