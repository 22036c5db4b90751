using System.Security.Cryptography;
using Postlotse.Language;
using Postlotse.Letters;
using Postlotse.Storage;
using Xunit;

namespace Postlotse.App.Tests;

/// <summary>serve, with files coming in by the watched folder.</summary>
public sealed class ServeCallTests
{
    private static readonly string Scans = Path.Combine(Call.City, "scans");

    [Fact]
    public async Task FilesInTheFolder_BecomeLettersOnce_AlsoWhenTheServerIsKilled()
    {
        using var folder = new TemporaryFolder();
        string[] names = ["a.pdf", "b.pdf", "c.pdf", "empty.pdf", "note.txt"];
        await using (var first = await RunningServer.StartAsync(folder["data"]))
        {
            File.Copy(Path.Combine(Scans, "D1-017.pdf"), folder["data/intake/a.pdf"]);
            File.Copy(Path.Combine(Scans, "D1-034.pdf"), folder["data/intake/b.pdf"]);
            await RunningServer.UntilAsync(() => Task.FromResult(!File.Exists(folder["data/intake/a.pdf"])));
            await first.KillAsync();
        }

        File.Copy(Path.Combine(Scans, "D2-128.pdf"), folder["data/intake/c.pdf"]);
        await File.WriteAllTextAsync(folder["data/intake/empty.pdf"], "");
        await File.WriteAllTextAsync(folder["data/intake/note.txt"], "no scan");
        await File.WriteAllTextAsync(folder["data/intake/unfinished.pdf.part"], "%PDF-");
        CallResult end;
        await using (var second = await RunningServer.StartAsync(folder["data"]))
        {
            await RunningServer.UntilAsync(
                async () => (await LettersAsync(folder["data"])).Count(l => l.Place != Place.Underway) == names.Length);
            end = await second.StopAsync();
        }

        Assert.Equal(0, end.Code);
        var receipts = await ReceiptsAsync(folder["data"]);
        Assert.Equal(names, receipts.Select(r => r.Receipt.SourceName).Order(StringComparer.Ordinal));
        Assert.Equal(names.Length, receipts.Select(r => r.Receipt.LetterId).Distinct().Count());
        Assert.Equal([folder["data/intake/unfinished.pdf.part"]], Directory.GetFiles(folder["data/intake"]));
        Assert.Equal(names, Directory.GetFiles(folder["data/archive"], "*", SearchOption.AllDirectories)
            .Select(Path.GetFileName).Order(StringComparer.Ordinal));
        await CheckEvidenceAsync(folder["data"]);
    }

    [Fact]
    public async Task SecondServerOnTheSameData_IsRefused_AndEachStartGivesANewPasswordUntilOneIsUsed()
    {
        using var folder = new TemporaryFolder();
        string shown;
        await using (var first = await RunningServer.StartAsync(folder["data"]))
        {
            var second = await Call.RunAsync("serve", "--data", folder["data"], "--urls", "http://127.0.0.1:1");
            Assert.Equal(2, second.Code);
            Assert.Contains("benutzt schon ein anderer", second.Error, StringComparison.Ordinal);
            var end = await first.StopAsync();
            Assert.Equal(0, end.Code);
            shown = end.Output.Split('\n').Single(line => line.Contains("Einmalkennwort", StringComparison.Ordinal));
            Assert.Contains(first.Url, end.Output, StringComparison.Ordinal);
        }

        await File.AppendAllTextAsync(folder["data/organisation.json"], "\n");
        await using var again = await RunningServer.StartAsync(folder["data"]);
        var stopped = await again.StopAsync();
        Assert.Contains("schon eine Organisation", stopped.Error, StringComparison.Ordinal);
        var output = stopped.Output;
        Assert.Contains("Einmalkennwort", output, StringComparison.Ordinal);
        Assert.DoesNotContain(shown, output, StringComparison.Ordinal);
    }

    /// <summary>The file store has a folder for nearly every file: watched, each would cost memory of program and kernel.</summary>
    [Fact]
    public async Task Server_LetsTheKernelWatchNoFolder()
    {
        using var folder = new TemporaryFolder();
        await using var server = await RunningServer.StartAsync(folder["data"]);
        Assert.Equal(0, server.Watches());
    }

    [Theory]
    [InlineData(".")]
    [InlineData("..")]
    [InlineData("files/in")]
    public async Task WatchedFolderOverTheDataFolder_IsRefused(string watched)
    {
        using var folder = new TemporaryFolder();
        Directory.CreateDirectory(folder["a/data"]);
        await File.WriteAllTextAsync(folder["a/data/postlotse.json"], "{\"intake\":{\"folder\":\"" + watched + "\"}}");
        var refused = await Call.RunAsync(
            "serve", "--data", folder["a/data"], "--org", Call.Organisation, "--urls", "http://127.0.0.1:1");
        Assert.Equal(2, refused.Code);
        Assert.Contains("intake.folder", refused.Error, StringComparison.Ordinal);
        Assert.True(File.Exists(folder["a/data/postlotse.json"]));
    }

    [Fact]
    public async Task WrongStart_EndsWith2AndAMessage()
    {
        using var folder = new TemporaryFolder();
        var noCity = await Call.RunAsync("serve", "--data", folder["a"], "--urls", "http://127.0.0.1:1");
        Assert.Equal(2, noCity.Code);
        Assert.Contains("--org", noCity.Error, StringComparison.Ordinal);

        Directory.CreateDirectory(folder["b"]);
        await File.WriteAllTextAsync(folder["b/postlotse.json"], "{\"recognition\":{\"workers\":99},\"colour\":1}");
        var wrong = await Call.RunAsync("serve", "--data", folder["b"], "--org", Call.Organisation, "--urls", "http://127.0.0.1:1");
        Assert.Equal(2, wrong.Code);
        Assert.All(
            (string[])["recognition.workers", "99", "1 bis 64", "colour"],
            text => Assert.Contains(text, wrong.Error, StringComparison.Ordinal));
    }

    private static async Task CheckEvidenceAsync(string data)
    {
        var good = await Call.RunAsync("verify", data);
        Assert.Equal((0, ""), (good.Code, good.Error));
        var hash = Convert.ToHexStringLower(SHA256.HashData(await File.ReadAllBytesAsync(Path.Combine(Scans, "D1-034.pdf"))));
        var original = Path.Combine(data, "files", hash[..2], hash[2..4], hash);
        await File.AppendAllTextAsync(original, "x");
        var broken = await Call.RunAsync("verify", data);
        Assert.Equal(3, broken.Code);
        Assert.Contains(Path.GetFileName(original), broken.Error, StringComparison.Ordinal);
        File.Delete(Path.Combine(data, "postlotse.db"));
        Assert.Equal(3, (await Call.RunAsync("verify", data)).Code);
    }

    private static async Task<IReadOnlyList<ReceiptRow>> ReceiptsAsync(string data)
    {
        await using var database = await OpenAsync(data);
        return await new LetterQueries(database, GermanText.SearchTerms).RecentReceiptsAsync(100, null);
    }

    private static async Task<IReadOnlyList<ReceiptRow>> LettersAsync(string data) =>
        [.. (await ReceiptsAsync(data)).DistinctBy(r => r.Receipt.LetterId)];

    private static Task<Database> OpenAsync(string data) =>
        Database.OpenAsync(new(DatabaseProvider.Sqlite, Path.Combine(data, "postlotse.db")), CancellationToken.None);
}
