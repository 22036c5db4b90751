using System.Text.Json;
using Postlotse.App.Cli;
using Postlotse.Separation;

namespace Postlotse.App.Settings;

/// <summary>Reads postlotse.json. Everything wrong is told at once: key, value, and what is allowed.</summary>
internal static class SettingsFile
{
    /// <summary>Its name in the data folder.</summary>
    public const string Name = "postlotse.json";

    /// <summary>What a new data folder gets: the defaults, so that people see what there is.</summary>
    public const string Initial = """
        {
          // Alle Einstellungen: docs/operating/settings.md
          "organisation": "organisation.json",
          "intake": { "folder": "intake", "afterwards": "archive" }
        }

        """;

    /// <summary>Reads a settings file.</summary>
    /// <exception cref="CallFailedException">It cannot be read or does not hold what it should.</exception>
    public static ServerSettings Read(string path)
    {
        try
        {
            return Parse(File.ReadAllText(path), path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new CallFailedException(ExitCode.WrongCall, Texts.Of(TextKey.FileUnreadable, path, e.Message), e);
        }
    }

    /// <summary>Reads settings from their text.</summary>
    /// <param name="json">Text; comments and trailing commas are allowed.</param>
    /// <param name="path">Named in messages.</param>
    /// <exception cref="CallFailedException">It does not hold what it should.</exception>
    public static ServerSettings Parse(string json, string path)
    {
        var options = new JsonDocumentOptions
        {
            CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true, AllowDuplicateProperties = false,
        };
        try
        {
            using var document = JsonDocument.Parse(json, options);
            var faults = new List<string>();
            var settings = Read(new SettingsSection(document.RootElement, "", faults));
            if (settings.Database is { Provider: DatabaseKind.Postgresql, Connection: "" })
                faults.Add(Texts.Of(TextKey.SettingsNoConnection));
            if (faults.Count == 0) return settings;
            var list = string.Concat(faults.Select(f => "\n  - " + f));
            throw new CallFailedException(ExitCode.WrongCall, Texts.Of(TextKey.SettingsWrong, path) + list);
        }
        catch (JsonException e)
        {
            var place = (e.LineNumber ?? 0) + 1;
            throw new CallFailedException(ExitCode.WrongCall, Texts.Of(TextKey.SettingsNoJson, path, place), e);
        }
    }

    private static ServerSettings Read(SettingsSection root)
    {
        var settings = new ServerSettings
        {
            Organisation = root.Text("organisation", new ServerSettings().Organisation),
            AutoThreshold = root.Number("autoThreshold", 0.5, 1),
            RetentionDays = root.Whole("retentionDays", 0, 1, 36_500) is var days and > 0 ? days : null,
            Database = Database(root.Section("database")),
            Intake = Intake(root.Section("intake")),
            Recognition = Recognition(root.Section("recognition")),
            Separation = Separation(root.Section("separation")),
            Web = Web(root.Section("web")),
            LanguageModel = LanguageModelSettings.Read(root.Section("languageModel")),
        };
        root.EndOfKeys();
        return settings;
    }

    private static DatabaseSection Database(SettingsSection section)
    {
        var settings = new DatabaseSection
        {
            Provider = section.Choice("provider", DatabaseKind.Sqlite),
            Connection = section.Text("connection", ""),
        };
        section.EndOfKeys();
        return settings;
    }

    private static IntakeSettings Intake(SettingsSection section)
    {
        var standard = new IntakeSettings();
        var settings = new IntakeSettings
        {
            Folder = section.Text("folder", standard.Folder),
            Afterwards = section.Choice("afterwards", standard.Afterwards),
            Archive = section.Text("archive", standard.Archive),
            QuietSeconds = section.Number("quietSeconds", standard.QuietSeconds, 0.1, 3600),
            ScanSeconds = section.Number("scanSeconds", standard.ScanSeconds, 0.1, 3600),
            Manifests = section.Choice("manifests", standard.Manifests),
            ManifestSeconds = section.Number("manifestSeconds", standard.ManifestSeconds, 1, 3600),
            MaxFileMegabytes = section.Whole("maxFileMegabytes", standard.MaxFileMegabytes, 1, 4096),
        };
        section.EndOfKeys();
        return settings;
    }

    private static SeparationSettings Separation(SettingsSection section)
    {
        var standard = new SeparationSettings();
        var settings = new SeparationSettings
        {
            ByContent = section.Choice("by", SeparationBy.Content) == SeparationBy.Content,
            PatchCodes = section.Texts("patchCodes", standard.PatchCodes),
            UnsignedSheets = section.Truth("unsignedSheets", standard.UnsignedSheets),
            Code128 = section.Texts("code128", standard.Code128),
            SureBelow = section.Number("sureBelow", standard.SureBelow, 0, 0.5),
            SureAbove = section.Number("sureAbove", standard.SureAbove, 0.5, 1),
        };
        section.EndOfKeys();
        return settings;
    }

    private static RecognitionSettings Recognition(SettingsSection section)
    {
        var standard = new RecognitionSettings();
        var settings = new RecognitionSettings
        {
            Languages = section.Text("languages", standard.Languages),
            Workers = section.Whole("workers", 0, 1, 64) is var workers and > 0 ? workers : null,
            MaxPages = section.Whole("maxPages", standard.MaxPages, 1, 10_000),
            MaxMegapixels = section.Whole("maxMegapixels", standard.MaxMegapixels, 1, 1000),
            PageSeconds = section.Whole("pageSeconds", standard.PageSeconds, 5, 3600),
            PictureResolution = section.Whole("pictureResolution", standard.PictureResolution, 150, 600),
            PictureQuality = section.Whole("pictureQuality", standard.PictureQuality, 50, 95),
        };
        section.EndOfKeys();
        return settings;
    }

    private static WebSection Web(SettingsSection section)
    {
        var settings = new WebSection { TrustedProxies = section.Networks("trustedProxies") };
        section.EndOfKeys();
        return settings;
    }
}
