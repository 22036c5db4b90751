using Microsoft.Playwright;
using Postlotse.Delivery;
using Postlotse.Evidence;
using Postlotse.Letters;
using Web.Tests.Running;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace Web.Tests.Letters;

public sealed class LetterTests
{
    [Fact]
    public async Task Pdf_IsDrawnWithItsText()
    {
        await using var app = await TestApp.StartAsync();
        await using var visitor = await OpenAsync(app);
        await Expect(visitor.Page.Locator(".viewer-page")).ToHaveCountAsync(2);
        await Expect(visitor.Page.Locator(".textLayer").First).ToContainTextAsync("unverkennbar");
        var dark = await visitor.Page.EvaluateAsync<int>(
            """
            () => {
              const canvas = document.querySelector('.viewer-page canvas');
              const data = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height).data;
              let dark = 0;
              for (let i = 0; i < data.length; i += 4) if (data[i] < 100) dark++;
              return dark;
            }
            """);
        Assert.InRange(dark, 1000, 1_000_000);
    }

    [Fact]
    public async Task Keys_TurnPagesAndZoom()
    {
        await using var app = await TestApp.StartAsync();
        await using var visitor = await OpenAsync(app);
        var status = visitor.Page.Locator("[data-status]");
        await Expect(status).ToContainTextAsync("Seite 1 von 2 · 100 %");
        await visitor.Page.FocusAsync(".viewer-pages");
        await visitor.Page.Keyboard.PressAsync("ArrowRight");
        await Expect(status).ToContainTextAsync("Seite 2 von 2");
        await visitor.Page.Keyboard.PressAsync("+");
        await Expect(status).ToContainTextAsync("125 %");
        await visitor.Page.ClickAsync("[data-do=fit]");
        await Expect(status).ToContainTextAsync("100 %");
    }

    [Fact]
    public async Task DeadlineAndFlag_SayInWordsWhatIsUrgentAndMarkTheirPlace()
    {
        await using var app = await TestApp.StartAsync();
        await using var visitor = await OpenAsync(app);
        await Expect(visitor.Page.Locator(".title .kern-badge")).ToContainTextAsync(["Eilig", "Gericht, Zustellung"]);
        await Expect(visitor.Page.Locator("button[data-marks=d0]")).ToContainTextAsync("09.12.2026, ");
        await visitor.Page.ClickAsync("text=Text des Schreibens");
        await visitor.Page.Locator("button[data-marks=f0]").HoverAsync();
        await Expect(visitor.Page.Locator(".letter-text .marked").First).ToHaveTextAsync("mit 67 statt 50 gefahren");
    }

    [Fact]
    public async Task Reason_MarksItsPlaceOnPaperAndInTheText()
    {
        await using var app = await TestApp.StartAsync();
        await using var visitor = await OpenAsync(app);
        await visitor.Page.ClickAsync("text=Text des Schreibens");
        await Expect(visitor.Page.Locator(".viewer-mark.faint").First).ToBeVisibleAsync();
        var reason = visitor.Page.Locator("button[data-marks=r0]");
        await reason.HoverAsync();
        await Expect(visitor.Page.Locator(".viewer-mark:not(.faint)")).ToHaveCountAsync(2);
        await Expect(visitor.Page.Locator(".letter-text .marked").First).ToHaveTextAsync("mit 67 statt 50 gefahren");

        // The mark lies on the words: 130 mm from the left of a page 210 mm wide.
        var page = await visitor.Page.Locator(".viewer-page").First.BoundingBoxAsync();
        var mark = await visitor.Page.Locator(".viewer-mark").First.BoundingBoxAsync();
        Assert.InRange((mark!.X - page!.X) / page.Width, 0.60, 0.64);
        Assert.InRange((mark.Y - page.Y) / page.Height, 0.37, 0.40);

        await visitor.Page.HoverAsync("h1");
        await Expect(visitor.Page.Locator(".viewer-mark:not(.faint)")).ToHaveCountAsync(0);
        await reason.FocusAsync();
        await visitor.Page.Keyboard.PressAsync("Enter");
        await Expect(reason).ToHaveAttributeAsync("aria-pressed", "true");
        await visitor.Page.HoverAsync("h1");
        await Expect(visitor.Page.Locator(".viewer-mark:not(.faint)")).ToHaveCountAsync(2);
        await visitor.ScreenIsFineAsync("letter-marked");
    }

    [Fact]
    public async Task Reference_MarksItsPlaceOnPaperAndIsNoReason()
    {
        await using var app = await TestApp.StartAsync();
        await app.AddAccountAsync("amt", Role.Office, "32.2");
        var id = await app.DeliverAsync("32.2", change: letter => letter with
        {
            Reading = letter.Reading! with
            {
                OurReferences = [.. letter.Reading.OurReferences, new("32.4-118/25", 0.4, [new(0, 11, 1, new(21, 29.7, 42, 4))])],
                TheirReferences = [new("44.12/0815", 0.9, [new(0, 10, 1, new(105, 29.7, 42, 4))])],
            },
        });
        await using var visitor = await Visitor.SignInAsync(app, "amt");
        await visitor.Page.GotoAsync("/letters/" + id);
        await visitor.PdfIsShownAsync();
        var list = visitor.Page.Locator("ul.reasons[data-quiet]");
        await Expect(list.Locator("li")).ToContainTextAsync(
            ["Zeichen der Stadt505.21.884301.7", "32.4-118/25 unsicher gelesen", "Zeichen des Absenders44.12/0815"]);
        await Expect(list.Locator("button")).ToHaveCountAsync(2); // the first was stored without its place
        var reasons = await visitor.Page.Locator(".viewer-mark.faint").CountAsync();
        await list.Locator("button[data-marks=t0]").HoverAsync();
        var mark = await visitor.Page.Locator(".viewer-mark:not(.faint)").BoundingBoxAsync();
        var page = await visitor.Page.Locator(".viewer-page").First.BoundingBoxAsync();
        Assert.InRange((mark!.X - page!.X) / page.Width, 0.49, 0.51);
        await visitor.Page.HoverAsync("h1");
        await Expect(visitor.Page.Locator(".viewer-mark")).ToHaveCountAsync(reasons);
        await visitor.ScreenIsFineAsync("letter-references");
    }

    [Fact]
    public async Task Downloads_AreThePdfAndTheUnchangedOriginal()
    {
        await using var app = await TestApp.StartAsync();
        await using var visitor = await OpenAsync(app);
        var pdf = await visitor.Page.RunAndWaitForDownloadAsync(() => visitor.Page.ClickAsync("text=PDF/A herunterladen"));
        Assert.Equal(Corpus.Pdf, await File.ReadAllBytesAsync((await pdf.PathAsync())!));
        var original = await visitor.Page.RunAndWaitForDownloadAsync(() => visitor.Page.ClickAsync("text=Original herunterladen"));
        Assert.Equal("scan-0001.pdf", original.SuggestedFilename);
    }

    [Fact]
    public async Task AttachmentOfTheFile_IsSavedAndNeverShown()
    {
        await using var app = await TestApp.StartAsync();
        await app.AddAccountAsync("amt", Role.Office, "32.2");
        await app.AddAccountAsync("anderes", Role.Office, "50.1");
        var file = await app.Files.PutAsync(new MemoryStream("<script>alert(1)</script>"u8.ToArray()), CancellationToken.None);
        var id = await app.DeliverAsync("32.2", change: letter => letter with
        {
            Recognition = letter.Recognition! with
            {
                Attachments = [new("Rechnung „Mai“ <b>.html", file, "text/plain", true)], Notes = [new(1, "Bitte <i>prüfen</i>")],
                Signatures = [new(SignatureStatus.Broken, SignatureTrust.Unknown, "Jörg <Müßiggang>", DateTimeOffset.UnixEpoch, false)],
            },
        });
        await using var visitor = await Visitor.SignInAsync(app, "amt");
        await visitor.Page.GotoAsync("/letters/" + id);
        await Expect(visitor.Page.Locator(".known")).ToContainTextAsync("Jörg <Müßiggang>");
        await Expect(visitor.Page.Locator(".known")).ToContainTextAsync("passt nicht zum Inhalt");
        await Expect(visitor.Page.Locator(".known")).ToContainTextAsync("Bitte <i>prüfen</i>");
        await Expect(visitor.Page.Locator(".known")).ToContainTextAsync("elektronische Rechnung");
        var link = visitor.Page.Locator($"a[href='/letters/{id}/attachments/1']");
        var saved = await visitor.Page.RunAndWaitForDownloadAsync(() => link.ClickAsync());
        Assert.EndsWith(".html", saved.SuggestedFilename, StringComparison.Ordinal);
        var answer = await visitor.Page.APIRequest.GetAsync($"/letters/{id}/attachments/1");
        Assert.Equal(("application/octet-stream", "nosniff"), (answer.Headers["content-type"], answer.Headers["x-content-type-options"]));
        Assert.StartsWith("attachment;", answer.Headers["content-disposition"], StringComparison.Ordinal);
        Assert.Equal(404, await visitor.StatusOfAsync($"/letters/{id}/attachments/2"));
        await visitor.ScreenIsFineAsync("letter-document");
        await using var stranger = await Visitor.SignInAsync(app, "anderes");
        Assert.Equal(404, await stranger.StatusOfAsync($"/letters/{id}/attachments/1"));
    }

    [Fact]
    public async Task Return_BringsTheLetterIntoClearingAndOutOfSight()
    {
        await using var app = await TestApp.StartAsync();
        await using var visitor = await OpenAsync(app);
        var id = visitor.Page.Url.Split('/')[^1];
        await visitor.Page.ClickAsync("text=Nicht zuständig – zurück");
        await visitor.Page.FillAsync("#reason", "gehört zur Straßenverkehrsbehörde");
        await visitor.Page.ClickAsync("text=Zurückgeben");
        await Expect(visitor.Page.Locator(".notice")).ToContainTextAsync("zurück bei der Poststelle");
        Assert.Equal(Place.Clearing, (await app.LetterAsync(id)).Place);
        Assert.Equal(404, await visitor.StatusOfAsync("/letters/" + id));
        var returned = (await app.Queries.EventsAsync(id)).Single(e => e.Kind == EventKind.Returned);
        Assert.StartsWith("account:", returned.Actor, StringComparison.Ordinal);
    }

    [Fact]
    public async Task LetterOutOfSight_DoesNotExist()
    {
        await using var app = await TestApp.StartAsync();
        await app.AddAccountAsync("anderes", Role.Office, "50.1");
        await app.AddAccountAsync("admin", Role.Administrator);
        await app.AddAccountAsync("post", Role.Mailroom);
        await app.AddAccountAsync("orga", Role.Organiser);
        await app.AddAccountAsync("revision", Role.Auditor);
        var id = await app.DeliverAsync("32.2");
        string[] addresses = ["/letters/" + id, $"/letters/{id}/pdf", $"/letters/{id}/original", $"/letters/{id}/pages"];
        foreach (var name in new[] { "anderes", "admin", "post", "orga", "revision" })
        {
            await using var visitor = await Visitor.SignInAsync(app, name);
            foreach (var address in addresses) Assert.Equal(404, await visitor.StatusOfAsync(address));
            Assert.Equal(name is "revision" or "admin" ? 200 : 404, await visitor.StatusOfAsync($"/letters/{id}/history"));
            Assert.Equal(404, await visitor.StatusOfAsync("/letters/000000000000000000000000"));
        }
    }

    [Theory]
    [InlineData(Outcome.Sealed, null)]
    [InlineData(Outcome.Review, Restrictions.Personal)]
    public async Task ClosedLetter_IsShownWithTheRightForItAlone(Outcome outcome, string? restriction)
    {
        await using var app = await TestApp.StartAsync();
        await app.AddAccountAsync("post", Role.Mailroom);
        await app.AddClosedMailAsync("leitung");
        var id = await app.ToClearingAsync(
            "06", "Geheim", l => l with { Decision = l.Decision! with { Outcome = outcome, Restriction = restriction } });
        string[] files = [$"/letters/{id}/pdf", $"/letters/{id}/pages", $"/letters/{id}/original", $"/letters/{id}/history"];
        await using var visitor = await Visitor.SignInAsync(app, "post");
        foreach (var file in files) Assert.Equal(404, await visitor.StatusOfAsync(file));
        await visitor.Page.GotoAsync("/clearing/" + id);
        await Expect(visitor.Page).ToHaveURLAsync(app.Address + "clearing");
        await Expect(visitor.Page.Locator("#queue td.closed")).ToContainTextAsync("Verschlossene Post: wartet");
        await Expect(visitor.Page.Locator("#start")).ToHaveCountAsync(0);
        foreach (var secret in new[] { "Geheim", "Wolkowa", "06", id })
            Assert.DoesNotContain(secret, await visitor.Page.InnerHTMLAsync("#queue"), StringComparison.Ordinal);
        await visitor.ScreenIsFineAsync("clearing-closed");

        await using var trusted = await Visitor.SignInAsync(app, "leitung");
        foreach (var file in files) Assert.Equal(200, await trusted.StatusOfAsync(file));
        await trusted.Page.GotoAsync("/clearing");
        await trusted.Page.ClickAsync("#start");
        await Expect(trusted.Page.Locator("h1")).ToContainTextAsync("Geheim");
        await trusted.Page.ClickAsync(".choices button >> nth=0");
        await Expect(trusted.Page.Locator("#notice")).ToContainTextAsync("Zugestellt an 06");
    }

    [Fact]
    public async Task LetterWhoseEnvelopeNobodyRead_IsNamedToTheMailroomAndShownWithTheRightAlone()
    {
        await using var app = await TestApp.StartAsync();
        await app.AddAccountAsync("post", Role.Mailroom);
        await app.AddClosedMailAsync("leitung");
        var id = await app.ToClearingAsync("06", change: l => l with
        {
            Decision = null, Reading = null, EnvelopeRead = false, Findings = [new(FindingKind.StageFailed)],
        });
        string[] files = [$"/letters/{id}/pdf", $"/letters/{id}/pages", $"/letters/{id}/original"];
        await using var visitor = await Visitor.SignInAsync(app, "post");
        foreach (var file in files) Assert.Equal(404, await visitor.StatusOfAsync(file));
        await visitor.Page.GotoAsync("/clearing");
        await Expect(visitor.Page.Locator("#queue td.closed")).ToContainTextAsync("scan-0001.pdf – Umschlag noch nicht geprüft");
        await Expect(visitor.Page.Locator("#queue .kern-badge")).ToHaveCountAsync(1);
        await Expect(visitor.Page.Locator("#start, #queue tbody a")).ToHaveCountAsync(0);
        await visitor.ScreenIsFineAsync("clearing-envelope");

        await using var trusted = await Visitor.SignInAsync(app, "leitung");
        foreach (var file in files) Assert.Equal(200, await trusted.StatusOfAsync(file));
        await trusted.Page.GotoAsync("/clearing/" + id);
        await trusted.Page.ClickAsync("summary:has-text('Aussondern')");
        await trusted.Page.ClickAsync("button:has-text('Aussondern')");
        Assert.Equal(Place.SetAside, (await app.LetterAsync(id)).Place);
        await visitor.Page.GotoAsync("/clearing/aside");
        await Expect(visitor.Page.Locator("td.subject")).ToContainTextAsync("scan-0001.pdf – Umschlag noch nicht geprüft");
        await Expect(visitor.Page.Locator("main form")).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task ClosedLetterThatWasSetAside_IsNamedAndNotReopenedWithoutTheRight()
    {
        await using var app = await TestApp.StartAsync();
        await app.AddAccountAsync("post", Role.Mailroom);
        await app.AddClosedMailAsync("leitung");
        await app.ToClearingAsync(
            "06", "Geheim", l => l with { Place = Place.SetAside, Decision = l.Decision! with { Restriction = Restrictions.Personal } });
        await using var visitor = await Visitor.SignInAsync(app, "post");
        await visitor.Page.GotoAsync("/clearing/aside");
        await Expect(visitor.Page.Locator("td.subject")).ToContainTextAsync("Verschlossene Post: wartet");
        await Expect(visitor.Page.Locator("main form")).ToHaveCountAsync(0);
        await using var trusted = await Visitor.SignInAsync(app, "leitung");
        await trusted.Page.GotoAsync("/clearing/aside");
        await trusted.Page.ClickAsync("main form button");
        await Expect(trusted.Page.Locator("#notice .good")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task OfficeThatAPersonChose_DoesNotCarryTheProgramsProbability()
    {
        await using var app = await TestApp.StartAsync();
        await app.AddAccountAsync("amt", Role.Office, "32.3");
        var id = await app.AddLetterAsync(
            letter => letter with
            {
                Place = Place.Postkorb, Unit = "32.3", DeliveredAt = DateTimeOffset.UnixEpoch.AddYears(56),
                Decision = Some.Decision(letter, Outcome.Review, "32.2"),
            },
            EventKind.Assigned);
        await using var visitor = await Visitor.SignInAsync(app, "amt");
        await visitor.Page.GotoAsync("/letters/" + id);
        await Expect(visitor.Page.Locator(".known")).ToContainTextAsync("Von einer Person bestimmt");
        await Expect(visitor.Page.Locator(".known")).ToContainTextAsync("Das Programm hatte 32.2");
        await Expect(visitor.Page.Locator(".verdict .kern-badge")).ToHaveCountAsync(0);
        await Expect(visitor.Page.Locator(".verdict")).ToHaveCountAsync(1);
    }

    private static async Task<Visitor> OpenAsync(TestApp app)
    {
        await app.AddAccountAsync("amt", Role.Office, "32.2");
        var id = await app.DeliverAsync("32.2");
        var visitor = await Visitor.SignInAsync(app, "amt");
        await visitor.Page.GotoAsync("/letters/" + id);
        await visitor.PdfIsShownAsync();
        return visitor;
    }
}
