using Postlotse.App.Cli;
using Postlotse.App.Processing;
using Postlotse.App.Settings;

namespace Postlotse.App.Serving;

/// <summary>The data folder of a server, held for one process at a time by a lock file.</summary>
internal sealed class DataFolder : IDisposable
{
    /// <summary>The embedded database.</summary>
    public const string DatabaseName = "postlotse.db";

    /// <summary>What the city learned, as the verb learn writes it; may be missing.</summary>
    public const string ModelName = "learned.model";

    /// <summary>The content-addressed files.</summary>
    public const string FilesName = "files";

    private readonly FileStream _lock;

    private DataFolder(string path, FileStream @lock) => (FolderPath, _lock) = (path, @lock);

    /// <summary>Absolute.</summary>
    public string FolderPath { get; }

    /// <summary>Settings as read by <see cref="ReadSettings"/>.</summary>
    public string SettingsPath => Path.Combine(FolderPath, SettingsFile.Name);

    /// <summary>Creates the folder when missing (readable by its owner only) and locks it.</summary>
    /// <exception cref="CallFailedException">It cannot be created or another process uses it.</exception>
    public static DataFolder Open(string path)
    {
        var full = Path.GetFullPath(path);
        try
        {
            MakePrivate(full);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new CallFailedException(ExitCode.WrongCall, Texts.Of(TextKey.FileUnwritable, full, e.Message), e);
        }

        return new(full, Lock(full));
    }

    /// <summary>Absolute path of something named in the settings.</summary>
    public string PathOf(string relative) => Path.TrimEndingDirectorySeparator(Path.GetFullPath(relative, FolderPath));

    /// <summary>A folder for secrets, readable by its owner only; made when missing.</summary>
    public string PrivateFolder(string name) => MakePrivate(PathOf(name));

    /// <summary>Reads the settings, writing the initial ones at the first start.</summary>
    public ServerSettings ReadSettings()
    {
        if (!File.Exists(SettingsPath)) File.WriteAllText(SettingsPath, SettingsFile.Initial);
        return SettingsFile.Read(SettingsPath);
    }

    /// <summary>Copies the organisation in at the first start; later ones keep what is there.</summary>
    /// <param name="settings">Name the organisation's place.</param>
    /// <param name="source">File of the call; null when none was named.</param>
    /// <returns>Path of the organisation in use.</returns>
    /// <exception cref="CallFailedException">There is no organisation.</exception>
    public string PlaceOrganisation(ServerSettings settings, string? source)
    {
        var target = PathOf(settings.Organisation);
        if (File.Exists(target)) return target;
        if (source is null) throw new CallFailedException(ExitCode.WrongCall, Texts.Of(TextKey.NoOrganisation, FolderPath));
        try
        {
            _ = Organisations.Read(source); // a faulty one must not stay here
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.Copy(source, target + ".part", overwrite: true);
            File.Move(target + ".part", target);
            return target;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new CallFailedException(ExitCode.WrongCall, Texts.Of(TextKey.FileUnreadable, source, e.Message), e);
        }
    }

    /// <summary>Whether the organisation in use is another than the file of the call, which is then not looked at.</summary>
    public bool KeepsAnother(ServerSettings settings, string source)
    {
        try
        {
            return !File.ReadAllBytes(source).AsSpan().SequenceEqual(File.ReadAllBytes(PathOf(settings.Organisation)));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return true;
        }
    }

    /// <inheritdoc />
    public void Dispose() => _lock.Dispose();

    private static string MakePrivate(string path)
    {
        if (OperatingSystem.IsWindows()) Directory.CreateDirectory(path);
        else Directory.CreateDirectory(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        return path;
    }

    private static FileStream Lock(string folder)
    {
        var path = Path.Combine(folder, "lock");
        try
        {
            return new(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException e)
        {
            throw new CallFailedException(ExitCode.WrongCall, Texts.Of(TextKey.DataInUse, folder), e);
        }
        catch (UnauthorizedAccessException e)
        {
            throw new CallFailedException(ExitCode.WrongCall, Texts.Of(TextKey.FileUnwritable, path, e.Message), e);
        }
    }
}
