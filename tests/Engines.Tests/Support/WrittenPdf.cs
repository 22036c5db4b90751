using System.Globalization;
using System.Text;

namespace Engines.Tests.Support;

/// <summary>A PDF of one page as word processors write them: text, and what else is put into catalog, page and further objects.</summary>
internal sealed class WrittenPdf
{
    /// <summary>First number of <see cref="Further"/>.</summary>
    public const int FirstFurther = 6;

    private readonly StringBuilder _content = new();

    /// <summary>Text in the fonts' own bytes: WinAnsi, with ligatures at 1 (ﬁ) and 2 (ﬂ).</summary>
    public string Font { get; init; } =
        "<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding<</Type/Encoding/BaseEncoding/WinAnsiEncoding/Differences[1/fi/fl]>>>>";

    public string Catalog { get; set; } = "";

    public string Page { get; set; } = "";

    public string Resources { get; set; } = "";

    /// <summary>Objects from number 6 on.</summary>
    public List<string> Further { get; } = [];

    public static string Stream(string dictionary, string data) =>
        string.Create(CultureInfo.InvariantCulture, $"<<{dictionary}/Length {data.Length}>>\nstream\n{data}\nendstream");

    /// <summary>Lines in points from the bottom left, 14 points apart.</summary>
    public WrittenPdf Print(double x, double y, string lines, string before = "")
    {
        foreach (var line in lines.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            var bytes = line.Replace("fi", "\u0001", StringComparison.Ordinal).Replace("fl", "\u0002", StringComparison.Ordinal)
                .Replace('€', '\u0080').Replace("(", "\\(", StringComparison.Ordinal).Replace(")", "\\)", StringComparison.Ordinal);
            _content.Append(CultureInfo.InvariantCulture, $"q BT /F 11 Tf {before} 1 0 0 1 {x:0.#} {y:0.#} Tm ({bytes}) Tj ET Q\n");
            y -= 14;
        }

        return this;
    }

    public WrittenPdf Draw(string operators)
    {
        _content.Append(operators).Append('\n');
        return this;
    }

    public byte[] ToBytes() => PrintedPage.Assemble(
    [
        "<</Type/Catalog/Pages 2 0 R" + Catalog + ">>", "<</Type/Pages/Count 1/Kids[4 0 R]>>", Font,
        $"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Resources<</Font<</F 3 0 R>>{Resources}>>/Contents 5 0 R{Page}>>",
        Stream("", _content.ToString()), .. Further,
    ]);
}
