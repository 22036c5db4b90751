namespace Postlotse.App;

/// <summary>How folders lie to each other; by their names, links are not followed.</summary>
internal static class FolderPaths
{
    /// <summary>Whether one path is the folder itself or lies somewhere below it.</summary>
    public static bool Holds(string outer, string inner) => Plain(inner).StartsWith(Plain(outer), StringComparison.Ordinal);

    /// <summary>Ends with a separator, so that "/data2" does not lie in "/data".</summary>
    private static string Plain(string path) =>
        Path.TrimEndingDirectorySeparator(Path.GetFullPath(path)) + Path.DirectorySeparatorChar;
}
