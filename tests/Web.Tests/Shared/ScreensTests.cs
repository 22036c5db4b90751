using Microsoft.Playwright;
using Postlotse.Delivery;
using Postlotse.Letters;
using Web.Tests.Running;
using Xunit;

namespace Web.Tests.Shared;

public sealed class ScreensTests
{
    [Theory]
    [InlineData("de-DE", 1440, 900)]
    [InlineData("de-DE", 390, 844)]
    [InlineData("en-GB", 1440, 900)]
    [InlineData("en-GB", 390, 844)]
    public async Task EveryScreen_IsAccessibleAndFits(string language, int width, int height)
    {
        await using var app = await TestApp.StartAsync(
            s => s with { Demo = true, DemoAccounts = [new("amt", "geheim", Role.Office, "32.2")] });
        var delivered = await FillAsync(app);
        var waiting = (await app.Queries.ClearingAsync(null, 10)).Items;
        var failed = waiting.First(l => l.Findings.Any(f => f.Kind == FindingKind.Encrypted)).Id;
        await VisitAsync(app, null, language, width, height, ["/signin"]);
        await VisitAsync(
            app, "amt", language, width, height,
            ["/postkorb", "/postkorb/32.2", "/postkorb/32.2?q=nix", "/letters/" + delivered, "/password", "/offices", "/accounts"]);
        await VisitAsync(
            app, "post", language, width, height,
            [
                "/clearing", .. waiting.Select(l => "/clearing/" + l.Id), "/clearing/aside", "/clearing/unattended", "/intake",
                "/gibt-es-nicht",
            ]);
        await VisitAsync(
            app, "prüfer", language, width, height,
            ["/evidence", $"/letters/{delivered}/history", "/evidence/accounts", "/evidence/models"]);
        await VisitAsync(app, "olga", language, width, height, ["/offices", "/organiser/learned", "/evidence/models"]);
        var other = (await app.Accounts.FindByNameAsync("amt"))!.Id;
        await VisitAsync(
            app, "admin", language, width, height,
            ["/accounts", "/accounts/new", "/accounts/" + other, "/evidence/accounts", $"/letters/{failed}/history"]);
    }

    /// <summary>400 % zoom of a window 1280 pixels wide.</summary>
    [Fact]
    public async Task Zoomed400Percent_NothingIsCutOff()
    {
        await using var app = await TestApp.StartAsync();
        var delivered = await FillAsync(app);
        var waiting = (await app.Queries.ClearingAsync(null, 10)).Items[0].Id;
        await VisitAsync(app, "amt", "de-DE", 320, 256, ["/postkorb/32.2", "/letters/" + delivered]);
        await VisitAsync(app, "post", "de-DE", 320, 256, ["/clearing", "/clearing/" + waiting, "/clearing/unattended", "/intake"]);
    }

    private static async Task<string> FillAsync(TestApp app)
    {
        await app.AddAccountAsync("amt", Role.Office, "32.2", "32.3", "67.1");
        await app.AddAccountAsync("post", Role.Mailroom);
        await app.AddAccountAsync("prüfer", Role.Auditor);
        await app.AddAccountAsync("admin", Role.Administrator);
        await app.AddAccountAsync("olga", Role.Organiser);
        await app.DeliverAsync("X.FA", "Einspruch gegen den Bescheid über Einkommensteuer");
        await app.DeliverAsync("30.1", "Noch nirgends gesehen");
        await app.DeliverAsync("06", change: l => l with { Decision = l.Decision! with { Outcome = Outcome.Sealed } });
        await app.DeliverAsync("32.2", "Halteverbot für meinen Umzug am 14. Dezember in der Kirchbrunnenstraße 12 bis 16, beide Seiten");
        await app.DeliverAsync("32.3", change: l => l with { Decision = l.Decision! with { Urgency = Urgency.Normal } });
        await app.ToClearingAsync("32.2");
        await app.AddLetterAsync(l => l with
        {
            Place = Place.Clearing, Reading = null, Recognition = null,
            Findings = [new(FindingKind.Encrypted, Detail: "pdfinfo: Incorrect password")],
        });
        await app.ToClearingAsync("06", change: l => l with { Decision = l.Decision! with { Outcome = Outcome.Sealed } });
        await app.AddLetterAsync(l => l with { Place = Place.SetAside });
        return await app.DeliverAsync("32.2");
    }

    private static async Task VisitAsync(
        TestApp app, string? name, string language, int width, int height, IReadOnlyList<string> addresses)
    {
        await using var visitor = name is null
            ? await Visitor.ComeAsync(app, language, width, height)
            : await Visitor.SignInAsync(app, name, language, width, height);
        visitor.Expect("404");
        visitor.Expect("403");
        var faults = new List<string>();
        for (var i = 0; i < addresses.Count; i++)
        {
            await visitor.Page.GotoAsync(addresses[i]);
            if (await visitor.Page.Locator(".viewer[data-pdf]").CountAsync() > 0) await visitor.PdfIsShownAsync();
            var screen = addresses[i].Split('?')[0].Split('/')[1];
            faults.AddRange(await visitor.FaultsAsync($"{language[..2]}-{width}-{name ?? "nobody"}-{i}-{screen}"));
        }

        Assert.True(faults.Count == 0, string.Join('\n', faults));
    }
}
