using Engines.Tests.Support;
using Postlotse.Engines;
using Postlotse.Letters;
using Postlotse.Recognition;

[assembly: AssemblyFixture(typeof(Engine))]

namespace Engines.Tests.Support;

/// <summary>The real engine, shared by all tests, so that its children are loaded once.</summary>
public sealed class Engine : IDisposable
{
    private readonly EngineProcesses _engine = new(Options);

    /// <summary>The real children, with fewer pages and pixels than usual.</summary>
    public static EngineOptions Options { get; } = new()
    {
        ChildCommand = [Executable, EngineChild.Verb], Workers = 2, PagesPerFile = 20, PixelsPerPage = 30_000_000,
        TimePerPage = TimeSpan.FromMinutes(3), TimePerTool = TimeSpan.FromMinutes(3),
    };

    public static string Executable => Path.Combine(AppContext.BaseDirectory, "postlotse");

    public void Dispose() => _engine.Dispose();

    internal Task<EngineAnswer> ReadAsync(Folder folder, string file, FileFormat format, int first = 1, int pages = 0) =>
        ReadAsync(_engine, folder, file, format, first, pages);

    internal Task<EngineAnswer> ReadArrangedAsync(Folder folder, string file, FileFormat format, params ArrangedPage[] arrangement) =>
        ReadAsync(_engine, folder, file, format, 1, 0, null, arrangement);

    internal static Task<EngineAnswer> ReadAsync(
        IPageEngine engine, Folder folder, string file, FileFormat format, int first = 1, int pages = 0,
        IProgress<PageProgress>? progress = null, IReadOnlyList<ArrangedPage>? arrangement = null)
    {
        var source = new SourcePages(Path.GetFileName(file), "", new FileInfo(file).Length, format, first, pages);
        var scratch = folder.New("scratch-" + Guid.NewGuid().ToString("N"));
        var request = new EngineRequest(file, source, DateTimeOffset.UnixEpoch, "Brief für Jörg", scratch, progress)
        {
            Arrangement = arrangement,
        };
        return engine.ReadAsync(request, TestContext.Current.CancellationToken);
    }

    /// <summary>Words without anything but letters and digits, for comparing.</summary>
    internal static IReadOnlyList<string> Words(string text) =>
    [
        .. text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)
            .Select(w => new string([.. w.Where(c => char.IsLetterOrDigit(c) || c == '€')])).Where(w => w.Length > 0),
    ];
}
