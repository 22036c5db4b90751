using Postlotse.App.Cli;
using Postlotse.Separation;

namespace Postlotse.App.Settings;

/// <summary>The file of the key of separator sheets, readable by its owner only. A new key makes all printed sheets worthless.</summary>
internal static class SheetKeyFile
{
    /// <summary>Its place in a data folder.</summary>
    public const string Name = "keys/sheet.key";

    /// <summary>Reads the key of a server, or makes it at the first start.</summary>
    /// <exception cref="CallFailedException">The file cannot be used; no other key is made, for sheets are printed already.</exception>
    public static SheetKey ReadOrMake(string path)
    {
        if (File.Exists(path)) return Read(path);
        var key = SheetKey.New();
        try
        {
            var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write };
            if (!OperatingSystem.IsWindows()) options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
            using (var writer = new StreamWriter(path + ".part", options)) writer.WriteLine(key.ToHex());
            File.Move(path + ".part", path);
            return key;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new CallFailedException(ExitCode.WrongCall, Texts.Of(TextKey.FileUnwritable, path, e.Message), e);
        }
    }

    /// <summary>Reads a key.</summary>
    /// <exception cref="CallFailedException">It cannot be read or is none.</exception>
    public static SheetKey Read(string path)
    {
        try
        {
            return SheetKey.Parse(File.ReadAllText(path))
                ?? throw new CallFailedException(ExitCode.WrongCall, Texts.Of(TextKey.SheetKeyUnfit, path, 2 * SheetKey.Bytes));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new CallFailedException(ExitCode.WrongCall, Texts.Of(TextKey.FileUnreadable, path, e.Message), e);
        }
    }
}
