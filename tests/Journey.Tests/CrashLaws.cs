using System.Diagnostics;
using System.Globalization;
using Postlotse.Storage;
using Postlotse.Storage.Tests;

[assembly: AssemblyFixture(typeof(PostgreSqlServer))]

namespace Postlotse.Journeys;

/// <summary>
/// The mailroom is killed (SIGKILL) wherever it hurts and started again: no letter lost, none doubled, evidence intact. On every
/// database. POSTLOTSE_SEED=n repeats a run of random kills.
/// </summary>
public abstract class CrashLaws
{
    /// <summary>
    /// One that is delivered after its first attempt failed, one that nobody is sure about, a damaged one, a batch of two.
    /// </summary>
    private const int FewLetters = 4;

    private const int ManyLetters = 300;

    /// <summary>Where a new, empty database is.</summary>
    protected abstract Task<DatabaseSettings> NewDatabaseAsync(TestFolder folder);

    [Fact]
    public async Task MailroomKilledAtAnyCommitPoint_LosesAndDoublesNothing()
    {
        var killed = 0;
        while (await KillAtAsync(killed + 1)) killed++;

        TestContext.Current.TestOutputHelper?.WriteLine($"{killed} commit points");

        // Putting and booking a file are five points, each stage three or more: fewer would mean that the hooks are not called.
        Assert.True(killed >= FewLetters * 15, $"only {killed} commit points");
    }

    /// <summary>False when the mailroom was done before it came to that point.</summary>
    private async Task<bool> KillAtAsync(int point)
    {
        using var folder = new TestFolder();
        var order = new MailroomOrder(await NewDatabaseAsync(folder), folder.Path, FewLetters, point, Delivers: true, Workers: 1);
        using var process = await MailroomProcess.StartAsync(order);
        await process.WaitAsync();

        await using var database = await Database.OpenAsync(order.Database, CancellationToken.None);
        await new Mailroom(order with { KillAt = 0 }, database).RunAsync(afterDeath: true);
        await Inspection.InspectAsync(database, folder.Path, FewLetters, $"killed at commit point {point}");
        return !process.IsDone;
    }

    [Fact]
    public async Task TwoMailroomsKilledAtRandom_LoseAndDoubleNothing()
    {
        var seed = Environment.GetEnvironmentVariable("POSTLOTSE_SEED") is { Length: > 0 } given
            ? int.Parse(given, CultureInfo.InvariantCulture)
            : Random.Shared.Next(1, 1_000_000);
        TestContext.Current.TestOutputHelper?.WriteLine($"POSTLOTSE_SEED={seed}");
        using var folder = new TestFolder();
        var order = new MailroomOrder(await NewDatabaseAsync(folder), folder.Path, ManyLetters, 0, Delivers: false, Workers: 2);
        await using var database = await Database.OpenAsync(order.Database, CancellationToken.None);
        var kills = await KillAtRandomAsync(order, database, new Random(seed));
        TestContext.Current.TestOutputHelper?.WriteLine($"{kills} kills");
        await Inspection.InspectAsync(database, folder.Path, ManyLetters, $"POSTLOTSE_SEED={seed}, {kills} kills");
        Assert.True(kills > 0, $"POSTLOTSE_SEED={seed}: nothing was killed");
    }

    private static async Task<int> KillAtRandomAsync(MailroomOrder order, Database database, Random random)
    {
        var files = new FolderFileStore(Path.Combine(order.Folder, "files"), TimeProvider.System);
        var delivery = Mailroom.DeliverAsync(new SqlJourneyStore(database, Town.Analyse, TimeProvider.System), files, order.Letters);
        var rooms = new[] { await MailroomProcess.StartAsync(order), await MailroomProcess.StartAsync(order) };
        var kills = 0;
        try
        {
            while (!rooms.All(room => room.IsDone))
            {
                await Task.Delay(random.Next(50, 500));
                var i = random.Next(rooms.Length);
                if (rooms[i].IsDone) i = 1 - i;
                if (rooms[i].IsDone) continue;
                if (rooms[i].HasEnded) await rooms[i].WaitAsync();
                await rooms[i].KillAsync();
                kills++;
                rooms[i].Dispose();
                rooms[i] = await MailroomProcess.StartAsync(order);
            }
        }
        finally
        {
            foreach (var room in rooms) room.Dispose();
        }

        await delivery;
        return kills;
    }
}

public sealed class SqliteCrashLaws : CrashLaws
{
    protected override Task<DatabaseSettings> NewDatabaseAsync(TestFolder folder) =>
        Task.FromResult(new DatabaseSettings(DatabaseProvider.Sqlite, folder.At("db")));
}

public sealed class PostgreSqlCrashLaws(PostgreSqlServer server) : CrashLaws
{
    protected override async Task<DatabaseSettings> NewDatabaseAsync(TestFolder folder) =>
        new(DatabaseProvider.PostgreSql, await server.NewDatabaseAsync());
}
