using Microsoft.Playwright;
using Postlotse.Delivery;
using Postlotse.Letters;
using Postlotse.Web.Shared;
using Web.Tests.Running;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace Web.Tests.Intake;

public sealed class IntakeTests
{
    [Fact]
    public async Task ChosenFiles_AreTakenOneByOne()
    {
        await using var app = await TestApp.StartAsync();
        await app.AddAccountAsync("post", Role.Mailroom);
        await using var visitor = await Visitor.SignInAsync(app, "post");
        await visitor.Page.GotoAsync("/intake");
        await visitor.Page.FillAsync("#receivedAt", "2026-11-20T06:45");
        await visitor.Page.SetInputFilesAsync("#files", new FilePayload[]
        {
            new() { Name = "brief.pdf", MimeType = "application/pdf", Buffer = Corpus.Pdf },
            new() { Name = "leer.pdf", MimeType = "application/pdf", Buffer = [] },
        });
        await Expect(visitor.Page.Locator("#results li", new() { HasTextString = "brief.pdf" })).ToContainTextAsync("angenommen");
        await Expect(visitor.Page.Locator("#results li", new() { HasTextString = "leer.pdf" })).ToContainTextAsync("abgewiesen");
        await Expect(visitor.Page.Locator("#status table")).ToContainTextAsync("brief.pdf");
        var receipt = (await app.Queries.RecentReceiptsAsync(1, null))[0].Receipt;
        Assert.Equal(new DateTimeOffset(2026, 11, 20, 5, 45, 0, TimeSpan.Zero), receipt.ReceivedAt);
        Assert.Equal((ReceiptEvidence.Stated, Channel.Upload), (receipt.Evidence, receipt.Channel));

        await visitor.Page.SetInputFilesAsync(
            "#files", new FilePayload { Name = "kopie.pdf", MimeType = "application/pdf", Buffer = Corpus.Pdf });
        var again = visitor.Page.Locator("#results li", new() { HasTextString = "kopie.pdf" });
        await Expect(again).ToContainTextAsync("Diese Datei ging schon ein");
        await Expect(again.Locator("a")).ToHaveAttributeAsync("href", "/letters/" + receipt.LetterId);
        await visitor.ScreenIsFineAsync("intake-results");
    }

    [Fact]
    public async Task Manifest_GoesUpWithItsScanAndIsRefusedAlone()
    {
        await using var app = await TestApp.StartAsync();
        await app.AddAccountAsync("post", Role.Mailroom);
        await using var visitor = await Visitor.SignInAsync(app, "post");
        await visitor.Page.GotoAsync("/intake");
        await visitor.Page.SetInputFilesAsync("#files", new FilePayload[]
        {
            new() { Name = "brief.manifest.json", MimeType = "application/json", Buffer = """{"pages":7}"""u8.ToArray() },
            new() { Name = "fremd.manifest.txt", MimeType = "text/plain", Buffer = "pages=1"u8.ToArray() },
            new() { Name = "brief.pdf", MimeType = "application/pdf", Buffer = Corpus.Pdf },
        });
        await Expect(visitor.Page.Locator("#results li", new() { HasTextString = "brief.pdf" })).ToContainTextAsync("angenommen");
        await Expect(visitor.Page.Locator("#results li", new() { HasTextString = "fremd.manifest.txt" })).ToContainTextAsync("abgewiesen");
        await Expect(visitor.Page.Locator("#results li")).ToHaveCountAsync(2);
        var receipt = Assert.Single(await app.Queries.RecentReceiptsAsync(5, null)).Receipt;
        Assert.Equal(7, (await app.LetterAsync(receipt.LetterId)).Manifest!.Pages);
    }

    [Fact]
    public async Task FileThatIsTooLarge_IsRefusedWithTheLimit()
    {
        await using var app = await TestApp.StartAsync(s => s with { MaxUploadBytes = 1024 * 1024 });
        await app.AddAccountAsync("post", Role.Mailroom);
        await using var visitor = await Visitor.SignInAsync(app, "post");
        visitor.Expect("413");
        await visitor.Page.GotoAsync("/intake");
        await visitor.Page.SetInputFilesAsync(
            "#files", new FilePayload { Name = "riesig.pdf", MimeType = "application/pdf", Buffer = new byte[1024 * 1024 + 200_000] });
        await Expect(visitor.Page.Locator("#results li")).ToContainTextAsync("1 MB");
        Assert.Empty(await app.Queries.RecentReceiptsAsync(1, null));
    }

    [Fact]
    public async Task WithoutScripts_APlainFormTakesAllFiles()
    {
        await using var app = await TestApp.StartAsync();
        await app.AddAccountAsync("post", Role.Mailroom);
        await using var visitor = await Visitor.ComeAsync(app, scripts: false);
        await visitor.EnterAsync("post", TestApp.Password);
        await visitor.Page.GotoAsync("/intake");
        await visitor.Page.SetInputFilesAsync("#files", new FilePayload[]
        {
            new() { Name = "eins.pdf", MimeType = "application/pdf", Buffer = Corpus.Pdf },
            new() { Name = "zwei.pdf", MimeType = "application/pdf", Buffer = [.. Corpus.Pdf, 10] },
        });
        await visitor.Page.ClickAsync("form button.without-script");
        await Expect(visitor.Page.Locator("#results li")).ToHaveCountAsync(2);
        Assert.Equal(2, (await app.Queries.RecentReceiptsAsync(5, null)).Count);
    }

    [Fact]
    public async Task UploadBeyondAllLimits_IsTooLarge()
    {
        await using var app = await TestApp.StartAsync();
        await app.AddAccountAsync("post", Role.Mailroom);
        await using var visitor = await Visitor.SignInAsync(app, "post");
        var form = visitor.Page.APIRequest.CreateFormData();
        form.Set("files", new FilePayload { Name = "riesig.pdf", MimeType = "application/pdf", Buffer = new byte[3 * 1024 * 1024] });
        Assert.Equal(413, (await visitor.Page.APIRequest.PostAsync("/intake", new() { Multipart = form })).Status);
    }

    [Theory]
    [InlineData("0001-01-01T00:00")]
    [InlineData("1999-12-31T23:59")]
    [InlineData("2026-11-25T12:06")]
    [InlineData("9999-12-31T23:59")]
    [InlineData("gestern")]
    public void TimeOfReceiptThatCannotBe_IsNone(string entered) =>
        Assert.Null(new Display(TimeZoneInfo.Utc).Entered(entered, new DateTimeOffset(2026, 11, 25, 12, 0, 0, TimeSpan.Zero)));

    [Fact]
    public async Task Intake_IsForTheMailroom()
    {
        await using var app = await TestApp.StartAsync();
        await app.AddAccountAsync("amt", Role.Office, "32.2");
        await using var visitor = await Visitor.SignInAsync(app, "amt");
        Assert.Equal(403, await visitor.StatusOfAsync("/intake"));
    }
}
