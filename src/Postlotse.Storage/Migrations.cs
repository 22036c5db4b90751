using System.Globalization;
using System.Reflection;

namespace Postlotse.Storage;

/// <summary>
/// Brings the schema up to date: numbered scripts, each applied once, all in one transaction that excludes other nodes.
/// </summary>
internal sealed class Migrations(Session session)
{
    /// <summary>Applies what is missing; gives back the version reached.</summary>
    public async Task<int> ApplyAsync()
    {
        await session.Dialect.LockSchemaAsync(session);
        await session.ExecuteAsync("CREATE TABLE IF NOT EXISTS schema_version (version BIGINT PRIMARY KEY, name TEXT NOT NULL)");
        var found = await session.ScalarAsync<long>("SELECT coalesce(max(version), 0) FROM schema_version");
        var scripts = Scripts();
        if (found > scripts.Count) throw new SchemaTooNewException(found, scripts.Count);
        for (var version = (int)found + 1; version <= scripts.Count; version++)
        {
            var name = scripts[version - 1];
            await session.ExecuteAsync(Text(name));
            await session.ExecuteAsync("INSERT INTO schema_version (version, name) VALUES (@version, @name)", new { version, name });
            if (name.EndsWith(AccountChain.FirstMigration, StringComparison.Ordinal))
                await new AccountChain(session, TimeProvider.System).TakeOverAsync();
        }

        return scripts.Count;
    }

    /// <summary>Refuses a schema that is not exactly the one known; changes nothing.</summary>
    public async Task<int> RequireCurrentAsync()
    {
        var found = await session.ScalarAsync<long>("SELECT coalesce(max(version), 0) FROM schema_version");
        var known = Scripts().Count;
        if (found > known) throw new SchemaTooNewException(found, known);
        return found == known ? known : throw new SchemaTooOldException(found, known);
    }

    private List<string> Scripts()
    {
        var scripts = Assembly.GetExecutingAssembly().GetManifestResourceNames()
            .Where(name => name.StartsWith(session.Dialect.Provider + "/", StringComparison.Ordinal))
            .Order(StringComparer.Ordinal).ToList();
        for (var i = 0; i < scripts.Count; i++)
            if (Number(scripts[i]) != i + 1) throw new InvalidOperationException("migrations have a gap at " + scripts[i]);
        return scripts;
    }

    private static int Number(string name) =>
        int.Parse(name.AsSpan(name.IndexOf('/', StringComparison.Ordinal) + 1, 4), NumberStyles.None, CultureInfo.InvariantCulture);

    private static string Text(string name)
    {
        using var reader = new StreamReader(Assembly.GetExecutingAssembly().GetManifestResourceStream(name)!);
        return reader.ReadToEnd();
    }
}

/// <summary>The database was changed by a newer version of the program; nothing was touched.</summary>
public sealed class SchemaTooNewException(long found, int known)
    : Exception(StorageTexts.Format("SchemaTooNew", found, known));

/// <summary>The database is still to be brought up to date by a start of the server; nothing was touched.</summary>
public sealed class SchemaTooOldException(long found, int known)
    : Exception(StorageTexts.Format("SchemaTooOld", found, known));
