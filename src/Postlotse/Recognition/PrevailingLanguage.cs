namespace Postlotse.Recognition;

/// <summary>
/// The language most of a text is written in, by its most frequent function words. Honest rather than clever: too few of them, or
/// two languages close to each other, give "und" (undetermined, ISO 639-2).
/// </summary>
public static class PrevailingLanguage
{
    /// <summary>What is said when nobody can tell.</summary>
    public const string Undetermined = "und";

    private const int FewestHits = 3;

    private static readonly Dictionary<string, HashSet<string>> Words = new(StringComparer.Ordinal)
    {
        ["de"] = Set("der die das und ich ist nicht sie wir mit für auf dem den ein eine zu im von bitte ihre dass auch bei geehrte oder"),
        ["en"] = Set("the and of to is in that for it with you are this have be on not we please your dear i from was my would"),
        ["fr"] = Set("le la les et des est une vous je pour dans que qui nous pas sur avec du au madame monsieur votre ce par"),
        ["tr"] = Set("ve bir bu için ile olarak ben da de çok ne sayın daha gibi olan değil var kadar sonra ama lütfen"),
        ["pl"] = Set("i w nie na się z do jest że to od o jak ale za po przez proszę dla czy oraz pan pani"),
        ["it"] = Set("il di che e la per un una sono non con del della mi è gli le dei nel alla signora signore"),
        ["es"] = Set("el la de que y en los se del las por un para con no una su al lo como señor señora"),
        ["nl"] = Set("de het een en van ik te dat op zijn voor met niet aan er om bij ook uw wij geachte"),
        ["ro"] = Set("și de la în cu pe nu un o este că din pentru să vă mai sunt am care domnule doamnă"),
        ["uk"] = Set("та і й що не на з до у в як це за від або чи для є мені моя прошу шановні якщо дякую цього із"),
        ["ru"] = Set("и что не на с до у в как это за от или ли для есть мне моя прошу уважаемые если спасибо этого из"),
        ["bg"] = Set("и че не на с до у в как това за от или ли да е ми моля уважаеми ако благодаря се са със"),
        ["el"] = Set("και το του της την ο η να στο για με είναι που δεν από τα σας μου θα παρακαλώ ή"),
        ["ar"] = Set("في من على أن إلى هذا هذه لا ما مع عن أو لم هل التي الذي كان إذا قبل بعد لي لكم يجب أرجو"),
    };

    /// <summary>Whether this is a code that <see cref="Of"/> gives.</summary>
    public static bool IsCode(string? language) =>
        language is not null && (Words.ContainsKey(language) || string.Equals(language, Undetermined, StringComparison.Ordinal));

    /// <summary>ISO 639-1 code, or <see cref="Undetermined"/>.</summary>
    public static string Of(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var hits = Words.Keys.ToDictionary(language => language, _ => 0, StringComparer.Ordinal);
        foreach (var word in Split(text))
            foreach (var (language, words) in Words)
                if (words.Contains(word)) hits[language]++;
        var order = hits.OrderByDescending(h => h.Value).ThenBy(h => h.Key, StringComparer.Ordinal).Take(2).ToList();
        return order[0].Value >= FewestHits && order[0].Value >= 1.2 * order[1].Value ? order[0].Key : Undetermined;
    }

    private static IEnumerable<string> Split(string text)
    {
        var start = -1;
        for (var i = 0; i <= text.Length; i++)
        {
            var letter = i < text.Length && char.IsLetter(text[i]);
            if (letter && start < 0) start = i;
            if (letter || start < 0) continue;
            yield return text[start..i].ToLowerInvariant();
            start = -1;
        }
    }

    private static HashSet<string> Set(string words) => new(words.Split(' '), StringComparer.Ordinal);
}
