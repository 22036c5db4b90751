using Postlotse.Delivery;
using Postlotse.Letters;
using Web.Tests.Running;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace Web.Tests.Postkorb;

public sealed class PostkorbTests
{
    [Fact]
    public async Task DeliveredLetter_AppearsWithoutReloading()
    {
        await using var app = await TestApp.StartAsync();
        await app.AddAccountAsync("amt", Role.Office, "32.2");
        await using var visitor = await Visitor.SignInAsync(app, "amt");
        await Expect(visitor.Page.Locator(".empty")).ToContainTextAsync("leer");
        await Expect(visitor.Page.Locator("body[data-live-state=open]")).ToBeAttachedAsync();
        var id = await app.DeliverAsync("32.2");
        await Expect(visitor.Page.Locator("#letter-" + id)).ToBeVisibleAsync();
        await Expect(visitor.Page.Locator("#letters [role=status]")).ToHaveTextAsync("1 Schreiben");
    }

    [Fact]
    public async Task NewLetter_IsNewUntilSomebodyOpensIt()
    {
        await using var app = await TestApp.StartAsync();
        await app.AddAccountAsync("amt", Role.Office, "32.2", "32.3");
        var id = await app.DeliverAsync("32.2");
        await using var visitor = await Visitor.SignInAsync(app, "amt");
        await Expect(visitor.Page.Locator(".tiles li").First).ToContainTextAsync("1 neu");
        await visitor.Page.Locator(".tiles a").First.ClickAsync();
        await Expect(visitor.Page.Locator("tr.new")).ToHaveCountAsync(1);
        await visitor.Page.ClickAsync("#letter-" + id);
        await visitor.PdfIsShownAsync();
        await visitor.Page.GotoAsync("/postkorb/32.2");
        await Expect(visitor.Page.Locator("tr.new")).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task Immediate_StandsFirst_AndTheListShowsTheNextDeadline()
    {
        await using var app = await TestApp.StartAsync();
        await app.AddAccountAsync("amt", Role.Office, "32.2");
        var atOnce = await app.DeliverAsync("32.2", change: l => l with { Decision = l.Decision! with { Urgency = Urgency.Immediate } });
        await app.DeliverAsync("32.2");
        await using var visitor = await Visitor.SignInAsync(app, "amt");
        var first = visitor.Page.Locator("#letters tbody tr").First;
        await Expect(first.Locator("#letter-" + atOnce)).ToBeVisibleAsync();
        await Expect(first).ToContainTextAsync("Sofort");
        await Expect(first).ToContainTextAsync("Frist 09.12.2026, ");
    }

    [Fact]
    public async Task Search_NarrowsWhileTyping()
    {
        await using var app = await TestApp.StartAsync();
        await app.AddAccountAsync("amt", Role.Office, "32.2");
        var hedge = await app.DeliverAsync("32.2", "Hecke ragt über den Gehweg");
        var trip = await app.DeliverAsync("32.2", "Parkausweis verloren");
        await using var visitor = await Visitor.SignInAsync(app, "amt");
        await visitor.Page.Locator("#q").PressSequentiallyAsync("Hecken");
        await Expect(visitor.Page.Locator("#letter-" + trip)).ToHaveCountAsync(0);
        await Expect(visitor.Page.Locator("#letter-" + hedge)).ToBeVisibleAsync();
        await Expect(visitor.Page.Locator("#q")).ToBeFocusedAsync();
        await visitor.Page.FillAsync("#q", "gibtesnicht");
        await Expect(visitor.Page.Locator(".empty")).ToContainTextAsync("Kein Schreiben");
    }

    [Fact]
    public async Task OtherOfficesPostkorb_DoesNotExist()
    {
        await using var app = await TestApp.StartAsync();
        await app.AddAccountAsync("amt", Role.Office, "32.2");
        await using var visitor = await Visitor.SignInAsync(app, "amt");
        Assert.Equal(404, await visitor.StatusOfAsync("/postkorb/50.1"));
        Assert.Equal(403, await visitor.StatusOfAsync("/clearing"));
    }
}
