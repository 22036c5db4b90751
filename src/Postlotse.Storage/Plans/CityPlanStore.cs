using System.Text.Json;
using Postlotse.Evidence;
using Postlotse.Letters;
using Postlotse.Responsibility.City;

namespace Postlotse.Storage;

/// <summary>
/// Versions of the city's plan (Zuständigkeitsplan), oldest first, never changed or removed. Each is chained to the one before by its
/// hash.
/// </summary>
/// <param name="database">Open database.</param>
/// <param name="clock">Time of a change.</param>
public sealed class CityPlanStore(Database database, TimeProvider clock)
{
    /// <summary>Number of the newest version, 0 for none; cheap enough to ask every few seconds.</summary>
    public Task<int> VersionAsync(CancellationToken cancellationToken = default) => database.ReadAsync(
        async session => (int)await session.ScalarAsync<long>("SELECT version FROM city_plan_end WHERE number = 1"), cancellationToken);

    /// <summary>The newest version; null for none.</summary>
    /// <exception cref="JsonException">It was damaged or comes from another version of the program.</exception>
    public async Task<PlanVersion?> LatestAsync(CancellationToken cancellationToken = default) =>
        await ListAsync(int.MaxValue, 1, cancellationToken) is [var latest, ..] ? latest : null;

    /// <summary>Versions from a number downwards, newest first.</summary>
    /// <param name="from">Highest number.</param>
    /// <param name="take">At least 1.</param>
    /// <param name="cancellationToken">Ends the wait for the database.</param>
    /// <exception cref="JsonException">One was damaged or comes from another version of the program.</exception>
    public Task<IReadOnlyList<PlanVersion>> ListAsync(int from, int take, CancellationToken cancellationToken = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(take, 1);
        const string Sql = $"SELECT {PlanRow.Columns} FROM city_plan WHERE version <= @from ORDER BY version DESC LIMIT @take";
        return database.ReadAsync<IReadOnlyList<PlanVersion>>(
            async session => (await session.ListAsync<PlanRow>(Sql, new { from = (long)from, take = (long)take }))
                .ConvertAll(row => row.Version()),
            cancellationToken);
    }

    /// <summary>The organisation in force with a version; null while none was ever exchanged (that of the data folder).</summary>
    /// <exception cref="JsonException">It was damaged or comes from another version of the program.</exception>
    public async Task<Organisation?> OrganisationAsync(int version, CancellationToken cancellationToken = default)
    {
        var json = await database.ReadAsync(session => PlanChain.OrganisationAsync(session, version), cancellationToken);
        return json is null ? null : JsonSerializer.Deserialize<Organisation>(json, PostlotseJson.Compact);
    }

    /// <summary>
    /// Puts the newest version in force unless it is already; what decides is made here, which takes some hundred milliseconds.
    /// </summary>
    /// <returns>Whether a newer one came in force.</returns>
    /// <exception cref="JsonException">It was damaged or comes from another version of the program.</exception>
    public async Task<bool> FollowAsync(CityInForce city, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(city);
        if (await VersionAsync(cancellationToken) <= city.Current.Version) return false;
        if (await LatestAsync(cancellationToken) is not { } latest) return false;
        var organisation = await OrganisationAsync(latest.Number, cancellationToken) ?? city.Current.Organisation;
        var next = city.Current.At(latest.Number, organisation, latest.Plan);
        return await Task.Run(() => city.Replace(next), cancellationToken);
    }

    /// <summary>Appends a version; null, and nothing is stored, when somebody else was first.</summary>
    /// <param name="basedOn">Number of the version that the change was made from.</param>
    /// <param name="actor">Pseudonym of the account.</param>
    /// <param name="plan">The whole plan.</param>
    /// <param name="organisation">The one that is to hold; stored with the first version and whenever it differs from that before.</param>
    /// <param name="cancellationToken">Ends the wait for the database.</param>
    public Task<PlanVersion?> AppendAsync(
        int basedOn, string actor, CityPlan plan, Organisation organisation, CancellationToken cancellationToken = default) =>
        database.WriteAsync(
            async session =>
            {
                var end = await PlanChain.EndAsync(session, session.Dialect.ForUpdate);
                if (end.Version != basedOn) return null;
                var at = UnixTime.Cut(clock.GetUtcNow());
                var json = JsonSerializer.Serialize(organisation, PostlotseJson.Compact);
                var same = string.Equals(await PlanChain.OrganisationAsync(session, basedOn), json, StringComparison.Ordinal);
                var version = new PlanVersion(basedOn + 1, at, actor, plan, same ? null : organisation);
                await PlanChain.AppendAsync(session, version, end.LastHash);
                return version;
            },
            cancellationToken);
}

/// <summary>The chain of the plan's versions in one transaction.</summary>
internal static class PlanChain
{
    private const string AppendSql = """
        INSERT INTO city_plan (version, at, actor, plan, organisation, previous_hash, hash)
        VALUES (@Number, @At, @Actor, @Plan, @Organisation, @PreviousHash, @hash)
        """;

    public static async Task<PlanEnd> EndAsync(Session session, string forUpdate = "") =>
        await session.FirstAsync<PlanEnd>($"SELECT version, last_hash FROM city_plan_end WHERE number = 1 {forUpdate}") ?? new();

    public static Task<string?> OrganisationAsync(Session session, int version)
    {
        const string Sql = """
            SELECT organisation FROM city_plan WHERE version <= @version AND organisation IS NOT NULL ORDER BY version DESC LIMIT 1
            """;
        return session.ScalarAsync<string>(Sql, new { version = (long)version });
    }

    public static async Task AppendAsync(Session session, PlanVersion version, string previousHash)
    {
        var row = new PlanRow
        {
            Number = version.Number, At = version.At.ToUnixTimeMilliseconds(), Actor = version.Actor,
            Plan = JsonSerializer.Serialize(version.Plan, PostlotseJson.Compact), PreviousHash = previousHash,
            Organisation = version.Organisation is { } city ? JsonSerializer.Serialize(city, PostlotseJson.Compact) : null,
        };
        var hash = row.ComputeHash();
        await session.ExecuteAsync(
            AppendSql, new { row.Number, row.At, row.Actor, row.Plan, row.Organisation, row.PreviousHash, hash });
        await session.ExecuteAsync("UPDATE city_plan_end SET version = @Number, last_hash = @hash", new { row.Number, hash });
    }

    /// <summary>First version that does not hold; null when all hold.</summary>
    public static async Task<EvidenceFault?> FindFaultAsync(Session session)
    {
        var (number, hash) = (0L, EvidenceChain.Start);
        foreach (var row in await session.ListAsync<PlanRow>($"SELECT {PlanRow.Columns} FROM city_plan ORDER BY version"))
        {
            var follows = row.Number == number + 1 && string.Equals(row.PreviousHash, hash, StringComparison.Ordinal);
            if (!follows) return Fault(EvidenceFaultKind.PlanOutOfOrder, row.Number);
            if (!string.Equals(row.Hash, row.ComputeHash(), StringComparison.Ordinal))
                return Fault(EvidenceFaultKind.PlanChanged, row.Number);
            (number, hash) = (row.Number, row.Hash);
        }

        var end = await EndAsync(session);
        return end.Version == number && string.Equals(end.LastHash, hash, StringComparison.Ordinal)
            ? null : Fault(EvidenceFaultKind.PlanCutOff, number);
    }

    private static EvidenceFault Fault(EvidenceFaultKind kind, long version) =>
        EvidenceCheck.Fault(kind, null, version);
}

/// <summary>Where the chain of the plan's versions ends.</summary>
internal sealed class PlanEnd
{
    public long Version { get; init; }

    public string LastHash { get; init; } = EvidenceChain.Start;
}

/// <summary>A version's row.</summary>
internal sealed class PlanRow
{
    public const string Columns = "version AS number, at, actor, plan, organisation, previous_hash, hash";

    public long Number { get; init; }

    public long At { get; init; }

    public string Actor { get; init; } = "";

    public string Plan { get; init; } = "";

    public string? Organisation { get; init; }

    public string PreviousHash { get; init; } = "";

    public string Hash { get; init; } = "";

    /// <exception cref="JsonException">It was damaged or comes from another version of the program.</exception>
    public PlanVersion Version() => new(
        (int)Number, UnixTime.Of(At), Actor,
        JsonSerializer.Deserialize<CityPlan>(Plan, PostlotseJson.Compact) ?? throw new JsonException("the stored plan is null"),
        Organisation is null ? null : JsonSerializer.Deserialize<Organisation>(Organisation, PostlotseJson.Compact));

    public string ComputeHash() => EvidenceChain.Hash(
        Number.ToString(System.Globalization.CultureInfo.InvariantCulture), At.ToString(System.Globalization.CultureInfo.InvariantCulture),
        Actor, Plan, Organisation ?? "", PreviousHash);
}
