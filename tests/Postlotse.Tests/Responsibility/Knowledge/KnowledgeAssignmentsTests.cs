using Postlotse.Letters;
using Postlotse.Responsibility;
using Postlotse.Responsibility.Knowledge;
using Postlotse.Responsibility.Knowledge.Assigning;
using Xunit;

namespace Postlotse.Tests.Responsibility.Knowledge;

public sealed class KnowledgeAssignmentsTests
{
    [Fact]
    public void EveryOfficeOfLindenfurt_HasConcernsThatSurelyBelongToIt()
    {
        var assignments = Assignments.Propose(Shipped.Model, Shipped.Lindenfurt);
        var sure = Enumerable.Range(0, Shipped.Model.Concerns.Count).Where(c => assignments.Certainty(c) >= 0.25)
            .SelectMany(c => assignments.Of(c).Select(a => a.Unit)).ToHashSet(StringComparer.Ordinal);

        Assert.Empty(Shipped.Lindenfurt.Units.Where(u => u.Tasks.Count > 0 && !sure.Contains(u.Id)).Select(u => u.Name));
        Assert.Empty(Shipped.Lindenfurt.ExternalAuthorities.Where(a => !sure.Contains(a.Id)).Select(a => a.Name));
    }

    [Fact]
    public void EveryTaskOfLindenfurt_IsReadAsAConcernOfItsOffice()
    {
        var assignments = Assignments.Propose(Shipped.Model, Shipped.Lindenfurt);
        var tasks = Shipped.Lindenfurt.Units.SelectMany(u => u.Tasks.Select(t => (u.Id, Task: t))).ToArray();

        var covered = tasks.Count(t => assignments.Of(Best(Shipped.Model.Score(t.Task))).Any(a => a.Unit == t.Id));

        Assert.True(covered >= tasks.Length * 0.95, $"{covered} of {tasks.Length}");
    }

    [Fact]
    public void CityOfAnotherStructure_GetsItsConcernsRight()
    {
        var assignments = Assignments.Propose(Shipped.Model, Shipped.Isarstadt);
        var place = Shipped.Model.Concerns.Select((c, i) => (c.Id, i)).ToDictionary(c => c.Id, c => c.i, StringComparer.Ordinal);
        var known = File.ReadLines(Shipped.Path("data", "cities", "isarstadt", "assignments.tsv")).Skip(1)
            .Select(l => l.Split('\t')).Select(l => (Concern: l[0], Units: l[1].Split('|'))).ToArray();

        var right = known.Count(k =>
            assignments.Of(place[k.Concern]) is [var first, ..] && k.Units.Contains(first.Unit, StringComparer.Ordinal));

        Assert.True(right >= known.Length * 0.95, $"{right} of {known.Length}");
    }

    [Fact]
    public void SharesOfAConcern_LeaveOverWhatPerhapsNobodyDoes()
    {
        var model = Shipped.Model;
        foreach (var city in new[] { Shipped.Lindenfurt, Shipped.Isarstadt })
        {
            var assignments = Assignments.Propose(model, city);
            var sums = Enumerable.Range(0, model.Concerns.Count).Select(c => assignments.Of(c).Sum(a => a.Weight)).ToArray();

            Assert.All(sums, s => Assert.InRange(s, 0, 1 + 1e-6));
            Assert.True(sums.Average() > 0.9, $"on average {sums.Average()} of a concern is somebody's");
        }
    }

    [Fact]
    public void TaskOfTheDistrict_GoesToTheAuthorityOutside()
    {
        var town = new Organisation
        {
            City = "Kleinstadt",
            Units =
            [
                new Unit { Id = "1", Name = "Bürgerbüro", Tasks = ["Ausweise und Pässe", "An- und Abmelden"] },
                new Unit { Id = "2", Name = "Bauhof", Tasks = ["Winterdienst", "Schlaglöcher"] },
            ],
            ExternalAuthorities =
            [
                new ExternalAuthority { Id = "K", Name = "Landkreis – Straßenverkehrsamt", Tasks = ["Kfz-Zulassung", "Führerscheine"] },
            ],
        };
        var assignments = Assignments.Propose(Shipped.Model, town);

        Assert.Equal("K", assignments.Of(Concern("buergerdienste.fuehrerschein-umtauschen-verloren"))[0].Unit);
        Assert.Equal("1", assignments.Of(Concern("buergerdienste.ausweis-verloren-gestohlen-sperren"))[0].Unit);
        Assert.True(assignments.Of(Concern("kultur.statisterie-buergerbuehne-extrachor")).Sum(a => a.Weight) < 0.5, "there is no theatre");

        static int Concern(string id) => Shipped.Model.Concerns.Select((c, i) => (c.Id, i)).Single(c => c.Id == id).i;
    }

    [Fact]
    public void SchoolsOfACity_ShareTheirConcernsEqually()
    {
        var assignments = Assignments.Propose(Shipped.Model, Shipped.Lindenfurt);
        var concern = Shipped.Model.Concerns.Select((c, i) => (c.Id, i)).Single(c => c.Id == "schulen.beurlaubung-unterricht").i;

        var shares = assignments.Of(concern);

        Assert.Equal(24, shares.Count);
        Assert.All(shares, s => Assert.Equal(1.0 / 24, s.Weight, 3));
    }

    [Fact]
    public void CityWithASingleOffice_GetsWhatItDoesAndNothingElse()
    {
        var organisation = new Organisation
        {
            City = "Kleinstadt",
            Units = [new Unit { Id = "1", Name = "Standesamt", Tasks = ["Geburten, Eheschließungen und Sterbefälle"] }],
        };

        var assignments = Assignments.Propose(Shipped.Model, organisation);

        var concerns = Enumerable.Range(0, Shipped.Model.Concerns.Count).Where(c => assignments.Of(c).Count > 0).ToArray();
        Assert.Contains(concerns, c => Shipped.Model.Concerns[c].Id == "buergerdienste.sterbefall-melden-sterbeurkunde");
        Assert.DoesNotContain(concerns, c => Shipped.Model.Concerns[c].Id == "verkehr.schlagloecher-kaputte-fahrbahn");
    }

    /// <summary>Cities differ: where nobody has the usual name, the other kind of office does it.</summary>
    [Fact]
    public void CityWithoutTheUsualOffice_GivesTheConcernToTheOtherKind()
    {
        var given = 0;
        var concerns = Shipped.Model.Concerns.Select((c, i) => (Concern: c, Place: i))
            .Where(c => c.Concern.OtherOffices.Count > 0).ToArray();
        foreach (var (concern, place) in concerns)
        {
            var other = concern.OtherOffices[0];
            var city = new Organisation { City = "Kleinstadt", Units = [new Unit { Id = "1", Name = other, Tasks = [other] }] };
            given += Assignments.Propose(Shipped.Model, city).Of(place).Count > 0 ? 1 : 0;
        }

        Assert.True(concerns.Length >= 50 && given >= concerns.Length * 0.9, $"{given} of {concerns.Length}");
    }

    [Fact]
    public void VagueConcern_BelongsToNobody()
    {
        var assignments = Assignments.Propose(Shipped.Model, Shipped.Lindenfurt);
        var vague = Shipped.Model.Concerns.Select((c, i) => (c.Vague, i)).Where(c => c.Vague).ToArray();

        Assert.NotEmpty(vague);
        Assert.All(vague, c => Assert.Empty(assignments.Of(c.i)));
    }

    [Fact]
    public void CityWithoutTargets_IsNoError()
    {
        var decider = new Decider(new Organisation { City = "Nirgends", Units = [] }, null, Shipped.Model);

        Assert.Equal(Outcome.Review, decider.Decide(new LetterContent { Id = "1", Body = "Guten Tag" }).Outcome);
    }

    private static int Best(float[] scores) => Array.IndexOf(scores, scores.Max());
}
