using System.Text;

namespace Postlotse.Storage;

/// <summary>Text that every database accepts: no NUL, no half characters.</summary>
internal static class StoredText
{
    public static string Clean(string text)
    {
        var clean = text.Replace("\0", "", StringComparison.Ordinal);
        return Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(clean));
    }

    public static string FirstLine(string text)
    {
        var end = text.IndexOf('\n', StringComparison.Ordinal);
        return Clean(end < 0 ? text : text[..end]).Trim();
    }
}
