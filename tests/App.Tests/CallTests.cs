using Xunit;

namespace Postlotse.App.Tests;

public sealed class CallTests
{
    [Theory]
    [InlineData("serve", "--data", "--urls", "--org", "--demo")]
    [InlineData("work", "--config")]
    [InlineData("process", "--org", "--model", "--received", "--out", "PATH")]
    [InlineData("route", "--org", "--model", "--in", "--out")]
    [InlineData("learn", "--org", "--in", "--model")]
    [InlineData("evaluate", "--org", "--model", "--in", "--json")]
    [InlineData("verify", "PATH")]
    public async Task Help_NamesEveryOptionAndGivesAnExample(string verb, params string[] options)
    {
        var german = await Call.RunAsync(verb, "--help");
        Assert.Equal(0, german.Code);
        Assert.All(options, option => Assert.Contains(option, german.Output, StringComparison.Ordinal));
        Assert.Contains("Beispiel:\n  postlotse " + verb, german.Output, StringComparison.Ordinal);
        Assert.Empty(german.Error);
    }

    [Fact]
    public async Task HelpOfTheProgram_NamesEveryCallButNotTheInnerOne()
    {
        var help = await Call.InLanguageAsync("en_US.UTF-8", "--help");
        Assert.Equal(0, help.Code);
        Assert.All(
            (string[])["serve", "work", "process", "route", "learn", "evaluate", "verify", "Example:"],
            call => Assert.Contains(call, help.Output, StringComparison.Ordinal));
        Assert.DoesNotContain("engine ", help.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData]
    [InlineData("fly")]
    [InlineData("route", "--org", "o.json")]
    [InlineData("verify")]
    [InlineData("process", "--org", "o.json", "--out", "x")]
    [InlineData("evaluate", "--org", "o.json", "--in", "x", "--unknown")]
    [InlineData("serve", "--urls", "nowhere")]
    public async Task WrongCall_EndsWith2AndAMessage(params string[] args)
    {
        var result = await Call.RunAsync(args);
        Assert.Equal(2, result.Code);
        Assert.StartsWith("postlotse: ", result.Error, StringComparison.Ordinal);
        Assert.Empty(result.Output);
    }

    [Fact]
    public async Task CallsThatDoNotExistYet_SaySo()
    {
        var work = await Call.InLanguageAsync("en_GB.UTF-8", "work", "--config", "c");
        Assert.Equal(2, work.Code);
        Assert.Contains("\"work\" is not yet available", work.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("route", "--in", "x", "--out", "y")]
    [InlineData("evaluate", "--in", "x")]
    [InlineData("learn", "--in", "x")]
    public async Task ModelThatIsNone_IsRefusedAndExplained(params string[] args)
    {
        using var folder = new TemporaryFolder();
        await File.WriteAllTextAsync(folder["m"], "{}");
        var result = await Call.RunAsync([.. args, "--org", Call.Organisation, "--model", folder["m"]]);
        Assert.Equal(2, result.Code);
        Assert.Contains("kein Modell", result.Error, StringComparison.Ordinal);
        Assert.Equal("{}", await File.ReadAllTextAsync(folder["m"]));
    }

    [Fact]
    public async Task UnusableOrganisation_IsExplained()
    {
        using var folder = new TemporaryFolder();
        await File.WriteAllTextAsync(
            folder["org.json"], "{\"city\":\"X\",\"units\":[{\"id\":\"1\",\"name\":\"A\",\"handling\":\"strange\"}]}");
        var wrong = await Call.RunAsync("route", "--org", folder["org.json"], "--in", folder["x"], "--out", folder["y"]);
        Assert.Equal(2, wrong.Code);
        Assert.Contains("strange", wrong.Error, StringComparison.Ordinal);
        var missing = await Call.RunAsync("route", "--org", folder["none.json"], "--in", folder["x"], "--out", folder["y"]);
        Assert.Equal(2, missing.Code);
        Assert.Contains("none.json", missing.Error, StringComparison.Ordinal);
    }
}
