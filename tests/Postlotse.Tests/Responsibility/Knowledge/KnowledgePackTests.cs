using System.Text.RegularExpressions;
using Postlotse.Language;
using Postlotse.Letters;
using Postlotse.Responsibility.Knowledge;
using Xunit;

namespace Postlotse.Tests.Responsibility.Knowledge;

public sealed partial class KnowledgePackTests
{
    private const string Minimal = """{"id":"a.b","title":"T","office":{"name":"Amt","synonyms":[]},"phrases":["x"]}""";

    [Fact]
    public void EveryConcern_IsComplete()
    {
        Assert.True(Shipped.Pack.Concerns.Count >= 825);
        Assert.All(Shipped.Pack.Concerns, c =>
        {
            Assert.Matches("^[a-z-]+\\.[a-z0-9-]+$", c.Id);
            Assert.NotEmpty(c.Definition);
            Assert.NotEmpty(c.Senders);
            Assert.True(c.Phrases.Count >= 20, c.Id);
            Assert.True(c.Utterances.Count >= 10, c.Id);
            Assert.Equal(c.External || c.Vague, c.Task.Length == 0);
            Assert.All(c.Leika, k => Assert.Matches("^\\d{14}$", k));
        });
    }

    /// <summary>Offices of the model plan of the KGSt that German cities have today; what they do differs from city to city.</summary>
    [Fact]
    public void OfficesOfTheModelPlan_AreCovered()
    {
        string[] plan =
        [
            "00", "01", "10", "11", "12", "13", "14", "20", "21", "22", "23", "30", "32", "33", "34", "36", "37", "39", "40", "41", "42",
            "43", "44", "46", "47", "50", "51", "52", "53", "60", "61", "62", "63", "64", "65", "66", "67", "70", "72", "80", "81", "82",
        ];
        Assert.Empty(plan.Except(Shipped.Pack.Concerns.Select(c => c.Task), StringComparer.Ordinal));
    }

    [Fact]
    public void EveryFile_IsSmallEnoughToReview() =>
        Assert.All(Directory.GetFiles(Shipped.Path("data", "knowledge"), "*.jsonl"), f => Assert.True(new FileInfo(f).Length < 900_000, f));

    [Fact]
    public void DoubledId_IsNamedWithItsPlace()
    {
        var error = Assert.Throws<FormatException>(() => KnowledgePack.Parse([("one", Minimal), ("two", "\n" + Minimal)]));

        Assert.Contains("two:2", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{")]
    [InlineData("[]")]
    [InlineData("null")]
    [InlineData("""{"id":"a.b"}""")]
    [InlineData("""{"id":"a.b","title":"","office":{"name":"Amt","synonyms":[]},"phrases":["x"]}""")]
    [InlineData("""{"id":"a.b","title":"T","office":{"name":"Amt","synonyms":[]}}""")]
    [InlineData("""{"id":"a.b","title":"T","office":{"name":"","synonyms":[]},"phrases":["x"]}""")]
    [InlineData("""{"id":"a.b","title":"T","office":{"name":"Amt","synonyms":[]},"phrases":["x"],"vague":true}""")]
    public void LineThatIsNoConcern_IsNamedWithItsPlace(string line)
    {
        var error = Assert.Throws<FormatException>(() => KnowledgePack.Parse([("file", line)]));

        Assert.Contains("file:1", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void UnknownNeighbour_IsRefused()
    {
        const string Neighbours = "\"neighbours\":[{\"id\":\"a.c\",\"difference\":\"d\"}],\"phrases\"";
        var line = Minimal.Replace("\"phrases\"", Neighbours, StringComparison.Ordinal);

        Assert.Throws<FormatException>(() => KnowledgePack.Parse([("file", line)]));
    }

    [Theory]
    [InlineData("Bauamt")]
    [InlineData("Amt")]
    public void OtherOfficeThatIsNoOtherConcerns_IsRefused(string office)
    {
        var line = Minimal.Replace("\"phrases\"", $"\"otherOffices\":[\"{office}\"],\"phrases\"", StringComparison.Ordinal);

        Assert.Throws<FormatException>(() => KnowledgePack.Parse([("file", line)]));
    }

    [Fact]
    public void Hash_DoesNotDependOnFilesAndOrder()
    {
        var other = Minimal.Replace("a.b", "a.a", StringComparison.Ordinal);

        Assert.Equal(
            KnowledgePack.Parse([("x", Minimal + "\n" + other + "\n")]).Hash, KnowledgePack.Parse([("y", other), ("z", Minimal)]).Hash);
    }

    [Fact]
    public void Utterances_AreNoNearDuplicates()
    {
        var seen = new Dictionary<string, string>(StringComparer.Ordinal);
        var doubles = new List<string>();
        foreach (var concern in Shipped.Pack.Concerns)
            foreach (var utterance in concern.Utterances)
            {
                // Ten words in a row that two passages share mean that one was copied.
                var words = GermanText.Tokens(utterance).Select(t => t.Text).ToArray();
                var starts = Enumerable.Range(0, Math.Max(0, words.Length - 9));
                var runs = starts.Select(i => string.Join(' ', words.AsSpan(i, 10)!)).ToHashSet(StringComparer.Ordinal);
                doubles.AddRange(runs.Where(r => !seen.TryAdd(r, concern.Id)).Select(r => $"{concern.Id}, {seen[r]}: {r}"));
            }

        Assert.Empty(doubles);
    }

    [Fact]
    public void NoSentence_IsSharedWithTheDevelopmentLetters()
    {
        var theirs = Shipped.DevelopmentLetters().SelectMany(l => Sentences($"{l.Subject}\n{l.Body}")).ToHashSet(StringComparer.Ordinal);
        var ours = Shipped.Pack.Concerns.SelectMany(c => c.Utterances.Concat(c.Phrases)).SelectMany(Sentences);

        Assert.DoesNotContain(ours, theirs.Contains);
    }

    [Fact]
    public void Pack_KnowsNoCity() => Assert.DoesNotContain(
        Shipped.Pack.Concerns.SelectMany(c => c.Utterances.Concat(c.Phrases).Append(c.Title).Append(c.Definition)),
        t => t.Contains("Lindenfurt", StringComparison.OrdinalIgnoreCase) || t.Contains("Isarstadt", StringComparison.OrdinalIgnoreCase));

    /// <summary>Sentences of at least six words; shorter ones are everybody's.</summary>
    private static IEnumerable<string> Sentences(string text) => SentenceEnd().Split(text)
        .Select(s => GermanText.Tokens(s).Select(t => t.Text).ToArray()).Where(w => w.Length >= 6).Select(w => string.Join(' ', w));

    [GeneratedRegex(@"(?<=[.!?])\s+|\n+")]
    private static partial Regex SentenceEnd();
}
