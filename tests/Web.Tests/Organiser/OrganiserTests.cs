using Postlotse.Delivery;
using Postlotse.Evidence;
using Postlotse.Letters;
using Postlotse.Responsibility;
using Postlotse.Responsibility.City;
using Postlotse.Responsibility.Knowledge;
using Postlotse.Responsibility.Learning;
using Web.Tests.Running;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace Web.Tests.Organiser;

/// <summary>An organiser lays down who is responsible, and sees before what it means.</summary>
public sealed class OrganiserTests
{
    private const string Removal = "verkehr.halteverbotszone-umzug-moebelwagen-lieferung";

    private static readonly string[] Screens =
    [
        "/organiser", "/organiser/assignments", "/organiser/assignments?q=umzug", "/organiser/assignments/" + Removal, "/organiser/rules",
        "/organiser/rules/new", "/organiser/promise", "/organiser/learned", "/organiser/exchange", "/organiser/versions",
        "/organiser/versions/1", "/organiser/draft",
    ];

    [Theory]
    [InlineData("de-DE", 1440, 900)]
    [InlineData("en-GB", 1440, 900)]
    [InlineData("de-DE", 390, 844)]
    public async Task EveryScreen_IsAccessibleAndFits(string language, int width, int height)
    {
        await using var app = await BeginAsync();
        await app.Plans.AppendAsync(0, "k1", PlanWithRule("r1"), app.Organisation);
        await app.Plans.FollowAsync(app.City);
        await app.DeliverAsync("99.9", "Liegt bei einem aufgelösten Amt");
        await using var visitor = await Visitor.SignInAsync(app, "orga", language, width, height);
        await PrepareRuleAsync(visitor, "Bußgeld");
        var faults = new List<string>();
        foreach (var address in Screens)
        {
            await visitor.Page.GotoAsync(address);
            if (address.EndsWith("draft", StringComparison.Ordinal)) await Expect(visitor.Page.Locator("#trial b")).ToBeVisibleAsync();
            var name = address.Replace('/', '-').Replace('?', '-');
            faults.AddRange(await visitor.FaultsAsync($"organiser-{language}-{width}{name}"));
        }

        Assert.True(faults.Count == 0, string.Join('\n', faults));
    }

    [Fact]
    public async Task WhatWasLearned_IsShownTrainedAndTakenBack()
    {
        await using var app = await TestApp.StartAsync();
        await app.AddAccountAsync("organisation", Role.Organiser);
        for (var i = 0; i < 12; i++)
        {
            var letter = new LetterContent { Id = "L" + i, Body = "Die Kegelbahn Nummer " + i + " im Keller braucht neue Kugeln." };
            Assert.True(app.Learned.Learn(letter, "32.2"));
        }

        await using var visitor = await Visitor.SignInAsync(app, "organisation");
        await visitor.Page.GotoAsync("/organiser/learned");
        await Expect(visitor.Page.Locator("main")).ToContainTextAsync("Gelernte Schreiben: 12");
        await visitor.Page.ClickAsync("text=Jetzt neu lernen");
        await Expect(visitor.Page.Locator("tbody tr")).ToHaveCountAsync(2);
        await visitor.Page.ClickAsync("text=Stand 0 verwenden");
        await Expect(visitor.Page.Locator("tbody tr").Last).ToContainTextAsync("in Gebrauch");
        await visitor.ScreenIsFineAsync("organiser-learned");
    }

    [Fact]
    public async Task Assignment_IsShownWithItsEffectAndInForceAfterConfirming()
    {
        await using var app = await BeginAsync();
        await app.DeliverAsync("32.3", "Halteverbot", letter => WithBody(
            letter, "Wir ziehen am 3. Juni um. Bitte richten Sie vor dem Haus ein Halteverbot für den Möbelwagen ein."));
        await using var visitor = await Visitor.SignInAsync(app, "orga");
        await visitor.Page.GotoAsync("/organiser/assignments");
        await visitor.Page.FillAsync("#q", "halteverbot");
        await Expect(visitor.Page.Locator("#concerns tbody tr").First).ToContainTextAsync("Halteverbot");
        await visitor.Page.GotoAsync("/organiser/assignments/" + Removal);
        await visitor.Page.FillAsync("#unit-1", "stadtarchiv");
        await Expect(visitor.Page.Locator("#unit-1-list [role=option]").First).ToBeVisibleAsync();
        await visitor.Page.PressAsync("#unit-1", "Enter");
        await visitor.Page.ClickAsync("button[value=save]");
        await Expect(visitor.Page.Locator("#trial b")).ToContainTextAsync("1 der letzten 1");
        await Expect(visitor.Page.Locator("#trial table").First).ToContainTextAsync("Stadtarchiv");
        Assert.DoesNotContain("Möbelwagen", await visitor.Page.InnerTextAsync("#trial"), StringComparison.Ordinal);
        Assert.Equal(0, await app.Plans.VersionAsync());
        await visitor.Page.ClickAsync("text=In Kraft setzen");
        await Expect(visitor.Page.Locator("#notice")).ToContainTextAsync("Fassung 1 ist in Kraft");
        Assert.Equal((1, "41.2"), (app.City.Current.Version, app.City.Current.Plan.Assignments[0].Unit));

        await visitor.Page.ClickAsync("button[value=remove]");
        await Expect(visitor.Page.Locator("main")).ToContainTextAsync("künftig der Vorschlag");
        await visitor.Page.ClickAsync("text=Verwerfen");
        await Expect(visitor.Page.Locator("#unit-1")).ToHaveValueAsync("41.2 Stadtarchiv");
    }

    [Fact]
    public async Task SeveralRows_AreKeptWhileARowIsAdded()
    {
        await using var app = await BeginAsync();
        await using var visitor = await Visitor.SignInAsync(app, "orga");
        visitor.Expect("400");
        await visitor.Page.GotoAsync("/organiser/assignments/" + Removal);
        await visitor.Page.FillAsync("#unit-1", "41.2");
        await visitor.Page.FillAsync("#names-1", "A-K");
        await visitor.Page.ClickAsync("button[value=add]");
        await visitor.Page.FillAsync("#unit-2", "20.2");
        await visitor.Page.FillAsync("#names-2", "7");
        await visitor.Page.ClickAsync("button[value=save]");
        await Expect(visitor.Page.Locator("[role=alert]")).ToContainTextAsync("Anfangsbuchstaben");
        await visitor.Page.FillAsync("#names-2", "L-Z");
        await visitor.Page.ClickAsync("button[value=save]");
        await Expect(visitor.Page.Locator("main")).ToContainTextAsync("Namen A-K");
        await Expect(visitor.Page.Locator("main")).ToContainTextAsync("Namen L-Z");
    }

    [Fact]
    public async Task Rule_TellsHowManyLettersItMeetsAndCanBeSwitchedOff()
    {
        await using var app = await BeginAsync();
        await app.DeliverAsync("32.2");
        await app.DeliverAsync("06", change: l => l with { Decision = l.Decision! with { Outcome = Outcome.Sealed } });
        await app.AddLetterAsync(
            l => l with
            {
                Place = Place.Postkorb, Unit = "32.2", DeliveredAt = DateTimeOffset.UnixEpoch.AddYears(56),
                Decision = Some.Decision(l, Outcome.Review, "32.2"),
            },
            EventKind.Assigned);
        await using var visitor = await Visitor.SignInAsync(app, "orga");
        await PrepareRuleAsync(visitor, "Bogen");
        await Expect(visitor.Page.Locator("#trial")).ToContainTextAsync("trifft 2 Schreiben");
        await Expect(visitor.Page.Locator("#trial table tbody tr").First).ToContainTextAsync("32.2");
        await Expect(visitor.Page.Locator("#trial table tbody tr").First.Locator("td").Last).ToHaveTextAsync("1");
        await visitor.Page.ClickAsync("text=In Kraft setzen");
        await Expect(visitor.Page.Locator("main table")).ToContainTextAsync("gilt");
        await visitor.Page.ClickAsync("text=Bögen zum Rechtsamt");
        await visitor.Page.ClickAsync("button[value=off]");
        await visitor.Page.ClickAsync("text=In Kraft setzen");
        await Expect(visitor.Page.Locator("main table")).ToContainTextAsync("abgeschaltet");
        Assert.Equal(2, await app.Plans.VersionAsync());
    }

    [Fact]
    public async Task RuleWithoutCondition_IsRefusedWithEverythingKept()
    {
        await using var app = await BeginAsync();
        await using var visitor = await Visitor.SignInAsync(app, "orga");
        visitor.Expect("400");
        await visitor.Page.GotoAsync("/organiser/rules/new");
        await visitor.Page.FillAsync("#name", "Alles");
        await visitor.Page.ClickAsync("button[value=save]");
        await Expect(visitor.Page.Locator("[role=alert]")).ToContainTextAsync("keine Bedingung");
        await Expect(visitor.Page.Locator("#name")).ToHaveValueAsync("Alles");
        Assert.Equal(0, await app.Plans.VersionAsync());
    }

    [Fact]
    public async Task SecondOrganiser_IsToldAndLosesNothing()
    {
        await using var app = await BeginAsync();
        await using var visitor = await Visitor.SignInAsync(app, "orga");
        await PrepareRuleAsync(visitor, "Bogen");
        await app.Plans.AppendAsync(0, "other", PlanWithRule("other"), app.Organisation);
        await visitor.Page.ClickAsync("text=In Kraft setzen");
        await Expect(visitor.Page.Locator("#notice")).ToContainTextAsync("Inzwischen hat jemand anders Fassung 1");
        await visitor.Page.ClickAsync("text=In Kraft setzen");
        await Expect(visitor.Page.Locator("#notice")).ToContainTextAsync("Fassung 2 ist in Kraft");
        Assert.Equal(["other", "Bögen zum Rechtsamt"], (await app.Plans.LatestAsync())!.Plan.Rules.Select(r => r.Name));
    }

    [Fact]
    public async Task EarlierVersion_ComesBackAsANewOne()
    {
        await using var app = await BeginAsync();
        var account = (await app.Accounts.FindByNameAsync("orga"))!.Id;
        await app.Plans.AppendAsync(0, account, PlanWithRule("eins"), app.Organisation);
        await app.Plans.AppendAsync(1, account, CityPlan.Empty, app.Organisation);
        await app.Plans.FollowAsync(app.City);
        await using var visitor = await Visitor.SignInAsync(app, "orga");
        await visitor.Page.GotoAsync("/organiser/versions");
        await Expect(visitor.Page.Locator("main table")).ToContainTextAsync("Person orga");
        await visitor.Page.ClickAsync("text=Fassung 1");
        await visitor.Page.ClickAsync("text=Zu dieser Fassung zurückkehren");
        await visitor.Page.ClickAsync("text=In Kraft setzen");
        await Expect(visitor.Page.Locator("#notice")).ToContainTextAsync("Fassung 3 ist in Kraft");
        Assert.Equal("eins", Assert.Single((await app.Plans.LatestAsync())!.Plan.Rules).Name);
    }

    [Fact]
    public async Task Promise_TakesAPercentageAndNothingElse()
    {
        await using var app = await BeginAsync();
        await using var visitor = await Visitor.SignInAsync(app, "orga");
        visitor.Expect("400");
        await visitor.Page.GotoAsync("/organiser/promise");
        await Expect(visitor.Page.Locator("main")).ToContainTextAsync("Noch ist keine Zusage möglich");
        await visitor.Page.FillAsync("#rate", "21");
        await visitor.Page.ClickAsync("text=Auswirkung prüfen");
        await Expect(visitor.Page.Locator("[role=alert]")).ToContainTextAsync("0 bis 20");
        await visitor.Page.FillAsync("#rate", "2,5");
        await visitor.Page.ClickAsync("text=Auswirkung prüfen");
        await visitor.Page.ClickAsync("text=In Kraft setzen");
        await Expect(visitor.Page.Locator("#rate")).ToHaveValueAsync("2,5");
        Assert.Equal(0.025, (await app.Plans.LatestAsync())!.Plan.HighestMisrouteRate);
    }

    [Theory]
    [InlineData(0.2, "Zusage: Höchstens 20", "de-DE")]
    [InlineData(0.01, "A promise of at most", "en-GB")]
    public async Task WhatWasLearned_IsShownAsACurve(double rate, string said, string language)
    {
        await using var app = await BeginAsync();
        var learned = Learned(app, rate);
        app.City.Replace(new(1, app.Organisation, new() { HighestMisrouteRate = rate }, _ => learned));
        await using var visitor = await Visitor.SignInAsync(app, "orga", language);
        await visitor.Page.GotoAsync("/organiser/promise");
        await Expect(visitor.Page.Locator("main .notice").Last).ToContainTextAsync(said);
        await Expect(visitor.Page.Locator("svg[role=img]")).ToBeVisibleAsync();
        await Expect(visitor.Page.Locator("main tbody tr")).ToHaveCountAsync(learned.Promise!.Curve.Count);
        await visitor.ScreenIsFineAsync("organiser-promise-" + language);
    }

    [Fact]
    public async Task OthersThanOrganisers_SeeNothingOfIt()
    {
        await using var app = await BeginAsync();
        foreach (var role in Enum.GetValues<Role>().Where(r => r != Role.Organiser))
        {
            var name = role.ToString().ToLowerInvariant();
            await app.AddAccountAsync(name, role, role == Role.Office ? ["32.2"] : []);
            await using var visitor = await Visitor.SignInAsync(app, name);
            foreach (var address in Screens) Assert.Equal(403, await visitor.StatusOfAsync(address));
        }
    }

    private static async Task<TestApp> BeginAsync()
    {
        var app = await TestApp.StartAsync();
        await app.AddAccountAsync("orga", Role.Organiser);
        return app;
    }

    /// <summary>Learned from two kinds of letters that are easily told apart.</summary>
    private static Decider Learned(TestApp app, double rate)
    {
        var cold = new Decider(app.Organisation, new() { MisrouteRate = rate }, ConcernModelFile.LoadShipped());
        var learning = new CityLearning(cold);
        learning.Import(Enumerable.Range(0, 120).Select(i =>
        {
            var moving = i % 2 == 0;
            var body = moving
                ? $"Wir ziehen um und brauchen am {i % 28 + 1}. Juni vor dem Haus Nummer {i} ein Halteverbot für den Möbelwagen."
                : $"Hiermit melde ich meinen Hund mit der Marke {i} zur Hundesteuer an. Er ist {i % 9 + 1} Jahre alt und heißt Waldi.";
            return (new LetterContent { Id = "l" + i, Body = body }, moving ? "32.3" : "20.2");
        }));
        return learning.Current;
    }

    private static CityPlan PlanWithRule(string name) => new()
    {
        Rules = [new(name, name) { Words = ["Zirkuszelt"], Unit = "32.2", Until = new(2030, 1, 1) }],
        Assignments = [new(Removal, "41.2") { Names = "A-K" }, new(Removal, "32.3") { Names = "L-Z" }],
    };

    private static Letter WithBody(Letter letter, string body) => letter with
    {
        Reading = letter.Reading! with { Content = new() { Id = letter.Id, Body = body }, Fields = [] },
    };

    [Fact]
    public async Task RuleOnABarcode_GoesToTheOfficesOfAConcern()
    {
        await using var app = await TestApp.StartAsync();
        await app.AddAccountAsync("orga", Role.Organiser);
        await using var visitor = await Visitor.SignInAsync(app, "orga");
        var title = app.City.Current.Decider.Proposals.First(c => c.Id == Removal).Title;
        await visitor.Page.GotoAsync("/organiser/rules/new");
        await visitor.Page.FillAsync("#name", "Codes der Umzüge");
        await visitor.Page.FillAsync("#form", "32-0##");
        await visitor.Page.FillAsync("#barcode", "HV-");
        await visitor.Page.SelectOptionAsync("#barcodeKind", "Code128");
        await visitor.Page.CheckAsync("input[value=concern]");
        await visitor.Page.FillAsync("#concern", title);
        await visitor.Page.ClickAsync("button[value=save]");
        await Expect(visitor.Page.Locator("main")).ToContainTextAsync("Strichcode: HV- (Code 128)");
        await Expect(visitor.Page.Locator("main")).ToContainTextAsync("zuständig für „" + title + "“");
        await Expect(visitor.Page.Locator("main")).ToContainTextAsync("Formular: 32-0##");
    }

    private static async Task PrepareRuleAsync(Visitor visitor, string word)
    {
        await visitor.Page.GotoAsync("/organiser/rules/new");
        await visitor.Page.FillAsync("#name", "Bögen zum Rechtsamt");
        await visitor.Page.FillAsync("#words", word);
        await visitor.Page.FillAsync("#unit", "30.1");
        await visitor.Page.ClickAsync("button[value=save]");
        await Expect(visitor.Page.Locator("#trial b")).ToBeVisibleAsync();
    }
}
