using Engines.Tests.Support;
using Postlotse.Engines;
using Postlotse.Letters;
using Postlotse.Recognition;

namespace Engines.Tests.Reading;

/// <summary>
/// Laws of children gone wrong: whatever a page child does costs one attempt, is over within the limits, and the pool works
/// afterwards with a new child.
/// </summary>
public sealed class SaboteurTests : IDisposable
{
    private const string Blank =
        """{"number":1,"width":210,"height":297,"rotation":0,"skewDegrees":0,"blank":true,"meanConfidence":0,"text":"","lines":[]}""";

    private readonly Folder _folder = new();

    public void Dispose() => _folder.Dispose();

    public static TheoryData<string, string> Sabotages => new()
    {
        { "hangs", "sleep 1000" },
        { "hangs deaf to signals", "trap '' TERM INT; while :; do sleep 1; done" },
        { "crashes", "kill -SEGV $$" },
        { "ends at once", "exit 3" },
        { "ends after the question", "read line; exit 0" },
        { "says nonsense", "read line; echo 'segmentation fault'; sleep 1000" },
        { "says another kind of JSON", "read line; echo '[1,2,3]'; sleep 1000" },
        { "never ends its line", "read line; yes | tr -d '\\n'" },
        { "babbles without being asked", "yes; sleep 1000" },
        { "answers another question", """read line; echo '{"id":7,"outcome":"damaged"}'; sleep 1000""" },
        { "claims to have counted", """read line; echo '{"id":1,"outcome":"counted","count":3}'; sleep 1000""" },
        { "gives another page", Answer(Blank.Replace("\"number\":1", "\"number\":2", StringComparison.Ordinal)) },
        { "gives no page", """read line; echo '{"id":1,"outcome":"read"}'; sleep 1000""" },
        { "gives an absurd size", Answer(Blank.Replace("210", "1e9", StringComparison.Ordinal)) },
        { "gives an absurd rotation", Answer(Blank.Replace("\"rotation\":0", "\"rotation\":45", StringComparison.Ordinal)) },
        { "gives an image that is not there", Answer(Blank) },
        { "gives a null list", Answer(Blank.Replace("\"lines\":[]", "\"lines\":null", StringComparison.Ordinal)) },
        { "gives a null line", Answer(Blank.Replace("\"lines\":[]", "\"lines\":[null]", StringComparison.Ordinal)) },
    };

    [Theory]
    [MemberData(nameof(Sabotages))]
    public async Task Sabotage_CostsOneAttemptAndThePoolWorksOn(string what, string script)
    {
        Assert.NotEmpty(what);
        var page = await PageAsync();
        var mark = _folder.File("mark"); // the first child is the saboteur, all later ones are real
        var both = $"if [ ! -e {mark} ]; then touch {mark}; {script}; exit 9; fi; exec {Engine.Executable} engine \"$@\"";
        using var pool = Pool(both, TimeSpan.FromSeconds(script.Contains("sleep", StringComparison.Ordinal) ? 5 : 60));
        var failed = Assert.IsType<EngineAnswer.Failed>(await Engine.ReadAsync(pool, _folder, page, FileFormat.Png));
        Assert.DoesNotContain("Umzug", failed.Cause, StringComparison.Ordinal);
        Assert.Single((await ReadPatientlyAsync(pool, page)).Pages);
    }

    [Fact]
    public async Task HangingChild_IsATimeLimit()
    {
        using var pool = Pool("sleep 1000", TimeSpan.FromSeconds(1));
        var failed = Assert.IsType<EngineAnswer.Failed>(await Engine.ReadAsync(pool, _folder, await PageAsync(), FileFormat.Png));
        Assert.Equal(FindingKind.TimeLimit, failed.WhenExhausted);
    }

    [Fact]
    public async Task ChildThatCannotBeStarted_IsAFailedAttempt()
    {
        using var pool = new EngineProcesses(Engine.Options with { ChildCommand = ["/nowhere/postlotse"] });
        Assert.IsType<EngineAnswer.Failed>(await Engine.ReadAsync(pool, _folder, await PageAsync(), FileFormat.Png));
    }

    [Fact]
    public async Task LanguageThatIsNotInstalled_IsNamed()
    {
        using var pool = new EngineProcesses(Engine.Options with { Languages = "xyz" });
        var failed = Assert.IsType<EngineAnswer.Failed>(await Engine.ReadAsync(pool, _folder, await PageAsync(), FileFormat.Png));
        Assert.Contains("xyz", failed.Cause, StringComparison.Ordinal);
    }

    [Fact]
    public async Task BarcodesThatCannotBeRead_AreToldOnce()
    {
        var script = """
            while read line; do
              id=$(echo "$line" | sed 's/.*"id":\([0-9]*\).*/\1/')
              to=$(echo "$line" | sed 's/.*"imageTo":"\([^"]*\)".*/\1/'); echo x > "$to"
              echo '{"id":'$id',"outcome":"read","codesUnread":true,"page":PAGE,"image":{"kind":"faxGroup4","width":10,"height":10}}'
            done
            """.Replace("PAGE", Blank, StringComparison.Ordinal);
        var told = 0;
        using var pool = new EngineProcesses(
            Engine.Options with { Workers = 1, ChildCommand = ["/bin/sh", "-c", script, "saboteur"], CodesUnread = () => told++ });
        for (var i = 0; i < 2; i++)
            Assert.IsType<EngineAnswer.Read>(await Engine.ReadAsync(pool, _folder, await PageAsync(), FileFormat.Png));
        Assert.Equal(1, told);
    }

    [Fact]
    public async Task ChildOutOfMemory_IsAFailedAttempt()
    {
        using var pool = new EngineProcesses(Engine.Options with { MemoryMebibytes = 24 });
        Assert.IsType<EngineAnswer.Failed>(await Engine.ReadAsync(pool, _folder, await PageAsync(), FileFormat.Png));
    }

    [Fact]
    public async Task PdfToolOutOfMemory_IsAnAnswer()
    {
        using var pool = new EngineProcesses(Engine.Options with { MemoryMebibytes = 4 });
        var pdf = _folder.Write("letter.pdf", PrintedPage.Pdf(PrintedPage.Letter));
        Assert.IsNotType<EngineAnswer.Read>(await Engine.ReadAsync(pool, _folder, pdf, FileFormat.Pdf));
    }

    [Fact]
    public async Task DisposedPool_LeavesNoChildBehind()
    {
        var pids = _folder.File("pids");
        using (var pool = new EngineProcesses(Engine.Options with
        {
            Workers = 1, ChildCommand = ["/bin/sh", "-c", $"echo $$ >> {pids}; exec {Engine.Executable} engine \"$@\"", "child"],
        }))
            Assert.IsType<EngineAnswer.Read>(await Engine.ReadAsync(pool, _folder, await PageAsync(), FileFormat.Png));
        foreach (var pid in await File.ReadAllLinesAsync(pids, TestContext.Current.CancellationToken)) await AssertEndedAsync(pid);
    }

    [Fact]
    public async Task ChildWhosePoolDies_EndsByItself()
    {
        // A shell stands for a pool that is killed: it leaves the child with an input that ends.
        var output = await Tool.OutputAsync(
            "/bin/sh", "-c", $"(sleep 2 | {Engine.Executable} engine deu 512 64 1000000 >/dev/null 2>&1; echo ended $?) 2>&1");
        Assert.Contains("ended 0", output, StringComparison.Ordinal);
    }

    private static string Answer(string page) =>
        """read line; echo '{"id":1,"outcome":"read","page":PAGE,"image":{"kind":"faxGroup4","width":10,"height":10}}'; sleep 1000"""
            .Replace("PAGE", page, StringComparison.Ordinal);

    private static async Task AssertEndedAsync(string pid)
    {
        for (var wait = 0; Directory.Exists("/proc/" + pid) && wait < 300; wait++)
            await Task.Delay(100, TestContext.Current.CancellationToken);
        Assert.False(Directory.Exists("/proc/" + pid));
    }

    private static EngineProcesses Pool(string script, TimeSpan limit) =>
        new(Engine.Options with { Workers = 1, TimePerPage = limit, ChildCommand = ["/bin/sh", "-c", script, "saboteur"] });

    /// <summary>A loaded machine may need longer than the saboteur was given; the law is that a real child answers in the end.</summary>
    private async Task<EngineAnswer.Read> ReadPatientlyAsync(EngineProcesses pool, string page)
    {
        for (var attempt = 1; ; attempt++)
        {
            var answer = await Engine.ReadAsync(pool, _folder, page, FileFormat.Png);
            if (answer is EngineAnswer.Failed { WhenExhausted: FindingKind.TimeLimit } && attempt < 10) continue;
            return Assert.IsType<EngineAnswer.Read>(answer);
        }
    }

    private Task<string> PageAsync() => Scan.RenderAsync(_folder, PrintedPage.Pdf("Umzug"), "-gray", "-png");
}
