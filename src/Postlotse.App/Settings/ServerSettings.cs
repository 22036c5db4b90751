using Postlotse.Separation;

namespace Postlotse.App.Settings;

/// <summary>
/// Settings of a server (Einstellungen) as in postlotse.json; what is missing has its default. See docs/operating/settings.md.
/// </summary>
internal sealed record ServerSettings
{
    /// <summary>Organisation file; relative paths start in the data folder.</summary>
    public string Organisation { get; init; } = "organisation.json";

    /// <summary>Probability, 0.5–1, from which a letter is delivered without a person; null: as the decision itself proposes.</summary>
    public double? AutoThreshold { get; init; }

    public DatabaseSection Database { get; init; } = new();

    public IntakeSettings Intake { get; init; } = new();

    public RecognitionSettings Recognition { get; init; } = new();

    public SeparationSettings Separation { get; init; } = new();

    /// <summary>
    /// Days for which letters are kept since they came to where they are, 1–36500; null: not laid down, so that none is deleted for age.
    /// </summary>
    public int? RetentionDays { get; init; }

    public WebSection Web { get; init; } = new();

    /// <summary>Null: no language model is contacted.</summary>
    public LanguageModelSettings? LanguageModel { get; init; }
}

/// <summary>How the web application is reached.</summary>
internal sealed record WebSection
{
    /// <summary>Proxies whose forwarded headers are believed; none: nobody's are.</summary>
    public IReadOnlyList<System.Net.IPNetwork> TrustedProxies { get; init; } = [];
}

/// <summary>Where letters, queue and evidence live.</summary>
internal sealed record DatabaseSection
{
    public DatabaseKind Provider { get; init; } = DatabaseKind.Sqlite;

    /// <summary>Connection string of PostgreSQL; unused with SQLite, whose file lies in the data folder.</summary>
    public string Connection { get; init; } = "";
}

/// <summary>Databases as the settings name them.</summary>
internal enum DatabaseKind { Sqlite, Postgresql }

/// <summary>The watched folder and the limits of what is taken.</summary>
internal sealed record IntakeSettings
{
    /// <summary>Watched folder; relative paths start in the data folder.</summary>
    public string Folder { get; init; } = "intake";

    /// <summary>What happens with a file that is safely stored and booked.</summary>
    public Afterwards Afterwards { get; init; } = Afterwards.Archive;

    /// <summary>Where taken files go; relative paths start in the data folder.</summary>
    public string Archive { get; init; } = "archive";

    /// <summary>A file is complete after this time without a change, 0.1–3600 s.</summary>
    public double QuietSeconds { get; init; } = 1;

    /// <summary>Time between two looks into the folder, 0.1–3600 s.</summary>
    public double ScanSeconds { get; init; } = 0.5;

    /// <summary>Largest file that is read, 1–4096 MiB.</summary>
    public int MaxFileMegabytes { get; init; } = 200;

    /// <summary>Whether each file in the watched folder has to come with a manifest of its scanner.</summary>
    public Manifests Manifests { get; init; } = Manifests.Optional;

    /// <summary>How long a file waits for the manifest it has to have, and a manifest for its file, 1–3600 s.</summary>
    public double ManifestSeconds { get; init; } = 60;

    /// <summary>The same in bytes.</summary>
    public long MaxBytes => MaxFileMegabytes * 1024L * 1024;
}

/// <summary>Whether scanners' manifests have to be there.</summary>
internal enum Manifests { Optional, Required }

/// <summary>What happens with a taken file.</summary>
internal enum Afterwards { Archive, Delete }

/// <summary>By what letters in a stack are found.</summary>
internal enum SeparationBy { Content, Sheets }

/// <summary>How pages are read.</summary>
internal sealed record RecognitionSettings
{
    /// <summary>Languages of Tesseract, joined by "+": the first for every page, further ones for pages that ask for them.</summary>
    public string Languages { get; init; } = "deu";

    /// <summary>Pages read at the same time, 1–64; null: one per processor.</summary>
    public int? Workers { get; init; }

    /// <summary>Most pages a file may have, 1–10000.</summary>
    public int MaxPages { get; init; } = 500;

    /// <summary>Most pixels a page may have, 1–1000 million.</summary>
    public int MaxMegapixels { get; init; } = 80;

    /// <summary>Longest time for one page, 5–3600 s.</summary>
    public int PageSeconds { get; init; } = 90;

    /// <summary>Least dots per inch of pictures in the searchable PDF, 150–600.</summary>
    public int PictureResolution { get; init; } = 150;

    /// <summary>JPEG quality of pictures in the searchable PDF, 50–95.</summary>
    public int PictureQuality { get; init; } = 80;
}
