using Microsoft.Extensions.Logging.Abstractions;
using Postlotse.App.Serving;
using Postlotse.Delivery;
using Postlotse.Evidence;
using Postlotse.Language;
using Postlotse.Letters;
using Postlotse.Responsibility;
using Postlotse.Responsibility.City;
using Postlotse.Storage;
using Xunit;

namespace Postlotse.App.Tests;

/// <summary>A running city learns from what people decide, and from nothing else.</summary>
public sealed class LearningFollowerTests : IAsyncLifetime
{
    private static readonly Organisation Town = new()
    {
        City = "Musterstadt",
        Units = [new() { Id = "a", Name = "Amt A", Tasks = ["Kegeln"] }, new() { Id = "b", Name = "Amt B", Tasks = ["Angeln"] }],
    };

    private readonly TemporaryFolder _folder = new();
    private readonly LearnedCity _learned = new();
    private Database _database = null!;
    private SqlJourneyStore _store = null!;

    public async ValueTask InitializeAsync()
    {
        _database = await Database.OpenAsync(new(DatabaseProvider.Sqlite, _folder["db"]), CancellationToken.None);
        _store = new(_database, GermanText.SearchTerms, TimeProvider.System);
        _learned.Attach(new(new(0, Town, CityPlan.Empty, Composed, _learned.Apply)));
    }

    public async ValueTask DisposeAsync()
    {
        await _database.DisposeAsync();
        _folder.Dispose();
    }

    [Fact]
    public async Task AssignedLetters_AreLearned_OthersAreNot_AndAReturnIsForgotten()
    {
        var follower = Follower();
        var assigned = await LetterAsync("1", EventKind.Assigned, Outcome.Review);
        await LetterAsync("2", EventKind.Delivered, Outcome.Auto);
        await LetterAsync("3", EventKind.Assigned, Outcome.Sealed);
        Assert.Equal(2, await follower.LookAsync(CancellationToken.None));
        Assert.Equal(1, _learned.Letters);
        Assert.Equal(0, await follower.LookAsync(CancellationToken.None));

        await MoveAsync(assigned, l => l with { Place = Place.Clearing, Unit = null, DeliveredAt = null }, EventKind.Returned);
        Assert.Equal(1, await follower.LookAsync(CancellationToken.None));
        Assert.Equal(0, _learned.Letters);
    }

    [Fact]
    public async Task DeletedLetter_IsForgotten()
    {
        var follower = Follower();
        var id = await LetterAsync("1", EventKind.Assigned, Outcome.Review);
        await follower.LookAsync(CancellationToken.None);
        Assert.Equal(1, _learned.Letters);
        var (one, other) = (Person("1"), Person("2"));
        await _store.ChangeAsync(id, l => Deletion.Request(l, DeletionReason.Trial, one, TimeProvider.System.GetUtcNow(), null), default);
        await _store.ChangeAsync(id, l => Deletion.Approve(l, [], other), default);
        await follower.LookAsync(CancellationToken.None);
        Assert.Equal(0, _learned.Letters);
        Assert.True(_learned.TrainingIsDue);

        static Account Person(string id) => new(id, id, id, [Role.Auditor], [], false, false);
    }

    [Fact]
    public async Task WhatWasLearned_OutlivesTheProgram()
    {
        await LetterAsync("1", EventKind.Assigned, Outcome.Review);
        var follower = Follower();
        await follower.StartAsync(CancellationToken.None);
        await RunningServer.UntilAsync(() => Task.FromResult(_learned.Letters == 1));
        await follower.StopAsync(CancellationToken.None);
        var again = new LearnedCity();
        LearningFollower.Load(again, _folder["learned.model"]);
        Assert.Equal(1, again.Letters);
    }

    [Fact]
    public void DamagedFile_IsPutAside()
    {
        File.WriteAllText(_folder["learned.model"], "no model");
        LearningFollower.Load(_learned, _folder["learned.model"]);
        Assert.Equal(0, _learned.Letters);
        Assert.True(File.Exists(_folder["learned.model.damaged"]));
    }

    private static Decider Composed(CityState city) => Composition.CreateDecider(city.Organisation, null);

    private LearningFollower Follower() => new(
        new(_database, GermanText.SearchTerms), _learned, _folder["learned.model"], TimeProvider.System,
        NullLogger<LearningFollower>.Instance);

    private async Task<string> LetterAsync(string name, EventKind kind, Outcome outcome)
    {
        var file = new StoredFile(Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData([(byte)name[0]])), 1);
        var receipt = await _store.ReceiveAsync(new(file, name, FileFormat.Pdf, Channel.Folder, null, null), CancellationToken.None);
        var id = receipt.Receipt.LetterId;
        var decision = new Decision { Id = id, Outcome = outcome, Unit = "a", Probability = 0.5, Ranking = [] };
        await MoveAsync(
            id,
            l => l with
            {
                Place = Place.Postkorb, Stage = null, Unit = "a", DeliveredAt = l.ReceivedAt, Decision = decision,
                Reading = new(new() { Id = id, Body = "Die Kegelbahn braucht neue Kugeln, bitte bestellen." }, [], [], [], null),
            },
            kind);
        return id;
    }

    private Task MoveAsync(string id, Func<Letter, Letter> change, EventKind kind) => _store.ChangeAsync(
        id, l => new LetterChange(change(l), [new(kind, "account:1", """{"unit":"a"}""")]), CancellationToken.None);
}
