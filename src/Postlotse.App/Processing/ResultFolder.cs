using System.Text.Json;
using Postlotse.App.Cli;
using Postlotse.Letters;

namespace Postlotse.App.Processing;

/// <summary>
/// The folder <c>process</c> writes to: LETTERID.json and LETTERID.pdf, summary.json last. Files appear whole or not at all.
/// </summary>
internal sealed class ResultFolder
{
    /// <summary>Written last: a folder without it is not finished.</summary>
    public const string SummaryName = "summary.json";

    private readonly string _path;

    private ResultFolder(string path) => _path = path;

    /// <summary>Folder for what is needed only during the run.</summary>
    public string WorkPath => Path.Combine(_path, ".work");

    /// <summary>Prepares the folder; the results of an earlier run in it are removed.</summary>
    /// <exception cref="CallFailedException">It cannot be written.</exception>
    public static ResultFolder Prepare(string path)
    {
        try
        {
            var folder = new ResultFolder(Path.GetFullPath(path));
            Directory.CreateDirectory(folder._path);
            folder.RemoveEarlierRun();
            folder.RemoveWork();
            Directory.CreateDirectory(folder.WorkPath);
            return folder;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new CallFailedException(ExitCode.WrongCall, Texts.Of(TextKey.FileUnwritable, path, e.Message), e);
        }
    }

    /// <summary>Writes a letter's two files.</summary>
    /// <param name="result">The letter.</param>
    /// <param name="pdf">Its PDF; copied.</param>
    public void Write(LetterResult result, string pdf)
    {
        var target = Path.Combine(_path, result.Pdf.File);
        // Copied by its bytes: the store's file belongs to its owner alone, a result follows the caller's umask.
        using (var from = File.OpenRead(pdf))
        using (var to = File.Create(target + ".part"))
            from.CopyTo(to);
        File.Move(target + ".part", target, overwrite: true);
        WriteJson(result.Id + ".json", result);
    }

    public void Write(Summary summary) => WriteJson(SummaryName, summary);

    /// <summary>Removes what was needed only during the run.</summary>
    public void RemoveWork()
    {
        if (Directory.Exists(WorkPath)) Directory.Delete(WorkPath, recursive: true);
    }

    private void WriteJson<T>(string name, T value)
    {
        var target = Path.Combine(_path, name);
        File.WriteAllText(target + ".part", JsonSerializer.Serialize(value, PostlotseJson.Indented) + "\n");
        File.Move(target + ".part", target, overwrite: true);
    }

    private void RemoveEarlierRun()
    {
        var summary = Path.Combine(_path, SummaryName);
        if (!File.Exists(summary)) return;
        foreach (var json in Directory.GetFiles(_path, "*.json").Where(IsResult))
        {
            File.Delete(Path.ChangeExtension(json, ".pdf"));
            File.Delete(json);
        }

        File.Delete(summary);
    }

    /// <summary>Only what is surely a result of ours may be removed.</summary>
    private static bool IsResult(string path)
    {
        try
        {
            using var document = JsonDocument.Parse(File.ReadAllBytes(path));
            return document.RootElement.ValueKind == JsonValueKind.Object
                && document.RootElement.TryGetProperty("id", out var id) && id.ValueKind == JsonValueKind.String
                && string.Equals(id.GetString(), Path.GetFileNameWithoutExtension(path), StringComparison.Ordinal)
                && document.RootElement.TryGetProperty("pdf", out _);
        }
        catch (JsonException)
        {
            return false;
        }
    }
}
