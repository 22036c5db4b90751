namespace Postlotse.Letters;

/// <summary>Product of the reading stage: the letter's fields and where each stands on the paper.</summary>
/// <param name="Content">Texts by field.</param>
/// <param name="Fields">One entry per field that was found.</param>
/// <param name="OurReferences">References of this city's own (Ihr Zeichen, Aktenzeichen, Kassenzeichen), as written.</param>
/// <param name="TheirReferences">References of the sender (Unser Zeichen), as written.</param>
/// <param name="LetterDate">Date of the letter when it could be understood.</param>
public sealed record Reading(
    LetterContent Content, IReadOnlyList<ReadField> Fields, IReadOnlyList<string> OurReferences,
    IReadOnlyList<string> TheirReferences, DateOnly? LetterDate);

/// <summary>A field as found on the paper.</summary>
/// <param name="Field">Which.</param>
/// <param name="Confidence">0–1.</param>
/// <param name="Words">Words that make up the field's text in order, each with its span of that text.</param>
public sealed record ReadField(LetterField Field, double Confidence, IReadOnlyList<PlacedWord> Words);

/// <summary>A word of a field's text and where it stands.</summary>
/// <param name="Start">First character in the field's text, UTF-16 units.</param>
/// <param name="Length">UTF-16 units.</param>
/// <param name="Page">1-based page of the letter.</param>
/// <param name="Box">Millimetres on the page as displayed.</param>
public sealed record PlacedWord(int Start, int Length, int Page, Box Box);
