namespace Postlotse.Language;

/// <summary>A word of a text: folded, with its place in the text as written.</summary>
/// <param name="Text">Folded as by <see cref="GermanText.Fold"/>; never empty.</param>
/// <param name="Start">First character in the text, UTF-16 units.</param>
/// <param name="Length">UTF-16 units in the text; may differ from the length of <paramref name="Text"/>.</param>
public readonly record struct Token(string Text, int Start, int Length);
