using Deque.AxeCore.Playwright;
using Microsoft.Playwright;
using Xunit;

[assembly: CollectionBehavior(DisableTestParallelization = true)]
[assembly: AssemblyFixture(typeof(Web.Tests.Running.Chromium))]

namespace Web.Tests.Running;

/// <summary>One browser for all tests.</summary>
public sealed class Chromium : IAsyncLifetime
{
    private static readonly string[] s_arguments =
    [
        "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
        "--disable-component-update", "--disable-sync",
    ];

    private IPlaywright _playwright = null!;

    public static IBrowser Browser { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        _playwright = await Playwright.CreateAsync();
        Browser = await _playwright.Chromium.LaunchAsync(new()
        {
            ExecutablePath = "/usr/bin/chromium", Headless = true, Args = s_arguments,
        });
        Assertions.SetDefaultExpectTimeout(20_000);
    }

    public async ValueTask DisposeAsync()
    {
        await Browser.DisposeAsync();
        _playwright.Dispose();
    }
}

/// <summary>A person at a browser. Leaving fails when the browser's console had an error that was not expected.</summary>
internal sealed class Visitor : IAsyncDisposable
{
    private readonly List<string> _errors = [];
    private readonly List<string> _expected = [];
    private IBrowserContext _context = null!;
    private TestApp _app = null!;

    public IPage Page { get; private set; } = null!;

    public static async Task<Visitor> ComeAsync(
        TestApp app, string language = "de-DE", int width = 1440, int height = 900, bool scripts = true)
    {
        var visitor = new Visitor { _app = app };
        visitor._context = await Chromium.Browser.NewContextAsync(new()
        {
            BaseURL = app.Address.ToString(), Locale = language, ViewportSize = new() { Width = width, Height = height },
            AcceptDownloads = true, JavaScriptEnabled = scripts,
        });
        visitor._context.SetDefaultTimeout(20_000);
        visitor.Page = await visitor._context.NewPageAsync();
        visitor.Page.Console += (_, message) =>
        {
            if (message.Type == "error") visitor._errors.Add(message.Text + " " + message.Location);
        };
        visitor.Page.PageError += (_, error) => visitor._errors.Add(error);
        return visitor;
    }

    public static async Task<Visitor> SignInAsync(TestApp app, string name, string language = "de-DE", int width = 1440, int height = 900)
    {
        var visitor = await ComeAsync(app, language, width, height);
        await visitor.EnterAsync(name, TestApp.Password);
        await Assertions.Expect(visitor.Page.Locator(".me")).ToBeVisibleAsync();
        return visitor;
    }

    public async Task EnterAsync(string name, string password)
    {
        if (!Page.Url.Contains("/signin", StringComparison.Ordinal)) await Page.GotoAsync("/signin");
        await Page.FillAsync("#name", name);
        await Page.FillAsync("#password", password);
        await Page.ClickAsync("main form[action='/signin'] button.kern-btn");
    }

    /// <summary>The console may tell of this (an answer of status 404 is an error to it).</summary>
    public void Expect(string part) => _expected.Add(part);

    public async Task<int> StatusOfAsync(string address) => (await Page.APIRequest.GetAsync(address, new() { MaxRedirects = 0 })).Status;

    /// <summary>Waits until the PDF is drawn.</summary>
    public Task PdfIsShownAsync() =>
        Assertions.Expect(Page.Locator(".viewer[data-state=ready] [data-drawn=true]").First).ToBeAttachedAsync();

    /// <summary>Nothing that the accessibility checker finds, nothing that sticks out of the page.</summary>
    public async Task ScreenIsFineAsync(string name) => Assert.Empty(await FaultsAsync(name));

    /// <summary>The same as a list.</summary>
    public async Task<IReadOnlyList<string>> FaultsAsync(string name)
    {
        if (Environment.GetEnvironmentVariable("POSTLOTSE_SHOTS") is { Length: > 0 } folder)
            await Page.ScreenshotAsync(new() { Path = Path.Combine(folder, name + ".png"), FullPage = true });
        var result = await Page.RunAxe();
        var faults = result.Violations.Select(v => $"{name}: {v.Id} {v.Help}: " + string.Join(" | ", v.Nodes.Select(n => n.Html))).ToList();
        var excess = await Page.EvaluateAsync<int>("document.documentElement.scrollWidth - document.documentElement.clientWidth");
        if (excess > 0) faults.Add($"{name}: {excess} pixels too wide");
        return faults;
    }

    public async ValueTask DisposeAsync()
    {
        await _context.DisposeAsync();
        var unexpected = _errors.Where(e => !_expected.Exists(x => e.Contains(x, StringComparison.Ordinal))).ToList();
        Assert.True(unexpected.Count == 0, string.Join('\n', [.. unexpected, .. _app.Log]));
    }
}
