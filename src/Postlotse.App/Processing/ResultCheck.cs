using System.Security.Cryptography;
using System.Text.Json;
using Postlotse.App.Cli;
using Postlotse.Letters;

namespace Postlotse.App.Processing;

/// <summary>
/// Checks a folder written by <c>process</c>: every JSON well formed, every PDF there and unchanged, the summary's numbers right.
/// </summary>
internal static class ResultCheck
{
    // A result that lacks a member says so here instead of failing later.
    private static readonly JsonSerializerOptions Strict = new(PostlotseJson.Compact)
    {
        RespectNullableAnnotations = true, RespectRequiredConstructorParameters = true,
    };

    /// <summary>Checks until the first fault.</summary>
    public static async Task<Verdict> RunAsync(string folder, Progress progress, CancellationToken cancellationToken)
    {
        var found = new Tally();
        var named = new HashSet<string>(StringComparer.Ordinal);
        try
        {
            foreach (var path in Names(folder, "*.json").Where(IsLetter).Select(n => Path.Combine(folder, n)))
            {
                var letter = await ReadAsync<LetterResult>(path, cancellationToken);
                if (await FaultOfAsync(letter, path, cancellationToken) is { } fault) return new(found.Letters, found.Letters, fault);
                found.Add(letter);
                named.Add(letter.Pdf.File);
                progress.Report(found.Letters, 0, Texts.Of(TextKey.UnitLetters));
            }

            var summary = await ReadAsync<Summary>(Path.Combine(folder, ResultFolder.SummaryName), cancellationToken);
            var stray = Names(folder, "*.pdf").FirstOrDefault(n => !named.Contains(n));
            return new(found.Letters, found.Letters, CountFault(summary, found)
                ?? (stray is null ? null : Texts.Of(TextKey.VerifyStrayPdf, stray)));
        }
        catch (UnfitFileException e)
        {
            return new(found.Letters, found.Letters, e.Message);
        }
    }

    private static async Task<string?> FaultOfAsync(LetterResult letter, string path, CancellationToken cancellationToken)
    {
        var name = Path.GetFileName(path);
        if (!string.Equals(letter.Id, Path.GetFileNameWithoutExtension(path), StringComparison.Ordinal))
            return Texts.Of(TextKey.VerifyIdWrong, name, letter.Id);
        var pdf = Path.Combine(Path.GetDirectoryName(path)!, Path.GetFileName(letter.Pdf.File));
        if (!File.Exists(pdf)) return Texts.Of(TextKey.VerifyPdfMissing, letter.Pdf.File, name);
        await using var content = File.OpenRead(pdf);
        var sha = Convert.ToHexStringLower(await SHA256.HashDataAsync(content, cancellationToken));
        return string.Equals(sha, letter.Pdf.Sha256, StringComparison.Ordinal)
            ? null : Texts.Of(TextKey.VerifyPdfChanged, letter.Pdf.File, sha, name, letter.Pdf.Sha256);
    }

    private static string? CountFault(Summary summary, Tally found)
    {
        (string Name, int Said, int Found)[] counts =
        [
            ("letters", summary.Letters, found.Letters),
            ("pages", summary.Pages, found.Pages),
            ("auto", summary.Auto, found.Auto),
            ("review", summary.Review, found.Review),
            ("sealed", summary.Sealed, found.Sealed),
            ("files", summary.Files, found.FilesWith(summary.Failed.Select(f => f.File))),
        ];
        var wrong = counts.FirstOrDefault(c => c.Said != c.Found);
        return wrong.Name is null ? null : Texts.Of(TextKey.VerifyCount, wrong.Name, wrong.Said, wrong.Found);
    }

    private static IEnumerable<string> Names(string folder, string pattern) =>
        Directory.GetFiles(folder, pattern).Select(p => Path.GetFileName(p)).Order(StringComparer.Ordinal);

    private static bool IsLetter(string name) => !string.Equals(name, ResultFolder.SummaryName, StringComparison.Ordinal);

    private static async Task<T> ReadAsync<T>(string path, CancellationToken cancellationToken)
        where T : class
    {
        try
        {
            await using var content = File.OpenRead(path);
            return await JsonSerializer.DeserializeAsync<T>(content, Strict, cancellationToken)
                ?? throw new JsonException("null");
        }
        catch (Exception e) when (e is JsonException or IOException or UnauthorizedAccessException)
        {
            throw new UnfitFileException(Texts.Of(TextKey.VerifyNoJson, Path.GetFileName(path), e.Message));
        }
    }

    /// <summary>A file of the folder is not what it should be.</summary>
    private sealed class UnfitFileException(string message) : Exception(message);
}
