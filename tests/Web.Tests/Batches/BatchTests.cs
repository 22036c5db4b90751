using Microsoft.Playwright;
using Postlotse.Delivery;
using Postlotse.Letters;
using Web.Tests.Running;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace Web.Tests.Batches;

public sealed class BatchTests
{
    [Fact]
    public async Task Keys_DivideABatch()
    {
        await using var app = await TestApp.StartAsync();
        await app.AddAccountAsync("post", Role.Mailroom);
        var id = await SomeBatch.WaitingAsync(app);
        await using var visitor = await Visitor.SignInAsync(app, "post");
        await visitor.Page.ClickAsync("text=Stapel prüfen");
        await Expect(visitor.Page.Locator("#page-5 .paper")).ToBeFocusedAsync(); // the unsure place
        await Expect(visitor.Page.Locator(".sheet .paper[data-drawn=true]")).ToHaveCountAsync(6);
        await Expect(visitor.Page.Locator("[data-view][data-shown='5'] canvas")).ToBeVisibleAsync();
        await PressAsync(visitor, " ");
        await SummaryIsAsync(visitor, "Schreiben: 2 · Seiten: 6");
        await PressAsync(visitor, "u");
        await SummaryIsAsync(visitor, "Schreiben: 3 · Seiten: 6");
        await PressAsync(visitor, "Shift+ArrowLeft");
        await Expect(visitor.Page.Locator("#page-4 .paper")).ToBeFocusedAsync();
        await Expect(visitor.Page.Locator("#page-4 .seam input")).ToBeCheckedAsync();
        await PressAsync(visitor, "ArrowRight");
        await PressAsync(visitor, "Shift+2");
        await PressAsync(visitor, "Home");
        await PressAsync(visitor, "ArrowRight");
        await PressAsync(visitor, "3");
        await Expect(visitor.Page.Locator(".changed:visible")).ToHaveCountAsync(3);
        await PressAsync(visitor, "Control+s");
        await Expect(visitor.Page.Locator("#notice .notice.good")).ToContainTextAsync("Schreiben in diesem Stapel: 3");
        await Expect(visitor.Page.Locator("#letters tbody tr")).ToHaveCountAsync(3);
        Assert.Equal("+L B +L +L E E", SomeBatch.Short((await app.LetterAsync(id)).Division!));
        Assert.Equal([(1, 2), (3, 1), (4, 3)], await PartsAsync(app, id));
    }

    [Fact]
    public async Task Mouse_DividesABatch()
    {
        await using var app = await TestApp.StartAsync();
        await app.AddAccountAsync("post", Role.Mailroom);
        var id = await SomeBatch.WaitingAsync(app);
        await using var visitor = await Visitor.SignInAsync(app, "post");
        await visitor.Page.GotoAsync("/batches/" + id);
        await Expect(visitor.Page.Locator(".desk.live")).ToBeVisibleAsync();
        await visitor.Page.ClickAsync("#page-2 .seam");
        await SummaryIsAsync(visitor, "Schreiben: 4 · Seiten: 6");
        await visitor.Page.ClickAsync("[data-do=undo]");
        await SummaryIsAsync(visitor, "Schreiben: 3 · Seiten: 6");
        await Expect(visitor.Page.Locator("[data-do=undo]")).ToBeDisabledAsync();
        await visitor.Page.DragAndDropAsync("#page-3 .seam", "#page-2 .paper");
        await Expect(visitor.Page.Locator("[data-said]")).ToContainTextAsync("beginnt jetzt auf Seite 2");
        await visitor.Page.SelectOptionAsync("#page-4 select", nameof(PageRole.Separator));
        await Expect(visitor.Page.Locator("#page-5 .seam input")).ToBeCheckedAsync();
        await visitor.Page.ClickAsync("#page-5 .seam");
        await Expect(visitor.Page.Locator("[data-said]")).ToContainTextAsync("Davor ist keines offen");
        await visitor.Page.ClickAsync("#page-6 .paper");
        await Expect(visitor.Page.Locator("[data-view-name]")).ToHaveTextAsync("Seite 6, Anlage");
        await visitor.Page.ClickAsync("text=Aufteilung speichern");
        await Expect(visitor.Page.Locator("#notice .notice.good")).ToBeVisibleAsync();
        Assert.Equal("+L +L L S +L E", SomeBatch.Short((await app.LetterAsync(id)).Division!));
    }

    [Fact]
    public async Task KeysAndMouse_PutPagesInAnotherOrderAndTurnThem()
    {
        await using var app = await TestApp.StartAsync();
        await app.AddAccountAsync("post", Role.Mailroom);
        var id = await SomeBatch.WaitingAsync(app);
        await using var visitor = await Visitor.SignInAsync(app, "post");
        await visitor.Page.GotoAsync("/batches/" + id);
        await Expect(visitor.Page.Locator(".desk.live")).ToBeVisibleAsync();
        await visitor.Page.ClickAsync("#page-2 .paper");
        await PressAsync(visitor, "Alt+ArrowLeft");
        await OrderIsAsync(visitor, "2:0,1:0,3:0,4:0,5:0,6:0");
        await Expect(visitor.Page.Locator("#page-2 .paper")).ToBeFocusedAsync();
        await PressAsync(visitor, "u");
        await OrderIsAsync(visitor, "1:0,2:0,3:0,4:0,5:0,6:0");
        await PressAsync(visitor, "r");
        await PressAsync(visitor, "r");
        await OrderIsAsync(visitor, "1:0,2:180,3:0,4:0,5:0,6:0");
        await visitor.Page.DragAndDropAsync("#page-6 .paper", "#page-5 .paper");
        await OrderIsAsync(visitor, "1:0,2:180,3:0,4:0,6:0,5:0");
        await visitor.Page.ClickAsync("#page-3 .paper");
        await visitor.Page.ClickAsync("[data-do=behind]");
        await OrderIsAsync(visitor, "1:0,2:180,4:0,3:0,6:0,5:0");
        await visitor.Page.ClickAsync("text=Aufteilung speichern");
        await Expect(visitor.Page.Locator("#notice .notice.good")).ToContainTextAsync("in der neuen Ordnung gelesen");
        var batch = await app.LetterAsync(id);
        Assert.Equal((Place.Underway, StageName.Recognition), (batch.Place, batch.Stage));
        Assert.Equal([1, 2, 4, 3, 6, 5], batch.Arrangement!.Select(a => a.Page));
        Assert.Equal([null, 180, null, null, null, null], batch.Arrangement!.Select(a => a.Rotation));
    }

    private static Task OrderIsAsync(Visitor visitor, string order) =>
        Expect(visitor.Page.Locator("[data-arrangement]")).ToHaveValueAsync(order);

    [Fact]
    public async Task WithoutScripts_AFormDividesABatch()
    {
        await using var app = await TestApp.StartAsync();
        await app.AddAccountAsync("post", Role.Mailroom);
        var id = await SomeBatch.WaitingAsync(app);
        await using var visitor = await Visitor.ComeAsync(app, scripts: false);
        await visitor.EnterAsync("post", TestApp.Password);
        await visitor.Page.GotoAsync("/batches/" + id);
        await Expect(visitor.Page.Locator("#page-2 a.paper")).ToHaveAttributeAsync("href", $"/letters/{id}/pdf#page=2");
        await visitor.Page.UncheckAsync("#page-5 .seam input");
        await visitor.Page.SelectOptionAsync("#page-4 select", nameof(PageRole.Separator));
        await visitor.Page.ClickAsync("text=Aufteilung speichern");
        await Expect(visitor.Page.Locator("#notice .notice.good")).ToContainTextAsync("Schreiben in diesem Stapel: 3");
        // Behind a sheet a letter begins, also when nobody said so; and what begins a letter is no enclosure.
        Assert.Equal("+L L +L S +L E", SomeBatch.Short((await app.LetterAsync(id)).Division!));
    }

    [Fact]
    public async Task SecondClerk_IsToldAndLosesNothing()
    {
        await using var app = await TestApp.StartAsync();
        var account = await app.AddAccountAsync("post", Role.Mailroom);
        var id = await SomeBatch.WaitingAsync(app);
        await using var visitor = await Visitor.SignInAsync(app, "post");
        visitor.Expect("409");
        await visitor.Page.GotoAsync("/batches/" + id);
        await Expect(visitor.Page.Locator(".sheet .paper[data-drawn=true]")).ToHaveCountAsync(6);
        await visitor.Page.ClickAsync("#page-2 .seam");
        await SummaryIsAsync(visitor, "Schreiben: 4 · Seiten: 6");
        await SomeBatch.DivideAsync(app, id, account, 1, 5);
        await visitor.Page.ClickAsync("text=Aufteilung speichern");
        await Expect(visitor.Page.Locator(".notice.error")).ToContainTextAsync("jemand war schneller");
        await SummaryIsAsync(visitor, "Schreiben: 4 · Seiten: 6");
        await Expect(visitor.Page.Locator(".sheet:has(.changed:visible)")).ToHaveCountAsync(3); // pages 2, 3 and the enclosure
        Assert.Equal("+L L L L +L L", SomeBatch.Short((await app.LetterAsync(id)).Division!));
        await visitor.ScreenIsFineAsync("batch-conflict");
        await visitor.Page.ClickAsync("text=Aufteilung speichern");
        await Expect(visitor.Page.Locator("#notice .notice.good")).ToBeVisibleAsync();
        Assert.Equal("+L +L +L L +L E", SomeBatch.Short((await app.LetterAsync(id)).Division!));
    }

    [Fact]
    public async Task LetterInAPostkorb_IsNeitherShownNorDividedUntilItIsRecalled()
    {
        await using var app = await TestApp.StartAsync();
        var account = await app.AddAccountAsync("post", Role.Mailroom);
        var id = await SomeBatch.DividedAsync(app, account);
        await SomeBatch.DeliverAsync(app, id + "-p003", "32.2");
        await using var visitor = await Visitor.SignInAsync(app, "post");
        await visitor.Page.GotoAsync("/batches/" + id);
        await Expect(visitor.Page.Locator("#page-3 .paper")).ToContainTextAsync("liegt im Postkorb 32.2");
        await Expect(visitor.Page.Locator("#page-3 .seam input")).ToBeDisabledAsync();
        Assert.Equal(404, await visitor.StatusOfAsync($"/letters/{id}/pdf"));
        Assert.Equal(404, await visitor.StatusOfAsync($"/letters/{id}-p003/pdf"));
        await visitor.Page.Locator("#page-3 .paper").ClickAsync();
        await PressAsync(visitor, " ");
        await Expect(visitor.Page.Locator("[data-said]")).ToContainTextAsync("Diese Seite ist fest");
        await visitor.Page.ClickAsync("#page-5 .seam");
        await Expect(visitor.Page.Locator("#page-5 .seam input")).ToBeCheckedAsync();
        await visitor.ScreenIsFineAsync("batch-fixed");
        await visitor.Page.ClickAsync("text=Zurückholen >> nth=0");
        await Expect(visitor.Page.Locator("#notice .notice.good")).ToContainTextAsync("liegt wieder in der Klärung");
        Assert.Equal(Place.Clearing, (await app.LetterAsync(id + "-p003")).Place);
        await Expect(visitor.Page.Locator("#page-3 .seam input")).ToBeEnabledAsync();
        await visitor.Page.ClickAsync("#page-5 .seam");
        await visitor.Page.ClickAsync("text=Aufteilung speichern");
        await Expect(visitor.Page.Locator("#notice .notice.good")).ToContainTextAsync("Schreiben in diesem Stapel: 2");
        Assert.Equal([(1, 2), (3, 4)], await PartsAsync(app, id));
    }

    [Fact]
    public async Task Batch_IsForTheMailroomAlone()
    {
        await using var app = await TestApp.StartAsync();
        await app.AddAccountAsync("post", Role.Mailroom);
        await app.AddAccountAsync("amt", Role.Office, "32.2");
        await app.AddAccountAsync("prüfer", Role.Auditor);
        var id = await SomeBatch.WaitingAsync(app);
        foreach (var name in new[] { "amt", "prüfer" })
        {
            await using var stranger = await Visitor.SignInAsync(app, name);
            foreach (var address in new[] { "/batches", "/batches/" + id, "/batches/sheets" })
                Assert.Equal(403, await stranger.StatusOfAsync(address));
        }

        await using var visitor = await Visitor.SignInAsync(app, "post");
        Assert.Equal(200, await visitor.StatusOfAsync("/batches/" + id));
        Assert.Equal(404, await visitor.StatusOfAsync("/batches/gibt-es-nicht"));
    }

    [Fact]
    public async Task StackWithAMarkedPage_IsShownWithTheRightForItAlone()
    {
        await using var app = await TestApp.StartAsync();
        await app.AddAccountAsync("post", Role.Mailroom);
        await app.AddClosedMailAsync("leitung");
        var open = await SomeBatch.WaitingAsync(app);
        var closed = await SomeBatch.WaitingAsync(app, l => l.With(new(FindingKind.MustStayClosed, 4)));
        string[] addresses = ["/batches/" + closed, $"/letters/{closed}/pdf", $"/letters/{closed}/pages", $"/letters/{closed}/original"];
        await using var visitor = await Visitor.SignInAsync(app, "post");
        foreach (var address in addresses) Assert.Equal(404, await visitor.StatusOfAsync(address));
        foreach (var list in new[] { "/batches", "/clearing" })
        {
            await visitor.Page.GotoAsync(list);
            await Expect(visitor.Page.Locator("td.closed")).ToContainTextAsync("Verschlossene Post: wartet");
            await Expect(visitor.Page.Locator("td.subject")).ToHaveCountAsync(1);
            Assert.DoesNotContain(closed, await visitor.Page.ContentAsync(), StringComparison.Ordinal);
            await visitor.ScreenIsFineAsync("closed-stack");
        }

        await using var trusted = await Visitor.SignInAsync(app, "leitung");
        foreach (var address in addresses) Assert.Equal(200, await trusted.StatusOfAsync(address));
        await trusted.Page.GotoAsync("/batches/" + closed);
        await trusted.Page.ClickAsync("text=Aufteilung speichern");
        await Expect(trusted.Page.Locator("#notice .notice.good")).ToBeVisibleAsync();
        var parts = await app.Queries.PartsAsync(closed);
        Assert.Equal([false, true, false], parts.Select(p => p.MustStayClosed));
        Assert.Equal(200, await visitor.StatusOfAsync("/batches/" + closed));
        Assert.Equal(404, await visitor.StatusOfAsync($"/letters/{closed}/pdf"));
        Assert.Equal(200, await visitor.StatusOfAsync("/batches/" + open));
    }

    [Theory]
    [InlineData("de-DE", 1440, 900)]
    [InlineData("de-DE", 390, 844)]
    [InlineData("de-DE", 320, 256)]
    [InlineData("en-GB", 1440, 900)]
    public async Task EveryScreen_IsAccessibleAndFits(string language, int width, int height)
    {
        await using var app = await TestApp.StartAsync();
        var account = await app.AddAccountAsync("post", Role.Mailroom);
        var waiting = await SomeBatch.WaitingAsync(app);
        var divided = await SomeBatch.DividedAsync(app, account);
        await SomeBatch.DeliverAsync(app, divided + "-p001", "32.2");
        await using var visitor = await Visitor.SignInAsync(app, "post", language, width, height);
        var faults = new List<string>();
        foreach (var (name, address) in new[]
        {
            ("batches", "/batches"), ("batch-waiting", "/batches/" + waiting), ("batch-divided", "/batches/" + divided),
            ("batch-clearing", "/clearing/" + waiting), ("sheets", "/batches/sheets"), ("sheet", "/batches/sheets?kind=Start&copies=2"),
        })
        {
            await visitor.Page.GotoAsync(address);
            if (name == "batch-waiting") await Expect(visitor.Page.Locator(".paper[data-drawn=true]").First).ToBeAttachedAsync();
            faults.AddRange(await visitor.FaultsAsync($"{language[..2]}-{width}-{name}"));
        }

        Assert.True(faults.Count == 0, string.Join('\n', faults));
    }

    private static Task PressAsync(Visitor visitor, string key) => visitor.Page.Keyboard.PressAsync(key);

    private static Task SummaryIsAsync(Visitor visitor, string text) =>
        Expect(visitor.Page.Locator("[data-summary]")).ToHaveTextAsync(text);

    /// <summary>First page and number of pages of the letters in force.</summary>
    private static async Task<List<(int First, int Count)>> PartsAsync(TestApp app, string id) =>
        (await app.Queries.PartsAsync(id)).Where(p => p.PartOf is { Replaced: false })
            .Select(p => (p.Source.FirstPage, p.Source.PageCount)).ToList();
}
