using Dapper;
using Microsoft.Data.Sqlite;
using Npgsql;
using Postlotse.Evidence;
using Postlotse.Letters;
using Postlotse.Responsibility;
using Postlotse.Responsibility.City;
using static Postlotse.Storage.Tests.Samples;

namespace Postlotse.Storage.Tests;

/// <summary>Laws of the plan's versions and of the letters that a dry run gets, on every database.</summary>
public abstract class CityPlanLaws : EveryDatabase
{
    private static readonly Organisation Old = City("Alt");
    private static readonly Organisation New = City("Neu");

    private static Organisation City(string name) => new()
    {
        City = name, Units = [new() { Id = "32", Name = "Ordnungsamt", Tasks = ["Märkte"] }, new()
        {
            Id = "03", Name = "Personalrat", Handling = Handling.Sealed, Tasks = ["Personalrat"],
        }],
    };

    private static CityPlan Plan(double rate) => new()
    {
        HighestMisrouteRate = rate, Assignments = [new("a.b", "32") { From = new(2027, 1, 1), Districts = ["Süd"] }],
        Rules = [new("r1", "Regel") { Words = ["Wort"], Unit = "32" }],
    };

    [Fact]
    public async Task Versions_AreKeptAsTheyWere()
    {
        var plans = new CityPlanStore(await OpenAsync(), TimeProvider.System);
        Assert.Equal(0, await plans.VersionAsync());
        Assert.Null(await plans.LatestAsync());
        Assert.Equal(1, (await plans.AppendAsync(0, "k1", Plan(0.01), Old))?.Number);
        Assert.Equal(2, (await plans.AppendAsync(1, "k2", Plan(0.02), Old))?.Number);
        Assert.Equal(3, (await plans.AppendAsync(2, "k1", Plan(0.03), New))?.Number);
        Assert.Equal(3, await plans.VersionAsync());
        Assert.Equivalent(Plan(0.03), (await plans.LatestAsync())!.Plan, strict: true);
        var all = await plans.ListAsync(int.MaxValue, 10);
        Assert.Equal([(3, "k1"), (2, "k2"), (1, "k1")], all.Select(v => (v.Number, v.Actor)));
        Assert.Equal([2], (await plans.ListAsync(2, 1)).Select(v => v.Number));
    }

    [Fact]
    public async Task Organisation_IsThatOfTheVersion()
    {
        var plans = new CityPlanStore(await OpenAsync(), TimeProvider.System);
        await plans.AppendAsync(0, "k1", Plan(0.01), Old);
        await plans.AppendAsync(1, "k1", Plan(0.02), Old);
        await plans.AppendAsync(2, "k1", Plan(0.02), New);
        Assert.Equal(["Alt", "Alt", "Neu"], [
            (await plans.OrganisationAsync(1))!.City, (await plans.OrganisationAsync(2))!.City, (await plans.OrganisationAsync(3))!.City]);
        Assert.Equal([true, false, true], (await plans.ListAsync(9, 9)).Select(v => v.Organisation is not null));
    }

    [Fact]
    public async Task OfTwoOrganisers_TheSecondIsTold()
    {
        var plans = new CityPlanStore(await OpenAsync(), TimeProvider.System);
        var other = new CityPlanStore(await OpenAsync(), TimeProvider.System);
        var both = await Task.WhenAll(
            Task.Run(() => plans.AppendAsync(0, "k1", Plan(0.01), Old)), Task.Run(() => other.AppendAsync(0, "k2", Plan(0.02), Old)));
        var first = Assert.Single(both, v => v is not null);
        Assert.Equal(first!.Actor, Assert.Single(await plans.ListAsync(9, 9)).Actor);
        Assert.Null(await plans.AppendAsync(0, "k3", Plan(0.05), Old));
    }

    [Fact]
    public async Task OtherNode_FollowsToTheNewestVersion()
    {
        var plans = new CityPlanStore(await OpenAsync(), TimeProvider.System);
        var city = new CityInForce(new(0, Old, CityPlan.Empty, state => new Decider(state.Organisation)));
        Assert.False(await plans.FollowAsync(city));
        await plans.AppendAsync(0, "k1", Plan(0.05), Old);
        await plans.AppendAsync(1, "k1", Plan(0.05), New);
        Assert.True(await plans.FollowAsync(city));
        Assert.Equal((2, "Neu", 0.05), (city.Current.Version, city.Current.Organisation.City, city.Current.Plan.HighestMisrouteRate));
        Assert.False(await plans.FollowAsync(city));
    }

    [Theory]
    [InlineData("UPDATE city_plan SET plan = '{}' WHERE version = 2", EvidenceFaultKind.PlanChanged)]
    [InlineData("UPDATE city_plan SET organisation = NULL WHERE version = 1", EvidenceFaultKind.PlanChanged)]
    [InlineData("UPDATE city_plan SET actor = 'somebody' WHERE version = 1", EvidenceFaultKind.PlanChanged)]
    [InlineData("DELETE FROM city_plan WHERE version = 2", EvidenceFaultKind.PlanOutOfOrder)]
    [InlineData("DELETE FROM city_plan WHERE version = 3", EvidenceFaultKind.PlanCutOff)]
    public async Task ChangedVersion_IsFound(string sql, EvidenceFaultKind kind)
    {
        var database = await OpenAsync();
        var plans = new CityPlanStore(database, TimeProvider.System);
        for (var i = 0; i < 3; i++) await plans.AppendAsync(i, "k1", Plan(0.01 * (i + 1)), Old);
        var check = new EvidenceCheck(database, new FolderFileStore(Folder.At("files"), TimeProvider.System));
        Assert.Null((await check.RunAsync(null, default)).Fault);
        await TamperAsync(sql);
        Assert.Equal(kind, (await check.RunAsync(null, default)).Fault?.Kind);
    }

    [Fact]
    public async Task DryRun_GetsDecidedLettersNewestFirstAndNeverSealedOnes()
    {
        var database = await OpenAsync();
        var store = new SqlJourneyStore(database, Analyse, TimeProvider.System);
        var past = new PastLetters(database);
        var undecided = await AddAsync("undecided", letter => letter);
        var sealedOne = await AddAsync("sealed", l => Decided(InPostkorb(l, "03", Monday), Outcome.Sealed));
        var personal = await AddAsync("personal", l => Closed(Decided(InPostkorb(l, "32", Monday), Outcome.Review)));
        var inSealedOffice = await AddAsync("opened, then sealed", l => Decided(InPostkorb(l, "03", Monday), Outcome.Review));
        var automatic = await AddAsync("automatic", l => Decided(InPostkorb(l, "32", Monday), Outcome.Auto));
        var confirmed = await AddAsync("confirmed", l => Decided(InPostkorb(l, "32", Monday), Outcome.Review), EventKind.Assigned);
        var waiting = await AddAsync("waiting", l => Decided(InClearing(l), Outcome.Review));
        var found = new List<PastLetter>();
        await foreach (var letter in past.NewestAsync(100, Old)) found.Add(letter);
        Assert.Equal([(waiting, null, false), (confirmed, "32", true), (automatic, "32", false)],
            found.Select(l => (l.Content.Id, l.Unit, l.Confirmed)));
        string[] hidden = [sealedOne, personal, inSealedOffice, undecided];
        Assert.DoesNotContain(found, l => hidden.Contains(l.Content.Id, StringComparer.Ordinal));
        Assert.Equal((2, 4), (await past.CountAsync(2), await past.CountAsync(100)));

        async Task<string> AddAsync(string name, Func<Letter, Letter> change, EventKind kind = EventKind.Delivered)
        {
            var id = (await store.ReceiveAsync(Delivered(name), default)).Receipt.LetterId;
            await store.ChangeAsync(id, l => Change(change(l with { Reading = Read(id, name) }), kind), default);
            return id;
        }

        static Letter Closed(Letter letter) => letter with { Decision = letter.Decision! with { Restriction = Restrictions.Personal } };

        static Letter Decided(Letter letter, Outcome outcome) => letter with { Decision = Decide(letter.Id, letter.Unit ?? "32", outcome) };
    }

    [Fact]
    public async Task Counts_AreByOffice()
    {
        var database = await OpenAsync();
        var store = new SqlJourneyStore(database, Analyse, TimeProvider.System);
        foreach (var (name, days) in new[] { ("a", 0), ("b", -40) })
        {
            var id = (await store.ReceiveAsync(Delivered(name), default)).Receipt.LetterId;
            await store.ChangeAsync(id, l => Change(InPostkorb(l, "32", Monday.AddDays(days)), EventKind.Delivered), default);
        }

        var past = new PastLetters(database);
        Assert.Equal(2, (await past.InPostkorbAsync())["32"]);
        Assert.Equal(1, (await past.DeliveredSinceAsync(Monday.AddDays(-30)))["32"]);
        Assert.Equal(2, (await past.IdsInPostkorbAsync("32")).Count);
        Assert.Empty(await past.ProposedInClearingAsync());
    }

    private async Task TamperAsync(string sql)
    {
        var settings = await SettingsAsync();
        await using System.Data.Common.DbConnection connection = settings.Provider == DatabaseProvider.Sqlite
            ? new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = settings.Connection, Pooling = false }.ToString())
            : new NpgsqlConnection(settings.Connection);
        await connection.OpenAsync();
        Assert.True(await connection.ExecuteAsync(sql) > 0, sql);
    }
}

public sealed class SqliteCityPlanLaws : CityPlanLaws
{
    protected override Task<DatabaseSettings> SettingsAsync() =>
        Task.FromResult(new DatabaseSettings(DatabaseProvider.Sqlite, Folder.At("postlotse.db")));
}

public sealed class PostgreSqlCityPlanLaws(PostgreSqlServer server) : CityPlanLaws
{
    private Task<string>? _connection;

    protected override async Task<DatabaseSettings> SettingsAsync() =>
        new(DatabaseProvider.PostgreSql, await (_connection ??= server.NewDatabaseAsync()));
}
