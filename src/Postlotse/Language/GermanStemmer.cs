namespace Postlotse.Language;

/// <summary>
/// Takes the inflection off a German word. Algorithm: Snowball's German stemmer (M. Porter, snowballstem.org/algorithms/german) with
/// its variant that reads ae, oe, ue as umlauts (german2); written anew from the published description.
/// </summary>
internal static class GermanStemmer
{
    private static readonly string[] FirstSuffixes = ["ern", "em", "er", "en", "es", "e", "s"];
    private static readonly string[] SecondSuffixes = ["est", "en", "er", "st"];
    private static readonly string[] ThirdSuffixes = ["isch", "lich", "heit", "keit", "end", "ung", "ig", "ik"];

    /// <summary>Stem of a word.</summary>
    /// <param name="word">Lower case; umlauts as themselves or as ae, oe, ue.</param>
    public static string Stem(string word)
    {
        ArgumentNullException.ThrowIfNull(word);
        var text = Prepare(word);
        var (r1, r2) = Regions(text);
        text = RemoveFirst(text, r1);
        text = RemoveSecond(text, r1);
        text = RemoveThird(text, r1, r2);
        return Finish(text);
    }

    private static bool IsVowel(char c) => c is 'a' or 'e' or 'i' or 'o' or 'u' or 'y' or 'ä' or 'ö' or 'ü';

    /// <summary>Upper case marks u and y between vowels: they count as consonants and are no part of an umlaut.</summary>
    private static string Prepare(string word)
    {
        var letters = word.Replace("ß", "ss", StringComparison.Ordinal).ToCharArray();
        for (var i = 1; i + 1 < letters.Length; i++)
            if (letters[i] is 'u' or 'y' && IsVowel(letters[i - 1]) && IsVowel(letters[i + 1]))
                letters[i] = char.ToUpperInvariant(letters[i]);
        var length = 0;
        for (var i = 0; i < letters.Length; i++)
        {
            var next = i + 1 < letters.Length ? letters[i + 1] : '\0';
            var umlaut = next == 'e' ? Umlaut(letters[i]) : '\0';
            if (letters[i] == 'q' && next == 'u')
            {
                letters[length++] = 'q';
                letters[length++] = 'u';
                i++;
            }
            else if (umlaut != '\0')
            {
                letters[length++] = umlaut;
                i++;
            }
            else
            {
                letters[length++] = letters[i];
            }
        }

        return new string(letters, 0, length);
    }

    private static char Umlaut(char vowel) => vowel switch { 'a' => 'ä', 'o' => 'ö', 'u' => 'ü', _ => '\0' };

    /// <summary>R1: after the first consonant behind a vowel, yet not before the fourth letter; R2: the same again inside R1.</summary>
    private static (int R1, int R2) Regions(string word)
    {
        var first = AfterVowelAndConsonant(word, 0);
        var second = AfterVowelAndConsonant(word, first);
        return (Math.Max(first, 3), second);
    }

    private static int AfterVowelAndConsonant(string word, int from)
    {
        var i = from;
        while (i < word.Length && !IsVowel(word[i])) i++;
        while (i < word.Length && IsVowel(word[i])) i++;
        return Math.Min(i + 1, word.Length);
    }

    private static string RemoveFirst(string word, int r1)
    {
        if (LongestSuffix(word, FirstSuffixes) is not { } suffix || !Within(word, suffix, r1)) return word;
        var rest = word[..^suffix.Length];
        if (suffix is "s") return rest.Length > 0 && (IsBeforeSt(rest[^1]) || rest[^1] == 'r') ? rest : word;
        return suffix is "e" or "en" or "es" && rest.EndsWith("niss", StringComparison.Ordinal) ? rest[..^1] : rest;
    }

    private static bool IsBeforeSt(char c) => c is 'b' or 'd' or 'f' or 'g' or 'h' or 'k' or 'l' or 'm' or 'n' or 't';

    private static string RemoveSecond(string word, int r1)
    {
        if (LongestSuffix(word, SecondSuffixes) is not { } suffix || !Within(word, suffix, r1)) return word;
        var rest = word[..^suffix.Length];
        if (suffix is not "st") return rest;
        return rest.Length >= 4 && IsBeforeSt(rest[^1]) ? rest : word;
    }

    private static string RemoveThird(string word, int r1, int r2)
    {
        if (LongestSuffix(word, ThirdSuffixes) is not { } suffix || !Within(word, suffix, r2)) return word;
        var rest = word[..^suffix.Length];
        return suffix switch
        {
            "end" or "ung" => Without(rest, "ig", r2) is var shorter && !shorter.EndsWith('e') ? shorter : rest,
            "ig" or "ik" or "isch" => rest.EndsWith('e') ? word : rest,
            "lich" or "heit" => Without(rest, "er", r1) is var shorter && shorter.Length < rest.Length ? shorter : Without(rest, "en", r1),
            _ => Without(rest, "lich", r2) is var shorter && shorter.Length < rest.Length ? shorter : Without(rest, "ig", r2),
        };
    }

    private static string? LongestSuffix(string word, string[] longestFirst)
    {
        foreach (var suffix in longestFirst)
            if (word.EndsWith(suffix, StringComparison.Ordinal)) return suffix;
        return null;
    }

    private static bool Within(string word, string suffix, int region) => word.Length - suffix.Length >= region;

    private static string Without(string word, string suffix, int region) =>
        word.EndsWith(suffix, StringComparison.Ordinal) && Within(word, suffix, region) ? word[..^suffix.Length] : word;

    private static string Finish(string word) => string.Create(word.Length, word, static (letters, source) =>
    {
        for (var i = 0; i < letters.Length; i++)
            letters[i] = source[i] switch { 'ä' => 'a', 'ö' => 'o', 'ü' => 'u', 'U' => 'u', 'Y' => 'y', var c => c };
    });
}
