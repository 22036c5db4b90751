using System.Text.Json;
using Xunit;

namespace Postlotse.App.Tests;

/// <summary>route and evaluate.</summary>
public sealed class LetterCallTests
{
    private static readonly string Letters = Path.Combine(Call.City, "letters.jsonl");

    [Fact]
    public async Task Route_DecidesValidLinesInOrderAndNamesTheOthers()
    {
        using var folder = new TemporaryFolder();
        var good = File.ReadLines(Letters).Take(3).ToList();
        await File.WriteAllLinesAsync(folder["in.jsonl"], [good[0], "{broken", good[1], "{\"id\":\"x\"}", "", "[1]", good[2]]);
        var result = await Call.RunAsync("route", "--org", Call.Organisation, "--in", folder["in.jsonl"], "--out", folder["sub/out.jsonl"]);
        Assert.Equal(1, result.Code);
        Assert.All((string[])["Zeile 2", "Zeile 4", "Zeile 6"], line => Assert.Contains(line, result.Error, StringComparison.Ordinal));
        var decisions = File.ReadLines(folder["sub/out.jsonl"]).Select(l => JsonDocument.Parse(l).RootElement).ToList();
        Assert.Equal(good.Select(IdOf), decisions.Select(d => d.GetProperty("id").GetString()));
        Assert.All(decisions, d =>
        {
            Assert.Contains(d.GetProperty("outcome").GetString(), (string[])["auto", "review", "sealed"]);
            Assert.InRange(d.GetProperty("ranking").EnumerateArray().Sum(r => r.GetProperty("probability").GetDouble()), 0, 1.000001);
            Assert.True(d.GetProperty("milliseconds").GetDouble() >= 0);
        });
    }

    [Fact]
    public async Task Route_OfNoReadableInput_LeavesNoOutput()
    {
        using var folder = new TemporaryFolder();
        var result = await Call.RunAsync("route", "--org", Call.Organisation, "--in", folder["none"], "--out", folder["out.jsonl"]);
        Assert.Equal(2, result.Code);
        Assert.Contains(folder["none"], result.Error, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFiles(folder.Path));
    }

    [Theory]
    [InlineData("-")]
    [InlineData("/dev/fd/1")] // a device is written into, never replaced
    public async Task Route_ToStandardOutput_WritesNothingElseThere(string output)
    {
        using var folder = new TemporaryFolder();
        await File.WriteAllLinesAsync(folder["in.jsonl"], File.ReadLines(Letters).Take(2));
        var result = await Call.RunAsync("route", "--org", Call.Organisation, "--in", folder["in.jsonl"], "--out", output);
        Assert.Equal(0, result.Code);
        Assert.Equal(2, result.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Length);
    }

    [Fact]
    public async Task Evaluate_GivesTheFiguresOfTheContract()
    {
        using var folder = new TemporaryFolder();
        await File.WriteAllLinesAsync(folder["in.jsonl"], File.ReadLines(Letters).Take(40));
        var json = await Call.RunAsync("evaluate", "--org", Call.Organisation, "--in", folder["in.jsonl"], "--json");
        Assert.Equal(0, json.Code);
        var names = JsonDocument.Parse(json.Output).RootElement.EnumerateObject().Select(p => p.Name).ToList();
        Assert.Equal(
            [
                "letters", "top1", "top3", "coverage", "misroute", "coverageAt1Percent", "ece", "reviewRecall", "millisecondsP50",
                "millisecondsP99",
            ],
            names);
        var table = await Call.RunAsync("evaluate", "--org", Call.Organisation, "--in", folder["in.jsonl"]);
        Assert.All(names, name => Assert.Contains(name, table.Output, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Evaluate_WithoutAKnownOffice_IsToldAndCounted()
    {
        using var folder = new TemporaryFolder();
        await File.WriteAllLinesAsync(folder["in.jsonl"], [File.ReadLines(Letters).First(), "{\"id\":\"a\",\"body\":\"Guten Tag\"}"]);
        var some = await Call.RunAsync("evaluate", "--org", Call.Organisation, "--in", folder["in.jsonl"], "--json");
        Assert.Equal(1, some.Code);
        Assert.Contains("Zeile 2", some.Error, StringComparison.Ordinal);
        await File.WriteAllTextAsync(folder["none.jsonl"], "\n");
        Assert.Equal(2, (await Call.RunAsync("evaluate", "--org", Call.Organisation, "--in", folder["none.jsonl"])).Code);
    }

    private static string? IdOf(string line) => JsonDocument.Parse(line).RootElement.GetProperty("id").GetString();
}
