using System.IO.Enumeration;
using System.Text.RegularExpressions;
using Postlotse.App.Cli;
using Postlotse.Intake;
using Postlotse.Letters;

namespace Postlotse.App.Processing;

/// <summary>A file to process.</summary>
/// <param name="Path">Where it lies; only read.</param>
/// <param name="Name">For people: relative to the folder that was named; the whole path when that name was there before.</param>
/// <param name="Id">Id of the letter it becomes: safe as a file name and unique within the run.</param>
internal sealed record InputFile(string Path, string Name, string Id);

/// <summary>The files that a call to <c>process</c> means, in a fixed order.</summary>
internal static partial class InputFiles
{
    private const int LongestId = 100;

    // What a folder of scans holds besides scans: the data that other programs laid beside them.
    private static readonly string[] DataEndings = [".json", ".jsonl"];

    /// <summary>Collects files and folders (with their subfolders; hidden files and folders are left out).</summary>
    /// <param name="paths">As named in the call.</param>
    /// <param name="skipped">Gets the names of data files that lay in folders.</param>
    /// <exception cref="CallFailedException">A path does not exist or a folder cannot be read.</exception>
    public static IReadOnlyList<InputFile> Collect(IEnumerable<string> paths, List<string> skipped)
    {
        var files = new List<(string Path, string Name)>();
        foreach (var path in paths)
        {
            if (File.Exists(path)) files.Add((path, System.IO.Path.GetFileName(path)));
            else if (Directory.Exists(path)) files.AddRange(FilesOf(path, skipped));
            else throw new CallFailedException(ExitCode.WrongCall, Texts.Of(TextKey.NoSuchPath, path));
        }

        var taken = new HashSet<string>(StringComparer.OrdinalIgnoreCase) { "summary" };
        var named = new HashSet<string>(StringComparer.Ordinal);
        var stems = files.Select(f => IdOf(f.Name)).ToHashSet(StringComparer.OrdinalIgnoreCase);
        taken.UnionWith(stems.Where(id => PartOfBatch().Match(id) is { Success: true } m && stems.Contains(m.Groups["batch"].Value)));
        return [.. files.DistinctBy(f => System.IO.Path.GetFullPath(f.Path), StringComparer.Ordinal)
            .Select(f => new InputFile(f.Path, named.Add(f.Name) ? f.Name : f.Path, UniqueId(f.Name, taken)))];
    }

    /// <summary>Id by a file's name: its stem with everything that is no letter, digit, "-", "_" or "." replaced.</summary>
    public static string IdOf(string name)
    {
        var stem = System.IO.Path.GetFileNameWithoutExtension(name);
        var safe = new string([.. stem.Select(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.' || char.IsLetter(c) ? c : '-')]);
        safe = safe.Trim('.', '-');
        while (System.Text.Encoding.UTF8.GetByteCount(safe) > LongestId) safe = safe[..^1]; // file systems count bytes
        return safe.Length == 0 ? "letter" : safe;
    }

    /// <summary>An id that a letter taken out of another file could get.</summary>
    [GeneratedRegex("^(?<batch>.+)-p[0-9]{3,}$", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex PartOfBatch();

    private static string UniqueId(string name, HashSet<string> taken)
    {
        var id = IdOf(name);
        var unique = id;
        for (var i = 2; !taken.Add(unique); i++) unique = id + "-" + i.ToString(System.Globalization.CultureInfo.InvariantCulture);
        return unique;
    }

    private static IEnumerable<(string Path, string Name)> FilesOf(string folder, List<string> skipped)
    {
        try
        {
            var options = new EnumerationOptions
            {
                RecurseSubdirectories = true, IgnoreInaccessible = false, AttributesToSkip = FileAttributes.Hidden,
            };
            // A link to a folder could lead in a circle.
            var found = new FileSystemEnumerable<string>(folder, (ref FileSystemEntry e) => e.ToSpecifiedFullPath(), options)
            {
                ShouldIncludePredicate = (ref FileSystemEntry e) => !e.IsDirectory,
                ShouldRecursePredicate = (ref FileSystemEntry e) => !e.Attributes.HasFlag(FileAttributes.ReparsePoint),
            };
            var all = found.Order(StringComparer.Ordinal)
                .Select(p => (Path: p, Name: System.IO.Path.GetRelativePath(folder, p))).ToList();
            var used = ManifestNames.Pair(all.Select(f => f.Name)).Values.ToHashSet(StringComparer.Ordinal);
            skipped.AddRange(all.Where(f => IsData(f.Name) && !used.Contains(f.Name)).Select(f => f.Name));
            return all.Where(f => !IsData(f.Name));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new CallFailedException(ExitCode.WrongCall, Texts.Of(TextKey.FileUnreadable, folder, e.Message), e);
        }
    }

    private static bool IsData(string name) =>
        ScanManifest.IsName(name) || DataEndings.Contains(System.IO.Path.GetExtension(name), StringComparer.OrdinalIgnoreCase);
}
