using System.Net;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Postlotse;
using Postlotse.Delivery;
using Postlotse.Evidence;
using Postlotse.Language;
using Postlotse.Letters;
using Postlotse.Responsibility;
using Postlotse.Responsibility.City;
using Postlotse.Responsibility.Knowledge;
using Postlotse.Separation;
using Postlotse.Storage;
using Postlotse.Web;
using Postlotse.Web.SignIn;

namespace Web.Tests.Running;

/// <summary>The web application on a port of its own with an empty data folder.</summary>
internal sealed class TestApp : IAsyncDisposable
{
    public const string Password = "ein langer Satz zum Testen";

    private static readonly Lazy<ConcernModel> s_knowledge = new(ConcernModelFile.LoadShipped);
    private static readonly Passwords s_passwords = new();
    private static readonly Lazy<string> s_hash = new(() => s_passwords.Hash(new("", "", "", [], [], false, false), Password));

    private readonly string _folder = Directory.CreateTempSubdirectory("postlotse-web-").FullName;
    private readonly List<string> _log = [];
    private Database _database = null!;
    private WebApplication _web = null!;

    public Uri Address { get; private set; } = null!;

    public Organisation Organisation { get; } = ReadOrganisation();

    public SqlJourneyStore Store { get; private set; } = null!;

    public LetterQueries Queries { get; private set; } = null!;

    public AccountStore Accounts { get; private set; } = null!;

    public ApiTokenStore Tokens { get; private set; } = null!;

    public SignInFailures Failures { get; private set; } = null!;

    /// <summary>The clock of the web application.</summary>
    public MovableClock Clock { get; } = new();

    public ModelEvents ModelEvents { get; private set; } = null!;

    public FolderFileStore Files { get; private set; } = null!;

    public CityPlanStore Plans { get; private set; } = null!;

    public CityInForce City { get; private set; } = null!;

    public LearnedCity Learned { get; } = new();

    /// <summary>Signs separator sheets.</summary>
    public SheetKey SheetKey { get; } = SheetKey.New();

    public PartPdfOfTests PartPdf { get; } = new();

    /// <summary>Warnings and errors of the program.</summary>
    public IReadOnlyList<string> Log => _log;

    public static async Task<TestApp> StartAsync(Func<WebSettings, WebSettings>? change = null)
    {
        var app = new TestApp();
        await app.OpenAsync();
        var settings = new WebSettings
        {
            LiveInterval = TimeSpan.FromMilliseconds(100), SignInsPerMinute = 100, SignInsPerAddress = 1000,
            MaxUploadBytes = 1024 * 1024,
        };
        await app.ServeAsync(change?.Invoke(settings) ?? settings);
        return app;
    }

    /// <summary>Somebody in the mailroom with the right for mail that must stay closed.</summary>
    public Task<Account> AddClosedMailAsync(string name) => AddAccountAsync(name, [Role.Mailroom, Role.ClosedMail]);

    public Task<Account> AddAccountAsync(string name, Role role, params string[] units) => AddAccountAsync(name, [role], units);

    private async Task<Account> AddAccountAsync(string name, IReadOnlyList<Role> roles, params string[] units)
    {
        var account = new Account(FirstStart.NewId(TimeProvider.System), name, "Person " + name, roles, units, false, false);
        await Accounts.CreateAsync(account, s_hash.Value, "system");
        return account;
    }

    /// <summary>A client without cookies that does not follow redirects.</summary>
    public HttpClient Client() => new(new HttpClientHandler { AllowAutoRedirect = false, UseCookies = false }) { BaseAddress = Address };

    public async Task<string> AddLetterAsync(
        Func<Letter, Letter> change, EventKind kind = EventKind.StageDone, byte[]? bytes = null, string data = "{}")
    {
        var original = await Files.PutAsync(
            new MemoryStream(bytes ?? [.. Corpus.Pdf, .. Encoding.ASCII.GetBytes("%" + Guid.NewGuid())]), CancellationToken.None);
        var received = await Store.ReceiveAsync(
            new(original, "scan-0001.pdf", FileFormat.Pdf, Channel.Folder, new DateTimeOffset(2026, 11, 24, 7, 30, 0, TimeSpan.Zero), null),
            CancellationToken.None);
        var pdf = await Files.PutAsync(new MemoryStream(Corpus.Pdf), CancellationToken.None);
        await Store.ChangeAsync(
            received.Receipt.LetterId,
            letter => new LetterChange(change(Some.Read(letter, pdf)) with { Stage = null }, [new NewEvent(kind, NewEvent.System, data)]),
            CancellationToken.None);
        return received.Receipt.LetterId;
    }

    public Task<string> DeliverAsync(string unit, string? subject = null, Func<Letter, Letter>? change = null) => AddLetterAsync(
        letter =>
        {
            var delivered = Some.WithSubject(letter, subject) with
            {
                Place = Place.Postkorb, Unit = unit, DeliveredAt = DateTimeOffset.UnixEpoch.AddYears(56),
                Decision = Some.Decision(letter, Outcome.Auto, unit),
            };
            return change is null ? delivered : change(delivered);
        },
        EventKind.Delivered, data: $$"""{"unit":"{{unit}}"}""");

    public Task<string> ToClearingAsync(string unit, string? subject = null, Func<Letter, Letter>? change = null) => AddLetterAsync(
        letter =>
        {
            var decision = Some.Decision(letter, Outcome.Review, unit);
            var waiting = Some.WithSubject(letter, subject) with { Place = Place.Clearing, Decision = decision };
            waiting = waiting.With(new Finding(FindingKind.Unsure));
            return change is null ? waiting : change(waiting);
        },
        EventKind.SentToClearing);

    /// <summary>Changes the database behind the program's back.</summary>
    public async Task TamperAsync(string sql)
    {
        var place = new SqliteConnectionStringBuilder { DataSource = Path.Combine(_folder, "postlotse.db"), Pooling = false };
        await using var connection = new SqliteConnection(place.ToString());
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        await command.ExecuteNonQueryAsync();
    }

    public async Task<Letter> LetterAsync(string id) => (await Queries.LetterAsync(id))!;

    public async ValueTask DisposeAsync()
    {
        await _web.StopAsync();
        await _web.DisposeAsync();
        await _database.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    private async Task OpenAsync()
    {
        _database = await Database.OpenAsync(new(DatabaseProvider.Sqlite, Path.Combine(_folder, "postlotse.db")), CancellationToken.None);
        Files = new(Path.Combine(_folder, "files"), TimeProvider.System);
        Store = new(_database, Analyse, TimeProvider.System);
        Queries = new(_database, Analyse);
        Accounts = new(_database, TimeProvider.System);
        Tokens = new(_database, TimeProvider.System);
        Failures = new(_database, Clock);
        Plans = new(_database, TimeProvider.System);
        ModelEvents = new(_database, TimeProvider.System);
        City = new(new(
            0, Organisation, CityPlan.Empty, city => new Decider(city.Organisation, null, s_knowledge.Value, city.Plan), Learned.Apply));
        Learned.Attach(City);
    }

    private async Task ServeAsync(WebSettings settings)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        builder.Logging.ClearProviders().AddProvider(new ListLogger(_log)).SetMinimumLevel(LogLevel.Warning);
        builder.Services.AddSingleton(City).AddSingleton(Learned).AddSingleton(Plans).AddSingleton(new PastLetters(_database))
            .AddSingleton(new DeletionQueries(_database)).AddSingleton(ModelEvents)
            .AddSingleton<IJourneyStore>(Store).AddSingleton<IFileStore>(Files)
            .AddSingleton(Queries).AddSingleton(Accounts).AddSingleton(Tokens).AddSingleton<TimeProvider>(Clock)
            .AddSingleton(SheetKey).AddSingleton<ILetterPdf>(PartPdf)
            .AddSingleton(Failures).AddSingleton(new OpenedLetters(_database, TimeProvider.System))
            .AddSingleton(new Postlotse.Intake.Intake(Files, Store, settings.MaxUploadBytes));
        builder.Services.AddPostlotseWeb(settings);
        _web = builder.Build();
        _web.MapPostlotseWeb();
        await _web.StartAsync();
        var addresses = _web.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!;
        Address = new(addresses.Addresses.First());
    }

    private static IEnumerable<string> Analyse(string text) => GermanText.Tokens(text).Select(t => GermanText.Stem(t.Text));

    private static Organisation ReadOrganisation() => JsonSerializer.Deserialize<Organisation>(
        File.ReadAllText(Corpus.PathOf("organisation.json")), PostlotseJson.Compact)!;

    /// <summary>Gives the same pages whatever is asked for, and remembers what was.</summary>
    internal sealed class PartPdfOfTests : ILetterPdf
    {
        public (int FirstPage, int PageCount) Asked { get; private set; }

        public bool Damaged { get; set; }

        public void Write(
            string source, int firstPage, int pageCount, LetterMetadata metadata, IReadOnlyList<FileInPdf> files, string target)
        {
            if (Damaged) throw new InvalidDataException("no such pages");
            Asked = (firstPage, pageCount);
            File.WriteAllBytes(target, Corpus.Pdf);
        }
    }

    /// <summary>The real clock, moved ahead.</summary>
    internal sealed class MovableClock : TimeProvider
    {
        public TimeSpan Ahead { get; set; }

        public override DateTimeOffset GetUtcNow() => base.GetUtcNow() + Ahead;
    }

    private sealed class ListLogger(List<string> lines) : ILoggerProvider, ILogger
    {
        public ILogger CreateLogger(string categoryName) => this;

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Warning;

        public void Log<TState>(
            LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            lock (lines) lines.Add(formatter(state, exception) + " " + exception);
        }

        public void Dispose()
        {
        }
    }
}
