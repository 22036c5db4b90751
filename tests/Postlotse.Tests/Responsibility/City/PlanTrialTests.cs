using Postlotse.Letters;
using Postlotse.Responsibility;
using Postlotse.Responsibility.City;
using Postlotse.Tests.Responsibility.Knowledge;
using Xunit;

namespace Postlotse.Tests.Responsibility.City;

/// <summary>What a change of plan would mean, told before it is in force; and how it comes in force.</summary>
public sealed class PlanTrialTests
{
    private static readonly DateOnly Today = new(2027, 3, 1);
    private static readonly CityRule Rule = new("r", "Umzüge") { Words = ["Möbelwagen"], Unit = "41.2" };

    private static readonly LetterContent Removal = new()
    {
        Id = "1", Sender = "Anna Zabel\nLindenstraße 5",
        Body = "Wir ziehen am 3. Juni um. Bitte richten Sie vor dem Haus ein Halteverbot für den Möbelwagen ein.",
    };

    private static readonly LetterContent Dog = new()
    {
        Id = "2", Sender = "Karl Bauer\nAmselweg 1", Body = "Hiermit melde ich meinen Hund zur Hundesteuer an.",
    };

    private static CityState City(CityPlan plan, int version = 0) =>
        new(version, Shipped.Lindenfurt, plan, city => new(city.Organisation, null, Shipped.Model, city.Plan, city.Version));

    [Fact]
    public async Task Trial_TellsWhichLettersGoElsewhere()
    {
        var result = await TryAsync(new() { Rules = [Rule] });
        Assert.Equal(2, result.Letters);
        var moved = Assert.Single(result.Moved);
        Assert.Equal(("32.3", "41.2", true), (moved.Before.Unit, moved.After.Unit, moved.Confirmed));
        var effect = Assert.Single(result.Rules);
        Assert.Equal((1, "32.3", 1), (effect.Letters, effect.Places[0].Unit, effect.Places[0].Confirmed));
    }

    [Fact]
    public async Task ChangeOfTheFuture_IsTriedForItsFirstDay()
    {
        var result = await TryAsync(new() { Rules = [Rule with { From = new(2028, 1, 1) }] }, new DateOnly(2028, 1, 1));
        Assert.Single(result.Moved);
    }

    [Fact]
    public async Task PersonDecides_IsADifferentWay()
    {
        var result = await TryAsync(new() { Rules = [Rule with { Unit = null }] });
        Assert.All(result.Moved, m => Assert.False(m.After.Automatic));
    }

    [Fact]
    public async Task RuleThatIsNoneOfTheLetters_MovesNothing()
    {
        var result = await TryAsync(new() { Rules = [Rule with { Words = ["Zirkuszelt"] }] });
        Assert.Equal((0, 0), (result.Moved.Count, result.Rules[0].Letters));
    }

    [Fact]
    public void NewerVersion_IsInForceAtOnceAndAnOlderOneNever()
    {
        var city = new CityInForce(City(CityPlan.Empty));
        var before = city.Current;
        Assert.True(city.Replace(City(new() { Rules = [Rule] }, version: 2)));
        Assert.Equal("41.2", city.Current.Decider.Decide(Removal, Today).Unit);
        Assert.Equal("32.3", before.Decider.Decide(Removal, Today).Unit);
        Assert.False(city.Replace(City(CityPlan.Empty, version: 1)));
        Assert.False(city.Replace(City(CityPlan.Empty, version: 2)));
        Assert.Equal(2, city.Current.Version);
        Assert.EndsWith(".plan-2", city.Current.Decider.Decide(Removal, Today).DecidedBy, StringComparison.Ordinal);
    }

    [Fact]
    public void Difference_NamesWhatCameWentAndChanged()
    {
        var organisation = Shipped.Lindenfurt;
        var (gone, renamed) = (organisation.Units.First(u => u.Id == "41.2"), organisation.Units.First(u => u.Id == "20.2"));
        var other = organisation with
        {
            Units = [.. organisation.Units.Where(u => u != gone).Select(u => u == renamed ? u with { Name = "Steuern" } : u),
                new() { Id = "99", Name = "Neues Amt", Tasks = ["Neues"] }],
        };
        var plan = new CityPlan { Rules = [Rule], Assignments = [new("a", "41.2"), new("b", "20.2")] };
        var fit = PlanVersion.Fit(plan, other);
        var difference = PlanDifference.Of(plan, organisation, fit, other);
        Assert.Equal(["99"], difference.UnitsAdded.Select(u => u.Id));
        Assert.Equal(["41.2"], difference.UnitsRemoved.Select(u => u.Id));
        Assert.Equal([("20.2", "Steuern")], difference.UnitsRenamed.Select(u => (u.Id, u.After)));
        Assert.Equal(["a"], difference.Assignments.Select(a => a.Concern));
        Assert.Null(Assert.Single(difference.Rules).After!.Unit);
        var same = plan with { Rules = [Rule with { Words = ["Möbelwagen"] }] };
        Assert.True(PlanDifference.Of(plan, organisation, same, organisation).IsEmpty);
    }

    private static async Task<TrialResult> TryAsync(CityPlan plan, DateOnly? day = null)
    {
        var (before, after) = (City(CityPlan.Empty), City(plan, version: 1));
        var difference = PlanDifference.Of(before.Plan, before.Organisation, after.Plan, after.Organisation);
        var trial = new PlanTrial(before, after, difference, Today);
        Assert.Equal(day ?? Today, trial.Day);
        return await trial.RunAsync(Letters(), CancellationToken.None);
    }

    private static async IAsyncEnumerable<PastLetter> Letters()
    {
        await Task.Yield();
        yield return new(Removal, DateTimeOffset.UnixEpoch, "32.3", Confirmed: true);
        yield return new(Dog, DateTimeOffset.UnixEpoch, "20.2", Confirmed: false);
    }
}
