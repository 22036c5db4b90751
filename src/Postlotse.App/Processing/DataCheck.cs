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

    /// <summary>Checks until the first fault; changes nothing.</summary>
    /// <exception cref="CallFailedException">The settings cannot be used, or the database cannot be reached.</exception>
    public static async Task<Verdict> RunAsync(string path, Progress progress, CancellationToken cancellationToken)
    {
        var folder = Path.GetFullPath(path);
        var settingsPath = Path.Combine(folder, SettingsFile.Name);
        var settings = (File.Exists(settingsPath) ? SettingsFile.Read(settingsPath) : new()).Database;
        var place = House.DatabaseOf(folder, settings);
        var embedded = place.Provider == DatabaseProvider.Sqlite;
        if (embedded && !File.Exists(place.Connection)) return new(0, 0, Texts.Of(TextKey.VerifyNoDatabase, place.Connection));
        try
        {
            await using var database = await Database.OpenReadOnlyAsync(place, cancellationToken);
            var check = new EvidenceCheck(database, FolderFileStore.ForReading(Path.Combine(folder, DataFolder.FilesName)));
            var report = await check.RunAsync(new Told(progress), cancellationToken);
            return new(report.Letters, report.Files, report.Fault?.Text, report.AccountEvents, report.Deleted);
        }
        catch (DbException e) when (embedded)
        {
            return new(0, 0, Texts.Of(TextKey.VerifyDatabaseBroken, e.Message));
        }
        catch (Exception e) when (e is DbException or SchemaTooNewException or SchemaTooOldException or ArgumentException)
        {
            throw new CallFailedException(ExitCode.WrongCall, Texts.Of(TextKey.DatabaseUnreachable, e.Message), e);
        }
    }

    /// <summary>Letters checked so far, told to the person who waits.</summary>
    private sealed class Told(Progress progress) : IProgress<int>
    {
        public void Report(int value) => progress.Report(value, 0, Texts.Of(TextKey.UnitLetters));
    }
}
