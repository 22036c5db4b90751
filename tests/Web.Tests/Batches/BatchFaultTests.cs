using System.Globalization;
using System.Text;
using Postlotse.Delivery;
using Postlotse.Letters;
using Web.Tests.Running;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace Web.Tests.Batches;

/// <summary>Batches that something went wrong with: letters that failed, forms that are old or too large.</summary>
public sealed class BatchFaultTests
{
    [Fact]
    public async Task LetterThatFailed_ShowsItsPagesAndCanBeSentOnOrDividedAnew()
    {
        await using var app = await TestApp.StartAsync();
        var account = await app.AddAccountAsync("post", Role.Mailroom);
        var id = await SomeBatch.DividedAsync(app, account);
        var part = id + "-p003";
        await SomeBatch.ChangeAsync(app, part, p => p with { Recognition = null, Findings = [new(FindingKind.StageFailed)] });
        await using var visitor = await Visitor.SignInAsync(app, "post");
        await visitor.Page.GotoAsync("/batches/" + id);
        await Expect(visitor.Page.Locator("#page-4 .paper")).ToHaveAttributeAsync("data-pdf", $"/letters/{part}/pdf");
        await Expect(visitor.Page.Locator("#page-4 .paper")).ToHaveAttributeAsync("data-page", "2");
        await Expect(visitor.Page.Locator("#page-4 .seam input")).ToBeEnabledAsync();
        await Expect(visitor.Page.Locator(".failed").Nth(1)).ToContainTextAsync("mehrmals gescheitert");
        await visitor.ScreenIsFineAsync("batch-failed");
        await visitor.Page.ClickAsync($"#letters a[href='/clearing/{part}']");
        await visitor.PdfIsShownAsync();
        Assert.Equal((3, 2), app.PartPdf.Asked);
        await Expect(visitor.Page.Locator($"a[href='/batches/{id}']")).ToBeVisibleAsync();
        await Expect(visitor.Page.Locator("#reason")).ToHaveCountAsync(1);
        await visitor.Page.FillAsync("#office", "34 Standesamt");
        await visitor.Page.Locator("[role=option]").First.ClickAsync();
        await visitor.Page.ClickAsync("text=Zustellen");
        await Expect(visitor.Page.Locator("#notice .good")).ToBeVisibleAsync();
        Assert.Equal((Place.Postkorb, "34"), await app.LetterAsync(part) is var sent ? (sent.Place, sent.Unit) : default);
    }

    [Fact]
    public async Task PagesOfALetterThatFailed_AreForWhoMaySeeItAlone()
    {
        await using var app = await TestApp.StartAsync();
        var account = await app.AddAccountAsync("post", Role.Mailroom);
        await app.AddAccountAsync("amt", Role.Office, "32.2");
        var id = await SomeBatch.DividedAsync(app, account);
        await SomeBatch.ChangeAsync(app, id + "-p003", p => p with { Recognition = null });
        await SomeBatch.ChangeAsync(
            app, id + "-p005", p => p with { Recognition = null, Findings = [new(FindingKind.MustStayClosed, 1)] });
        await using var visitor = await Visitor.SignInAsync(app, "post");
        visitor.Expect("404");
        Assert.Equal(200, await visitor.StatusOfAsync($"/letters/{id}-p003/pdf"));
        Assert.Equal(404, await visitor.StatusOfAsync($"/letters/{id}-p005/pdf"));
        await visitor.Page.GotoAsync("/batches/" + id);
        await Expect(visitor.Page.Locator("#letters tbody tr").Nth(2)).ToContainTextAsync("Verschlossene Post: wartet");
        await Expect(visitor.Page.Locator("#page-5 .seam input")).ToBeDisabledAsync();
        app.PartPdf.Damaged = true;
        Assert.Equal(404, await visitor.StatusOfAsync($"/letters/{id}-p003/pdf"));
        await using var stranger = await Visitor.SignInAsync(app, "amt");
        Assert.Equal(404, await stranger.StatusOfAsync($"/letters/{id}-p003/pdf"));
    }

    [Fact]
    public async Task FilesOfADividedFile_AreOfferedWithItsLetters()
    {
        await using var app = await TestApp.StartAsync();
        var account = await app.AddAccountAsync("post", Role.Mailroom);
        await app.AddAccountAsync("amt", Role.Office, "32.2");
        await app.AddAccountAsync("anderes", Role.Office, "50.1");
        var file = await app.Files.PutAsync(new MemoryStream("a;b"u8.ToArray()), CancellationToken.None);
        var id = await SomeBatch.WaitingAsync(app, b => b with
        {
            Recognition = b.Recognition! with { Attachments = [new("Zahlen <Mai>.csv", file, "text/plain", false)] },
        });
        await SomeBatch.DivideAsync(app, id, account, 1, 3, 5);
        foreach (var part in (await app.Queries.PartsAsync(id)).Skip(1))
            await SomeBatch.ChangeAsync(app, part.Id, p => p with { Recognition = p.Recognition! with { Attachments = [] } });
        await SomeBatch.DeliverAsync(app, id + "-p001", "32.2");
        var address = $"/letters/{id}/attachments/1";

        await using var clerk = await Visitor.SignInAsync(app, "amt");
        Assert.Equal(404, await clerk.StatusOfAsync(address)); // two of its letters are still in clearing
        await using var mailroom = await Visitor.SignInAsync(app, "post");
        await mailroom.Page.GotoAsync($"/clearing/{id}-p003");
        await mailroom.PdfIsShownAsync();
        await Expect(mailroom.Page.Locator($"a[href='{address}']")).ToHaveTextAsync("Zahlen <Mai>.csv");
        await mailroom.ScreenIsFineAsync("batch-attachments");
        await SomeBatch.DeliverAsync(app, id + "-p003", "32.3");
        await SomeBatch.DeliverAsync(app, id + "-p005", "32.3");

        await clerk.Page.GotoAsync($"/letters/{id}-p001");
        var saved = await clerk.Page.RunAndWaitForDownloadAsync(() => clerk.Page.ClickAsync($"a[href='{address}']"));
        Assert.Equal("a;b", await File.ReadAllTextAsync((await saved.PathAsync())!));
        Assert.Equal(404, await mailroom.StatusOfAsync(address));
        await using var stranger = await Visitor.SignInAsync(app, "anderes");
        Assert.Equal(404, await stranger.StatusOfAsync(address));
    }

    [Fact]
    public async Task FormFromBeforeAPageWasFixed_IsRefused()
    {
        await using var app = await TestApp.StartAsync();
        var account = await app.AddAccountAsync("post", Role.Mailroom);
        var id = await SomeBatch.DividedAsync(app, account);
        await using var visitor = await Visitor.SignInAsync(app, "post");
        visitor.Expect("409");
        await visitor.Page.GotoAsync("/batches/" + id);
        await Expect(visitor.Page.Locator(".desk.live")).ToBeVisibleAsync();
        await visitor.Page.ClickAsync("#page-2 .seam");
        await SomeBatch.DeliverAsync(app, id + "-p003", "32.2");
        await visitor.Page.ClickAsync("text=Aufteilung speichern");
        await Expect(visitor.Page.Locator(".notice.error")).ToContainTextAsync("jemand war schneller");
        await Expect(visitor.Page.Locator("#page-2 .seam input")).ToBeCheckedAsync();
        await Expect(visitor.Page.Locator("#page-3 .seam input")).ToBeDisabledAsync();
        Assert.Equal(1, (await app.LetterAsync(id)).Division!.Number);
        await visitor.Page.ClickAsync("text=Aufteilung speichern");
        await Expect(visitor.Page.Locator("#notice .notice.good")).ToBeVisibleAsync();
        Assert.Equal("+L +L +L L +L L", SomeBatch.Short((await app.LetterAsync(id)).Division!));
    }

    [Fact]
    public async Task FormWithMoreValuesThanAllowed_IsToldClearly()
    {
        await using var app = await TestApp.StartAsync();
        await app.AddAccountAsync("post", Role.Mailroom);
        var id = await SomeBatch.WaitingAsync(app);
        await using var visitor = await Visitor.SignInAsync(app, "post");
        await visitor.Page.GotoAsync("/batches/" + id);
        var form = new StringBuilder("csrf=").Append(Uri.EscapeDataString(await visitor.Page.InputValueAsync(".desk input[name=csrf]")));
        for (var page = 1; page <= 10_001; page++) form.Append(CultureInfo.InvariantCulture, $"&role-{page}=Letter");
        var answer = await visitor.Page.APIRequest.PostAsync("/batches/" + id, new()
        {
            DataString = form.ToString(),
            Headers = new Dictionary<string, string>(StringComparer.Ordinal) { ["Content-Type"] = "application/x-www-form-urlencoded" },
        });
        Assert.Equal(413, answer.Status);
        Assert.Contains("kleineren Stapeln", await answer.TextAsync(), StringComparison.Ordinal);
        Assert.Equal(Place.Clearing, (await app.LetterAsync(id)).Place);
    }
}
