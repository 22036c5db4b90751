[assembly: AssemblyFixture(typeof(Postlotse.Storage.Tests.PostgreSqlServer))]

namespace Postlotse.Storage.Tests;

/// <summary>Gives each test an empty database of one kind.</summary>
public abstract class EveryDatabase : IAsyncDisposable
{
    private readonly List<Database> _open = [];

    protected TestFolder Folder { get; } = new();

    /// <summary>Where an empty database is; the same one for the whole test.</summary>
    protected abstract Task<DatabaseSettings> SettingsAsync();

    protected async Task<Database> OpenAsync()
    {
        var database = await Database.OpenAsync(await SettingsAsync(), CancellationToken.None);
        _open.Add(database);
        return database;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var database in _open) await database.DisposeAsync();
        Folder.Dispose();
        GC.SuppressFinalize(this);
    }
}
