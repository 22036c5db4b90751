using Postlotse.Delivery;
using Postlotse.Letters;
using Web.Tests.Running;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace Web.Tests.Clearing;

public sealed class UnattendedTests
{
    [Fact]
    public async Task LetterThatNobodyLooksAfter_IsShownToTheMailroomUntilSomebodyDoes()
    {
        await using var app = await TestApp.StartAsync();
        await app.AddAccountAsync("post", Role.Mailroom);
        await app.DeliverAsync("32.2", "Einspruch gegen den Bescheid");
        await using var visitor = await Visitor.SignInAsync(app, "post");
        await visitor.Page.ClickAsync("text=1 Schreiben liegt in einem Postkorb ohne Mitglieder");
        await Expect(visitor.Page.Locator("tbody tr")).ToContainTextAsync("Einspruch gegen den Bescheid");
        await visitor.ScreenIsFineAsync("unattended");
        await app.AddAccountAsync("amt", Role.Office, "32.2");
        await visitor.Page.ReloadAsync();
        await Expect(visitor.Page.Locator(".empty")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task ClosedLetter_ShowsItsEnvelopeAlone()
    {
        await using var app = await TestApp.StartAsync();
        await app.AddAccountAsync("post", Role.Mailroom);
        await app.DeliverAsync("32.2", "Streng geheim", l => l with { Decision = l.Decision! with { Outcome = Outcome.Sealed } });
        await app.DeliverAsync("32.2", "Ganz persönlich", l => l with { Decision = l.Decision! with { Restriction = "personal" } });
        await using var visitor = await Visitor.SignInAsync(app, "post");
        await visitor.Page.GotoAsync("/clearing/unattended");
        await Expect(visitor.Page.Locator("tbody tr")).ToHaveCountAsync(2);
        var page = await visitor.Page.ContentAsync();
        Assert.DoesNotContain("geheim", page, StringComparison.Ordinal);
        Assert.DoesNotContain("persönlich", page, StringComparison.Ordinal);
        Assert.Contains("scan-0001.pdf", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task LetterForAnotherAuthority_IsForwardedOrTakenBack()
    {
        await using var app = await TestApp.StartAsync();
        await app.AddAccountAsync("post", Role.Mailroom);
        var (first, second) = (await app.DeliverAsync("X.FA", "Steuer 1"), await app.DeliverAsync("X.FA", "Steuer 2"));
        await using var visitor = await Visitor.SignInAsync(app, "post");
        await visitor.Page.GotoAsync("/clearing/unattended");
        await visitor.Page.ClickAsync("tr:has-text('Steuer 1') >> text=Weitergeleitet");
        await Expect(visitor.Page.Locator(".notice.good")).ToContainTextAsync("weitergeleitet");
        await visitor.Page.ClickAsync("tr:has-text('Steuer 2') >> text=In die Klärung");
        await Expect(visitor.Page.Locator(".empty")).ToBeVisibleAsync();
        Assert.Equal((Place.SetAside, Place.Clearing), ((await app.LetterAsync(first)).Place, (await app.LetterAsync(second)).Place));
    }
}
