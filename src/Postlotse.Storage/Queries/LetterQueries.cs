using Postlotse.Evidence;
using Postlotse.Letters;

namespace Postlotse.Storage;

/// <summary>What screens ask for. Reads only; who may see what is the caller's to check (<c>Access</c>).</summary>
/// <param name="database">Open database.</param>
/// <param name="analyser">Text to search terms; the same one as for <see cref="SqlJourneyStore"/>.</param>
public sealed class LetterQueries(Database database, Func<string, IEnumerable<string>> analyser)
{
    private readonly SearchTerms _terms = new(analyser);

    /// <summary>An office's Postkorb, newest delivery first.</summary>
    /// <param name="unit">Office.</param>
    /// <param name="search">Words that must all occur, the last one also as a beginning; null or empty for everything.</param>
    /// <param name="after"><see cref="Page{T}.Next"/> of the page before; null for the first.</param>
    /// <param name="take">Letters a page, at least 1.</param>
    /// <param name="cancellationToken">Ends the wait for the database.</param>
    public Task<Page<LetterRow>> PostkorbAsync(
        string unit, string? search, string? after, int take, CancellationToken cancellationToken = default)
    {
        const string InPostkorb = "l.place = 'Postkorb' AND l.unit = @Unit";
        if (string.IsNullOrWhiteSpace(search))
            return ListAsync(InPostkorb, new(unit), ListOrder.NewestDelivery, after, take, cancellationToken);
        var terms = _terms.OfQuestion(search);
        if (terms.Count == 0) return Task.FromResult(new Page<LetterRow>([], null));
        return database.ReadAsync(
            session => new LetterList(session).PageAsync(
                $"{InPostkorb} AND {session.Dialect.SearchCondition}", new(unit, session.Dialect.SearchQuery(terms)),
                ListOrder.NewestDelivery, after, take),
            cancellationToken);
    }

    /// <summary>Letters that wait for a person of the mailroom, oldest receipt first.</summary>
    public Task<Page<LetterRow>> ClearingAsync(string? after, int take, CancellationToken cancellationToken = default) =>
        ListAsync("l.place = 'Clearing'", new(), ListOrder.OldestReceipt, after, take, cancellationToken);

    /// <summary>Letters that a person took out, oldest receipt first.</summary>
    public Task<Page<LetterRow>> SetAsideAsync(string? after, int take, CancellationToken cancellationToken = default) =>
        ListAsync("l.place = 'SetAside' AND l.replaced = 0", new(), ListOrder.OldestReceipt, after, take, cancellationToken);

    /// <summary>
    /// Batches: those whose letters' beginnings a person has to say, oldest receipt first, or those that were divided, newest first.
    /// Those that must stay closed are among them.
    /// </summary>
    /// <param name="divided">Divided ones; else those that wait.</param>
    /// <param name="after"><see cref="Page{T}.Next"/> of the page before; null for the first.</param>
    /// <param name="take">Batches a page, at least 1.</param>
    /// <param name="cancellationToken">Ends the wait for the database.</param>
    public Task<Page<LetterRow>> BatchesAsync(
        bool divided, string? after, int take, CancellationToken cancellationToken = default) => ListAsync(
        divided ? "l.place = 'Divided'"
            : "l.place = 'Clearing' AND l.findings LIKE '%\"boundariesUnsure\"%'",
        new(), divided ? ListOrder.NewestReceipt : ListOrder.OldestReceipt, after, take, cancellationToken);

    /// <summary>What lists tell of divided batches, by their ids.</summary>
    public Task<IReadOnlyDictionary<string, BatchFacts>> BatchFactsAsync(
        IReadOnlyCollection<string> batchIds, CancellationToken cancellationToken = default) =>
        database.ReadAsync<IReadOnlyDictionary<string, BatchFacts>>(
            async session =>
            {
                var asked = batchIds.ToList();
                var rows = await session.ListAsync<BatchFactsRow>(
                    $"""
                    SELECT b.id,
                        (SELECT count(*) FROM letter l WHERE l.batch_id = b.id AND l.replaced = 0 AND l.place <> 'Deleted') AS letters,
                        (SELECT max(e.at) FROM event e WHERE e.letter_id = b.id AND e.kind = 'Divided') AS divided_at
                    FROM letter b WHERE b.id {session.Dialect.IsAsked}
                    """,
                    new { asked });
                return rows.ToDictionary(
                    row => row.Id, row => new BatchFacts((int)row.Letters, UnixTime.Of(row.DividedAt)), StringComparer.Ordinal);
            },
            cancellationToken);

    /// <summary>The letters taken out of a batch in all its divisions, by their pages.</summary>
    public Task<IReadOnlyList<Letter>> PartsAsync(string batchId, CancellationToken cancellationToken = default) =>
        database.ReadAsync<IReadOnlyList<Letter>>(
            async session => (await session.ListAsync<string>(
                "SELECT state FROM letter WHERE batch_id = @batchId ORDER BY first_page, number", new { batchId }))
                .ConvertAll(LetterTable.Read),
            cancellationToken);

    /// <summary>Letters that a stage works on or will, oldest receipt first.</summary>
    public async Task<IReadOnlyList<LetterRow>> UnderwayAsync(int take, CancellationToken cancellationToken = default) =>
        (await ListAsync("l.place = 'Underway'", new(), ListOrder.OldestReceipt, after: null, take, cancellationToken)).Items;

    /// <summary>Deliveries, newest first.</summary>
    /// <param name="take">At least 1.</param>
    /// <param name="after">Id of the last receipt seen; null for the newest.</param>
    /// <param name="cancellationToken">Ends the wait for the database.</param>
    public Task<IReadOnlyList<ReceiptRow>> RecentReceiptsAsync(int take, string? after, CancellationToken cancellationToken = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(take, 1);
        var from = after is null ? "" : "WHERE r.number < (SELECT number FROM receipt WHERE id = @after)";
        var sql = $"""
            SELECT {ReceiptTable.Prefixed("r")}, l.place, l.stage, l.unit, l.findings
            FROM receipt r JOIN letter l ON l.id = r.letter_id {from} ORDER BY r.number DESC LIMIT @take
            """;
        return database.ReadAsync<IReadOnlyList<ReceiptRow>>(
            async session => (await session.ListAsync<ReceiptListRecord>(sql, new { after, take })).ConvertAll(r => r.Row),
            cancellationToken);
    }

    /// <summary>A delivery by the id of its receipt; null when there is none.</summary>
    public async Task<ReceiptRow?> ReceiptAsync(string id, CancellationToken cancellationToken = default)
    {
        var sql = $"""
            SELECT {ReceiptTable.Prefixed("r")}, l.place, l.stage, l.unit, l.findings
            FROM receipt r JOIN letter l ON l.id = r.letter_id WHERE r.id = @id
            """;
        return (await database.ReadAsync(session => session.FirstAsync<ReceiptListRecord>(sql, new { id }), cancellationToken))?.Row;
    }

    /// <summary>How many letters are where.</summary>
    public Task<IntakeCounts> CountsAsync(CancellationToken cancellationToken = default)
    {
        const string Failures = "SELECT coalesce(sum(CASE WHEN lease_until > 0 THEN attempt - 1 ELSE attempt END), 0) FROM job";
        return database.ReadAsync(
            async session =>
            {
                var places = await session.ListAsync<CountRow>("SELECT place AS name, count(*) AS count FROM letter GROUP BY place");
                var stages = await session.ListAsync<CountRow>(
                    "SELECT stage AS name, count(*) AS count FROM letter WHERE place = 'Underway' GROUP BY stage");
                return new IntakeCounts(Fill<Place>(places), Fill<StageName>(stages), (int)await session.ScalarAsync<long>(Failures));
            },
            cancellationToken);
    }

    /// <summary>Letters in each of the offices' Postkörbe, also 0.</summary>
    public Task<IReadOnlyDictionary<string, int>> PostkorbCountsAsync(
        IEnumerable<string> units, CancellationToken cancellationToken = default)
    {
        const string Sql = "SELECT unit AS name, count(*) AS count FROM letter WHERE place = 'Postkorb' AND unit ";
        var asked = units.Distinct(StringComparer.Ordinal).ToList();
        return database.ReadAsync<IReadOnlyDictionary<string, int>>(
            async session =>
            {
                var counts = asked.ToDictionary(unit => unit, _ => 0, StringComparer.Ordinal);
                foreach (var row in await session.ListAsync<CountRow>(Sql + session.Dialect.IsAsked + " GROUP BY unit", new { asked }))
                    counts[row.Name] = (int)row.Count;
                return counts;
            },
            cancellationToken);
    }

    /// <summary>A letter as it is now; null when there is none of that id.</summary>
    public Task<Letter?> LetterAsync(string id, CancellationToken cancellationToken = default) => database.ReadAsync(
        async session => await session.ScalarAsync<string>("SELECT state FROM letter WHERE id = @id", new { id }) is { } state
            ? LetterTable.Read(state)
            : null,
        cancellationToken);

    /// <summary>A letter's evidence in order.</summary>
    public Task<IReadOnlyList<JourneyEvent>> EventsAsync(string id, CancellationToken cancellationToken = default) =>
        database.ReadAsync<IReadOnlyList<JourneyEvent>>(
            async session => (await session.ListAsync<EventRecord>(
                $"SELECT {EventRecord.Columns} FROM event WHERE letter_id = @id ORDER BY sequence", new { id })).ConvertAll(e => e.Event),
            cancellationToken);

    /// <summary>All deliveries of the file that a letter came in, first one first.</summary>
    public Task<IReadOnlyList<Receipt>> ReceiptsAsync(string letterId, CancellationToken cancellationToken = default) =>
        database.ReadAsync<IReadOnlyList<Receipt>>(
            async session => (await session.ListAsync<ReceiptRecord>(
                $"""
                SELECT {ReceiptTable.Columns} FROM receipt
                WHERE letter_id = (SELECT coalesce(batch_id, id) FROM letter WHERE id = @letterId) ORDER BY number
                """,
                new { letterId })).ConvertAll(r => r.Receipt),
            cancellationToken);

    /// <summary>A number that grows with every event of any letter; cheap enough to ask every second.</summary>
    /// <remarks>
    /// On PostgreSQL an event may appear after one with a higher number; the count of the latest ones lets the result grow then, too.
    /// </remarks>
    public Task<long> ChangeNumberAsync(CancellationToken cancellationToken = default)
    {
        const string Sql = """
            SELECT coalesce(max(number), 0) * 1000 + count(*) FROM event WHERE number > (SELECT coalesce(max(number), 0) - 500 FROM event)
            """;
        return database.ReadAsync(session => session.ScalarAsync<long>(Sql), cancellationToken);
    }

    /// <summary>Events of letters after a number, each with the office it names.</summary>
    public Task<IReadOnlyList<LetterNews>> NewsAsync(long after, CancellationToken cancellationToken = default)
    {
        const string Sql = $"SELECT {NewsRecord.News} FROM event WHERE number > @after ORDER BY number";
        return database.ReadAsync<IReadOnlyList<LetterNews>>(
            async session => (await session.ListAsync<NewsRecord>(Sql, new { after })).ConvertAll(r => r.Told), cancellationToken);
    }

    /// <summary>What people decided about letters' offices after an event's number, in order: from this the city learns.</summary>
    public Task<IReadOnlyList<PersonDecision>> DecisionsOfPeopleAsync(long after, int take, CancellationToken cancellationToken = default)
    {
        const string Sql = $"""
            SELECT {NewsRecord.News} FROM event WHERE number > @after AND kind IN ('Assigned', 'Returned', 'Reopened', 'Deleted')
            ORDER BY number LIMIT @take
            """;
        return database.ReadAsync<IReadOnlyList<PersonDecision>>(
            async session => (await session.ListAsync<NewsRecord>(Sql, new { after, take = (long)take }))
                .ConvertAll(r => r.Decision),
            cancellationToken);
    }

    /// <summary>Letters in Postkörbe other than those of the offices named, oldest receipt first.</summary>
    /// <param name="attended">Offices that somebody looks after.</param>
    /// <param name="after"><see cref="Page{T}.Next"/> of the page before; null for the first.</param>
    /// <param name="take">Letters a page, at least 1.</param>
    /// <param name="cancellationToken">Ends the wait for the database.</param>
    public Task<Page<LetterRow>> UnattendedAsync(
        IReadOnlyCollection<string> attended, string? after, int take, CancellationToken cancellationToken = default) =>
        database.ReadAsync(
            session => new LetterList(session).PageAsync(
                Elsewhere(session), new(Asked: attended.ToList()), ListOrder.OldestReceipt, after, take),
            cancellationToken);

    /// <summary>How many letters <see cref="UnattendedAsync"/> lists.</summary>
    public Task<int> UnattendedCountAsync(IReadOnlyCollection<string> attended, CancellationToken cancellationToken = default) =>
        database.ReadAsync(
            async session => (int)await session.ScalarAsync<long>(
                "SELECT count(*) FROM letter l WHERE " + Elsewhere(session), new { asked = attended.ToList() }),
            cancellationToken);

    private static string Elsewhere(Session session) => $"l.place = 'Postkorb' AND NOT (l.unit {session.Dialect.IsAsked})";

    private Task<Page<LetterRow>> ListAsync(
        string condition, ListValues values, ListOrder order, string? after, int take, CancellationToken cancellationToken) =>
        database.ReadAsync(session => new LetterList(session).PageAsync(condition, values, order, after, take), cancellationToken);

    private static Dictionary<T, int> Fill<T>(List<CountRow> rows)
        where T : struct, Enum =>
        Enum.GetValues<T>().ToDictionary(
            value => value,
            value => (int)(rows.Find(row => string.Equals(row.Name, value.ToString(), StringComparison.Ordinal))?.Count ?? 0));

    private sealed class BatchFactsRow
    {
        public string Id { get; init; } = "";

        public long Letters { get; init; }

        public long? DividedAt { get; init; }
    }

    private sealed class CountRow
    {
        public string Name { get; init; } = "";

        public long Count { get; init; }
    }
}
