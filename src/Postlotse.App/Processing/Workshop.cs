using Postlotse.App.Settings;
using Postlotse.Engines;
using Postlotse.Letters;
using Postlotse.Responsibility;
using Postlotse.Storage;

namespace Postlotse.App.Processing;

/// <summary>
/// What a run without a server works with: a file store and scratch folders that live only as long as the run, and the engine.
/// </summary>
internal sealed class Workshop : IDisposable
{
    private readonly IDisposable _engine;

    /// <param name="engine">Closed with the workshop.</param>
    /// <param name="files">The run's files.</param>
    /// <param name="run">Takes letters through their journey.</param>
    internal Workshop(IDisposable engine, IFileStore files, LetterRun run) => (_engine, Files, Run) = (engine, files, run);

    public IFileStore Files { get; }

    public LetterRun Run { get; }

    /// <summary>Makes a workshop.</summary>
    /// <param name="organisation">The city.</param>
    /// <param name="modelPath">What the city learned; null for nothing.</param>
    /// <param name="settings">Of the engine.</param>
    /// <param name="folder">Existing folder for everything that is needed only during the run.</param>
    /// <param name="clock">Source of time.</param>
    public static Workshop Create(
        Organisation organisation, string? modelPath, ServerSettings settings, string folder, TimeProvider clock)
    {
        var files = new FolderFileStore(Path.Combine(folder, "files"), clock);
        var engine = Composition.CreateEngine(settings);
        engine.WarmUp();
        // The first pages are read while the knowledge is loaded and made to run: a processor less stands idle for half a second.
        var decider = Task.Run(() => Composition.WarmedUp(Composition.CreateDecider(organisation, settings.AutoThreshold, modelPath)));
        // What the city learned may be unreadable: that is told before any file is touched.
        if (modelPath is not null) decider.GetAwaiter().GetResult();
        var journey = Composition.CreateJourney(() => decider.GetAwaiter().GetResult(), engine, settings.Separation);
        return new(engine, files, new(journey, files, clock, Path.Combine(folder, "scratch")));
    }

    /// <summary>A letter's pages with their words.</summary>
    public Task<IReadOnlyList<RecognisedPage>> PagesOfAsync(Letters.Recognition recognition, CancellationToken cancellationToken) =>
        PagesFile.LoadAsync(Files, recognition.PagesFile, cancellationToken);

    /// <inheritdoc />
    public void Dispose() => _engine.Dispose();
}
