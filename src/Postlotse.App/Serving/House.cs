using System.Data.Common;
using System.Text.Json;
using Microsoft.Extensions.Logging;
using Postlotse.App.Cli;
using Postlotse.App.LanguageModels;
using Postlotse.App.Processing;
using Postlotse.App.Settings;
using Postlotse.Engines;
using Postlotse.Language;
using Postlotse.Letters;
using Postlotse.Responsibility.City;
using Postlotse.Responsibility.LanguageModels;
using Postlotse.Separation;
using Postlotse.Storage;

namespace Postlotse.App.Serving;

/// <summary>Everything a server works with besides its web application: opened once at its start, closed at its end.</summary>
internal sealed class House : IAsyncDisposable
{
    private readonly EngineProcesses _engine;
    private ChatEndpoint? _model;

    private House(DataFolder folder, ServerSettings settings, CityState city, Database database, EngineProcesses engine)
    {
        (Folder, Settings, Database, _engine) = (folder, settings, database, engine);
        City = new(city);
        Plans = new(database, Clock);
        PastLetters = new(database);
        var files = new FolderFileStore(folder.PathOf(DataFolder.FilesName), Clock);
        (Files, ErasedFiles) = (files, new(database, files, Clock));
        Store = new(database, GermanText.SearchTerms, Clock);
        Queries = new(database, GermanText.SearchTerms);
        Accounts = new(database, Clock);
        SignInFailures = new(database, Clock);
        Tokens = new(database, Clock);
        OpenedLetters = new(database, Clock);
        Intake = new(Files, Store, settings.Intake.MaxBytes);
        if (settings.LanguageModel is { } model) Votes = new(model.Model);
    }

    /// <summary>How the language model did so far; null: none is switched on.</summary>
    public VoteRecord? Votes { get; }

    public static TimeProvider Clock => TimeProvider.System;

    public DataFolder Folder { get; }

    public ServerSettings Settings { get; }

    public CityInForce City { get; }

    public required LearnedCity Learned { get; init; }

    public CityPlanStore Plans { get; }

    public PastLetters PastLetters { get; }

    public Database Database { get; }

    public IFileStore Files { get; }

    public ErasedFiles ErasedFiles { get; }

    public SqlJourneyStore Store { get; }

    public LetterQueries Queries { get; }

    public AccountStore Accounts { get; }

    public SignInFailures SignInFailures { get; }

    public ApiTokenStore Tokens { get; }

    public OpenedLetters OpenedLetters { get; }

    /// <summary>Proves separator sheets printed here.</summary>
    public required SheetKey SheetKey { get; init; }

    public Postlotse.Intake.Intake Intake { get; }

    /// <summary>Opens the data folder with all that lies in it.</summary>
    /// <exception cref="CallFailedException">Settings, organisation, database or folder cannot be used.</exception>
    public static async Task<House> OpenAsync(DataFolder folder, string? organisation, CancellationToken cancellationToken)
    {
        var settings = folder.ReadSettings();
        if (settings.LanguageModel is { ApiKeyFile.Length: > 0 } model) _ = LanguageModelSettings.ReadKey(folder.PathOf(model.ApiKeyFile));
        folder.PrivateFolder(Path.GetDirectoryName(SheetKeyFile.Name)!);
        var sheetKey = SheetKeyFile.ReadOrMake(folder.PathOf(SheetKeyFile.Name));
        var offices = Organisations.Read(folder.PlaceOrganisation(settings, organisation));
        var database = await OpenDatabaseAsync(DatabaseOf(folder.FolderPath, settings.Database), cancellationToken);
        var learned = new LearnedCity();
        LearningFollower.Load(learned, folder.PathOf(DataFolder.ModelName));
        var city = await ReadCityAsync(database, offices, settings, learned, cancellationToken);
        var house = new House(folder, settings, city, database, Composition.CreateEngine(settings))
        {
            Learned = learned, SheetKey = sheetKey,
        };
        var evidence = new ModelEvents(database, Clock);
        await evidence.TakeOverAsync(learned.InUse, cancellationToken);
        learned.Attach(house.City, evidence.AppendAsync);
        // The lock on the data folder says that nobody else works on the embedded database: whoever held the leases is dead.
        if (database.Provider == DatabaseProvider.Sqlite) await house.Store.FreeLeasesAsync(cancellationToken);
        return house;
    }

    /// <summary>The newest version of the plan; its organisation goes before that of the data folder.</summary>
    private static async Task<CityState> ReadCityAsync(
        Database database, Organisation offices, ServerSettings settings, LearnedCity learned, CancellationToken cancellationToken)
    {
        var plans = new CityPlanStore(database, Clock);
        try
        {
            var latest = await plans.LatestAsync(cancellationToken);
            var exchanged = latest is null ? null : await plans.OrganisationAsync(latest.Number, cancellationToken);
            if (exchanged is not null && !PlanDifference.Of(CityPlan.Empty, offices, CityPlan.Empty, exchanged).IsEmpty)
                await Console.Error.WriteLineAsync(Texts.Of(TextKey.OrganisationFromDatabase, latest!.Number));
            var (plan, version) = (latest?.Plan ?? CityPlan.Empty, latest?.Number ?? 0);
            return Composition.CreateCity(
                exchanged ?? offices, (plan, version), settings.AutoThreshold, learned);
        }
        catch (JsonException e)
        {
            await database.DisposeAsync();
            throw new CallFailedException(ExitCode.EvidenceBroken, Texts.Of(TextKey.PlanUnreadable, e.Message), e);
        }
    }

    /// <summary>Where the database of a data folder is.</summary>
    public static DatabaseSettings DatabaseOf(string folder, DatabaseSection settings) => settings.Provider == DatabaseKind.Sqlite
        ? new(DatabaseProvider.Sqlite, Path.Combine(folder, DataFolder.DatabaseName))
        : new(DatabaseProvider.PostgreSql, settings.Connection);

    private static async Task<Database> OpenDatabaseAsync(DatabaseSettings place, CancellationToken cancellationToken)
    {
        try
        {
            return await Database.OpenAsync(place, cancellationToken);
        }
        catch (Exception e) when (e is DbException or SchemaTooNewException or ArgumentException)
        {
            throw new CallFailedException(ExitCode.WrongCall, Texts.Of(TextKey.DatabaseUnreachable, e.Message), e);
        }
    }

    /// <summary>The workers that take letters through their journey.</summary>
    public JourneyRunner CreateRunner(ILogger log)
    {
        _engine.WarmUp(); // while the knowledge is loaded
        _ = City.Current.Decider;
        var journey = Composition.CreateJourney(
            () => City.Current.Decider, _engine, Settings.Separation with { SheetKey = SheetKey }, CreateVoice(log));
        var settings = new JourneySettings
        {
            ScratchFolder = Folder.PathOf("scratch"), Workers = Composition.WorkersOf(Settings) + 1, GracePeriod = Server.GracePeriod,
        };
        return new(Store, journey, Files, Clock, settings, notice => JourneyWorker.Log(log, notice));
    }

    private LanguageModelVoice? CreateVoice(ILogger log)
    {
        if (Settings.LanguageModel is not { } settings) return null;
        var key = settings.ApiKeyFile.Length == 0 ? null : LanguageModelSettings.ReadKey(Folder.PathOf(settings.ApiKeyFile));
        _model = new(settings, key, Clock, log);
        return new(_model, Votes!, new(settings.OnlyWhenUnsure, settings.Confidential));
    }

    /// <summary>Where the scanner's folder is, and what happens with its files.</summary>
    /// <exception cref="CallFailedException">The archive would be looked into as well.</exception>
    public WatchedFolderOptions WatchedFolder()
    {
        var intake = Settings.Intake;
        var (watched, archive) = (Folder.PathOf(intake.Folder), Folder.PathOf(intake.Archive));
        string[] own = ["files", "keys", "scratch", "taking"];
        if (FolderPaths.Holds(watched, Folder.FolderPath) || own.Any(name => FolderPaths.Holds(Folder.PathOf(name), watched)))
            throw new CallFailedException(ExitCode.WrongCall, Texts.Of(TextKey.SettingsFolder, watched));
        if (FolderPaths.Holds(archive, watched))
            throw new CallFailedException(ExitCode.WrongCall, Texts.Of(TextKey.SettingsArchive, archive));
        if (string.Equals(watched, Folder.PathOf(new IntakeSettings().Folder), StringComparison.Ordinal))
            Directory.CreateDirectory(watched);
        return new(
            watched, intake.Afterwards, archive, TimeSpan.FromSeconds(intake.QuietSeconds), TimeSpan.FromSeconds(intake.ScanSeconds),
            Folder.PrivateFolder("taking"), intake.Manifests == Manifests.Required, TimeSpan.FromSeconds(intake.ManifestSeconds));
    }

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        _engine.Dispose();
        _model?.Dispose();
        Learned.Dispose();
        await Database.DisposeAsync();
    }
}
