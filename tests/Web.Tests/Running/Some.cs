using System.Text.Json;
using Postlotse.Letters;

namespace Web.Tests.Running;

/// <summary>The files that tests use.</summary>
internal static class Corpus
{
    public static byte[] Pdf { get; } = File.ReadAllBytes(PathOf("letter.pdf"));

    /// <summary>A stack of six pages.</summary>
    public static byte[] Batch { get; } = File.ReadAllBytes(PathOf("batch.pdf"));

    public static string PathOf(string name) => Path.Combine(AppContext.BaseDirectory, "corpus", name);
}

/// <summary>A letter as the stages would leave it.</summary>
internal static class Some
{
    private static readonly Reading s_reading =
        JsonSerializer.Deserialize<Reading>(File.ReadAllText(Corpus.PathOf("reading.json")), PostlotseJson.Compact)!;

    public static Letter Read(Letter letter, StoredFile pdf) => letter with
    {
        Source = letter.Source with { PageCount = 2 },
        EnvelopeRead = true,
        Recognition = new([new(1, 0, 0.4, false, 0.95), new(2, 0, 0, false, 0.9)], pdf, pdf, "de", 1840, 1700),
        Reading = s_reading with { Content = s_reading.Content with { Id = letter.Id } },
    };

    public static Letter WithSubject(Letter letter, string? subject) => subject is null ? letter : letter with
    {
        Reading = letter.Reading! with
        {
            Content = letter.Reading.Content with { Subject = subject },
            Fields = letter.Reading.Fields.Where(f => f.Field != LetterField.Subject).ToList(),
        },
    };

    public static Decision Decision(Letter letter, Outcome outcome, string unit) => new()
    {
        Id = letter.Id,
        Outcome = outcome,
        Unit = unit,
        Probability = outcome == Outcome.Review ? 0.62 : 0.97,
        Ranking = [new(unit, outcome == Outcome.Review ? 0.62 : 0.97), new("32.3", 0.02), new("30.1", 0.01), new("X.FA", 0.005)],
        AlsoConcerns = ["32.3"],
        Reasons =
        [
            new(ReasonKind.Concern, 0.6, "Anhörung wegen zu schnellen Fahrens",
                [Span(letter, LetterField.Body, "mit 67 statt 50 gefahren"), Span(letter, LetterField.Body, "Bogen")]),
            new(ReasonKind.Reference, 0.3, "Kassenzeichen der Bußgeldstelle", [Span(letter, LetterField.Reference, "505.21.884301.7")]),
            new(ReasonKind.Learned, 0.1, "Ähnliche Schreiben gingen dorthin", []),
        ],
        Deadlines = [new("Anhörung", new DateOnly(2026, 12, 9), "§ 55 OWiG", [Span(letter, LetterField.Body, "Fragebogen", "Bogen")])],
        Urgency = Urgency.High,
        Flags = [new(FlagKind.CourtService, "Umschlag aufheben", [Span(letter, LetterField.Body, "mit 67 statt 50 gefahren")])],
    };

    /// <summary>The decision of a letter that was delivered without having been read in a test.</summary>
    public static Decision Delivered(Letter letter, string unit) =>
        new() { Id = letter.Id, Outcome = Outcome.Auto, Unit = unit, Probability = 0.97, Ranking = [new(unit, 0.97)] };

    private static TextSpan Span(Letter letter, LetterField field, params string[] texts)
    {
        var content = letter.Reading!.Content[field];
        var text = texts.First(t => content.Contains(t, StringComparison.Ordinal));
        return new(field, content.IndexOf(text, StringComparison.Ordinal), text.Length);
    }
}
