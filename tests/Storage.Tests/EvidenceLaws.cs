using Dapper;
using Microsoft.Data.Sqlite;
using Npgsql;
using Postlotse.Evidence;
using Postlotse.Letters;
using static Postlotse.Storage.Tests.Samples;

namespace Postlotse.Storage.Tests;

/// <summary>Whoever changes something behind the program's back is found out, on every database.</summary>
public abstract class EvidenceLaws : EveryDatabase
{
    private string _id = "";
    private FolderFileStore _files = null!;

    /// <summary>Three letters; the middle one has passed recognition and lies in a Postkorb, and was delivered twice.</summary>
    private async Task<EvidenceCheck> BeginAsync()
    {
        var database = await OpenAsync();
        _files = new(Folder.At("files"), TimeProvider.System);
        var store = new SqlJourneyStore(database, Analyse, TimeProvider.System);
        foreach (var name in new[] { "first", "second", "third", "second" })
        {
            await PutAsync(name);
            var receipt = (await store.ReceiveAsync(Delivered(name), default)).Receipt;
            if (name == "second") _id = receipt.LetterId;
        }

        var (pages, pdf) = (await PutAsync("[]"), await PutAsync("%PDF-"));
        var facts = EventData.Write(new { Stage = StageName.Recognition, PagesFile = pages.Sha256, Pdf = pdf.Sha256 });
        await store.ChangeAsync(_id, letter => new(
            InPostkorb(letter with { Recognition = new([], pages, pdf, "de", 1, 1), Reading = Read(_id, "Antrag") }, "50", Monday),
            [new(EventKind.StageDone, NewEvent.System, facts), new(EventKind.Delivered, NewEvent.System, """{"unit":"50"}""")]), default);
        return new(database, _files);
    }

    private async Task<StoredFile> PutAsync(string text)
    {
        using var bytes = new MemoryStream(System.Text.Encoding.UTF8.GetBytes(text));
        return await _files.PutAsync(bytes, default);
    }

    /// <summary>As somebody with access to the database would.</summary>
    private async Task TamperAsync(string sql)
    {
        var settings = await SettingsAsync();
        await using System.Data.Common.DbConnection connection = settings.Provider == DatabaseProvider.Sqlite
            ? new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = settings.Connection, Pooling = false }.ToString())
            : new NpgsqlConnection(settings.Connection);
        await connection.OpenAsync();
        Assert.True(await connection.ExecuteAsync(sql, new { id = _id }) > 0, sql);
    }

    private async Task MustFindAsync(EvidenceFaultKind kind, string sql)
    {
        var check = await BeginAsync();
        Assert.Null((await check.RunAsync(null, default)).Fault);
        await TamperAsync(sql);
        var fault = (await check.RunAsync(null, default)).Fault;
        Assert.Equal((kind, _id), (fault?.Kind, fault?.LetterId));
        Assert.Contains(_id, fault!.Text);
    }

    [Fact]
    public async Task UntouchedStore_Holds()
    {
        var report = await (await BeginAsync()).RunAsync(null, default);
        Assert.Equal(new EvidenceReport(3, 6, 4, 5, 0, null), report);
    }

    [Fact]
    public Task ChangedEvent_IsFound() =>
        MustFindAsync(EvidenceFaultKind.EventChanged, "UPDATE event SET data = '{}' WHERE letter_id = @id AND sequence = 1");

    [Fact]
    public Task ChangedKindOfEvent_IsFound() =>
        MustFindAsync(EvidenceFaultKind.EventChanged, "UPDATE event SET kind = 'Nonsense' WHERE letter_id = @id AND sequence = 2");

    [Fact]
    public Task ChangedTimeOfEvent_IsFound() =>
        MustFindAsync(EvidenceFaultKind.EventChanged, "UPDATE event SET at = at + 1 WHERE letter_id = @id AND sequence = 4");

    [Fact]
    public Task RemovedEvent_IsFound() =>
        MustFindAsync(EvidenceFaultKind.EventMissing, "DELETE FROM event WHERE letter_id = @id AND sequence = 2");

    [Fact]
    public Task CutOffEvents_AreFound() =>
        MustFindAsync(EvidenceFaultKind.EventsCutOff, "DELETE FROM event WHERE letter_id = @id AND sequence > 2");

    [Fact]
    public Task ReorderedEvents_AreFound() =>
        MustFindAsync(EvidenceFaultKind.EventOutOfOrder, "UPDATE event SET previous_hash = hash WHERE letter_id = @id AND sequence = 3");

    [Fact]
    public Task MovedLetter_IsFound() => MustFindAsync(
        EvidenceFaultKind.PlaceContradicted,
        """UPDATE letter SET unit = '66', state = replace(state, '"unit":"50"', '"unit":"66"') WHERE id = @id""");

    [Fact]
    public Task LetterMovedInListsOnly_IsFound() =>
        MustFindAsync(EvidenceFaultKind.ColumnsDiffer, "UPDATE letter SET unit = '66' WHERE id = @id");

    [Theory]
    [InlineData("proposal = '66'")]
    [InlineData("probability = 0.1")]
    [InlineData("urgency = 'High'")]
    [InlineData("recipient = 'somebody'")]
    [InlineData("findings = '[1]'")]
    [InlineData("source_name = 'other.pdf'")]
    [InlineData("page_count = 7")]
    public Task ChangedColumn_IsFound(string change) =>
        MustFindAsync(EvidenceFaultKind.ColumnsDiffer, $"UPDATE letter SET {change} WHERE id = @id");

    [Fact]
    public Task ChangedText_IsFound() => MustFindAsync(
        EvidenceFaultKind.StateContradicted,
        "UPDATE letter SET state = replace(state, '\"language\":\"de\"', '\"language\":\"fr\"') WHERE id = @id");

    [Theory]
    [InlineData("event SET at = 9000000000000000000")]
    [InlineData("receipt SET channel = 'Pigeon'")]
    [InlineData("receipt SET stored_at = 9000000000000000000")]
    public Task ValueThatNoProgramWrote_IsFound(string change) =>
        MustFindAsync(EvidenceFaultKind.RowUnreadable, $"UPDATE {change} WHERE letter_id = @id");

    [Fact]
    public Task UnreadableState_IsFound() =>
        MustFindAsync(EvidenceFaultKind.StateUnreadable, "UPDATE letter SET state = '{' WHERE id = @id");

    [Theory]
    [InlineData("", null)]
    [InlineData(", outcome = 'Review', proposal = '50'", null)]
    [InlineData(", outcome = 'Sealed', proposal = '50', closed = 1", Outcome.Sealed)]
    [InlineData(", closed = 1", null)]
    public async Task UnderwayLetterWithUnreadableState_ReachesAPerson(string also, Outcome? outcome)
    {
        var check = await BeginAsync();
        var database = await OpenAsync();
        var store = new SqlJourneyStore(database, Analyse, TimeProvider.System);
        var queries = new LetterQueries(database, Analyse);
        _id = (await store.ClaimAsync(TimeSpan.Zero, default))!.Letter.Id;
        await TamperAsync("UPDATE letter SET state = '{'" + also + " WHERE id = @id");
        var told = await Assert.ThrowsAsync<InvalidDataException>(() => store.ClaimAsync(Lease, default));
        Assert.Contains(_id, told.Message);
        var letter = (await queries.LetterAsync(_id))!;
        Assert.Equal((Place.Clearing, null, outcome), (letter.Place, letter.Stage, letter.Decision?.Outcome));
        Assert.Equal(FindingKind.StateUnreadable, letter.Findings[0].Kind);
        Assert.Equal(!also.Contains("Review", StringComparison.Ordinal), letter.MustStayClosed);
        Assert.Equal(EventKind.SentToClearing, (await queries.EventsAsync(_id))[^1].Kind);
        Assert.Null((await check.RunAsync(null, default)).Fault);
        Assert.NotEqual(_id, (await store.ClaimAsync(Lease, default))?.Letter.Id);
    }

    [Fact]
    public Task ChangedReceipt_IsFound() => MustFindAsync(
        EvidenceFaultKind.ReceiptContradicted, "UPDATE receipt SET received_at = received_at - 86400000 WHERE letter_id = @id");

    [Fact]
    public Task RemovedReceipt_IsFound() => MustFindAsync(
        EvidenceFaultKind.ReceiptContradicted, "DELETE FROM receipt WHERE letter_id = @id AND duplicate_of IS NOT NULL");

    [Fact]
    public async Task LetterTakenOutOfTheQueue_IsFound()
    {
        var check = await BeginAsync();
        await TamperAsync("DELETE FROM job");
        Assert.Equal(EvidenceFaultKind.QueueContradicted, (await check.RunAsync(null, default)).Fault?.Kind);
    }

    [Fact]
    public async Task ExchangedPdf_IsFound()
    {
        var check = await BeginAsync();
        var (good, other) = (File("%PDF-").Sha256, (await PutAsync("another")).Sha256);
        await TamperAsync($"UPDATE letter SET state = replace(state, '{good}', '{other}') WHERE id = @id");
        Assert.Equal(EvidenceFaultKind.FileContradicted, (await check.RunAsync(null, default)).Fault?.Kind);
    }

    [Fact]
    public async Task ManifestThatIsGone_IsFound()
    {
        var check = await BeginAsync();
        var manifest = await PutAsync("""{"pages":1}""");
        await PutAsync("scan");
        var store = new SqlJourneyStore(await OpenAsync(), Analyse, TimeProvider.System);
        var delivered = Delivered("scan") with { Manifest = new(manifest) { Pages = 1 } };
        _id = (await store.ReceiveAsync(delivered, default)).Receipt.LetterId;
        Assert.Null((await check.RunAsync(null, default)).Fault);
        System.IO.File.Delete(_files.PathOf(manifest.Sha256));
        var fault = (await check.RunAsync(null, default)).Fault;
        Assert.Equal((EvidenceFaultKind.FileMissing, _id), (fault?.Kind, fault?.LetterId));
    }

    [Fact]
    public async Task ChangedBytes_AreFound()
    {
        var check = await BeginAsync();
        var path = _files.PathOf(File("second").Sha256);
        await System.IO.File.WriteAllTextAsync(path, "secOnd");
        Assert.Equal((EvidenceFaultKind.FileChanged, _id), Found(await check.RunAsync(null, default)));
        System.IO.File.Delete(path);
        Assert.Equal((EvidenceFaultKind.FileMissing, _id), Found(await check.RunAsync(null, default)));

        static (EvidenceFaultKind?, string?) Found(EvidenceReport report) => (report.Fault?.Kind, report.Fault?.LetterId);
    }

    [Fact]
    public void EveryKindOfFault_HasWordsInBothLanguages()
    {
        foreach (var language in new[] { "de", "en" })
        {
            var culture = System.Globalization.CultureInfo.GetCultureInfo(language);
            System.Globalization.CultureInfo.CurrentUICulture = culture;
            var texts = Enum.GetValues<EvidenceFaultKind>().Select(kind => EvidenceCheck.Fault(kind, "L1", 1, 2).Text).ToList();
            var beginning = language == "de"
                ? "^(Schriftstück L1|Konto L1|Konten|Zuständigkeitsplan|Gelerntes):"
                : "^(Letter L1|Account L1|Accounts|Plan of responsibilities|What was learned):";
            Assert.All(texts, text => Assert.Matches(beginning, text));
            Assert.Equal(texts.Count, texts.Distinct().Count());
        }
    }
}

public sealed class SqliteEvidenceLaws : EvidenceLaws
{
    [Fact]
    public async Task OpenedForReading_NothingIsMade()
    {
        await (await OpenAsync()).DisposeAsync();
        SqliteConnection.ClearAllPools();
        var before = Directory.GetFileSystemEntries(Folder.At(".")).Order(StringComparer.Ordinal).ToList();
        var settings = new DatabaseSettings(DatabaseProvider.Sqlite, Folder.At("db"));
        await using (var database = await Database.OpenReadOnlyAsync(settings, default))
        {
            Assert.Null((await new EvidenceCheck(database, FolderFileStore.ForReading(Folder.At("none"))).RunAsync(null, default)).Fault);
            var store = new SqlJourneyStore(database, Analyse, TimeProvider.System);
            await Assert.ThrowsAsync<SqliteException>(() => store.ReceiveAsync(Delivered("a"), default));
        }

        Assert.Equal(before, Directory.GetFileSystemEntries(Folder.At(".")).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task DatabaseOfAnEarlierVersion_IsNotCheckedNorChanged()
    {
        await (await OpenAsync()).DisposeAsync();
        var settings = new DatabaseSettings(DatabaseProvider.Sqlite, Folder.At("db"));
        await using (var connection = new SqliteConnection("Data Source=" + settings.Connection + ";Pooling=False"))
            await connection.ExecuteAsync("DELETE FROM schema_version WHERE version > 1");
        await Assert.ThrowsAsync<SchemaTooOldException>(() => Database.OpenReadOnlyAsync(settings, default));
    }

    protected override Task<DatabaseSettings> SettingsAsync() =>
        Task.FromResult(new DatabaseSettings(DatabaseProvider.Sqlite, Folder.At("db")));

    [Fact]
    public async Task LetterRemovedWithoutItsTraces_IsFound()
    {
        var database = await OpenAsync();
        var store = new SqlJourneyStore(database, Analyse, TimeProvider.System);
        var id = (await store.ReceiveAsync(Delivered("a"), default)).Receipt.LetterId;
        var connection = new SqliteConnectionStringBuilder { DataSource = Folder.At("db"), Pooling = false, ForeignKeys = false };
        await using (var other = new SqliteConnection(connection.ToString())) await other.ExecuteAsync("DELETE FROM letter");
        var report = await new EvidenceCheck(database, new(Folder.At("files"), TimeProvider.System)).RunAsync(null, default);
        Assert.Equal((EvidenceFaultKind.LetterMissing, id), (report.Fault?.Kind, report.Fault?.LetterId));
    }
}

public sealed class PostgreSqlEvidenceLaws(PostgreSqlServer server) : EvidenceLaws
{
    private Task<string>? _connection;

    protected override async Task<DatabaseSettings> SettingsAsync() =>
        new(DatabaseProvider.PostgreSql, await (_connection ??= server.NewDatabaseAsync()));
}
