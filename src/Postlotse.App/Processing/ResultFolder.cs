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

    private const string JsonEnding = ".json";

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
        // Both are whole before the first one appears; what an interrupted run left unfinished is told by the second one here.
        var (pdfPart, jsonPart) = (Path.Combine(WorkPath, result.Pdf.File), Path.Combine(WorkPath, result.Id + JsonEnding));
        // Copied by its bytes: the store's file belongs to its owner alone, a result follows the caller's umask.
        using (var from = File.OpenRead(pdf))
        using (var to = File.Create(pdfPart))
            from.CopyTo(to);
        WriteJson(jsonPart, result);
        File.Move(pdfPart, Path.Combine(_path, result.Pdf.File), overwrite: true);
        File.Move(jsonPart, Path.Combine(_path, result.Id + JsonEnding), overwrite: true);
    }

    /// <summary>Writes the summary: the run is finished.</summary>
    public void Write(Summary summary)
    {
        var part = Path.Combine(WorkPath, SummaryName);
        WriteJson(part, summary);
        File.Move(part, Path.Combine(_path, SummaryName), overwrite: true);
    }

    /// <summary>Removes copies of letters; what stays tells the next run that this one was not finished.</summary>
    public void RemoveCopies()
    {
        foreach (var folder in Directory.GetDirectories(WorkPath)) Directory.Delete(folder, recursive: true);
    }

    /// <summary>Removes what was needed only during the run.</summary>
    public void RemoveWork()
    {
        if (Directory.Exists(WorkPath)) Directory.Delete(WorkPath, recursive: true);
    }

    private static void WriteJson<T>(string path, T value) =>
        File.WriteAllText(path, JsonSerializer.Serialize(value, PostlotseJson.Indented) + "\n");

    /// <summary>Also of a run that was interrupted: its work folder is still there.</summary>
    private void RemoveEarlierRun()
    {
        var interrupted = Directory.Exists(WorkPath);
        if (!interrupted && !File.Exists(Path.Combine(_path, SummaryName))) return;
        if (interrupted)
            foreach (var part in Directory.GetFiles(WorkPath, "*" + JsonEnding))
                File.Delete(Path.Combine(_path, Path.GetFileNameWithoutExtension(part) + ".pdf"));
        foreach (var json in Directory.GetFiles(_path, "*" + JsonEnding).Where(IsResult))
        {
            File.Delete(Path.ChangeExtension(json, ".pdf"));
            File.Delete(json);
        }

        File.Delete(Path.Combine(_path, SummaryName));
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
