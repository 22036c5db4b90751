using Postlotse.Delivery;
using Postlotse.Letters;
using Web.Tests.Running;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace Web.Tests.Deletions;

/// <summary>A letter is deleted by two people who never see what it says.</summary>
public sealed class DeletionTests
{
    [Fact]
    public async Task TwoPeople_DeleteALetter_ThatNobodySeesAnyMore()
    {
        await using var app = await TestApp.StartAsync();
        await app.AddAccountAsync("revision", Role.Auditor);
        await app.AddAccountAsync("verwaltung", Role.Administrator);
        await app.AddAccountAsync("amt", Role.Office, "32.2");
        var id = await app.DeliverAsync("32.2", "Streng vertrauliche Sache");
        await using var first = await Visitor.SignInAsync(app, "revision");
        await first.Page.GotoAsync("/deletions");
        await first.Page.FillAsync("#letter", id);
        await first.Page.Keyboard.PressAsync("Enter");
        await Expect(first.Page).ToHaveURLAsync($"{app.Address}deletions/{id}");
        Assert.DoesNotContain("vertrauliche", await first.Page.ContentAsync(), StringComparison.Ordinal);
        await Expect(first.Page.Locator("input[value=RetentionOver]")).ToHaveCountAsync(0);
        await first.Page.CheckAsync("input[value=ErasureRight]");
        await first.Page.ClickAsync("main form button[type=submit]");
        await Expect(first.Page.Locator("#notice")).ToContainTextAsync("zweite Person");
        await first.Page.GotoAsync("/deletions/" + id);
        await Expect(first.Page.Locator("form[action$=approve]")).ToHaveCountAsync(0);

        await using var second = await Visitor.SignInAsync(app, "verwaltung");
        await second.Page.GotoAsync("/deletions");
        await second.Page.ClickAsync($"a[href='/deletions/{id}']");
        await second.Page.ClickAsync("form[action$=approve] button");
        await Expect(second.Page.Locator("#notice")).ToContainTextAsync("ist gelöscht");
        Assert.Equal(Place.Deleted, (await app.LetterAsync(id)).Place);
        await second.Page.GotoAsync($"/letters/{id}/history");
        await Expect(second.Page.Locator("table")).ToContainTextAsync("Art. 17 DSGVO");
        await Expect(second.Page.Locator(".notice.good")).ToContainTextAsync("unversehrt");

        await using var office = await Visitor.SignInAsync(app, "amt");
        office.Expect("404");
        Assert.Equal(404, await office.StatusOfAsync("/letters/" + id));
        Assert.Equal(404, await office.StatusOfAsync($"/letters/{id}/pdf"));
        Assert.Equal(403, await office.StatusOfAsync("/deletions"));
    }

    [Theory]
    [InlineData("de-DE")]
    [InlineData("en-GB")]
    public async Task Screens_AreAccessible(string language)
    {
        await using var app = await TestApp.StartAsync(s => s with { Retention = TimeSpan.Zero });
        var auditor = await app.AddAccountAsync("revision", Role.Auditor);
        var admin = await app.AddAccountAsync("verwaltung", Role.Administrator);
        var (plain, asked, gone) = (await app.DeliverAsync("32.2"), await app.DeliverAsync("32.3"), await app.ToClearingAsync("32.2"));
        foreach (var id in new[] { asked, gone })
            await app.Store.ChangeAsync(
                id, l => Deletion.Request(l, DeletionReason.RetentionOver, auditor, app.Clock.GetUtcNow(), TimeSpan.Zero), default);
        await app.Store.ChangeAsync(gone, l => Deletion.Approve(l, [], admin), default);
        await using var visitor = await Visitor.SignInAsync(app, "verwaltung", language);
        foreach (var address in new[] { "/deletions", "/deletions/" + plain, "/deletions/" + asked, "/deletions/" + gone })
        {
            await visitor.Page.GotoAsync(address);
            await visitor.ScreenIsFineAsync($"deletion {language} {address}");
        }

        await visitor.Page.GotoAsync("/deletions");
        await Expect(visitor.Page.Locator("section.part")).ToHaveCountAsync(3);
        await Expect(visitor.Page.Locator("table a")).ToHaveTextAsync([asked, plain, gone]);
    }

    [Fact]
    public async Task Administrator_ReachesTheOrganisersScreensOnlyWithThatRole()
    {
        await using var app = await TestApp.StartAsync();
        var admin = await app.AddAccountAsync("verwaltung", Role.Administrator);
        await using (var visitor = await Visitor.SignInAsync(app, "verwaltung"))
        {
            Assert.Equal(403, await visitor.StatusOfAsync("/organiser"));
            Assert.Equal(403, await visitor.StatusOfAsync("/organiser/rules/new"));
            await Expect(visitor.Page.Locator("header nav a[href='/organiser']")).ToHaveCountAsync(0);
        }

        await app.Accounts.UpdateAsync(admin with { Roles = [Role.Administrator, Role.Organiser] }, "test");
        await using var both = await Visitor.SignInAsync(app, "verwaltung");
        Assert.Equal(200, await both.StatusOfAsync("/organiser"));
        await Expect(both.Page.Locator("header nav a[href='/organiser']")).ToHaveCountAsync(1);
        await Expect(both.Page.Locator("header nav a[href='/accounts']")).ToHaveCountAsync(1);
    }
}
