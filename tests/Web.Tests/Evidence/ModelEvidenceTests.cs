using Postlotse.Delivery;
using Postlotse.Evidence;
using Web.Tests.Running;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace Web.Tests.Evidence;

public sealed class ModelEvidenceTests
{
    [Fact]
    public async Task ChangeOfTheVersionInUse_IsShownToAuditorsByPseudonymAndToOrganisersByName()
    {
        await using var app = await TestApp.StartAsync();
        await app.AddAccountAsync("prüfer", Role.Auditor);
        var organiser = await app.AddAccountAsync("olga", Role.Organiser);
        await AddEventsAsync(app, organiser.Id);

        await using var auditor = await Visitor.SignInAsync(app, "prüfer");
        await auditor.Page.ClickAsync("text=Nachweis des Gelernten");
        await Expect(auditor.Page.Locator(".notice.good")).ToContainTextAsync("unversehrt (2 Ereignisse)");
        await Expect(auditor.Page.Locator("tbody tr")).ToHaveCountAsync(2);
        var newest = auditor.Page.Locator("tbody tr").First;
        await Expect(newest).ToContainTextAsync("Zu anderem Stand gewechselt");
        await Expect(newest).ToContainTextAsync("mitgeliefertes Wissen (davor: 1)");
        await Expect(newest).ToContainTextAsync(organiser.Id);
        await Expect(auditor.Page.Locator("tbody tr").Nth(1)).ToContainTextAsync("40");
        await Expect(auditor.Page.Locator("tbody tr").Nth(1)).ToContainTextAsync("Postlotse");
        Assert.DoesNotContain("Person olga", await auditor.Page.InnerTextAsync("main"), StringComparison.Ordinal);
        await auditor.ScreenIsFineAsync("model-evidence");

        await using var visitor = await Visitor.SignInAsync(app, "olga");
        await visitor.Page.GotoAsync("/organiser/learned");
        await visitor.Page.ClickAsync("text=Nachweis des Gelernten");
        await Expect(visitor.Page.Locator("tbody tr").First).ToContainTextAsync("Person olga");
        await visitor.Page.ClickAsync("text=← Gelerntes");
        await visitor.ScreenIsFineAsync("model-learned");
    }

    [Theory]
    [InlineData("UPDATE model_event SET actor = 'system' WHERE sequence = 2", "Ereignis 2 wurde nachträglich verändert", 2)]
    [InlineData("UPDATE model_event SET kind = 'Nonsense' WHERE sequence = 2", "Ereignis 2 wurde nachträglich verändert", 2)]
    [InlineData("DELETE FROM model_event WHERE sequence = 2", "Es sind 1 Ereignisse da, es müssen 2 sein", 1)]
    [InlineData("UPDATE model_event SET at = 9000000000000000000 WHERE sequence = 1", "nachträglich verändert", 0)]
    public async Task TamperedChain_IsToldAndStillShown(string sql, string told, int rows)
    {
        await using var app = await TestApp.StartAsync();
        await app.AddAccountAsync("prüfer", Role.Auditor);
        await AddEventsAsync(app, "account:7");
        await app.TamperAsync(sql);
        await using var auditor = await Visitor.SignInAsync(app, "prüfer");
        await auditor.Page.GotoAsync("/evidence/models");
        await Expect(auditor.Page.Locator(".notice.error")).ToContainTextAsync(told);
        await Expect(auditor.Page.Locator(".notice.good")).ToHaveCountAsync(0);
        await Expect(auditor.Page.Locator("tbody tr")).ToHaveCountAsync(rows);
        await auditor.ScreenIsFineAsync("model-evidence-broken");
    }

    [Theory]
    [InlineData(Role.Mailroom)]
    [InlineData(Role.Office)]
    [InlineData(Role.Administrator)]
    public async Task Others_DoNotSeeIt(Role role)
    {
        await using var app = await TestApp.StartAsync();
        await app.AddAccountAsync("wer", role, "32.2");
        await using var visitor = await Visitor.SignInAsync(app, "wer");
        Assert.Equal(403, await visitor.StatusOfAsync("/evidence/models"));
    }

    private static async Task AddEventsAsync(TestApp app, string actor)
    {
        await app.ModelEvents.AppendAsync(ModelEventKind.WentLive, new(1, 0, 40, "d1"), NewEvent.System, CancellationToken.None);
        await app.ModelEvents.AppendAsync(ModelEventKind.WentBack, new(0, 1, 0, ""), actor, CancellationToken.None);
    }
}
