using Postlotse.Delivery;
using Postlotse.Letters;
using Web.Tests.Running;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace Web.Tests.Evidence;

public sealed class AccountEvidenceTests
{
    [Fact]
    public async Task ChangeOfAnAccount_IsShownToAuditorsByPseudonymAndToAdministratorsByName()
    {
        await using var app = await TestApp.StartAsync();
        var admin = await app.AddAccountAsync("admin", Role.Administrator);
        await app.AddAccountAsync("prüfer", Role.Auditor);
        var account = await app.AddAccountAsync("amt", Role.Office, "32.2");
        await app.Accounts.UpdateAsync(account with { Units = ["32.3"] }, admin.Id);

        await using var auditor = await Visitor.SignInAsync(app, "prüfer");
        await auditor.Page.ClickAsync("text=Nachweis der Konten");
        var row = auditor.Page.Locator("tbody tr").First;
        await Expect(row).ToContainTextAsync("Rechte geändert");
        await Expect(row).ToContainTextAsync("Postkörbe genommen: 32.2");
        await Expect(row).ToContainTextAsync(account.Id);
        await Expect(row).ToContainTextAsync(admin.Id);
        await Expect(auditor.Page.Locator(".notice.good")).ToContainTextAsync("4");

        await using var visitor = await Visitor.SignInAsync(app, "admin");
        await visitor.Page.ClickAsync("text=Nachweis der Konten");
        await Expect(visitor.Page.Locator("tbody tr").First.Locator("td").Nth(2)).ToHaveTextAsync("amt");
        await Expect(visitor.Page.Locator("tbody tr").First.Locator("td").Nth(4)).ToHaveTextAsync("admin");
    }

    [Theory]
    [InlineData(Role.Mailroom)]
    [InlineData(Role.Office)]
    [InlineData(Role.Organiser)]
    public async Task Others_DoNotSeeIt(Role role)
    {
        await using var app = await TestApp.StartAsync();
        await app.AddAccountAsync("wer", role, "32.2");
        await using var visitor = await Visitor.SignInAsync(app, "wer");
        Assert.Equal(403, await visitor.StatusOfAsync("/evidence/accounts"));
    }

    [Fact]
    public async Task TechnicalCause_IsShownToOperatorsAndAuditorsAlone()
    {
        await using var app = await TestApp.StartAsync();
        await app.AddAccountAsync("admin", Role.Administrator);
        await app.AddAccountAsync("prüfer", Role.Auditor);
        await app.AddAccountAsync("amt", Role.Office, "32.2");
        var id = await app.DeliverAsync("32.2", change: l => l with { Findings = [new(FindingKind.StageFailed, Detail: "exit code 139")] });
        foreach (var name in new[] { "admin", "prüfer" })
        {
            await using var visitor = await Visitor.SignInAsync(app, name);
            await visitor.Page.GotoAsync($"/letters/{id}/history");
            await Expect(visitor.Page.Locator("code")).ToBeHiddenAsync();
            await visitor.Page.ClickAsync("text=Technische Ursache");
            await Expect(visitor.Page.Locator("code")).ToHaveTextAsync("exit code 139");
        }

        await using var clerk = await Visitor.SignInAsync(app, "amt");
        await clerk.Page.GotoAsync($"/letters/{id}/history");
        Assert.DoesNotContain("exit code", await clerk.Page.InnerTextAsync("main"), StringComparison.Ordinal);
    }
}
