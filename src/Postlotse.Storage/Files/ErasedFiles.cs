namespace Postlotse.Storage;

/// <summary>
/// Removes files of deleted letters. A file stays as long as another letter needs it (a batch and its letters share one), and for an
/// hour after it was stored, since somebody may be about to book it. Noted in the database: what a crash interrupts is done later.
/// </summary>
/// <param name="database">Open database.</param>
/// <param name="files">The files belonging to it.</param>
/// <param name="clock">For the age of files.</param>
public sealed class ErasedFiles(Database database, FolderFileStore files, TimeProvider clock)
{
    /// <summary>Nothing takes so long between storing a file and booking it.</summary>
    public static readonly TimeSpan Grace = TimeSpan.FromHours(1);

    // A state names its files; hexadecimal digits mean nothing to LIKE.
    private const string NeededSql = """
        SELECT count(*) FROM letter
        WHERE place <> 'Deleted' AND (source_sha256 = @sha256 OR state LIKE @named)
        """;

    /// <summary>Removes what can be removed now.</summary>
    /// <returns>Files removed.</returns>
    public async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        var noted = await database.ReadAsync(
            session => session.ListAsync<string>("SELECT sha256 FROM erased_file ORDER BY sha256"), cancellationToken);
        var removed = 0;
        foreach (var sha256 in noted)
        {
            // Whoever deletes the letter that needs it notes it again.
            if (!await IsNeededAsync(sha256, cancellationToken))
            {
                if (!files.TryRemove(sha256, clock.GetUtcNow() - Grace)) continue;
                removed++;
            }

            await database.WriteAsync(
                session => session.ExecuteAsync("DELETE FROM erased_file WHERE sha256 = @sha256", new { sha256 }), cancellationToken);
        }

        return removed;
    }

    private Task<bool> IsNeededAsync(string sha256, CancellationToken cancellationToken) => database.ReadAsync(
        async session => await session.ScalarAsync<long>(NeededSql, new { sha256, named = "%" + sha256 + "%" }) > 0, cancellationToken);
}
