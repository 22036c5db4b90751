namespace Postlotse.Letters;

/// <summary>A signature inside a PDF (elektronische Signatur) as it was found on arrival; the file itself is never changed.</summary>
/// <param name="Status">What its cryptography says of the bytes it covers.</param>
/// <param name="Trust">What is known of the certificate.</param>
/// <param name="Signer">Common name in the certificate; foreign text, null when there is none.</param>
/// <param name="SignedAt">Time the signer's machine claims; null when it claims none.</param>
/// <param name="CoversFile">Nothing was appended to the file after this signature. Further signatures and stamps append, too.</param>
public sealed record DigitalSignature(
    SignatureStatus Status, SignatureTrust Trust, string? Signer, DateTimeOffset? SignedAt, bool CoversFile);

/// <summary>What a signature's cryptography says.</summary>
public enum SignatureStatus
{
    /// <summary>The signature fits the bytes it covers.</summary>
    Valid,

    /// <summary>It does not: the bytes were changed after signing, or the signature was taken from elsewhere.</summary>
    Broken,

    /// <summary>It could not be checked, for instance because its kind is not known here.</summary>
    Unchecked,
}

/// <summary>What is known of a signature's certificate.</summary>
public enum SignatureTrust
{
    /// <summary>Nothing is known of who issued it. Revocation lists are never asked for: nothing leaves the building.</summary>
    Unknown,

    /// <summary>Issued by an authority in the machine's certificate database (NSS).</summary>
    Trusted,

    /// <summary>Expired or revoked.</summary>
    Lapsed,
}

/// <summary>A file inside a PDF (Anhang), kept in the file store. Its bytes are never opened by Postlotse.</summary>
/// <param name="Name">As the sender calls it, without folders; foreign text.</param>
/// <param name="File">Address and size.</param>
/// <param name="MediaType">By the bytes' own signature, whatever the name says.</param>
/// <param name="Invoice">An electronic invoice (XRechnung, ZUGFeRD, Factur-X).</param>
public sealed record Attachment(string Name, StoredFile File, string MediaType, bool Invoice);

/// <summary>A note on a page of a PDF (Anmerkung).</summary>
/// <param name="Page">1-based within the file.</param>
/// <param name="Text">Foreign text.</param>
public sealed record PageNote(int Page, string Text);
