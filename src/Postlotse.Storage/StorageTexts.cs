using System.Globalization;
using System.Resources;

namespace Postlotse.Storage;

/// <summary>Wording for people, German first; see Resources.</summary>
internal static class StorageTexts
{
    private static readonly ResourceManager Resources = new("Postlotse.Storage.StorageTexts", typeof(StorageTexts).Assembly);

    /// <summary>Text in the language of the current interface culture with its numbers and names filled in.</summary>
    public static string Format(string name, params ReadOnlySpan<object?> values) =>
        string.Format(CultureInfo.InvariantCulture, Resources.GetString(name, CultureInfo.CurrentUICulture)!, values);
}
