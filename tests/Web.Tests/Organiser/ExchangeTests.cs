using System.Text;
using System.Text.Json;
using Postlotse.Delivery;
using Postlotse.Letters;
using Postlotse.Responsibility.City;
using Web.Tests.Running;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace Web.Tests.Organiser;

/// <summary>Files in and out, and what a re-organisation does to letters.</summary>
public sealed class ExchangeTests
{
    [Fact]
    public async Task Reorganisation_IsShownFirstAndLosesNoLetter()
    {
        await using var app = await TestApp.StartAsync();
        await app.AddAccountAsync("orga", Role.Organiser);
        await app.AddAccountAsync("archiv", Role.Office, "41.2");
        var letter = await app.DeliverAsync("41.2");
        await app.ToClearingAsync("41.2");
        var plan = new CityPlan { Rules = [new("r", "Chronik") { Words = ["Chronik"], Unit = "41.2" }] };
        await app.Plans.AppendAsync(0, "k1", plan, app.Organisation);
        await app.Plans.FollowAsync(app.City);
        await using var visitor = await Visitor.SignInAsync(app, "orga");
        var other = JsonSerializer.Serialize(Without(app.Organisation), PostlotseJson.Indented);
        await TakeAsync(visitor, "organisation", "organisation.json", other);
        var main = visitor.Page.Locator("main");
        await Expect(main).ToContainTextAsync("Einheit entfällt: 41.2 Stadtarchiv");
        await Expect(main).ToContainTextAsync("Neue Einheit: 99 Neues Amt");
        await Expect(main).ToContainTextAsync("eine Person entscheidet");
        await Expect(main).ToContainTextAsync("1 Schreiben im Postkorb");
        await Expect(main).ToContainTextAsync("1 Schreiben in der Klärung");
        await Expect(main).ToContainTextAsync("1 Konten");
        await Expect(visitor.Page.Locator("#trial b")).ToBeVisibleAsync();
        await visitor.ScreenIsFineAsync("organiser-reorganisation");
        await visitor.Page.ClickAsync("text=In Kraft setzen");
        await Expect(visitor.Page.Locator("#notice")).ToContainTextAsync("Fassung 2");

        await visitor.Page.GotoAsync("/offices");
        await Expect(main).ToContainTextAsync("Neues Amt");
        await visitor.Page.GotoAsync("/organiser");
        await Expect(main).ToContainTextAsync("„41.2“ liegen 1 Schreiben");
        await visitor.Page.ClickAsync("text=In die Klärung geben");
        await Expect(visitor.Page.Locator("#notice")).ToContainTextAsync("1 Schreiben liegen jetzt");
        var after = await app.LetterAsync(letter);
        Assert.Equal((Place.Clearing, (string?)null), (after.Place, after.Unit));
    }

    [Fact]
    public async Task FaultyFile_ChangesNothingAndNamesEveryProblem()
    {
        await using var app = await TestApp.StartAsync();
        await app.AddAccountAsync("orga", Role.Organiser);
        await using var visitor = await Visitor.SignInAsync(app, "orga");
        visitor.Expect("400");
        var problems = visitor.Page.Locator("[role=alert] li");
        await TakeAsync(visitor, "assignments", "a.csv", "concern;unit\nkein.anliegen;32.2\nsteuern.x;gibt-es-nicht\n");
        await Expect(problems).ToHaveCountAsync(3);
        await TakeAsync(visitor, "organisation", "o.json", """{"units":[{"id":"1"},{"id":"1","name":"A","tasks":["x"]}]}""");
        await Expect(problems).ToHaveCountAsync(2);
        await TakeAsync(visitor, "plan", "p.json", "{");
        await Expect(problems).ToHaveCountAsync(1);
        Assert.Equal((0, 0), (await app.Plans.VersionAsync(), app.City.Current.Version));
    }

    [Fact]
    public async Task ExportedPlanAndAssignments_CanBeTakenBack()
    {
        await using var app = await TestApp.StartAsync();
        await app.AddAccountAsync("orga", Role.Organiser);
        var concern = app.City.Current.Decider.Proposals[0].Id;
        var plan = new CityPlan
        {
            Assignments = [new(concern, "41.2") { Names = "A-K", Districts = [app.Organisation.Districts[0]] }],
            Rules = [new("r", "Chronik") { Words = ["Chronik"], Unit = "41.2" }],
        };
        await app.Plans.AppendAsync(0, "k1", plan, app.Organisation);
        await app.Plans.FollowAsync(app.City);
        await using var visitor = await Visitor.SignInAsync(app, "orga");
        (string, string)[] files = [("plan", "plan.json"), ("assignments", "assignments.csv"), ("organisation", "organisation.json")];
        foreach (var (kind, file) in files)
        {
            var text = await (await visitor.Page.APIRequest.GetAsync("/organiser/exchange/" + file)).TextAsync();
            await TakeAsync(visitor, kind, file, text);
            await Expect(visitor.Page.Locator("main")).ToContainTextAsync("Nichts: Es gilt schon so.");
        }
    }

    private static Organisation Without(Organisation organisation) => organisation with
    {
        Units = [.. organisation.Units.Where(u => u.Id != "41.2"), new() { Id = "99", Name = "Neues Amt", Tasks = ["Neues aller Art"] }],
    };

    private static async Task TakeAsync(Visitor visitor, string kind, string name, string text)
    {
        await visitor.Page.GotoAsync("/organiser/exchange");
        var file = new Microsoft.Playwright.FilePayload { Name = name, MimeType = "text/plain", Buffer = Encoding.UTF8.GetBytes(text) };
        await visitor.Page.SetInputFilesAsync("#file-" + kind, file);
        await visitor.Page.ClickAsync($"form[action$='{kind}'] button");
    }
}
