using System.Net.Sockets;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Console;
using Postlotse.App.Cli;
using Postlotse.App.LanguageModels;
using Postlotse.Delivery;
using Postlotse.Engines;
using Postlotse.Letters;
using Postlotse.Storage;
using Postlotse.Web;
using Postlotse.Web.SignIn;

namespace Postlotse.App.Serving;

/// <summary>The server: opens the house, starts web application, watched folder and workers, and stops them in good order.</summary>
internal static class Server
{
    /// <summary>Time that stages get to finish at the end; the rest of the five seconds is for closing.</summary>
    public static readonly TimeSpan GracePeriod = TimeSpan.FromSeconds(3);

    /// <summary>Variable of the environment whose value /health repeats, so that a script knows the server it started again.</summary>
    private const string InstanceVariable = "POSTLOTSE_INSTANCE";

    private static readonly TimeSpan ShutdownTime = TimeSpan.FromSeconds(4.5);

    /// <summary>Runs until stopped.</summary>
    /// <exception cref="CallFailedException">It cannot start.</exception>
    public static async Task<ExitCode> RunAsync(ServeCall call, CancellationToken cancellationToken)
    {
        CheckUrls(call.Urls);
        using var folder = DataFolder.Open(call.Data);
        await using var house = await House.OpenAsync(folder, call.Organisation, cancellationToken);
        if (call.Organisation is { } given && folder.KeepsAnother(house.Settings, given))
            await Console.Error.WriteLineAsync(Texts.Of(TextKey.OrganisationKept, given, folder.PathOf(house.Settings.Organisation)));
        var watched = house.WatchedFolder();
        var accounts = await PrepareAccountsAsync(house, call.Demo, cancellationToken);
        // Before anything can fail: the password is nowhere else.
        if (accounts.FirstPassword is { } first)
            Console.WriteLine(Texts.Of(TextKey.ServeFirstPassword, FirstStart.AdministratorName, first));
        await using var app = Build(house, watched, call, accounts.Demo);
        try
        {
            await app.StartAsync(cancellationToken);
        }
        catch (Exception e) when (e is IOException or SocketException or InvalidOperationException)
        {
            throw new CallFailedException(ExitCode.WrongCall, Texts.Of(TextKey.AddressInUse, call.Urls, e.Message), e);
        }

        Greet(app, watched);
        if (house.Settings.LanguageModel is { } model)
            app.Logger.LogWarning("{Message}", Texts.Of(
                TextKey.ServeLanguageModel, model.Model, model.Url!, model.Confidential ? "true" : "false"));
        await WarnOfUnattendedAsync(app, house, cancellationToken);
        await WaitAsync(app, cancellationToken);
        await app.StopAsync(CancellationToken.None);
        Console.WriteLine(Texts.Of(TextKey.ServeStopped));
        return cancellationToken.IsCancellationRequested ? ExitCode.Done : ExitCode.InternalError;
    }

    private static WebApplication Build(House house, WatchedFolderOptions watched, ServeCall call, IReadOnlyList<DemoAccount> demo)
    {
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions
        {
            ContentRootPath = house.Folder.FolderPath,
            Args = ["--hostBuilder:reloadConfigOnChange=false"], // else the framework watches every folder of the file store
        });
        builder.WebHost.UseUrls(call.Urls);
        SetLogging(builder.Logging);
        builder.Services.Configure<HostOptions>(o => o.ShutdownTimeout = ShutdownTime);
        builder.Services.AddSingleton<IHostLifetime, QuietLifetime>();
        AddHouse(builder.Services, house);
        builder.Services.AddPostlotseWeb(new WebSettings
        {
            Demo = call.Demo,
            DemoAccounts = demo,
            MaxUploadBytes = house.Settings.Intake.MaxBytes,
            KeysFolder = house.Folder.PrivateFolder("keys"),
            Retention = house.Settings.RetentionDays is { } days ? TimeSpan.FromDays(days) : null,
            TrustedProxies = house.Settings.Web.TrustedProxies,
            Instance = Environment.GetEnvironmentVariable(InstanceVariable) ?? "",
        });
        builder.Services.AddHostedService(s => new PlanFollower(
            house.Plans, house.City, PlanFollower.Interval, s.GetRequiredService<ILogger<PlanFollower>>()));
        builder.Services.AddHostedService(s => new LearningFollower(
            house.Queries, house.Learned, house.Folder.PathOf(DataFolder.ModelName), House.Clock,
            s.GetRequiredService<ILogger<LearningFollower>>()));
        builder.Services.AddHostedService(s => new ErasureFollower(house.ErasedFiles, s.GetRequiredService<ILogger<ErasureFollower>>()));
        builder.Services.AddHostedService(_ => new MemoryFollower(House.Clock));
        if (house.Votes is { } votes)
            builder.Services.AddHostedService(s => new VoteFollower(
                house.Queries, votes, House.Clock, s.GetRequiredService<ILogger<VoteFollower>>()));
        builder.Services.AddHostedService(s => new WatchedFolder(
            watched, house.Intake, House.Clock, s.GetRequiredService<ILogger<WatchedFolder>>()));
        builder.Services.AddHostedService(s => new JourneyWorker(() => house.CreateRunner(s.GetRequiredService<ILogger<JourneyWorker>>())));
        var app = builder.Build();
        app.MapPostlotseWeb();
        return app;
    }

    /// <summary>What the web application asks its host for.</summary>
    private static void AddHouse(IServiceCollection services, House house) => services
        .AddSingleton(house.City).AddSingleton(house.Learned).AddSingleton(house.Plans).AddSingleton(house.PastLetters)
        .AddSingleton(new DeletionQueries(house.Database)).AddSingleton(new ModelEvents(house.Database, House.Clock))
        .AddSingleton<IJourneyStore>(house.Store).AddSingleton(house.Files).AddSingleton(house.Queries)
        .AddSingleton(house.Accounts).AddSingleton(house.SignInFailures).AddSingleton(house.Tokens).AddSingleton(house.OpenedLetters)
        .AddSingleton(house.Intake).AddSingleton(house.SheetKey).AddSingleton<ILetterPdf>(new LetterPdf())
        .AddSingleton(House.Clock);

    private static void SetLogging(ILoggingBuilder logging)
    {
        logging.ClearProviders();
        logging.SetMinimumLevel(LogLevel.Information);
        logging.AddFilter("Microsoft", LogLevel.Warning);
        // The keys' protection is the folder's: readable by its owner only.
        logging.AddFilter("Microsoft.AspNetCore.DataProtection", LogLevel.Error);
        if (Console.IsErrorRedirected) logging.AddJsonConsole(o => (o.UseUtcTimestamp, o.TimestampFormat) = (true, "O"));
        else logging.AddSimpleConsole(o => o.SingleLine = true);
        // Standard output is for what people are told; the log goes to standard error.
        logging.Services.Configure<ConsoleLoggerOptions>(o => o.LogToStandardErrorThreshold = LogLevel.Trace);
    }

    private static async Task<(string? FirstPassword, IReadOnlyList<DemoAccount> Demo)> PrepareAccountsAsync(
        House house, bool demo, CancellationToken cancellationToken)
    {
        var passwords = new Passwords();
        var first = await FirstStart.EnsureAdministratorAsync(house.Accounts, passwords, House.Clock, cancellationToken);
        var city = house.City.Current.Organisation;
        var shown = demo ? await DemoAccounts.EnsureAsync(house.Accounts, passwords, city, House.Clock, null, cancellationToken) : [];
        if (!demo && await DemoAccounts.CloseAsync(house.Accounts, passwords, cancellationToken) is { Count: > 0 } closed)
            Console.WriteLine(Texts.Of(TextKey.ServeDemoClosed, string.Join(", ", closed)));
        return (first, shown);
    }

    /// <summary>What is delivered where nobody looks must not surprise anybody.</summary>
    private static async Task WarnOfUnattendedAsync(WebApplication app, House house, CancellationToken cancellationToken)
    {
        const int Most = 10;
        var attendance = new Attendance(house.City.Current.Organisation, await house.Accounts.ListAsync(cancellationToken));
        var units = attendance.Unattended.Select(u => u.Id).ToList();
        if (units.Count == 0) return;
        var named = string.Join(", ", units.Take(Most)) + (units.Count > Most ? ", …" : "");
        app.Logger.LogWarning("{Message}", Texts.Of(TextKey.ServeUnattended, units.Count, named));
    }

    private static void Greet(WebApplication app, WatchedFolderOptions watched)
    {
        Console.WriteLine(Texts.Of(TextKey.ServeReady, string.Join(" ", app.Urls)));
        Console.WriteLine(Texts.Of(TextKey.ServeFolder, watched.Folder));
        Console.WriteLine(Texts.Of(TextKey.ServeStop));
    }

    private static async Task WaitAsync(WebApplication app, CancellationToken cancellationToken)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, app.Lifetime.ApplicationStopping);
        await Task.Delay(Timeout.Infinite, either.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    private static void CheckUrls(string urls)
    {
        foreach (var url in urls.Split(';'))
        {
            try
            {
                var address = BindingAddress.Parse(url);
                if (address.Scheme is "http" or "https") continue;
            }
            catch (FormatException)
            {
                // Told below like any other wrong address.
            }

            throw new CallFailedException(ExitCode.WrongCall, Texts.Of(TextKey.UrlsWrong, url));
        }
    }

    /// <summary>Signals are the program's own business (Program.cs); the host writes nothing and stops when told.</summary>
    private sealed class QuietLifetime : IHostLifetime
    {
        public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
