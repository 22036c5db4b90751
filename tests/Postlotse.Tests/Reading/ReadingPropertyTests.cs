using Postlotse.Letters;
using Postlotse.Reading;
using Xunit;

namespace Postlotse.Tests.Reading;

public sealed class ReadingPropertyTests
{
    private static readonly string[] Vocabulary =
    [
        "Stadt", "Neustadt", "74820", "An", "die", "Herrn", "Sehr", "geehrte", "Damen,", "Eing.", "12.", "Nov.", "2025", "Zu-", "ständig",
            "Anlage:", "Anlagen",
        "Ihr", "Zeichen:", "Unser", "Az.", "5.0101.012345.6", "Datum", "Datum:", "3.5.25", "Betreff:", "Mit", "freundlichen", "Grüßen",
            "-", "–", "•", "1.", ":", ",",
        "Seite", "2", "IBAN", "persönlich", "Poststelle", "Anl.", "\u00AD", "¬", "😀", "ﬁ", "a\u0308", "(((", "]]", "\\", "0",
            "Einschreiben", "Tel.", "07944/555", "@",
    ];

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void RandomPages_AreReadWithoutErrorAndEveryWordStandsInItsField(int seed)
    {
        var random = new Random(seed);
        for (var i = 0; i < 250; i++) CheckSpans(Enumerable.Range(1, random.Next(0, 4)).Select(n => RandomPage(random, n)).ToList());
    }

    internal static void CheckSpans(IReadOnlyList<RecognisedPage> pages)
    {
        var reading = LetterReader.Read("fuzz", pages);
        var recognised = pages.ToDictionary(p => p.Number, p => p.Lines.SelectMany(l => l.Words).Select(w => w.Text)
            .ToHashSet(StringComparer.Ordinal));
        foreach (var field in reading.Fields)
        {
            Assert.InRange(field.Confidence, 0, 1);
            var text = reading.Content[field.Field];
            var end = 0;
            foreach (var word in field.Words)
            {
                Assert.True(word.Start >= end && word.Length > 0 && word.Start + word.Length <= text.Length);
                end = word.Start + word.Length;
                var placed = text.Substring(word.Start, word.Length);
                Assert.Contains(recognised[word.Page], w => string.Equals(w, placed, StringComparison.Ordinal)
                    || w.Length == placed.Length + 1 && w.StartsWith(placed, StringComparison.Ordinal)
                    || w.Trim(',', ';', '·', '•', '|', '*').Equals(placed, StringComparison.Ordinal));
            }

            Assert.Equal(text.Length, end);
        }

        foreach (var reference in reading.OurReferences.Concat(reading.TheirReferences))
        {
            Assert.InRange(reference.Confidence!.Value, 0, 1);
            Assert.NotEmpty(reference.Words);
            Assert.Equal((0, reference.Text.Length), (reference.Words[0].Start, reference.Words[^1].Start + reference.Words[^1].Length));
            foreach (var word in reference.Words)
                Assert.Contains(recognised[word.Page],
                    w => w.Contains(reference.Text.Substring(word.Start, word.Length), StringComparison.Ordinal));
        }
    }

    private static RecognisedPage RandomPage(Random random, int number)
    {
        var lines = Enumerable.Range(0, random.Next(0, 40)).Select(i => RandomLine(random, i)).OfType<TextLine>().ToList();
        return new() { Number = number, Width = random.Next(0, 300), Height = random.Next(0, 400),
            SkewDegrees = random.NextDouble() * 6 - 3, Lines = lines };
    }

    private static TextLine? RandomLine(Random random, int number)
    {
        double x = random.Next(-20, 220), y = random.Next(-20, 320);
        var words = new List<Word>();
        for (var i = random.Next(0, 9); i > 0; i--)
        {
            var word = Vocabulary[random.Next(Vocabulary.Length)];
            words.Add(new(word, new(x, y + random.NextDouble(), random.Next(0, 25), random.NextDouble() * 6), random.NextDouble()));
            x += random.Next(-5, 40);
        }

        return words.Count == 0 && random.Next(2) == 0 ? null : new(number, number, new(x, y, 10, 4), y, words);
    }
}
