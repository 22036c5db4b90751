using System.Text;
using Postlotse.App.Cli;
using Postlotse.App.Processing;
using Postlotse.Letters;
using Postlotse.Storage;
using Xunit;

namespace Postlotse.App.Tests;

/// <summary>process and a stack of three pages, whose letters begin on pages 1 and 2; stages are made up.</summary>
public sealed class ProcessStackTests
{
    [Fact]
    public async Task LetterThatFails_IsNamedAndTheOthersAreWritten()
    {
        using var folder = new TemporaryFolder();
        var (run, results, input, workshop) = Prepare(folder, sure: true, fails: letter => letter.Source.FirstPage == 2);
        await run.RunAsync(input, workshop, results, CancellationToken.None);
        Assert.True(File.Exists(folder["out/stack-p001.json"]));
        Assert.False(File.Exists(folder["out/stack-p002.json"]));
        var summary = run.Summarise(1, TimeSpan.Zero);
        var failed = Assert.Single(summary.Failed);
        Assert.Equal((1, "stack.pdf", 2, 2), (summary.Letters, failed.File, failed.FirstPage, failed.PageCount));
        Assert.NotEmpty(failed.Reason);
        results.Write(summary);
        results.RemoveWork();
        Assert.Null((await ResultCheck.RunAsync(folder["out"], Silent(), CancellationToken.None)).Fault);
    }

    [Fact]
    public async Task FileThatFails_IsNamedWithoutPages()
    {
        using var folder = new TemporaryFolder();
        var (run, results, input, workshop) = Prepare(folder, sure: true, fails: letter => letter.PartOf is null, StageName.Recognition);
        await run.RunAsync(input, workshop, results, CancellationToken.None);
        Assert.Null(Assert.Single(run.Summarise(1, TimeSpan.Zero).Failed).FirstPage);
    }

    [Theory]
    [InlineData(true, Outcome.Auto)]
    [InlineData(false, Outcome.Review)]
    public async Task StackWithUnsureBoundaries_IsAPersons(bool sure, Outcome outcome)
    {
        using var folder = new TemporaryFolder();
        var (_, _, _, workshop) = Prepare(folder, sure, fails: _ => false);
        var outcomes = await workshop.Run.RunAsync(Stack, CancellationToken.None);
        Assert.Equal(["stack-p001", "stack-p002"], outcomes.Select(o => o.Letter.Id));
        Assert.All(outcomes, o => Assert.Equal(outcome, o.Letter.Decision!.Outcome));
        Assert.All(outcomes, o => Assert.Equal(!sure, o.Letter.Findings.Any(f => f.Kind == FindingKind.BoundariesUnsure)));
    }

    private static readonly Letter Stack = new()
    {
        Id = "stack", Source = new("stack.pdf", "0", 1, FileFormat.Pdf), ReceivedAt = DateTimeOffset.UnixEpoch,
        Stage = StageName.Recognition,
    };

    private static Progress Silent() => new(TextWriter.Null, isTerminal: false, TimeProvider.System);

    private static (ProcessRun Run, ResultFolder Results, InputFile Input, Workshop Workshop) Prepare(
        TemporaryFolder folder, bool sure, Func<Letter, bool> fails, StageName failing = StageName.Reading)
    {
        File.WriteAllText(folder["stack.pdf"], "%PDF-1.7");
        var results = ResultFolder.Prepare(folder["out"]);
        var files = new FolderFileStore(Path.Combine(results.WorkPath, "files"), TimeProvider.System);
        var journey = new Journey(Journey.Order.Select(name => new MadeUp(name, async letter =>
        {
            if (name == failing && fails(letter)) throw new InvalidOperationException("saboteur");
            return await StageAsync(name, letter, files, sure);
        })));
        var run = new LetterRun(journey, files, TimeProvider.System, Path.Combine(results.WorkPath, "scratch"));
        return (
            new ProcessRun(Call.Organisation, null, null, new(), null, folder["out"], Silent()), results,
            new(folder["stack.pdf"], "stack.pdf", "stack"), new Workshop(new MemoryStream(), files, run));
    }

    private static async Task<StageResult> StageAsync(StageName name, Letter letter, IFileStore files, bool sure)
    {
        var division = new Division(sure ? 1 : 0, [Page(1, true), Page(2, true), Page(3, false)]);
        return name switch
        {
            StageName.Recognition => new StageResult.Done(letter with { Recognition = await RecogniseAsync(files) }),
            StageName.Separation when letter.PartOf is not null => new StageResult.Done(letter),
            StageName.Separation when sure => new StageResult.Done(letter with { Division = division }),
            StageName.Separation => new StageResult.NeedsHuman(letter with { Division = division }, new(FindingKind.BoundariesUnsure)),
            StageName.Reading => new StageResult.Done(letter with
            {
                Recognition = letter.PartOf!.Whole, Reading = new(new() { Id = letter.Id }, [], [], [], null),
            }),
            StageName.Responsibility => new StageResult.Done(letter with
            {
                Decision = new() { Id = letter.Id, Outcome = Outcome.Auto, Unit = "32", Probability = 1, Ranking = [] },
            }),
            _ => new StageResult.Done(letter),
        };
    }

    private static DividedPage Page(int number, bool begins) => new(number, begins, PageRole.Letter, begins ? 1 : 0);

    private static async Task<Letters.Recognition> RecogniseAsync(IFileStore files)
    {
        RecognisedPage[] pages = [.. Enumerable.Range(1, 3).Select(n => new RecognisedPage { Number = n, Width = 210, Height = 297 })];
        using var pdf = new MemoryStream(Encoding.ASCII.GetBytes("%PDF-1.7 made up"));
        return new(
            [.. pages.Select(PageSummary.Of)], await PagesFile.StoreAsync(files, pages, CancellationToken.None),
            await files.PutAsync(pdf, CancellationToken.None), "de", 1, 1);
    }

    private sealed class MadeUp(StageName name, Func<Letter, Task<StageResult>> run) : IStage
    {
        public StageName Name => name;

        public Task<StageResult> RunAsync(Letter letter, StageContext context, CancellationToken cancellationToken) => run(letter);
    }
}
