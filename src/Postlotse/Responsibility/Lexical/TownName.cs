using Postlotse.Language;

namespace Postlotse.Responsibility.Lexical;

/// <summary>The city's own name tells no office from another; also not as a part ("Lindenfurter", "Lindenfurt-Land").</summary>
internal sealed class TownName(string city)
{
    private const int LongEnoughToBegin = 5;
    private readonly string[] _words = [.. GermanText.Tokens(city).Select(t => t.Text).Where(w => !GermanText.IsStopWord(w))];

    /// <summary>Whether a folded word is the city's name or begins with it.</summary>
    public bool IsIn(string word)
    {
        foreach (var name in _words)
        {
            if (string.Equals(word, name, StringComparison.Ordinal)) return true;
            if (name.Length >= LongEnoughToBegin && word.StartsWith(name, StringComparison.Ordinal)) return true;
        }

        return false;
    }
}
