using Postlotse.Delivery;
using Postlotse.Evidence;
using Postlotse.Letters;
using Web.Tests.Running;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace Web.Tests.Clearing;

public sealed class ClearingTests
{
    [Fact]
    public async Task NumberAndEnter_DeliverAndOpenTheNextLetter()
    {
        await using var app = await TestApp.StartAsync();
        await app.AddAccountAsync("post", Role.Mailroom);
        var first = await app.ToClearingAsync("32.2", "Erstes");
        var second = await app.ToClearingAsync("67.1", "Zweites");
        await using var visitor = await Visitor.SignInAsync(app, "post");
        await visitor.Page.ClickAsync("#start");
        await Expect(visitor.Page.Locator("h1")).ToHaveTextAsync("Erstes");
        await visitor.PdfIsShownAsync();
        await visitor.Page.Keyboard.PressAsync("2");
        await Expect(visitor.Page.Locator("h1")).ToHaveTextAsync("Zweites");
        await Expect(visitor.Page.Locator(".notice.good")).ToContainTextAsync("Zugestellt an 32.3");
        Assert.Equal("32.3", (await app.LetterAsync(first)).Unit);
        Assert.Equal(404, await visitor.StatusOfAsync("/letters/" + first));
        await visitor.PdfIsShownAsync();
        await visitor.Page.Keyboard.PressAsync("Enter");
        await Expect(visitor.Page.Locator(".empty")).ToContainTextAsync("Nichts zu klären");
        Assert.Equal("67.1", (await app.LetterAsync(second)).Unit);
        Assert.Equal(EventKind.Assigned, (await app.Queries.EventsAsync(second))[^1].Kind);
    }

    [Fact]
    public async Task OfficeSearch_DeliversByKeyboardAlone()
    {
        await using var app = await TestApp.StartAsync();
        await app.AddAccountAsync("post", Role.Mailroom);
        var id = await app.ToClearingAsync("32.2");
        await using var visitor = await Visitor.SignInAsync(app, "post");
        await visitor.Page.GotoAsync("/clearing/" + id);
        await visitor.PdfIsShownAsync();
        await visitor.Page.Keyboard.PressAsync("/");
        var office = visitor.Page.Locator("#office");
        await Expect(office).ToBeFocusedAsync();
        await office.PressSequentiallyAsync("Standesamt");
        await Expect(visitor.Page.Locator("[role=option]").First).ToContainTextAsync("34 Standesamt");
        await Expect(office).ToHaveAttributeAsync("aria-activedescendant", "office-34");
        await visitor.ScreenIsFineAsync("clearing-search");
        await visitor.Page.Keyboard.PressAsync("Enter");
        await Expect(office).ToHaveValueAsync("34 Standesamt");
        await visitor.Page.Keyboard.PressAsync("Enter");
        await Expect(visitor.Page.Locator(".notice.good")).ToContainTextAsync("Zugestellt an 34 Standesamt");
        Assert.Equal("34", (await app.LetterAsync(id)).Unit);
    }

    [Fact]
    public async Task Shortcuts_CanBeSwitchedOff()
    {
        await using var app = await TestApp.StartAsync();
        await app.AddAccountAsync("post", Role.Mailroom);
        var id = await app.ToClearingAsync("32.2");
        await using var visitor = await Visitor.SignInAsync(app, "post");
        await visitor.Page.GotoAsync("/clearing/" + id);
        await visitor.Page.UncheckAsync("#shortcuts");
        await visitor.Page.ReloadAsync();
        await Expect(visitor.Page.Locator("#shortcuts")).Not.ToBeCheckedAsync();
        await visitor.Page.Keyboard.PressAsync("1");
        await visitor.Page.Keyboard.PressAsync("Enter");
        await visitor.PdfIsShownAsync();
        Assert.Equal(Place.Clearing, (await app.LetterAsync(id)).Place);
    }

    [Fact]
    public async Task LetterThatSomebodyElseCleared_IsNotDeliveredTwice()
    {
        await using var app = await TestApp.StartAsync();
        await app.AddAccountAsync("post", Role.Mailroom);
        var id = await app.ToClearingAsync("32.2");
        await using var slow = await Visitor.SignInAsync(app, "post");
        await using var quick = await Visitor.SignInAsync(app, "post");
        await slow.Page.GotoAsync("/clearing/" + id);
        await quick.Page.GotoAsync("/clearing/" + id);
        await slow.PdfIsShownAsync();
        await quick.PdfIsShownAsync();
        await quick.Page.ClickAsync("button[data-key='1']");
        await Expect(quick.Page.Locator("#notice .good")).ToBeVisibleAsync();
        await slow.Page.ClickAsync("button[data-key='2']");
        await Expect(slow.Page.Locator("#notice .notice.bad")).ToContainTextAsync("jemand war schneller");
        Assert.Equal("32.2", (await app.LetterAsync(id)).Unit);
    }

    [Fact]
    public async Task LetterSetAside_CanBeTakenUpAgain()
    {
        await using var app = await TestApp.StartAsync();
        await app.AddAccountAsync("post", Role.Mailroom);
        var id = await app.ToClearingAsync("32.2");
        await using var visitor = await Visitor.SignInAsync(app, "post");
        await visitor.Page.GotoAsync("/clearing/" + id);
        await visitor.PdfIsShownAsync();
        await visitor.Page.Keyboard.PressAsync("0");
        await visitor.Page.SelectOptionAsync("#reason", nameof(SetAsideReason.ReturnedToSender));
        await visitor.Page.ClickAsync("details button[type=submit]");
        await Expect(visitor.Page.Locator(".notice.good")).ToContainTextAsync("ausgesondert");
        Assert.Equal(Place.SetAside, (await app.LetterAsync(id)).Place);
        await visitor.Page.ClickAsync("a[href='/clearing/aside']");
        await visitor.Page.ClickAsync("text=Wieder aufnehmen");
        await Expect(visitor.Page).ToHaveURLAsync(app.Address + "clearing/" + id);
    }

    [Fact]
    public async Task UnreadableLetter_ShowsTheReasonAndNoProposal()
    {
        await using var app = await TestApp.StartAsync();
        await app.AddAccountAsync("post", Role.Mailroom);
        var id = await app.AddLetterAsync(l => l with
        {
            Place = Place.Clearing, Reading = null, Recognition = null, Findings = [new(FindingKind.Encrypted)],
        });
        await using var visitor = await Visitor.SignInAsync(app, "post");
        await visitor.Page.GotoAsync("/clearing/" + id);
        await Expect(visitor.Page.Locator(".findings")).ToContainTextAsync("Kennwort");
        await Expect(visitor.Page.Locator(".choices")).ToHaveCountAsync(0);
        var original = await visitor.Page.RunAndWaitForDownloadAsync(
            () => visitor.Page.ClickAsync(".viewer >> text=Original herunterladen"));
        Assert.Equal("scan-0001.pdf", original.SuggestedFilename);
    }

    [Fact]
    public async Task NewLetter_AppearsInTheQueueWithoutReloading()
    {
        await using var app = await TestApp.StartAsync();
        await app.AddAccountAsync("post", Role.Mailroom);
        await using var visitor = await Visitor.SignInAsync(app, "post");
        await Expect(visitor.Page.Locator("body[data-live-state=open]")).ToBeAttachedAsync();
        var id = await app.ToClearingAsync("32.2");
        await Expect(visitor.Page.Locator("#letter-" + id)).ToBeVisibleAsync();
    }
}
