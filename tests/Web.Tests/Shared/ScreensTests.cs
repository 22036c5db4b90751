using Microsoft.Playwright;
using Postlotse.Delivery;
using Postlotse.Letters;
using Web.Tests.Running;
using Xunit;

namespace Web.Tests.Shared;

public sealed class ScreensTests
{
    [Theory]
    [InlineData(1440, 900)]
    [InlineData(390, 844)]
    public async Task EveryScreen_IsAccessibleAndFits(int width, int height)
    {
        await using var app = await TestApp.StartAsync(
            s => s with { Demo = true, DemoAccounts = [new("amt", "geheim", Role.Office, "32.2")] });
        var delivered = await FillAsync(app);
        var waiting = (await app.Queries.ClearingAsync(null, 10)).Items;
        await VisitAsync(app, null, width, height, ["/signin"]);
        await VisitAsync(
            app, "amt", width, height,
            ["/postkorb", "/postkorb/32.2", "/postkorb/32.2?q=nix", "/letters/" + delivered, "/password", "/offices", "/accounts"]);
        await VisitAsync(
            app, "post", width, height,
            ["/clearing", .. waiting.Select(l => "/clearing/" + l.Id), "/clearing/aside", "/intake", "/gibt-es-nicht"]);
        await VisitAsync(app, "prüfer", width, height, ["/evidence", $"/letters/{delivered}/history"]);
        var other = (await app.Accounts.FindByNameAsync("amt"))!.Id;
        await VisitAsync(app, "admin", width, height, ["/accounts", "/accounts/new", "/accounts/" + other]);
    }

    /// <summary>400 % zoom of a window 1280 pixels wide.</summary>
    [Fact]
    public async Task Zoomed400Percent_NothingIsCutOff()
    {
        await using var app = await TestApp.StartAsync();
        var delivered = await FillAsync(app);
        var waiting = (await app.Queries.ClearingAsync(null, 10)).Items[0].Id;
        await VisitAsync(app, "amt", 320, 256, ["/postkorb/32.2", "/letters/" + delivered]);
        await VisitAsync(app, "post", 320, 256, ["/clearing", "/clearing/" + waiting, "/intake"]);
    }

    private static async Task<string> FillAsync(TestApp app)
    {
        await app.AddAccountAsync("amt", Role.Office, "32.2", "32.3", "67.1");
        await app.AddAccountAsync("post", Role.Mailroom);
        await app.AddAccountAsync("prüfer", Role.Auditor);
        await app.AddAccountAsync("admin", Role.Administrator);
        await app.DeliverAsync("32.2", "Halteverbot für meinen Umzug am 14. Dezember in der Kirchbrunnenstraße 12 bis 16, beide Seiten");
        await app.DeliverAsync("32.3", change: l => l with { Decision = l.Decision! with { Urgency = Urgency.Normal } });
        await app.ToClearingAsync("32.2");
        await app.AddLetterAsync(l => l with
        {
            Place = Place.Clearing, Reading = null, Recognition = null, Findings = [new(FindingKind.Encrypted)],
        });
        await app.ToClearingAsync("06", change: l => l with { Decision = l.Decision! with { Outcome = Outcome.Sealed } });
        await app.AddLetterAsync(l => l with { Place = Place.SetAside });
        return await app.DeliverAsync("32.2");
    }

    private static async Task VisitAsync(TestApp app, string? name, int width, int height, IReadOnlyList<string> addresses)
    {
        await using var visitor = name is null
            ? await Visitor.ComeAsync(app, width: width, height: height)
            : await Visitor.SignInAsync(app, name, width: width, height: height);
        visitor.Expect("404");
        visitor.Expect("403");
        var faults = new List<string>();
        for (var i = 0; i < addresses.Count; i++)
        {
            await visitor.Page.GotoAsync(addresses[i]);
            if (await visitor.Page.Locator(".viewer[data-pdf]").CountAsync() > 0) await visitor.PdfIsShownAsync();
            faults.AddRange(await visitor.FaultsAsync($"{width}-{name ?? "nobody"}-{i}-{addresses[i].Split('?')[0].Split('/')[1]}"));
        }

        Assert.True(faults.Count == 0, string.Join('\n', faults));
    }
}
