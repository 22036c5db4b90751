using System.Net;
using Microsoft.Playwright;
using Postlotse.Delivery;
using Postlotse.Web;
using Postlotse.Web.SignIn;
using Web.Tests.Running;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace Web.Tests.SignIn;

public sealed class SignInTests
{
    [Fact]
    public async Task SignIn_LeadsBackToThePageAskedFor()
    {
        await using var app = await TestApp.StartAsync();
        await app.AddAccountAsync("amt", Role.Office, "32.2", "32.3");
        await using var visitor = await Visitor.ComeAsync(app);
        await visitor.Page.GotoAsync("/postkorb/32.3");
        await visitor.EnterAsync("AMT", TestApp.Password);
        await Expect(visitor.Page).ToHaveURLAsync(app.Address + "postkorb/32.3");
        visitor.Expect("401"); // the list may ask for its news while signing out
        await visitor.Page.ClickAsync("text=Abmelden");
        await Expect(visitor.Page.Locator("h1")).ToHaveTextAsync("Anmelden");
        Assert.Equal(302, await visitor.StatusOfAsync("/postkorb/32.3"));
    }

    [Fact]
    public async Task WrongPassword_AnswersAsAnUnknownName()
    {
        await using var app = await TestApp.StartAsync();
        await app.AddAccountAsync("amt", Role.Office, "32.2");
        await using var visitor = await Visitor.ComeAsync(app);
        visitor.Expect("401");
        await visitor.EnterAsync("amt", "falsch");
        var wrong = await visitor.Page.Locator("[role=alert]").InnerTextAsync();
        await visitor.ScreenIsFineAsync("signin-wrong");
        await visitor.EnterAsync("niemand", "falsch");
        Assert.Equal(wrong, await visitor.Page.Locator("[role=alert]").InnerTextAsync());
    }

    [Fact]
    public async Task FifthWrongPassword_MakesItsAddressWait()
    {
        await using var app = await TestApp.StartAsync();
        await app.AddAccountAsync("amt", Role.Office, "32.2");
        await using var visitor = await Visitor.ComeAsync(app);
        visitor.Expect("401");
        for (var i = 0; i < AccountFailures; i++) await visitor.EnterAsync("amt", "falsch");
        await visitor.EnterAsync("amt", TestApp.Password);
        await Expect(visitor.Page.Locator("[role=alert]")).ToContainTextAsync("gesperrt");
    }

    [Fact]
    public async Task ManyAttempts_AreSlowedForTheirAccountAlone()
    {
        await using var app = await TestApp.StartAsync(s => s with { SignInsPerMinute = 2 });
        await app.AddAccountAsync("amt", Role.Office, "32.2");
        await app.AddAccountAsync("kollege", Role.Office, "32.2");
        await using var visitor = await Visitor.ComeAsync(app);
        visitor.Expect("401");
        visitor.Expect("429");
        for (var i = 0; i < 3; i++) await visitor.EnterAsync("AMT", "falsch");
        await Expect(visitor.Page.Locator("h1")).ToHaveTextAsync("Zu viele Versuche");
        await visitor.Page.GotoAsync("/password");
        await visitor.EnterAsync("kollege", TestApp.Password);
        await Expect(visitor.Page.Locator(".me")).ToBeVisibleAsync();
    }

    private static int AccountFailures => Postlotse.Storage.SignInFailures.AllowedFailures;

    [Fact]
    public async Task FirstPassword_MustBeReplacedBeforeAnythingElse()
    {
        await using var app = await TestApp.StartAsync();
        var passwords = new Passwords();
        var oneTime = await FirstStart.EnsureAdministratorAsync(app.Accounts, passwords, TimeProvider.System, CancellationToken.None);
        await using var visitor = await Visitor.ComeAsync(app);
        visitor.Expect("400");
        await visitor.EnterAsync(FirstStart.AdministratorName, oneTime!);
        await Expect(visitor.Page.Locator("h1")).ToHaveTextAsync("Kennwort ändern");
        await visitor.ScreenIsFineAsync("password-first");
        await visitor.Page.GotoAsync("/accounts");
        await Expect(visitor.Page).ToHaveURLAsync(app.Address + "password");
        await ChangeAsync(visitor.Page, oneTime!, "admin-admin-admin");
        await Expect(visitor.Page.Locator("[role=alert]")).ToContainTextAsync("enthält Ihren Anmeldenamen");
        await ChangeAsync(visitor.Page, oneTime!, "Ein Brief kommt immer an");
        await Expect(visitor.Page).ToHaveURLAsync(app.Address + "accounts");
        await Expect(visitor.Page.Locator("#notice")).ToContainTextAsync("Ihr Kennwort ist geändert.");
    }

    [Fact]
    public async Task LostFirstPassword_IsRenewedUntilSomebodyUsedIt()
    {
        await using var app = await TestApp.StartAsync();
        var passwords = new Passwords();
        Task<string?> EnsureAsync() =>
            FirstStart.EnsureAdministratorAsync(app.Accounts, passwords, TimeProvider.System, CancellationToken.None);
        await EnsureAsync();
        var renewed = await EnsureAsync();
        var admin = (await app.Accounts.CredentialsAsync(FirstStart.AdministratorName))!;
        Assert.True(passwords.Fits(admin.Account, admin.PasswordHash, renewed!));
        await app.Accounts.SetPasswordAsync(admin.Account.Id, admin.PasswordHash, mustChangePassword: false, admin.Account.Id);
        Assert.Null(await EnsureAsync());
    }

    [Fact]
    public async Task NewPasswordElsewhere_EndsTheSession()
    {
        await using var app = await TestApp.StartAsync();
        var account = await app.AddAccountAsync("amt", Role.Office, "32.2");
        await using var visitor = await Visitor.SignInAsync(app, "amt");
        visitor.Expect("401"); // the open page may ask for news in between
        Assert.Equal(200, await visitor.StatusOfAsync("/postkorb/32.2"));
        var hash = new Passwords().Hash(account, "ganz ein anderes");
        await app.Accounts.SetPasswordAsync(account.Id, hash, mustChangePassword: false, account.Id);
        Assert.Equal(302, await visitor.StatusOfAsync("/postkorb/32.2"));
    }

    [Fact]
    public async Task SignOut_EndsCopiedSessions()
    {
        await using var app = await TestApp.StartAsync();
        await app.AddAccountAsync("amt", Role.Office, "32.2");
        await using var visitor = await Visitor.SignInAsync(app, "amt");
        var copy = (await visitor.Page.Context.CookiesAsync()).Single(c => c.Name == "postlotse").Value;
        using var thief = app.Client();
        thief.DefaultRequestHeaders.Add("Cookie", "postlotse=" + copy);
        Assert.Equal(HttpStatusCode.OK, (await thief.GetAsync(new Uri("/postkorb/32.2", UriKind.Relative))).StatusCode);
        await visitor.Page.ClickAsync("text=Abmelden");
        await Expect(visitor.Page.Locator("h1")).ToHaveTextAsync("Anmelden");
        Assert.Equal(HttpStatusCode.Redirect, (await thief.GetAsync(new Uri("/postkorb/32.2", UriKind.Relative))).StatusCode);
    }

    [Fact]
    public async Task OtherRights_EndTheSession()
    {
        await using var app = await TestApp.StartAsync();
        var account = await app.AddAccountAsync("amt", Role.Office, "32.2");
        await using var visitor = await Visitor.SignInAsync(app, "amt");
        visitor.Expect("401"); // the open page may ask for news in between
        await app.Accounts.UpdateAsync(account with { DisplayName = "Anders" }, "system");
        Assert.Equal(200, await visitor.StatusOfAsync("/postkorb/32.2"));
        await app.Accounts.UpdateAsync(account with { DisplayName = "Anders", Units = ["32.2", "32.3"] }, "system");
        Assert.Equal(302, await visitor.StatusOfAsync("/postkorb/32.2"));
    }

    [Fact]
    public async Task Session_EndsAfterItsLongestTimeHoweverBusy()
    {
        await using var app = await TestApp.StartAsync(s => s with { SessionLength = TimeSpan.FromDays(30) });
        await app.AddAccountAsync("amt", Role.Office, "32.2");
        await using var visitor = await Visitor.SignInAsync(app, "amt");
        visitor.Expect("401"); // the open page may ask for news in between
        app.Clock.Ahead = TimeSpan.FromHours(11.9);
        Assert.Equal(200, await visitor.StatusOfAsync("/postkorb/32.2"));
        app.Clock.Ahead = TimeSpan.FromHours(12.1);
        Assert.Equal(302, await visitor.StatusOfAsync("/postkorb/32.2"));
    }

    [Theory]
    [InlineData("192.0.2.7", "192.0.2.7")]
    [InlineData("::ffff:192.0.2.7", "192.0.2.7")]
    [InlineData("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64")]
    public void Address_IsTheSubscribers(string address, string expected) =>
        Assert.Equal(expected, ClientAddress.Of(IPAddress.Parse(address)));

    [Fact]
    public async Task DisabledAccount_IsOutAtOnce()
    {
        await using var app = await TestApp.StartAsync();
        var account = await app.AddAccountAsync("amt", Role.Office, "32.2");
        await using var visitor = await Visitor.SignInAsync(app, "amt");
        visitor.Expect("401"); // the open page may ask for news in between
        await app.Accounts.UpdateAsync(account with { Disabled = true }, "system");
        Assert.Equal(302, await visitor.StatusOfAsync("/postkorb/32.2"));
    }

    [Fact]
    public async Task Language_FollowsTheBrowserAndTheChoice()
    {
        await using var app = await TestApp.StartAsync();
        await using var visitor = await Visitor.ComeAsync(app, "en-GB");
        await visitor.Page.GotoAsync("/signin");
        await Expect(visitor.Page.Locator("h1")).ToHaveTextAsync("Sign in");
        Assert.Equal("en", await visitor.Page.Locator("html").GetAttributeAsync("lang"));
        await visitor.Page.ClickAsync("button[value=de]");
        await Expect(visitor.Page.Locator("h1")).ToHaveTextAsync("Anmelden");
        Assert.Equal("de", await visitor.Page.Locator("html").GetAttributeAsync("lang"));
    }

    [Fact]
    public async Task DemoAccount_SignsInByOneClickAndOnlyInTheDemo()
    {
        IReadOnlyList<DemoAccount> shown = [new("poststelle", DemoAccounts.Password, Role.Mailroom, null)];
        await using var app = await TestApp.StartAsync(s => s with { Demo = true, DemoAccounts = shown });
        var made = await DemoAccounts.EnsureAsync(
            app.Accounts, new Passwords(), app.Organisation, TimeProvider.System, null, CancellationToken.None);
        Assert.Equal(Enum.GetValues<Role>().Order(), made.Select(a => a.Role).Distinct().Order());
        await using var visitor = await Visitor.ComeAsync(app);
        await visitor.Page.GotoAsync("/signin");
        await visitor.Page.ClickAsync(".demo button");
        await Expect(visitor.Page).ToHaveURLAsync(app.Address + "clearing");

        await using var real = await TestApp.StartAsync(s => s with { DemoAccounts = shown });
        var page = await real.Client().GetStringAsync(new Uri("/signin", UriKind.Relative));
        Assert.DoesNotContain(DemoAccounts.Password, page, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/postkorb/32.2", "/postkorb/32.2")]
    [InlineData("//evil.example", "/")]
    [InlineData("https://evil.example", "/")]
    [InlineData("/\\evil.example", "/")]
    [InlineData("/\t/evil.example", "/")]
    [InlineData("/\n", "/")]
    [InlineData("/\u0085/evil.example", "/")]
    [InlineData(null, "/")]
    public void AddressAfterSignIn_IsOfThisSite(string? asked, string expected) =>
        Assert.Equal(expected, SignInEndpoints.LocalAddress(asked));

    private static async Task ChangeAsync(IPage page, string old, string wanted)
    {
        await page.FillAsync("#old", old);
        await page.FillAsync("#new", wanted);
        await page.FillAsync("#again", wanted);
        await page.ClickAsync("main button[type=submit]");
    }

    [Fact]
    public async Task DemoAccounts_AreDisabledOnceTheFolderIsNoDemoAnyMore()
    {
        await using var app = await TestApp.StartAsync();
        await app.AddAccountAsync("p.amt", Role.Office, "32.2");
        var passwords = new Passwords();
        await DemoAccounts.EnsureAsync(app.Accounts, passwords, app.Organisation, TimeProvider.System, null, CancellationToken.None);

        var closed = await DemoAccounts.CloseAsync(app.Accounts, passwords, CancellationToken.None);

        Assert.Equal(7, closed.Count);
        Assert.Equal(["p.amt"], (await app.Accounts.ListAsync()).Where(a => !a.Disabled).Select(a => a.Name));
        await DemoAccounts.EnsureAsync(app.Accounts, passwords, app.Organisation, TimeProvider.System, null, CancellationToken.None);
        Assert.DoesNotContain(await app.Accounts.ListAsync(), a => a.Disabled);
    }
}
