using Postlotse.Delivery;
using Web.Tests.Running;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace Web.Tests.Evidence;

public sealed class EvidenceTests
{
    [Fact]
    public async Task Auditor_SeesTheWayAndNotTheContent()
    {
        await using var app = await TestApp.StartAsync();
        await app.AddAccountAsync("revision", Role.Auditor);
        var id = await app.DeliverAsync("32.2", "Streng vertrauliche Sache");
        var receipt = (await app.Queries.ReceiptsAsync(id))[0];
        await using var visitor = await Visitor.SignInAsync(app, "revision");
        Assert.DoesNotContain("scan-0001", await visitor.Page.ContentAsync(), StringComparison.Ordinal);
        await visitor.Page.FillAsync("#letter", receipt.Id);
        await visitor.Page.Keyboard.PressAsync("Enter");
        await Expect(visitor.Page).ToHaveURLAsync($"{app.Address}letters/{id}/history");
        await Expect(visitor.Page.Locator(".notice.good")).ToContainTextAsync("unversehrt");
        await Expect(visitor.Page.Locator("table")).ToContainTextAsync("Eingegangen");
        var content = await visitor.Page.ContentAsync();
        Assert.DoesNotContain("vertrauliche", content, StringComparison.Ordinal);
        Assert.DoesNotContain("Wolkowa", content, StringComparison.Ordinal);
        await visitor.Page.GotoAsync("/evidence?letter=unbekannt");
        await Expect(visitor.Page.Locator(".notice")).ToContainTextAsync("gibt es nichts");
    }
}
