using System.Globalization;
using System.Threading.RateLimiting;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.HttpOverrides;
using Microsoft.AspNetCore.Localization;
using Microsoft.AspNetCore.RateLimiting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Postlotse.Letters;
using Postlotse.Responsibility.City;
using Postlotse.Web.Accounts;
using Postlotse.Web.Api;
using Postlotse.Web.Batches;
using Postlotse.Web.Clearing;
using Postlotse.Web.Deletions;
using Postlotse.Web.Evidence;
using Postlotse.Web.Intake;
using Postlotse.Web.Letters;
using Postlotse.Web.Live;
using Postlotse.Web.Offices;
using Postlotse.Web.Organiser;
using Postlotse.Web.Postkorb;
using Postlotse.Web.Shared;
using Postlotse.Web.SignIn;
using BadHttpRequestException = Microsoft.AspNetCore.Http.BadHttpRequestException;

namespace Postlotse.Web;

/// <summary>
/// The web application's composition. The host registers as singletons: CityInForce, CityPlanStore, PastLetters, IJourneyStore, IFileStore,
/// LetterQueries, DeletionQueries, AccountStore, SignInFailures, ApiTokenStore, OpenedLetters, Intake, ILetterPdf, SheetKey,
/// TimeProvider.
/// </summary>
public static class PostlotseWeb
{
    private const long SmallBody = 1024 * 1024;

    /// <summary>The page of a batch says two things of each of its pages.</summary>
    private const int MostFormValues = 10_000;

    /// <summary>Registers everything the pages need.</summary>
    public static IServiceCollection AddPostlotseWeb(this IServiceCollection services, WebSettings settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        services.AddSingleton(settings).AddSingleton<Assets>().AddSingleton<Notices>().AddSingleton<Passwords>()
            .AddSingleton<PasswordCheck>().AddSingleton<SignInLimit>().AddSingleton<LiveNews>().AddSingleton<Drafts>();
        // Whatever knows the organisation is made for each request: the organiser may exchange it at any time.
        services.AddTransient(s => s.GetRequiredService<CityInForce>().Current.Organisation)
            .AddTransient(s => OfficeSearch.Of(s.GetRequiredService<Organisation>()))
            .AddTransient<Frames>().AddTransient<UnitNames>().AddTransient<UnattendedDesk>().AddTransient<AccountPages>()
            .AddTransient<PartPdf>();
        services.AddHostedService(provider => provider.GetRequiredService<LiveNews>());
        services.AddRazorComponents();
        services.AddAntiforgery(options =>
        {
            options.HeaderName = CsrfCheck.Header;
            options.FormFieldName = CsrfCheck.Field;
            options.Cookie.Name = "postlotse-csrf";
            options.Cookie.SameSite = SameSiteMode.Strict;
            options.Cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
            options.SuppressXFrameOptionsHeader = true; // frame-ancestors says it
        });
        AddSignIn(services, settings);
        AddLimits(services, settings);
        var keys = services.AddDataProtection().SetApplicationName("Postlotse");
        if (settings.KeysFolder is { } folder) keys.PersistKeysToFileSystem(new DirectoryInfo(folder));
        else keys.UseEphemeralDataProtectionProvider();
        services.Configure<ForwardedHeadersOptions>(options => Trust(options, settings.TrustedProxies));
        return services;
    }

    /// <summary>Puts middleware and addresses in place. Everything not named here is refused to whoever is not signed in.</summary>
    public static void MapPostlotseWeb(this WebApplication app)
    {
        ArgumentNullException.ThrowIfNull(app);
        var settings = app.Services.GetRequiredService<WebSettings>();
        var antiforgery = app.Services.GetRequiredService<IAntiforgery>();
        // Without a trusted proxy the middleware must stay away: an empty list means to it that everybody is trusted.
        if (settings.TrustedProxies.Count > 0) app.UseForwardedHeaders();
        app.Use(SecurityHeaders.AddAsync);
        app.UseRequestLocalization(Languages());
        app.UseExceptionHandler(new ExceptionHandlerOptions
        {
            ExceptionHandler = ShowProblemAsync, StatusCodeSelector = StatusOf,
        });
        app.UseStatusCodePages(context => ShowProblemAsync(context.HttpContext));
        app.UseRouting();
        app.Use((http, next) => LimitBodyAsync(http, next, settings));
        app.UseRateLimiter();
        app.UseAuthentication();
        app.Use(PasswordFirstAsync);
        app.UseAuthorization();
        app.Use((http, next) => CsrfCheck.RunAsync(http, next, antiforgery));
        MapSlices(app);
    }

    private static void MapSlices(WebApplication app)
    {
        app.Services.GetRequiredService<Assets>().Map(app);
        app.MapGet("/health", (WebSettings settings) => ("ok " + settings.Instance).TrimEnd()).AllowAnonymous();
        app.MapGet("/", (HttpContext http) => Results.Redirect(Home.Of(CurrentAccount.Of(http)!)));
        app.MapPost("/language", (Delegate)Home.ChooseLanguageAsync).AllowAnonymous();
        SignInEndpoints.Map(app);
        PostkorbEndpoints.Map(app);
        LetterEndpoints.Map(app);
        ClearingEndpoints.Map(app);
        BatchEndpoints.Map(app);
        IntakeEndpoints.Map(app);
        AccountEndpoints.Map(app);
        EvidenceEndpoints.Map(app);
        DeletionEndpoints.Map(app);
        OfficeEndpoints.Map(app);
        OrganiserEndpoints.Map(app);
        ReceiptEndpoints.Map(app);
        LiveEndpoints.Map(app);
    }

    private static void Trust(ForwardedHeadersOptions options, IReadOnlyList<System.Net.IPNetwork> proxies)
    {
        options.ForwardedHeaders = ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto;
        options.KnownProxies.Clear();
        options.KnownIPNetworks.Clear();
        foreach (var proxy in proxies) options.KnownIPNetworks.Add(proxy);
    }

    private static void AddSignIn(IServiceCollection services, WebSettings settings)
    {
        services.AddAuthentication(CookieAuthenticationDefaults.AuthenticationScheme)
            .AddScheme<AuthenticationSchemeOptions, TokenHandler>(TokenHandler.Scheme, null)
            .AddCookie(options =>
            {
                options.Cookie.Name = "postlotse";
                options.Cookie.HttpOnly = true;
                options.Cookie.SameSite = SameSiteMode.Strict;
                options.Cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
                options.ExpireTimeSpan = settings.SessionLength;
                options.SlidingExpiration = true;
                options.LoginPath = "/signin";
                options.ReturnUrlParameter = "back";
                options.Events.OnValidatePrincipal = CurrentAccount.ValidateAsync;
                options.Events.OnRedirectToLogin = AskToSignInAsync;
                options.Events.OnRedirectToAccessDenied = context =>
                {
                    context.Response.StatusCode = StatusCodes.Status403Forbidden;
                    return Task.CompletedTask;
                };
            });
        services.AddAuthorization(Need.AddTo);
    }

    private static void AddLimits(IServiceCollection services, WebSettings settings)
    {
        services.Configure<KestrelServerOptions>(options =>
        {
            options.AddServerHeader = false;
            options.Limits.MaxRequestBodySize = SmallBody;
        });
        services.Configure<FormOptions>(options =>
        {
            options.MultipartBodyLengthLimit = settings.MaxUploadBytes + SmallBody;
            options.ValueCountLimit = MostFormValues;
        });
        services.AddRateLimiter(options =>
        {
            options.RejectionStatusCode = StatusCodes.Status429TooManyRequests;
            options.AddPolicy(SignInEndpoints.RateLimit, http => RateLimitPartition.GetFixedWindowLimiter(
                ClientAddress.Of(http),
                _ => new() { PermitLimit = settings.SignInsPerAddress, Window = TimeSpan.FromMinutes(1) }));
        });
    }

    private static RequestLocalizationOptions Languages() => new()
    {
        // Numbers and dates are formatted by Display alone; only the wording follows the person.
        DefaultRequestCulture = new(CultureInfo.InvariantCulture, CultureInfo.GetCultureInfo("de")),
        SupportedCultures = [CultureInfo.InvariantCulture],
        SupportedUICultures = [CultureInfo.GetCultureInfo("de"), CultureInfo.GetCultureInfo("en")],
        RequestCultureProviders =
            [new CustomRequestCultureProvider(Home.ChosenLanguageAsync), new AcceptLanguageHeaderRequestCultureProvider()],
    };

    /// <summary>Upload, import and API take large files; nothing else does.</summary>
    private static Task LimitBodyAsync(HttpContext http, RequestDelegate next, WebSettings settings)
    {
        var large = http.Request.Path.StartsWithSegments("/intake", StringComparison.Ordinal)
            || http.Request.Path.StartsWithSegments("/organiser/exchange", StringComparison.Ordinal)
            || http.Request.Path.StartsWithSegments("/api/receipts", StringComparison.Ordinal);
        if (large && http.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit)
            limit.MaxRequestBodySize = settings.MaxUploadBytes + SmallBody;
        return next(http);
    }

    /// <summary>With a one-time password one can only replace it.</summary>
    private static Task PasswordFirstAsync(HttpContext http, RequestDelegate next)
    {
        string[] allowed = ["/password", "/signout", "/language", "/assets", "/health"];
        var mustChange = CurrentAccount.Of(http) is { MustChangePassword: true };
        if (!mustChange || allowed.Any(path => http.Request.Path.StartsWithSegments(path, StringComparison.Ordinal))) return next(http);
        http.Response.Redirect("/password");
        return Task.CompletedTask;
    }

    private static Task AskToSignInAsync(RedirectContext<CookieAuthenticationOptions> context)
    {
        var request = context.Request;
        if (request.Headers.ContainsKey("HX-Request"))
        {
            context.Response.StatusCode = StatusCodes.Status401Unauthorized;
            context.Response.Headers["HX-Redirect"] = "/signin";
        }
        else if (request.Path.StartsWithSegments("/live", StringComparison.Ordinal))
        {
            context.Response.StatusCode = StatusCodes.Status401Unauthorized;
        }
        else
        {
            var back = HttpMethods.IsGet(request.Method) ? request.PathBase + request.Path + request.QueryString : "/";
            context.Response.Redirect("/signin?back=" + Uri.EscapeDataString(back));
        }

        return Task.CompletedTask;
    }

    /// <summary>A body that is too large or no form is the sender's fault; whoever reads it first meets it.</summary>
    private static int StatusOf(Exception exception) => exception switch
    {
        BadHttpRequestException bad => bad.StatusCode,
        AntiforgeryValidationException { InnerException: BadHttpRequestException bad } => bad.StatusCode,
        // More values or longer ones than a form may have.
        AntiforgeryValidationException { InnerException: InvalidDataException } => StatusCodes.Status413PayloadTooLarge,
        AntiforgeryValidationException => StatusCodes.Status400BadRequest,
        _ => StatusCodes.Status500InternalServerError,
    };

    private static Task ShowProblemAsync(HttpContext http)
    {
        var frames = http.RequestServices.GetRequiredService<Frames>();
        var status = http.Response.StatusCode < 400 ? StatusCodes.Status500InternalServerError : http.Response.StatusCode;
        var forProgram = http.Request.Path.StartsWithSegments("/api", StringComparison.Ordinal);
        return (forProgram ? Problems.Json(status, "status") : Problems.Page(http, frames, status)).ExecuteAsync(http);
    }
}
