using Postlotse.App.Cli;
using Postlotse.Letters;
using Postlotse.Responsibility;

namespace Postlotse.App.Processing;

/// <summary>Opens an organisation file; everything wrong with it is told at once.</summary>
internal static class Organisations
{
    /// <exception cref="CallFailedException">It cannot be read or is no organisation.</exception>
    public static Organisation Read(string path)
    {
        try
        {
            using var content = File.OpenRead(path);
            var reading = OrganisationFile.Read(content);
            if (reading.Organisation is { } organisation) return organisation;
            var problems = string.Concat(reading.Problems.Select(p => "\n  - " + p));
            throw new CallFailedException(ExitCode.WrongCall, Texts.Of(TextKey.OrgUnreadable, path, problems));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new CallFailedException(ExitCode.WrongCall, Texts.Of(TextKey.FileUnreadable, path, e.Message), e);
        }
    }
}
