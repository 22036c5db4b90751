using Postlotse.Delivery;
using Web.Tests.Running;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace Web.Tests.Accounts;

public sealed class AccountTests
{
    [Fact]
    public async Task NewAccount_GetsAOneTimePasswordThatIsShownOnce()
    {
        await using var app = await TestApp.StartAsync();
        await app.AddAccountAsync("admin", Role.Administrator);
        await using var admin = await Visitor.SignInAsync(app, "admin");
        await admin.Page.ClickAsync("text=Neues Konto");
        await admin.Page.FillAsync("#name", "b.neu");
        await admin.Page.FillAsync("#displayName", "Berta Neu");
        await admin.Page.CheckAsync("input[name=roles][value=Office]");
        await admin.Page.FillAsync("#filter", "bußgeld");
        await Expect(admin.Page.Locator("#units label:visible")).ToHaveCountAsync(1);
        await admin.Page.CheckAsync("input[name=units][value='32.2']");
        await admin.Page.ClickAsync("text=Konto anlegen");
        var password = await admin.Page.InnerTextAsync("#secret");
        await admin.ScreenIsFineAsync("account-created");
        await admin.Page.ClickAsync("main >> text=Konten");
        Assert.DoesNotContain(password, await admin.Page.ContentAsync(), StringComparison.Ordinal);

        await using var visitor = await Visitor.ComeAsync(app);
        await visitor.EnterAsync("b.neu", password);
        await Expect(visitor.Page.Locator("h1")).ToHaveTextAsync("Kennwort ändern");
    }

    [Fact]
    public async Task RightForClosedMail_GoesWithTheMailroomAndLeavesItsEvidence()
    {
        await using var app = await TestApp.StartAsync();
        await app.AddAccountAsync("admin", Role.Administrator);
        await app.AddAccountAsync("prüfer", Role.Auditor);
        var account = await app.AddAccountAsync("leitung", Role.Organiser);
        await using var admin = await Visitor.SignInAsync(app, "admin");
        admin.Expect("400");
        await admin.Page.GotoAsync("/accounts");
        await Expect(admin.Page.Locator("#closed-nobody")).ToBeVisibleAsync();
        await admin.Page.GotoAsync("/accounts/" + account.Id);
        await admin.Page.UncheckAsync("input[name=roles][value=Organiser]");
        await admin.Page.CheckAsync("input[name=roles][value=ClosedMail]");
        await admin.Page.ClickAsync("text=Speichern");
        await Expect(admin.Page.Locator("[role=alert]")).ToContainTextAsync("nur zusammen mit");
        await admin.Page.UncheckAsync("input[name=roles][value=Organiser]");
        await admin.Page.CheckAsync("input[name=roles][value=Mailroom]");
        await admin.Page.CheckAsync("input[name=roles][value=ClosedMail]");
        await admin.Page.ClickAsync("text=Speichern");
        await Expect(admin.Page.Locator("#closed-nobody")).ToHaveCountAsync(0);
        Assert.True(Access.MayOpenClosed((await app.Accounts.FindAsync(account.Id))!));
        await using var auditor = await Visitor.SignInAsync(app, "prüfer");
        await auditor.Page.GotoAsync("/evidence/accounts");
        await Expect(auditor.Page.Locator("main")).ToContainTextAsync("Verschlossene Post");
    }

    [Fact]
    public async Task TakenName_IsRefused()
    {
        await using var app = await TestApp.StartAsync();
        await app.AddAccountAsync("admin", Role.Administrator);
        await using var admin = await Visitor.SignInAsync(app, "admin");
        admin.Expect("400");
        await admin.Page.GotoAsync("/accounts/new");
        await admin.Page.FillAsync("#name", "admin");
        await admin.Page.FillAsync("#displayName", "Noch einer");
        await admin.Page.CheckAsync("input[name=roles][value=Auditor]");
        await admin.Page.ClickAsync("text=Konto anlegen");
        await Expect(admin.Page.Locator("[role=alert]")).ToContainTextAsync("gibt es schon");
        await Expect(admin.Page.Locator("#displayName")).ToHaveValueAsync("Noch einer");
    }

    [Fact]
    public async Task Administrator_CannotLockHerselfOut()
    {
        await using var app = await TestApp.StartAsync();
        var account = await app.AddAccountAsync("admin", Role.Administrator);
        await using var admin = await Visitor.SignInAsync(app, "admin");
        admin.Expect("400");
        await admin.Page.GotoAsync("/accounts/" + account.Id);
        await admin.Page.CheckAsync("input[name=disabled]");
        await admin.Page.ClickAsync("text=Speichern");
        await Expect(admin.Page.Locator("[role=alert]")).ToContainTextAsync("andere Person");
        Assert.False((await app.Accounts.FindAsync(account.Id))!.Disabled);
    }

    [Fact]
    public async Task Reset_EndsTheOldPassword()
    {
        await using var app = await TestApp.StartAsync();
        await app.AddAccountAsync("admin", Role.Administrator);
        var account = await app.AddAccountAsync("amt", Role.Office, "32.2");
        await using var admin = await Visitor.SignInAsync(app, "admin");
        await admin.Page.GotoAsync("/accounts/" + account.Id);
        await admin.Page.ClickAsync("text=Einmalkennwort erzeugen");
        var password = await admin.Page.InnerTextAsync("#secret");
        await using var visitor = await Visitor.ComeAsync(app);
        visitor.Expect("401");
        await visitor.EnterAsync("amt", TestApp.Password);
        await Expect(visitor.Page.Locator("[role=alert]")).ToBeVisibleAsync();
        await visitor.EnterAsync("amt", password);
        await Expect(visitor.Page.Locator("h1")).ToHaveTextAsync("Kennwort ändern");
    }

    [Fact]
    public async Task Administrator_GivesNoOfficeToHimself()
    {
        await using var app = await TestApp.StartAsync();
        var self = await app.AddAccountAsync("admin", Role.Administrator);
        await using var admin = await Visitor.SignInAsync(app, "admin");
        admin.Expect("400");
        await admin.Page.GotoAsync("/accounts/" + self.Id);
        await admin.Page.CheckAsync("input[name=roles][value=Office]");
        await admin.Page.CheckAsync("input[name=units][value='32.2']");
        await admin.Page.ClickAsync("text=Speichern");
        await Expect(admin.Page.Locator("[role=alert]")).ToContainTextAsync("andere Person");
        Assert.Equal([Role.Administrator], (await app.Accounts.FindAsync(self.Id))!.Roles);
    }

    [Fact]
    public async Task OfficeWithoutAMember_IsNamedToAdministratorsAndOrganisers()
    {
        await using var app = await TestApp.StartAsync();
        await app.AddAccountAsync("admin", Role.Administrator);
        await app.AddAccountAsync("olga", Role.Organiser);
        var offices = app.Organisation.Units.Where(u => u.Tasks.Count > 0).Select(u => u.Id).Where(u => u != "32.2").ToArray();
        await app.AddAccountAsync("amt", Role.Office, offices);
        foreach (var (name, address) in new[] { ("admin", "/accounts"), ("olga", "/offices") })
        {
            await using var visitor = await Visitor.SignInAsync(app, name);
            await visitor.Page.GotoAsync(address);
            await Expect(visitor.Page.Locator(".notice.bad li")).ToHaveCountAsync(1);
            await Expect(visitor.Page.Locator(".notice.bad li")).ToContainTextAsync("32.2");
        }

        await using var clerk = await Visitor.SignInAsync(app, "amt");
        await clerk.Page.GotoAsync("/offices");
        await Expect(clerk.Page.Locator(".notice.bad")).ToHaveCountAsync(0);
    }
}
