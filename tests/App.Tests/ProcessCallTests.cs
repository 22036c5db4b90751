using System.Security.Cryptography;
using System.Text.Json;
using Xunit;

namespace Postlotse.App.Tests;

/// <summary>process, and verify of what it writes.</summary>
public sealed class ProcessCallTests
{
    [Fact]
    public async Task Scans_EndAsLettersOrWithAReason_AndTheResultHoldsUntilItIsTamperedWith()
    {
        using var folder = new TemporaryFolder();
        Directory.CreateDirectory(folder["in/sub"]);
        var scans = Path.Combine(Call.City, "scans");
        File.Copy(Path.Combine(scans, "D1-017.pdf"), folder["in/Brief Nr. 1.pdf"]);
        File.Copy(Path.Combine(scans, "D1-034.pdf"), folder["in/sub/Brief Nr. 1.pdf"]);
        await File.WriteAllBytesAsync(folder["in/broken.pdf"], (await File.ReadAllBytesAsync(Path.Combine(scans, "D1-095.pdf")))[..50_000]);
        await File.WriteAllTextAsync(folder["in/empty.pdf"], "");
        await File.WriteAllTextAsync(folder["in/truth.jsonl"], "{}\n");
        var before = Fingerprint(folder["in"]);

        var result = await Call.RunAsync("process", folder["in"], "--org", Call.Organisation, "--out", folder["out"]);

        Assert.Equal(1, result.Code);
        Assert.Equal(before, Fingerprint(folder["in"]));
        Assert.Contains("truth.jsonl", result.Error, StringComparison.Ordinal);
        CheckSummary(Read(folder["out/summary.json"]));
        Assert.False(Directory.Exists(folder["out/.work"]));
        CheckLetter(Read(folder["out/Brief-Nr.-1.json"]), folder, "Brief-Nr.-1", "Brief Nr. 1.pdf");
        CheckLetter(Read(folder["out/Brief-Nr.-1-2.json"]), folder, "Brief-Nr.-1-2", "sub/Brief Nr. 1.pdf");
        await CheckVerifyAsync(folder);
    }

    [Fact]
    public async Task ManifestBesideAScan_IsComparedWithIt()
    {
        using var folder = new TemporaryFolder();
        Directory.CreateDirectory(folder["in"]);
        var scan = Path.Combine(Call.City, "scans", "D1-034.pdf");
        foreach (var name in new[] { "good", "short", "broken" }) File.Copy(scan, folder["in/" + name + ".pdf"]);
        await File.WriteAllTextAsync(folder["in/good.manifest.txt"], "sheets=1\nduplex=false\npages=1\n");
        await File.WriteAllTextAsync(folder["in/short.pdf.manifest.json"], """{"sheets":1,"duplex":true,"pages":2}""");
        await File.WriteAllTextAsync(folder["in/broken.manifest.json"], "{");
        await File.WriteAllTextAsync(folder["in/lonely.manifest.txt"], "pages=1");

        var result = await Call.RunAsync("process", folder["in"], "--org", Call.Organisation, "--out", folder["out"]);

        Assert.Equal(0, result.Code);
        Assert.Contains("lonely.manifest.txt", result.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("good.manifest.txt", result.Error, StringComparison.Ordinal);
        Assert.Equal("auto", Outcome("good"));
        Assert.Equal("review", Outcome("short"));
        Assert.Equal("review", Outcome("broken"));
        Assert.Equal(["pageCountDiffers", "sheetCountDiffers"], Paper("short"));
        Assert.Equal(["manifestUnusable"], Paper("broken"));
        Assert.Empty(Paper("good"));

        string? Outcome(string id) => Read(folder[$"out/{id}.json"]).GetProperty("decision").GetProperty("outcome").GetString();

        IEnumerable<string> Paper(string id) => Read(folder[$"out/{id}.json"]).GetProperty("findings").EnumerateArray()
            .Select(f => f.GetProperty("kind").GetString()!)
            .Where(k => k.Contains("Count", StringComparison.Ordinal) || k.StartsWith("manifest", StringComparison.Ordinal));
    }

    [Fact]
    public async Task NothingToProcess_IsAWrongCall()
    {
        using var folder = new TemporaryFolder();
        var missing = await Call.RunAsync("process", folder["none"], "--org", Call.Organisation, "--out", folder["out"]);
        Assert.Equal(2, missing.Code);
        Assert.Contains(folder["none"], missing.Error, StringComparison.Ordinal);
        Assert.Equal(2, (await Call.RunAsync("process", folder.Path, "--org", Call.Organisation, "--out", folder["out"])).Code);
        Assert.False(Directory.Exists(folder["out"]));
    }

    [Fact]
    public async Task ResultFolderThatHoldsAnInput_IsRefusedAndTheInputUnchanged()
    {
        using var folder = new TemporaryFolder();
        File.Copy(Path.Combine(Call.City, "scans", "D1-095.pdf"), folder["1.pdf"]);
        var before = await File.ReadAllBytesAsync(folder["1.pdf"]);
        var refused = await Call.RunAsync("process", folder.Path, "--org", Call.Organisation, "--out", folder.Path);
        Assert.Equal(2, refused.Code);
        Assert.Contains("darf keine Eingabe sein", refused.Error, StringComparison.Ordinal);
        Assert.Equal(before, await File.ReadAllBytesAsync(folder["1.pdf"]));
    }

    [Fact]
    public async Task LeftoversOfAnInterruptedRun_AreGoneAfterTheNext_AndOtherFilesStay()
    {
        using var folder = new TemporaryFolder();
        Directory.CreateDirectory(folder["out/.work"]);
        Directory.CreateDirectory(folder["one"]);
        Directory.CreateDirectory(folder["two"]);
        File.Copy(Path.Combine(Call.City, "scans", "D1-017.pdf"), folder["one/brief.pdf"]);
        File.Copy(Path.Combine(Call.City, "scans", "D1-034.pdf"), folder["two/brief.pdf"]);
        await File.WriteAllTextAsync(folder["out/finished.json"], """{"id":"finished","pdf":{}}""");
        await File.WriteAllTextAsync(folder["out/finished.pdf"], "%PDF-");
        await File.WriteAllTextAsync(folder["out/.work/half.json"], "{}");
        await File.WriteAllTextAsync(folder["out/half.pdf"], "%PDF-");
        await File.WriteAllTextAsync(folder["out/notes.txt"], "mine");

        var result = await Call.RunAsync("process", folder["one"], folder["two"], "--org", Call.Organisation, "--out", folder["out"]);

        Assert.Equal(0, result.Code);
        Assert.Equal(
            ["brief-2.json", "brief-2.pdf", "brief.json", "brief.pdf", "notes.txt", "summary.json"],
            Directory.GetFileSystemEntries(folder["out"]).Select(Path.GetFileName).Order(StringComparer.Ordinal));
        Assert.Equal((0, ""), await Call.RunAsync("verify", folder["out"]) is var good ? (good.Code, good.Error) : default);
    }

    [Theory]
    [InlineData("""{"id":"x"}""")]
    [InlineData("null")]
    [InlineData("[]")]
    public async Task ResultThatLacksMembers_IsNamed(string text)
    {
        using var folder = new TemporaryFolder();
        await File.WriteAllTextAsync(folder["x.json"], text);
        await File.WriteAllTextAsync(folder["summary.json"], "{}");
        var result = await Call.RunAsync("verify", folder.Path);
        Assert.Equal(3, result.Code);
        Assert.Contains("x.json", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task FolderOfSomethingElse_IsNotVerified()
    {
        using var folder = new TemporaryFolder();
        Assert.Equal(2, (await Call.RunAsync("verify", folder.Path)).Code);
        Assert.Equal(2, (await Call.RunAsync("verify", folder["none"])).Code);
    }

    private static void CheckSummary(JsonElement summary)
    {
        Assert.Equal(
            ["files", "pages", "letters", "auto", "review", "sealed", "failed", "seconds"], summary.EnumerateObject().Select(p => p.Name));
        Assert.Equal((4, 2, 2), (Int(summary, "files"), Int(summary, "pages"), Int(summary, "letters")));
        Assert.Equal(2, Int(summary, "auto") + Int(summary, "review") + Int(summary, "sealed"));
        var failed = summary.GetProperty("failed").EnumerateArray().ToList();
        Assert.Equal(["broken.pdf", "empty.pdf"], failed.Select(f => f.GetProperty("file").GetString()));
        Assert.Contains("beschädigt", failed[0].GetProperty("reason").GetString(), StringComparison.Ordinal);
        Assert.Contains("leer", failed[1].GetProperty("reason").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task HeicWithoutTheProgramForIt_NamesThePackage()
    {
        using var folder = new TemporaryFolder();
        Directory.CreateDirectory(folder["in"]);
        Directory.CreateDirectory(folder["bin"]);
        File.CreateSymbolicLink(folder["bin/prlimit"], "/usr/bin/prlimit");
        File.Copy(Path.Combine(Call.Corpus, "hostile", "page.heic"), folder["in/photo.heic"]);

        var result = await Call.WithPathAsync(
            folder["bin"], "process", folder["in"], "--org", Call.Organisation, "--out", folder["out"]);

        Assert.Equal(1, result.Code);
        var failed = Assert.Single(Read(folder["out/summary.json"]).GetProperty("failed").EnumerateArray());
        Assert.Contains("libheif-examples", failed.GetProperty("reason").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task LetterWithAnInvoiceInside_BecomesPdfA3WithTheSameBytes()
    {
        const string invoice = "<CrossIndustryInvoice>Größe</CrossIndustryInvoice>";
        using var folder = new TemporaryFolder();
        Directory.CreateDirectory(folder["in"]);
        await File.WriteAllTextAsync(folder["factur-x.xml"], invoice);
        var scan = Path.Combine(Call.City, "scans", "D1-034.pdf");
        await Call.ToolAsync("qpdf", scan, "--add-attachment", folder["factur-x.xml"], "--", folder["in/invoice.pdf"]);

        foreach (var run in new[] { "out", "again" })
        {
            var result = await Call.RunAsync(
                "process", folder["in"], "--org", Call.Organisation, "--received", "2026-11-24T07:30", "--out", folder[run]);
            Assert.Equal(0, result.Code);
        }

        var pdf = Read(folder["out/invoice.json"]).GetProperty("pdf");
        Assert.Equal("PDF/A-3u", pdf.GetProperty("conformance").GetString());
        Assert.Equal(Sha(folder["out/invoice.pdf"]), Sha(folder["again/invoice.pdf"]));
        await Call.ToolAsync("pdfdetach", "-save", "1", "-o", folder["taken.xml"], folder["out/invoice.pdf"]);
        Assert.Equal(invoice, await File.ReadAllTextAsync(folder["taken.xml"]));
    }

    private static void CheckLetter(JsonElement letter, TemporaryFolder folder, string id, string file)
    {
        Assert.Equal(
            ["id", "source", "pages", "letter", "language", "decision", "pdf", "milliseconds", "findings"],
            letter.EnumerateObject().Select(p => p.Name));
        Assert.Equal(id, letter.GetProperty("id").GetString());
        Assert.Equal(id, letter.GetProperty("letter").GetProperty("id").GetString());
        Assert.Equal(id, letter.GetProperty("decision").GetProperty("id").GetString());
        Assert.Equal(file, letter.GetProperty("source").GetProperty("file").GetString());
        Assert.Equal(Sha(folder["in/" + file]), letter.GetProperty("source").GetProperty("sha256").GetString());
        Assert.Equal(Sha(folder["out/" + id + ".pdf"]), letter.GetProperty("pdf").GetProperty("sha256").GetString());
        Assert.Equal("PDF/A-2u", letter.GetProperty("pdf").GetProperty("conformance").GetString());
        var text = letter.GetProperty("pages").EnumerateArray().Single().GetProperty("text").GetString();
        Assert.Contains("Lindenfurt", text, StringComparison.Ordinal);
    }

    private static async Task CheckVerifyAsync(TemporaryFolder folder)
    {
        var good = await Call.RunAsync("verify", folder["out"]);
        Assert.Equal((0, ""), (good.Code, good.Error));

        var summary = await File.ReadAllTextAsync(folder["out/summary.json"]);
        await File.WriteAllTextAsync(
            folder["out/summary.json"], summary.Replace("\"letters\": 2", "\"letters\": 3", StringComparison.Ordinal));
        await BrokenAsync(folder, "letters");
        await File.WriteAllTextAsync(folder["out/summary.json"], summary);

        var json = await File.ReadAllTextAsync(folder["out/Brief-Nr.-1.json"]);
        await File.WriteAllTextAsync(folder["out/Brief-Nr.-1.json"], json[..200]);
        await BrokenAsync(folder, "Brief-Nr.-1.json");
        await File.WriteAllTextAsync(folder["out/Brief-Nr.-1.json"], json);

        await File.AppendAllTextAsync(folder["out/Brief-Nr.-1-2.pdf"], "x");
        await BrokenAsync(folder, "Brief-Nr.-1-2.pdf");
    }

    private static async Task BrokenAsync(TemporaryFolder folder, string named)
    {
        var result = await Call.RunAsync("verify", folder["out"]);
        Assert.Equal(3, result.Code);
        Assert.Contains(named, result.Error, StringComparison.Ordinal);
    }

    private static JsonElement Read(string path) => JsonDocument.Parse(File.ReadAllBytes(path)).RootElement;

    private static int Int(JsonElement element, string name) => element.GetProperty(name).GetInt32();

    private static string Sha(string path) => Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(path)));

    private static List<(string, string, DateTime)> Fingerprint(string folder) =>
        [.. Directory.GetFiles(folder, "*", SearchOption.AllDirectories).Order().Select(p => (p, Sha(p), File.GetLastWriteTimeUtc(p)))];
}
