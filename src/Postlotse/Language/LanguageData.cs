using System.Text;

namespace Postlotse.Language;

/// <summary>Reads the word lists of data/language that are embedded into this assembly.</summary>
internal static class LanguageData
{
    /// <summary>Words of a list, one a line; empty lines and lines that begin with # are comments.</summary>
    public static IEnumerable<string> Words(string file)
    {
        using var stream = typeof(LanguageData).Assembly.GetManifestResourceStream("language/" + file)
            ?? throw new InvalidOperationException($"the word list {file} is not part of this build");
        var bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        return Encoding.UTF8.GetString(bytes).Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
            .Where(word => word[0] != '#');
    }
}
