using Postlotse.Language;
using Postlotse.Letters;

namespace Postlotse.Responsibility;

/// <summary>
/// Letters that a person sees whatever the probability says: too little text, or text that is hardly German – another language or badly
/// recognised –, for which the probabilities were never measured.
/// </summary>
internal static class LetterDoubts
{
    private const int FewestWords = 6;

    /// <summary>Words from which on the share of everyday words says something.</summary>
    private const int EnoughWords = 8;

    /// <summary>Every second word of a German letter is an everyday word (article, pronoun, preposition …), in the development letters
    /// at least every third.</summary>
    private const double LeastEverydayShare = 0.15;

    private const int MostWords = 400;

    public static bool About(LetterContent letter)
    {
        var (words, everyday) = (0, 0);
        foreach (var token in GermanText.Tokens(letter.Subject).Concat(GermanText.Tokens(letter.Body)).Take(MostWords))
        {
            if (!token.Text.Any(char.IsLetter)) continue;
            words++;
            if (GermanText.IsStopWord(token.Text)) everyday++;
        }

        return words < FewestWords || (words >= EnoughWords && everyday < words * LeastEverydayShare);
    }
}
