using Microsoft.Extensions.Logging.Abstractions;
using Postlotse.App.Cli;
using Postlotse.App.LanguageModels;
using Postlotse.App.Serving;
using Postlotse.Evidence;
using Postlotse.Language;
using Postlotse.Letters;
using Postlotse.Responsibility.LanguageModels;
using Postlotse.Storage;
using Xunit;

namespace Postlotse.App.Tests.LanguageModels;

/// <summary>A language model is counted by what people decide, and is not there unless it was switched on.</summary>
public sealed class VoteFollowerTests
{
    [Fact]
    public async Task VotesThatPeopleConfirmed_GiveWeight_AndAReturnTakesItBack()
    {
        using var folder = new TemporaryFolder();
        await using var database = await Database.OpenAsync(new(DatabaseProvider.Sqlite, folder["db"]), CancellationToken.None);
        var store = new SqlJourneyStore(database, GermanText.SearchTerms, TimeProvider.System);
        var record = new VoteRecord("m");
        var follower = new VoteFollower(
            new(database, GermanText.SearchTerms), record, TimeProvider.System, NullLogger<VoteFollower>.Instance);
        var file = new StoredFile(new('a', 64), 1);
        var id = (await store.ReceiveAsync(new(file, "1", FileFormat.Pdf, Channel.Folder, null, null), CancellationToken.None))
            .Receipt.LetterId;
        var vote = new LanguageModelVote("m", LanguageModelAnswer.Vote) { Unit = "a", Prior = 0.2 };
        await ChangeAsync(l => l, EventKind.StageDone, EventData.Write(new { LanguageModel = vote }));
        await follower.LookAsync(CancellationToken.None);
        Assert.Equal(0, record.Weight);

        await ChangeAsync(
            l => l with { Place = Place.Postkorb, Stage = null, Unit = "a", DeliveredAt = l.ReceivedAt }, EventKind.Assigned,
            """{"unit":"a"}""");
        await follower.LookAsync(CancellationToken.None);
        Assert.True(record.Weight > 0);

        await ChangeAsync(l => l with { Place = Place.Clearing, Unit = null, DeliveredAt = null }, EventKind.Returned, "{}");
        await follower.LookAsync(CancellationToken.None);
        Assert.Equal(0, record.Weight);

        Task ChangeAsync(Func<Letter, Letter> change, EventKind kind, string facts) => store.ChangeAsync(
            id, l => new LetterChange(change(l), [new(kind, "account:1", facts)]), CancellationToken.None);
    }

    [Fact]
    public async Task Model_IsThereOnlyWhenSwitchedOn_AndAMissingKeyIsTold()
    {
        using var folder = new TemporaryFolder();
        using var data = DataFolder.Open(folder["data"]);
        await using (var house = await House.OpenAsync(data, Call.Organisation, CancellationToken.None)) Assert.Null(house.Votes);

        const string settings = """{"languageModel":{"url":"http://127.0.0.1:9/v1","model":"m"KEY}}""";
        await File.WriteAllTextAsync(data.SettingsPath, settings.Replace("KEY", "", StringComparison.Ordinal));
        await using (var house = await House.OpenAsync(data, null, CancellationToken.None)) Assert.NotNull(house.Votes);

        await File.WriteAllTextAsync(data.SettingsPath, settings.Replace("KEY", ",\"apiKeyFile\":\"key\"", StringComparison.Ordinal));
        foreach (var key in (string?[])[null, "  \n", "zwei Wörter"])
        {
            if (key is not null) await File.WriteAllTextAsync(data.PathOf("key"), key);
            var failure = await Assert.ThrowsAsync<CallFailedException>(() => House.OpenAsync(data, null, CancellationToken.None));
            Assert.Contains(data.PathOf("key"), failure.Message, StringComparison.Ordinal);
        }
    }
}
