using Postlotse.Letters;

namespace Postlotse.Storage;

/// <summary>The receipts: one a delivery, never changed.</summary>
internal sealed class ReceiptTable(Session session)
{
    public const string Columns = """
        id, letter_id, received_at, evidence, channel, source_name, sha256, bytes, stored_at, client_key, duplicate_of
        """;

    private const string AddSql = $"""
        INSERT INTO receipt ({Columns})
        VALUES (@Id, @LetterId, @ReceivedAt, @Evidence, @Channel, @SourceName, @Sha256, @Bytes, @StoredAt, @ClientKey, @DuplicateOf)
        """;

    /// <summary>The columns of a table that is called by another name in the query.</summary>
    public static string Prefixed(string name) =>
        string.Join(", ", Columns.Split(',', StringSplitOptions.TrimEntries).Select(column => name + "." + column));

    public Task AddAsync(Receipt receipt) => session.ExecuteAsync(AddSql, new
    {
        receipt.Id, receipt.LetterId, ReceivedAt = receipt.ReceivedAt.ToUnixTimeMilliseconds(), Evidence = receipt.Evidence.ToString(),
        Channel = receipt.Channel.ToString(), receipt.SourceName, receipt.Sha256, receipt.Bytes,
        StoredAt = receipt.StoredAt.ToUnixTimeMilliseconds(), receipt.ClientKey, receipt.DuplicateOf,
    });

    public async Task<Receipt?> ByClientKeyAsync(string key) =>
        (await session.FirstAsync<ReceiptRecord>($"SELECT {Columns} FROM receipt WHERE client_key = @key", new { key }))?.Receipt;

    public Task<string?> FirstOfAsync(string letterId) =>
        session.ScalarAsync<string>("SELECT id FROM receipt WHERE letter_id = @letterId AND duplicate_of IS NULL", new { letterId });
}

/// <summary>A receipt's row.</summary>
internal class ReceiptRecord
{
    public string Id { get; init; } = "";

    public string LetterId { get; init; } = "";

    public long ReceivedAt { get; init; }

    public ReceiptEvidence Evidence { get; init; }

    public Channel Channel { get; init; }

    public string SourceName { get; init; } = "";

    public string Sha256 { get; init; } = "";

    public long Bytes { get; init; }

    public long StoredAt { get; init; }

    public string? ClientKey { get; init; }

    public string? DuplicateOf { get; init; }

    public Receipt Receipt => new(
        Id, LetterId, UnixTime.Of(ReceivedAt), Evidence, Channel, SourceName, Sha256, Bytes, UnixTime.Of(StoredAt), ClientKey, DuplicateOf);
}
