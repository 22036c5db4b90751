using System.Globalization;
using Postlotse.Letters;
using Postlotse.Storage;

namespace Postlotse.Journeys;

/// <summary>What a mailroom process is to do.</summary>
/// <param name="Database">Where letters are.</param>
/// <param name="Folder">For files and scratch.</param>
/// <param name="Letters">Letters there will be in the end.</param>
/// <param name="KillAt">Number of the commit point at which the process kills itself; 0: never.</param>
/// <param name="Delivers">Also delivers the letters, each under its key.</param>
/// <param name="Workers">Workers at the same time.</param>
internal sealed record MailroomOrder(DatabaseSettings Database, string Folder, int Letters, int KillAt, bool Delivers, int Workers)
{
    public string[] Arguments() =>
    [
        Mailroom.Verb, Database.Provider.ToString(), Database.Connection, Folder, Text(Letters), Text(KillAt),
        Delivers.ToString(), Text(Workers),
    ];

    public static MailroomOrder Parse(string[] a) => new(
        new(Enum.Parse<DatabaseProvider>(a[0]), a[1]), a[2], Number(a[3]), Number(a[4]), bool.Parse(a[5]), Number(a[6]));

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);

    private static int Number(string text) => int.Parse(text, CultureInfo.InvariantCulture);
}

/// <summary>A whole mailroom over the real store, the real files and the real runner; only the stages are small.</summary>
internal sealed class Mailroom(MailroomOrder order, Database database)
{
    public const string Verb = "mailroom";

    /// <summary>Written when the work begins.</summary>
    public const string Ready = "ready";

    /// <summary>So many that kills alone never send a letter to a person.</summary>
    private const int ManyAttempts = 1000;

    public static async Task<int> MainAsync(string[] arguments)
    {
        var order = MailroomOrder.Parse(arguments);
        await using var database = await Database.OpenAsync(order.Database, CancellationToken.None);
        Console.WriteLine(Ready);
        await new Mailroom(order, database).RunAsync(afterDeath: false);
        return 0;
    }

    /// <summary>Works until all letters have arrived somewhere.</summary>
    /// <param name="afterDeath">The process before is known to be dead: its work is free at once.</param>
    public async Task RunAsync(bool afterDeath)
    {
        var points = new CommitPoints(order.KillAt);
        var sql = new SqlJourneyStore(database, Town.Analyse, TimeProvider.System);
        var store = new KillingStore(sql, points);
        var files = new KillingFiles(new FolderFileStore(Path.Combine(order.Folder, "files"), TimeProvider.System), points);
        if (afterDeath) await sql.FreeLeasesAsync(CancellationToken.None);
        if (order.Delivers) await DeliverAsync(store, files, order.Letters);

        using var stop = new CancellationTokenSource();
        var runner = new JourneyRunner(store, Town.Journey(), files, TimeProvider.System, Settings());
        var run = runner.RunAsync(stop.Token);
        while (!await IsDoneAsync()) await Task.Delay(20);
        await stop.CancelAsync();
        await run;
    }

    public static async Task DeliverAsync(IJourneyStore store, IFileStore files, int letters)
    {
        for (var i = 0; i < letters; i++)
        {
            using var bytes = new MemoryStream(Town.Bytes(i));
            var file = await files.PutAsync(bytes, CancellationToken.None);
            var name = i.ToString(CultureInfo.InvariantCulture) + ".pdf";
            await store.ReceiveAsync(new(file, name, FileFormat.Pdf, Channel.Api, null, Town.Key(i)), CancellationToken.None);
        }
    }

    private async Task<bool> IsDoneAsync()
    {
        var places = (await new LetterQueries(database, Town.Analyse).CountsAsync()).Places;
        return places[Place.Underway] == 0 && places.Values.Sum() == Town.Letters(order.Letters);
    }

    private JourneySettings Settings() => new()
    {
        ScratchFolder = Path.Combine(order.Folder, "scratch"), Workers = order.Workers, MaxAttempts = ManyAttempts,
        Lease = TimeSpan.FromSeconds(order.KillAt > 0 ? 60 : 1), Delays = [TimeSpan.Zero], PollInterval = TimeSpan.FromMilliseconds(20),
    };
}
