using System.Text.Json;
using Postlotse.Letters;
using Postlotse.Reading;
using Xunit;

namespace Postlotse.Tests.Reading;

/// <summary>Pages of fictional letters as an engine really read them: stamps, leaning scans, enclosures, letters of two pages.</summary>
public sealed class RealPagesTests
{
    public static TheoryData<string> Files() =>
        [.. Directory.GetFiles(Folder(), "*.json").Select(f => Path.GetFileName(f)!).Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Files))]
    public void RecognisedLetter_HasItsFields(string file)
    {
        var letter = JsonSerializer.Deserialize<Fixture>(File.ReadAllText(Path.Combine(Folder(), file)), PostlotseJson.Compact)!;
        var read = LetterReader.Read(letter.Expected.Id, letter.Pages).Content;
        Assert.All(Enum.GetValues<LetterField>(), field =>
        {
            if (field == LetterField.Body) Assert.InRange(SharedWords(letter.Expected.Body, read.Body), 0.95, 1);
            else Assert.Equal(letter.Expected[field], read[field]);
        });
        ReadingPropertyTests.CheckSpans(letter.Pages);
    }

    /// <summary>Share of words that both texts have, counted as often as they come.</summary>
    private static double SharedWords(string expected, string read)
    {
        var left = Words(expected).CountBy(w => w).ToDictionary(StringComparer.Ordinal);
        var common = Words(read).CountBy(w => w).Sum(w => Math.Min(w.Value, left.GetValueOrDefault(w.Key)));
        return 2.0 * common / (Words(expected).Length + Words(read).Length);
    }

    private static string[] Words(string text) => text.Split((char[])[' ', '\n'], StringSplitOptions.RemoveEmptyEntries);

    private static string Folder()
    {
        var at = new DirectoryInfo(AppContext.BaseDirectory);
        while (at is not null && !File.Exists(Path.Combine(at.FullName, "Postlotse.slnx"))) at = at.Parent;
        return Path.Combine(at?.FullName ?? throw new DirectoryNotFoundException("no Postlotse.slnx above the tests"), "tests", "corpus",
            "reading");
    }

    private sealed record Fixture(LetterContent Expected, IReadOnlyList<RecognisedPage> Pages);
}
