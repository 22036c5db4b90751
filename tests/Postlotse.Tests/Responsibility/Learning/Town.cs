using Postlotse.Letters;
using Postlotse.Responsibility;
using Postlotse.Responsibility.Knowledge;
using Postlotse.Responsibility.Learning;
using Xunit;

namespace Postlotse.Tests.Responsibility.Learning;

/// <summary>A small city without any knowledge: what it knows it has learned.</summary>
internal static class Town
{
    public static readonly Decider Cold = new(SampleCity.Organisation, null, ConcernModel.Empty);

    private static readonly (string Unit, string[] Words)[] Subjects =
    [
        ("FB1-1", ["Kiosk", "Ausschank", "Wirtschaft", "Imbisswagen", "Betriebsübergabe"]),
        ("FB1-2", ["Blitzer", "Strafzettel", "Rotlicht", "Parkscheibe", "Knöllchen"]),
        ("FB2-1", ["Ratenzahlung", "Überweisung", "Kontoauszug", "Stundung", "Lastschrift"]),
        ("63.1", ["Carport", "Dachgaube", "Wintergarten", "Grenzabstand", "Anbau"]),
    ];

    private static readonly string[] Others =
        ["bitte", "Nachbar", "seit", "gestern", "Frage", "unser", "Haus", "Telefon", "wegen", "Schreiben", "noch", "Antwort", "dringend"];

    /// <summary>A letter with three telling words among other ones; the same number gives the same letter.</summary>
    public static (LetterContent Letter, string Unit) Letter(int number)
    {
        var random = new Random(number);
        var (unit, words) = Subjects[number % Subjects.Length];
        var text = Enumerable.Range(0, 14).Select(_ => Others[random.Next(Others.Length)])
            .Concat(Enumerable.Range(0, 3).Select(_ => words[random.Next(words.Length)])).OrderBy(_ => random.Next());
        return (new() { Id = $"letter {number}", Body = string.Join(' ', text) }, unit);
    }

    public static IEnumerable<(LetterContent Letter, string Unit)> Letters(int from, int count) =>
        Enumerable.Range(from, count).Select(Letter);

    public static CityLearning Learned(int count)
    {
        var learning = new CityLearning(Cold);
        learning.Import(Letters(0, count), TestContext.Current.CancellationToken);
        return learning;
    }

    public static byte[] Bytes(CityLearning learning)
    {
        using var stream = new MemoryStream();
        learning.Write(stream);
        return stream.ToArray();
    }

    public static int Right(Decider decider) =>
        Letters(100_000, 100).Count(l => string.Equals(decider.Decide(l.Letter).Unit, l.Unit, StringComparison.Ordinal));
}
