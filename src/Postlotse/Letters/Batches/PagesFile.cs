using System.Text.Json;

namespace Postlotse.Letters;

/// <summary>A letter's recognised pages as they lie in the file store: a JSON array, too large for the letter itself.</summary>
public static class PagesFile
{
    /// <summary>Reads the pages.</summary>
    /// <exception cref="InvalidOperationException">The file is no JSON of pages.</exception>
    /// <exception cref="FileNotFoundException">The store lost the file.</exception>
    public static async Task<IReadOnlyList<RecognisedPage>> LoadAsync(
        IFileStore files, StoredFile file, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(files);
        ArgumentNullException.ThrowIfNull(file);
        await using var stream = File.OpenRead(files.PathOf(file.Sha256));
        try
        {
            var pages = await JsonSerializer.DeserializeAsync<List<RecognisedPage>>(stream, PostlotseJson.Compact, cancellationToken);
            return pages ?? throw new InvalidOperationException("the pages file holds no pages");
        }
        catch (JsonException e)
        {
            throw new InvalidOperationException("the pages file is damaged: " + e.Path, e);
        }
    }

    /// <summary>Stores pages.</summary>
    public static async Task<StoredFile> StoreAsync(
        IFileStore files, IReadOnlyList<RecognisedPage> pages, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(files);
        using var json = new MemoryStream();
        await JsonSerializer.SerializeAsync(json, pages, PostlotseJson.Compact, cancellationToken);
        json.Position = 0;
        return await files.PutAsync(json, cancellationToken);
    }
}
