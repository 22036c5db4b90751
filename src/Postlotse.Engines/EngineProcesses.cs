using Postlotse.Engines.Pool;
using Postlotse.Letters;
using Postlotse.Recognition;

namespace Postlotse.Engines;

/// <summary>
/// The page engine as a pool of child processes: all foreign bytes are decoded there, under limits. Whatever happens to a child costs
/// one attempt of one letter, and the child is replaced.
/// </summary>
public sealed class EngineProcesses : IPageEngine, IDisposable
{
    private readonly EngineOptions _options;
    private readonly ChildPool _children;
    private readonly PdfTools _tools;
    private int _codesUnread;

    /// <summary>Children start with <see cref="WarmUp"/> or when the first page comes.</summary>
    public EngineProcesses(EngineOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        if (options.ChildCommand.Count == 0) throw new ArgumentException("no command for the page child", nameof(options));
        _options = options;
        (_children, _tools) = (new(options), new(options));
    }

    /// <summary>Starts the children, so that they load engine and language data before the first page comes; returns at once.</summary>
    public void WarmUp() => _children.WarmUp();

    /// <summary>Ends all children.</summary>
    public void Dispose()
    {
        _children.Dispose();
        _tools.Dispose();
    }

    /// <inheritdoc/>
    public async Task<EngineAnswer> ReadAsync(EngineRequest request, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(_options.TimePerFile);
        try
        {
            var reading = new FileReading(request, _options, _children, _tools);
            var read = await reading.ReadAsync(limit.Token);
            if (read.Any(r => r.CodesUnread) && Interlocked.Exchange(ref _codesUnread, 1) == 0) _options.CodesUnread?.Invoke();
            var pages = read.Select(r => r.Page).ToList();
            var language = PrevailingLanguage.Of(string.Join('\n', pages.Select(p => p.Text)));
            var pdf = PdfAssembly.Write(request, read, language);
            IReadOnlyList<Finding> findings = [.. Findings(read), .. reading.Document.Findings];
            return new EngineAnswer.Read(pages, pdf, language, read.Sum(r => r.Milliseconds), findings)
            {
                Document = Arranged(reading.Document.Content, request.Arrangement),
            };
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return new EngineAnswer.Unusable(new(FindingKind.TimeLimit));
        }
        catch (FileProblem problem)
        {
            return new EngineAnswer.Unusable(problem.Finding);
        }
        catch (EngineFault fault)
        {
            return new EngineAnswer.Failed(fault.Message, fault.TimeLimit ? FindingKind.TimeLimit : FindingKind.StageFailed);
        }
    }

    /// <summary>Notes with the numbers that their pages have in the new order.</summary>
    private static DocumentContent Arranged(DocumentContent content, IReadOnlyList<ArrangedPage>? order) => order is null ? content
        : content with { Notes = [.. content.Notes.Select(n => n with { Page = order.TakeWhile(a => a.Page != n.Page).Count() + 1 })] };

    private static List<Finding> Findings(IReadOnlyList<ReadPage> pages)
    {
        var findings = pages.Where(p => p.Suspicious).Select(p => new Finding(FindingKind.Damaged, p.Page.Number)).ToList();
        if (pages.All(p => p.Page.Blank && !p.Suspicious)) findings.Add(new(FindingKind.AllPagesBlank));
        return findings;
    }
}
