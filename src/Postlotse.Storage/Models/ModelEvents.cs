using Postlotse.Evidence;

namespace Postlotse.Storage;

/// <summary>The evidence of what was learned (Modellereignisse): one chain, on every database.</summary>
/// <param name="database">Open database.</param>
/// <param name="clock">Time of an event.</param>
public sealed class ModelEvents(Database database, TimeProvider clock)
{
    private const string AppendSql = """
        INSERT INTO model_event (sequence, at, kind, actor, data, previous_hash, hash)
        VALUES (@Sequence, @At, @Kind, @Actor, @Data, @PreviousHash, @Hash)
        """;

    /// <summary>Puts an event at the end; a <see cref="ModelWitness"/>.</summary>
    public Task AppendAsync(ModelEventKind kind, ModelFacts facts, string actor, CancellationToken cancellationToken) =>
        database.WriteAsync(session => AppendAsync(session, kind, facts, actor), cancellationToken);

    /// <summary>At the start of a server: tells of the version it decides by when the evidence knows another one.</summary>
    /// <returns>Whether it did.</returns>
    public Task<bool> TakeOverAsync(ModelFacts inUse, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(inUse);
        return database.WriteAsync(
            async session =>
            {
                var known = ModelEventRecord.VersionAfter(await ReadAsync(session));
                if (known == inUse.Version) return session.Abandon(false);
                return await AppendAsync(session, ModelEventKind.TakenOver, inUse with { Before = known }, NewEvent.System);
            },
            cancellationToken);
    }

    /// <summary>All events, oldest first.</summary>
    public Task<IReadOnlyList<ModelEvent>> ListAsync(CancellationToken cancellationToken) =>
        database.ReadAsync<IReadOnlyList<ModelEvent>>(async session => await ReadAsync(session), cancellationToken);

    /// <summary>
    /// All events, oldest first (none when they cannot be read), and the first thing about their chain that does not hold.
    /// </summary>
    public Task<ModelEventChain> CheckAsync(CancellationToken cancellationToken) => database.ReadAsync(
        async session =>
        {
            var fault = await ModelCheck.FindFaultAsync(session);
            try
            {
                return new ModelEventChain(await ReadAsync(session), fault);
            }
            catch (Exception e) when (fault is not null && ModelCheck.IsNoProgramsValue(e))
            {
                return new ModelEventChain([], fault);
            }
        },
        cancellationToken);

    internal static async Task<List<ModelEvent>> ReadAsync(Session session) => (await session.ListAsync<ModelEventRecord>(
        "SELECT sequence, at, kind, actor, data, previous_hash, hash FROM model_event ORDER BY sequence")).ConvertAll(r => r.Event);

    internal static async Task<ChainEnd> EndAsync(Session session, string forUpdate = "") => await session.FirstAsync<ChainEnd>(
        $"SELECT event_count, last_hash FROM model_chain WHERE number = 1 {forUpdate}") ?? new();

    private async Task<bool> AppendAsync(Session session, ModelEventKind kind, ModelFacts facts, string actor)
    {
        var end = await EndAsync(session, session.Dialect.ForUpdate);
        var e = EvidenceChain.Append((int)end.EventCount, end.LastHash, clock.GetUtcNow(), kind, actor, EventData.Write(facts));
        await session.ExecuteAsync(AppendSql, new
        {
            e.Sequence, At = e.At.ToUnixTimeMilliseconds(), Kind = e.Kind.ToString(), e.Actor, e.Data, e.PreviousHash, e.Hash,
        });
        await session.ExecuteAsync("UPDATE model_chain SET event_count = @Sequence, last_hash = @Hash", new { e.Sequence, e.Hash });
        return true;
    }
}

/// <summary>The evidence of what was learned as it lies in the database.</summary>
/// <param name="Events">Oldest first.</param>
/// <param name="Fault">First thing that does not hold; null when all holds.</param>
public sealed record ModelEventChain(IReadOnlyList<ModelEvent> Events, EvidenceFault? Fault);

/// <summary>A model event's row.</summary>
internal sealed class ModelEventRecord : ChainRecord
{
    public ModelEvent Event => new((int)Sequence, UnixTime.Of(At), KnownKind<ModelEventKind>(), Actor, Data, PreviousHash, Hash);

    /// <summary>Version that decides after the events; 0 before any.</summary>
    public static int VersionAfter(IReadOnlyList<ModelEvent> events) =>
        events.Count > 0 && int.TryParse(
            EventData.Text(events[^1].Data, "version"), System.Globalization.CultureInfo.InvariantCulture, out var version) ? version : 0;
}
