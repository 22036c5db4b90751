namespace Postlotse.Letters;

/// <summary>
/// A page of a file in the order a person put it (Ordnung der Seiten); the file itself stays as it is. All the file's pages are named once.
/// </summary>
/// <param name="Page">1-based within the file.</param>
/// <param name="Rotation">
/// Clockwise turn that brings the scan upright as a person says: 0, 90, 180 or 270 degrees; null: as the print says.
/// </param>
public sealed record ArrangedPage(int Page, int? Rotation = null)
{
    /// <summary>Whether the turn is one of the four.</summary>
    public static bool IsTurn(int degrees) => degrees is 0 or 90 or 180 or 270;
}
