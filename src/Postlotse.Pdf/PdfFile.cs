namespace Postlotse.Pdf;

/// <summary>
/// A file that lies in the PDF beside its pages (ISO 19005-3, 6.8). Its date in the PDF is the document's: a file's own is not known.
/// </summary>
/// <param name="Name">File name, without folders; different from the other files' names.</param>
/// <param name="MediaType">RFC 6838, lower case; application/octet-stream when unknown.</param>
/// <param name="Relation">What it is to the document.</param>
/// <param name="Open">Opens the bytes; called twice, for their check sum stands before them.</param>
public sealed record PdfFile(string Name, string MediaType, PdfRelation Relation, Func<Stream> Open);

/// <summary>What a file is to the document it lies in (AFRelationship, ISO 19005-3 annex E).</summary>
public enum PdfRelation
{
    /// <summary>Nothing more is known.</summary>
    Unspecified,

    /// <summary>What the document was made from.</summary>
    Source,

    /// <summary>Data that the document shows.</summary>
    Data,
}
