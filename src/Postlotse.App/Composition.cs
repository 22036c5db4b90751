using Postlotse.App.Cli;
using Postlotse.App.Routing;
using Postlotse.App.Settings;
using Postlotse.Delivery;
using Postlotse.Engines;
using Postlotse.Letters;
using Postlotse.Reading;
using Postlotse.Recognition;
using Postlotse.Responsibility;
using Postlotse.Responsibility.City;
using Postlotse.Responsibility.Knowledge;
using Postlotse.Responsibility.LanguageModels;
using Postlotse.Separation;

namespace Postlotse.App;

/// <summary>What the program is made of: the only place that names the implementations of the stages and of the engine.</summary>
internal static class Composition
{
    /// <summary>Loaded once: what a changed plan makes anew shares it.</summary>
    private static readonly Lazy<ConcernModel> Knowledge = new(ConcernModelFile.LoadShipped);

    /// <summary>Who is responsible for a letter.</summary>
    /// <param name="organisation">The city.</param>
    /// <param name="threshold">Probability from which a letter is delivered without a person; null: as the decider proposes.</param>
    /// <param name="modelPath">File of what the city learned; null to decide by knowledge alone.</param>
    /// <param name="city">What the organiser laid down for it; null: nothing.</param>
    public static Decider CreateDecider(Organisation organisation, double? threshold, string? modelPath = null, CityState? city = null)
    {
        var options = new DeciderOptions();
        if (threshold is { } value) options = options with { AutoThreshold = value };
        // Nothing can be promised for no misroutes at all: a rate that no number of letters can hold comes nearest.
        if (city is not null) options = options with { MisrouteRate = Math.Max(city.Plan.HighestMisrouteRate, 1e-6) };
        var cold = new Decider(organisation, options, Knowledge.Value, city?.Plan, city?.Version ?? 0);
        return modelPath is null ? cold : ModelFile.Read(modelPath, cold).Current;
    }

    /// <summary>
    /// The same, having decided invented letters: what is made at the first ones is made before real ones wait. One is short, one has time
    /// limits, a reference and many sentences.
    /// </summary>
    public static Decider WarmedUp(Decider decider)
    {
        var passage = string.Join(' ', Enumerable.Repeat(
            "Widerspruch gegen Bescheid vom 3. April 2026, Aktenzeichen 32-4711/26; Antwort bis zum 20. April 2026.", 12));
        foreach (var body in (string[])["Antrag", passage])
            _ = decider.Decide(new()
            {
                Id = "", Recipient = "Stadtverwaltung\nOrdnungsamt\nMarkt 1", Sender = "Anna Muster\nWeg 1\n12345 Musterstadt",
                Date = "16.03.2026", Subject = "Aktenzeichen 32-4711/26", Reference = "32-4711/26", Body = body, Enclosures = "Kopie",
            });
        return decider;
    }

    /// <summary>The city of a server at a version of its plan.</summary>
    /// <param name="organisation">The offices.</param>
    /// <param name="plan">What the organiser laid down, and the number of its version.</param>
    /// <param name="threshold">As for a decider.</param>
    /// <param name="learned">What the city has learned.</param>
    public static CityState CreateCity(
        Organisation organisation, (CityPlan Plan, int Version) plan, double? threshold, LearnedCity learned) =>
        new(plan.Version, organisation, plan.Plan, city => CreateDecider(city.Organisation, threshold, null, city), learned.Apply);

    /// <summary>The letter's journey with all its stages.</summary>
    /// <param name="decider">What decides now; asked for every letter.</param>
    /// <param name="engine">Reads pages.</param>
    /// <param name="separation">How stacks become letters.</param>
    /// <param name="voice">Language model to ask; null: none.</param>
    public static Journey CreateJourney(
        Func<Decider> decider, IPageEngine engine, SeparationSettings separation, LanguageModelVoice? voice = null)
    {
        return new(
        [
            new RecognitionStage(engine),
            new SeparationStage(separation, page => IsClosed(LetterReader.Read("", [page]).Content.Recipient)),
            new ReadingStage(new LetterPdf(), IsClosed),
            new ResponsibilityStage(decider, voice),
            new DeliveryStage(),
        ]);

        bool IsClosed(string recipient) => decider().MustStayClosed(recipient);
    }

    /// <summary>The engine: a pool of child processes, each a call of this same executable.</summary>
    public static EngineProcesses CreateEngine(ServerSettings settings) => new(OptionsOf(settings));

    /// <summary>Pages read at the same time.</summary>
    public static int WorkersOf(ServerSettings settings) => settings.Recognition.Workers ?? Environment.ProcessorCount;

    /// <summary>The languages in use; of those that are not, the operator is told.</summary>
    private static string LanguagesOf(ServerSettings settings)
    {
        var languages = OcrLanguages.Choose(settings.Recognition.Languages);
        foreach (var code in languages.NotInstalled) Console.Error.WriteLine(Texts.Of(TextKey.LanguageNotInstalled, code));
        foreach (var code in languages.Unknown)
            Console.Error.WriteLine(Texts.Of(TextKey.LanguageUnknown, code, string.Join(", ", OcrLanguages.Known)));
        return languages.InUse;
    }

    private static EngineOptions OptionsOf(ServerSettings settings) => new()
    {
        ChildCommand = ChildCommand(),
        Workers = WorkersOf(settings),
        Languages = LanguagesOf(settings),
        TimePerPage = TimeSpan.FromSeconds(settings.Recognition.PageSeconds),
        PagesPerFile = settings.Recognition.MaxPages,
        PixelsPerPage = settings.Recognition.MaxMegapixels * 1_000_000L,
        BytesPerFile = settings.Intake.MaxBytes,
        PictureResolution = settings.Recognition.PictureResolution,
        PictureQuality = settings.Recognition.PictureQuality,
        CodesUnread = () => Console.Error.WriteLine(Texts.Of(TextKey.BarcodesUnread)),
    };

    /// <summary>This executable; started through "dotnet postlotse.dll", that is dotnet with the same assembly.</summary>
    private static string[] ChildCommand()
    {
        var program = Environment.ProcessPath ?? throw new InvalidOperationException("the program's own path is unknown");
        var isHost = string.Equals(Path.GetFileNameWithoutExtension(program), "dotnet", StringComparison.OrdinalIgnoreCase);
        return isHost ? [program, typeof(Composition).Assembly.Location, EngineChild.Verb] : [program, EngineChild.Verb];
    }
}
