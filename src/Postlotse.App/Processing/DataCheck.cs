using System.Data.Common;
using Postlotse.App.Cli;
using Postlotse.App.Serving;
using Postlotse.App.Settings;
using Postlotse.Storage;

namespace Postlotse.App.Processing;

/// <summary>
/// Checks a data folder: every letter's evidence, and that every file it names is there and unchanged. A server may be running.
/// </summary>
internal static class DataCheck
{
    /// <summary>Whether the folder is one of a server.</summary>
    public static bool IsDataFolder(string path) =>
        File.Exists(Path.Combine(path, SettingsFile.Name)) || File.Exists(Path.Combine(path, DataFolder.DatabaseName));

    /// <summary>Checks until the first fault.</summary>
    /// <exception cref="CallFailedException">Settings or database cannot be used.</exception>
    public static async Task<Verdict> RunAsync(string path, CancellationToken cancellationToken)
    {
        var folder = Path.GetFullPath(path);
        var settingsPath = Path.Combine(folder, SettingsFile.Name);
        var settings = (File.Exists(settingsPath) ? SettingsFile.Read(settingsPath) : new()).Database;
        var databasePath = Path.Combine(folder, DataFolder.DatabaseName);
        if (settings.Provider == DatabaseKind.Sqlite && !File.Exists(databasePath))
            return new(0, 0, Texts.Of(TextKey.VerifyNoDatabase, databasePath));
        try
        {
            await using var database = await House.OpenDatabaseAsync(folder, settings, cancellationToken);
            var check = new EvidenceCheck(database, new FolderFileStore(Path.Combine(folder, DataFolder.FilesName), TimeProvider.System));
            var report = await check.RunAsync(null, cancellationToken);
            return new(report.Letters, report.Files, report.Fault?.Text);
        }
        catch (DbException e)
        {
            return new(0, 0, Texts.Of(TextKey.VerifyDatabaseBroken, e.Message));
        }
    }
}
