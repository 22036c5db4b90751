namespace Postlotse.Letters;

/// <summary>The text of a letter by field, as contracts with other programs name them. Empty when the letter has no such field.</summary>
public sealed record LetterContent
{
    public required string Id { get; init; }

    /// <summary>Address block, lines separated by \n.</summary>
    public string Recipient { get; init; } = "";

    /// <summary>Sender's block, lines separated by \n.</summary>
    public string Sender { get; init; } = "";

    /// <summary>As written.</summary>
    public string Date { get; init; } = "";

    public string Subject { get; init; } = "";

    /// <summary>References, ours and theirs, as written; several separated by \n.</summary>
    public string Reference { get; init; } = "";

    /// <summary>Paragraphs separated by \n\n.</summary>
    public string Body { get; init; } = "";

    public string Enclosures { get; init; } = "";

    /// <summary>What forms call themselves in print: titles and numbers, one a line; of what is no form empty.</summary>
    public string Form { get; init; } = "";

    /// <summary>Barcodes, one a line: the name of its <see cref="BarcodeKind"/>, a space, its content.</summary>
    public string Barcodes { get; init; } = "";

    /// <summary>Text of a field by its name in the contract.</summary>
    public string this[LetterField field] => field switch
    {
        LetterField.Recipient => Recipient,
        LetterField.Sender => Sender,
        LetterField.Date => Date,
        LetterField.Subject => Subject,
        LetterField.Reference => Reference,
        LetterField.Body => Body,
        LetterField.Enclosures => Enclosures,
        LetterField.Form => Form,
        LetterField.Barcodes => Barcodes,
        _ => throw new ArgumentOutOfRangeException(nameof(field), field, "no text of this field"),
    };
}

/// <summary>Fields of a letter; in JSON their camelCase names.</summary>
public enum LetterField { Recipient, Sender, Date, Subject, Reference, Body, Enclosures, Form, Barcodes }
