using Postlotse.Evidence;
using Postlotse.Letters;

namespace Postlotse.Storage;

/// <summary>
/// What is left of a letter beside its row goes with it: who opened it, its files' names, states that were damaged. Its files are noted
/// for removal; <see cref="ErasedFiles"/> removes those that no other letter needs.
/// </summary>
internal static class Erasure
{
    /// <summary>Cleans up in the transaction of the deletion.</summary>
    /// <param name="session">That transaction.</param>
    /// <param name="before">The letter as it was.</param>
    public static async Task RunAsync(Session session, LockedLetter before)
    {
        var values = new { before.Id };
        await session.ExecuteAsync("DELETE FROM letter_opened WHERE letter_id = @Id", values);
        await session.ExecuteAsync("DELETE FROM damaged_state WHERE letter_id = @Id", values);
        await session.ExecuteAsync("UPDATE receipt SET source_name = '' WHERE letter_id = @Id", values);
        // Also what earlier attempts of a stage made: only the evidence knows of it.
        var told = await session.ListAsync<string>("SELECT data FROM event WHERE letter_id = @Id", values);
        var letter = before.Letter;
        var files = told.SelectMany(data => new[] { EventData.Text(data, "pdf"), EventData.Text(data, "pagesFile") }).OfType<string>()
            .Concat(FilesOf(letter.Recognition)).Concat(FilesOf(letter.PartOf?.Whole)).Append(letter.Source.Sha256);
        foreach (var sha256 in files.Distinct(StringComparer.Ordinal))
            await session.ExecuteAsync("INSERT INTO erased_file (sha256) VALUES (@sha256) ON CONFLICT DO NOTHING", new { sha256 });
        await session.Dialect.EndErasureAsync(session);
    }

    private static IEnumerable<string> FilesOf(Letters.Recognition? product) => product?.Files.Select(f => f.Sha256) ?? [];
}
