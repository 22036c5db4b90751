using System.Text.Json;
using Xunit;

namespace Postlotse.App.Tests;

/// <summary>learn, and what --model changes.</summary>
public sealed class LearnCallTests
{
    private const string Letter =
        "{\"id\":\"1\",\"unit\":\"41.2\",\"body\":\"Die Schnurzelkiste vom Dachboden ist angekommen, wann darf sie weg?\"}";

    [Fact]
    public async Task Learn_CreatesAndExtendsAModelThatRouteUses()
    {
        using var folder = new TemporaryFolder();
        var letters = File.ReadLines(Path.Combine(Call.City, "letters.jsonl")).ToList();
        await File.WriteAllLinesAsync(folder["a.jsonl"], letters.Take(12).Append(Letter));
        await File.WriteAllLinesAsync(folder["b.jsonl"], letters.Skip(12).Take(12));
        await File.WriteAllTextAsync(folder["question.jsonl"], "{\"id\":\"2\",\"body\":\"Noch eine Schnurzelkiste vom Dachboden.\"}");

        var first = await LearnAsync(folder, "a.jsonl");
        Assert.Equal(0, first.Code);
        Assert.Contains("13 Schreiben gelernt", first.Error, StringComparison.Ordinal);
        Assert.Contains("Noch keine Zusage", first.Error, StringComparison.Ordinal);
        var second = await LearnAsync(folder, "b.jsonl");
        Assert.Contains("25 Schreiben gelernt", second.Error, StringComparison.Ordinal);
        Assert.Contains("Fassung 2", second.Error, StringComparison.Ordinal);

        var route = await Call.RunAsync(
            "route", "--org", Call.Organisation, "--in", folder["question.jsonl"], "--out", "-", "--model", folder["m.model"]);
        Assert.Equal(0, route.Code);
        Assert.Contains("\"41.2\"", route.Output, StringComparison.Ordinal);
        var evaluate = await Call.RunAsync(
            "evaluate", "--org", Call.Organisation, "--in", folder["b.jsonl"], "--json", "--model", folder["m.model"]);
        Assert.Equal(12, JsonDocument.Parse(evaluate.Output).RootElement.GetProperty("letters").GetInt32());
    }

    [Fact]
    public async Task UnusableLines_AreNamedAndSkipped()
    {
        using var folder = new TemporaryFolder();
        await File.WriteAllLinesAsync(
            folder["a.jsonl"], [Letter, "{broken", "{\"id\":\"2\",\"body\":\"x\"}", "{\"id\":\"3\",\"body\":\"x\",\"unit\":\"nowhere\"}"]);
        var result = await LearnAsync(folder, "a.jsonl");

        Assert.Equal(1, result.Code);
        Assert.All((string[])["Zeile 2", "Zeile 3", "Zeile 4", "nowhere"], t => Assert.Contains(t, result.Error, StringComparison.Ordinal));
        Assert.Contains("1 Schreiben gelernt", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task NothingToLearn_LeavesNoModel()
    {
        using var folder = new TemporaryFolder();
        await File.WriteAllTextAsync(folder["a.jsonl"], "\n");

        Assert.Equal(2, (await LearnAsync(folder, "a.jsonl")).Code);
        Assert.False(File.Exists(folder["m.model"]));
    }

    private static Task<CallResult> LearnAsync(TemporaryFolder folder, string letters) => Call.RunAsync(
        "learn", "--org", Call.Organisation, "--in", folder[letters], "--model", folder["m.model"]);
}
