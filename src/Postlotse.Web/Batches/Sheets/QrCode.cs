using System.Globalization;
using System.Text;
using QRCoder;

namespace Postlotse.Web.Batches.Sheets;

/// <summary>A QR code (ISO/IEC 18004) as a drawing: bears a quarter of its area being dirty or torn.</summary>
/// <param name="Modules">Width and height in modules, without the quiet zone.</param>
/// <param name="Path">Dark modules as the path of an SVG, one unit a module.</param>
public sealed record QrCode(int Modules, string Path)
{
    /// <param name="text">At most a few hundred characters.</param>
    public static QrCode Of(string text)
    {
        using var data = QRCodeGenerator.GenerateQrCode(text, QRCodeGenerator.ECCLevel.Q);
        const int Quiet = 4; // the library puts it around
        var (matrix, size) = (data.ModuleMatrix, data.ModuleMatrix.Count - (2 * Quiet));
        var path = new StringBuilder();
        for (var y = 0; y < size; y++)
        {
            for (var x = 0; x < size; x++)
            {
                var start = x;
                while (x < size && matrix[y + Quiet][x + Quiet]) x++;
                if (x > start) path.Append(CultureInfo.InvariantCulture, $"M{start} {y}h{x - start}v1h{start - x}z");
            }
        }

        return new(size, path.ToString());
    }
}
