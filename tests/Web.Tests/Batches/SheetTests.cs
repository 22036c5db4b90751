using System.Text;
using Postlotse.Delivery;
using Postlotse.Separation;
using Web.Tests.Running;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace Web.Tests.Batches;

public sealed class SheetTests
{
    [Fact]
    public async Task OfficeByTyping_MakesItsSheet()
    {
        await using var app = await TestApp.StartAsync();
        await app.AddAccountAsync("post", Role.Mailroom);
        await using var visitor = await Visitor.SignInAsync(app, "post");
        await visitor.Page.GotoAsync("/batches");
        await visitor.Page.ClickAsync("text=Trennblätter");
        await visitor.Page.CheckAsync("input[value=Unit]");
        await visitor.Page.Locator("#office").PressSequentiallyAsync("Standesamt");
        await Expect(visitor.Page.Locator("[role=option]").First).ToContainTextAsync("34 Standesamt");
        await visitor.Page.Keyboard.PressAsync("Enter");
        await visitor.Page.FillAsync("#copies", "3");
        await visitor.Page.ClickAsync("text=Blatt zeigen");
        await Expect(visitor.Page.Locator(".separator")).ToHaveCountAsync(3);
        await Expect(visitor.Page.Locator(".separator h2").First).ToHaveTextAsync("34 Standesamt");
        await Expect(visitor.Page.Locator(".separator svg").First).ToHaveAttributeAsync(
            "aria-label", Separators.UnitText(app.SheetKey, "34"));
        await visitor.ScreenIsFineAsync("sheet-office");
    }

    [Fact]
    public async Task Printed_EachSheetIsAPageAndNothingElse()
    {
        await using var app = await TestApp.StartAsync();
        await app.AddAccountAsync("post", Role.Mailroom);
        await using var visitor = await Visitor.SignInAsync(app, "post");
        await visitor.Page.GotoAsync("/batches/sheets?kind=Batch&name=2026-11-26-1&copies=4");
        var pdf = Encoding.Latin1.GetString(await visitor.Page.PdfAsync(new() { PreferCSSPageSize = true }));
        Assert.Contains("/Count 4", pdf, StringComparison.Ordinal);
        await visitor.Page.EmulateMediaAsync(new() { Media = Microsoft.Playwright.Media.Print });
        foreach (var hidden in new[] { ".top", "form.sheet-form", "h1" })
            await Expect(visitor.Page.Locator(hidden)).ToBeHiddenAsync();
        await Expect(visitor.Page.Locator(".separator h2").First).ToHaveTextAsync("Stapel 2026-11-26-1");
        // Modules that survive a coarse scan and that the search for codes takes for ones, in millimetres.
        var module = await visitor.Page.EvaluateAsync<double>(
            """
            () => {
              const code = document.querySelector('.separator svg');
              return code.getBoundingClientRect().width / code.viewBox.baseVal.width / 96 * 25.4;
            }
            """);
        Assert.InRange(module, 0.8, 2);
    }

    [Theory]
    [InlineData("kind=Unit", "Dieses Amt gibt es nicht")]
    [InlineData("kind=Unit&office=xyzzy", "Dieses Amt gibt es nicht")]
    [InlineData("kind=Batch&name=a%20b", "enthält andere Zeichen")]
    public async Task WhatCannotBeOrdered_IsToldAndNotPrinted(string query, string told)
    {
        await using var app = await TestApp.StartAsync();
        await app.AddAccountAsync("post", Role.Mailroom);
        await using var visitor = await Visitor.SignInAsync(app, "post");
        visitor.Expect("422");
        await visitor.Page.GotoAsync("/batches/sheets?" + query);
        await Expect(visitor.Page.Locator(".notice.error")).ToContainTextAsync(told);
        await Expect(visitor.Page.Locator(".separator")).ToHaveCountAsync(0);
    }
}
