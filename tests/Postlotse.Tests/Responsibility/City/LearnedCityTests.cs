using Postlotse.Evidence;
using Postlotse.Responsibility.City;
using Postlotse.Tests.Responsibility.Learning;
using Xunit;

namespace Postlotse.Tests.Responsibility.City;

/// <summary>What decides is told by the evidence before it decides.</summary>
public sealed class LearnedCityTests : IDisposable
{
    private readonly LearnedCity _learned = new();
    private readonly List<(ModelEventKind Kind, ModelFacts Facts, string Actor)> _told = [];
    private bool _broken;

    public LearnedCityTests()
    {
        _learned.Attach(new(new(0, SampleCity.Organisation, CityPlan.Empty, _ => Town.Cold, _learned.Apply)), WitnessAsync);
        foreach (var (letter, unit) in Town.Letters(0, 60)) Assert.True(_learned.Learn(letter, unit));
    }

    public void Dispose() => _learned.Dispose();

    [Fact]
    public async Task VersionsThatComeIntoUse_AreTold()
    {
        var cancel = TestContext.Current.CancellationToken;
        await _learned.TrainAsync(NewEvent.System, cancel);
        await _learned.GoBackAsync(0, "k7", cancel);
        await _learned.GoBackAsync(1, "k7", cancel);
        Assert.False(await _learned.GoBackAsync(9, "k7", cancel));

        Assert.Equal(
            [
                (ModelEventKind.WentLive, 0, 1, NewEvent.System), (ModelEventKind.WentBack, 1, 0, "k7"),
                (ModelEventKind.WentBack, 0, 1, "k7"),
            ],
            _told.Select(t => (t.Kind, t.Facts.Before, t.Facts.Version, t.Actor)));
        Assert.Equal(60, _told[0].Facts.Letters);
        Assert.Equal(_told[0].Facts.Digest, _told[2].Facts.Digest);
        Assert.NotEqual(_told[0].Facts.Digest, _told[1].Facts.Digest);
        Assert.Equal(_told[2].Facts with { Before = 1 }, _learned.InUse);
    }

    [Fact]
    public async Task VersionWhoseEvidenceCannotBeWritten_IsNotUsed()
    {
        _broken = true;
        await Assert.ThrowsAsync<IOException>(() => _learned.TrainAsync(NewEvent.System, TestContext.Current.CancellationToken));
        Assert.Equal(0, _learned.InUse.Version);
        Assert.Single(_learned.Versions);
        _broken = false;
        await _learned.TrainAsync(NewEvent.System, TestContext.Current.CancellationToken);
        Assert.Equal(1, _learned.InUse.Version);
    }

    private Task WitnessAsync(ModelEventKind kind, ModelFacts facts, string actor, CancellationToken cancellationToken)
    {
        if (_broken) throw new IOException("no database");
        Assert.Equal(facts.Before, _learned.InUse.Version);
        _told.Add((kind, facts, actor));
        return Task.CompletedTask;
    }
}
