using System.Globalization;
using Postlotse.Letters;
using Postlotse.Responsibility.Deadlines;
using Xunit;

namespace Postlotse.Tests.Responsibility.Deadlines;

/// <summary>
/// How well limits and flags are found in invented passages of which half were not tuned on. The bounds are below what was measured;
/// they say nothing about real letters.
/// </summary>
public sealed class PassageTests(ITestOutputHelper output)
{
    private static readonly LetterDeadlines Deadlines = new(new() { City = "", State = "BW", Units = [] });

    [Theory]
    [InlineData("T", 0.97, 0.97)]
    [InlineData("H", 0.85, 0.80)]
    public void Passages_ShowTheirLimitsAndDangers(string set, double precision, double recall)
    {
        var (dates, flags) = (new Tally(), new Tally());
        foreach (var (text, expectedFlags, expectedDates) in Passages(set))
        {
            var (found, on) = Look(text);
            if (dates.Add(expectedDates, on) | flags.Add(expectedFlags, found))
                output.WriteLine($"{text}\n  found {string.Join(' ', found)} {string.Join(' ', on)}");
        }

        output.WriteLine($"{set}: last days {dates}; flags {flags}");
        Assert.All([dates, flags], t => Assert.True(t.Precision >= precision && t.Recall >= recall, t.ToString()));
    }

    private static (IReadOnlyList<string> Flags, IReadOnlyList<string> Dates) Look(string text)
    {
        var letter = new LetterContent { Id = "x", Date = "02.03.2026", Body = text };
        var empty = new Decision { Id = "x", Outcome = Outcome.Review, Unit = "", Probability = 0, Ranking = [] };
        var decision = Deadlines.Complete(empty, letter, new DateOnly(2026, 3, 4));
        return (
            decision.Flags.Where(f => f.Kind != FlagKind.TimeLimit).Select(f => f.Kind.ToString()).ToList(),
            decision.Deadlines.Select(d => d.Date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)).Distinct().ToList());
    }

    private static IEnumerable<(string Text, string[] Flags, string[] Dates)> Passages(string set)
    {
        using var stream = typeof(PassageTests).Assembly.GetManifestResourceStream("passages.txt")!;
        using var reader = new StreamReader(stream);
        while (reader.ReadLine() is { } line)
        {
            if (line.StartsWith('#') || line.Split('|') is not [var own, var flags, var dates, var text] || own != set) continue;
            yield return (text, List(flags), List(dates));
        }
    }

    private static string[] List(string text) => text.Split(',', StringSplitOptions.RemoveEmptyEntries);

    private sealed class Tally
    {
        private int _right, _wrong, _missed;

        public double Precision => _right / (double)(_right + _wrong);

        public double Recall => _right / (double)(_right + _missed);

        /// <summary>Counts one passage; true when something is wrong with it.</summary>
        public bool Add(IReadOnlyCollection<string> expected, IReadOnlyCollection<string> found)
        {
            var right = expected.Intersect(found, StringComparer.Ordinal).Count();
            _right += right;
            _wrong += found.Count - right;
            _missed += expected.Count - right;
            return right < expected.Count || right < found.Count;
        }

        public override string ToString() => string.Create(
            CultureInfo.InvariantCulture,
            $"precision {Precision:0.000} recall {Recall:0.000} ({_right} right, {_wrong} wrong, {_missed} missed)");
    }
}
