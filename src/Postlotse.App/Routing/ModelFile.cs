using Postlotse.App.Cli;
using Postlotse.Responsibility;
using Postlotse.Responsibility.Learning;

namespace Postlotse.App.Routing;

/// <summary>The file of what a city learned; it appears whole under its name or stays as it was.</summary>
internal static class ModelFile
{
    /// <summary>Reads it for a city.</summary>
    /// <exception cref="CallFailedException">It cannot be read or is no such file.</exception>
    public static CityLearning Read(string path, Decider cold)
    {
        try
        {
            using var content = File.OpenRead(path);
            return CityLearning.Read(content, cold);
        }
        catch (FormatException e)
        {
            throw new CallFailedException(ExitCode.WrongCall, Texts.Of(TextKey.ModelUnreadable, path, e.Message), e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new CallFailedException(ExitCode.WrongCall, Texts.Of(TextKey.FileUnreadable, path, e.Message), e);
        }
    }

    /// <summary>Replaces it.</summary>
    /// <param name="path">File.</param>
    /// <param name="write">Writes what was learned.</param>
    /// <exception cref="CallFailedException">It cannot be written.</exception>
    public static void Write(string path, Action<Stream> write)
    {
        var temporary = path + ".part";
        try
        {
            if (Path.GetDirectoryName(Path.GetFullPath(path)) is { } folder) Directory.CreateDirectory(folder);
            using (var content = File.Create(temporary)) write(content);
            File.Move(temporary, path, overwrite: true);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new CallFailedException(ExitCode.WrongCall, Texts.Of(TextKey.FileUnwritable, path, e.Message), e);
        }
    }
}
