using System.Globalization;
using System.Text;

namespace Engines.Tests.Support;

/// <summary>Barcodes as PDF operators in millimetres from the top left, and what some of them look like.</summary>
internal static class Drawing
{
    /// <summary>Text of <see cref="GiroCode"/>, as invoices of a city's cash office bear it.</summary>
    public const string GiroCodeText =
        "BCD\n002\n1\nSCT\nCOBADEFFXXX\nStadtkasse Lindenfurt\nDE12500105170648489890\nEUR35.00\n\nAZ 32.3-0815 Müller";

    /// <summary>Modules of the QR code, row by row in hexadecimal; 41 of the 44 bits.</summary>
    public const string GiroCode =
        """
        FEF497263F8 82AE5005208 BAFDF4832E8 BA2C12862E8 BAEF6374AE8 82356A57A08 FEAAAAAABF8 00483A61000 9FA50C8ACB8
        F414C5ABE38 8A554D34C10 C9C0E4630C8 231D44FE778 54E6FA42860 E6039FBB798 6CB92969288 C2E646F5C20 C51DF786598
        66A269F8920 8C5E1553470 B32C24475C0 7162C61C3A8 5FF24E2B420 65D2E186D80 576E3C54D60 34BFA3C98E0 A788A6F36B8
        05341259D70 5A7D59720B8 E5936BA8850 D631AD566A0 C528A0878D0 FF902EEFF98 00C97AFB8C8 FEE48DC3AA0 82E9B85A8F8
        BACECF4AFD0 BABD3EB1080 BA35C7070D8 8257C8A8E88 FED996750C0
        """;

    /// <summary>Modules of linear codes in hexadecimal.</summary>
    public const string
        Code128 = "D218BB174E6BBDDBAEC42CDBD7BAC4468C9D8EB", Code39 = "96D6A5A6D52B6D95595A56D4D6A5B695B4AD2DA",
        Interleaved2Of5 = "AE8AE3BA28E8E2A2B8EBA38BA", Ean13 = "A353AF7A259AA14285D2166A";

    /// <summary>What these say.</summary>
    public const string
        Code128Text = "RR123456789DE", Code39Text = "AZ-32-4711", Interleaved2Of5Text = "1234567890", Ean13Text = "4006381333931";

    /// <summary>A code of modules; one row of a linear one is as high as given.</summary>
    public static string Code(string rows, double x, double y, double module, double height = 0)
    {
        var drawing = new StringBuilder();
        var top = y;
        foreach (var row in rows.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries))
        {
            for (var i = 0; i < row.Length * 4; i++)
            {
                if ((Convert.ToInt32(row[i / 4].ToString(), 16) >> (3 - i % 4) & 1) == 0) continue;
                drawing.Append(Rectangle(x + i * module, top, module * 1.02, height == 0 ? module * 1.02 : height));
            }

            top += height == 0 ? module : height;
        }

        return drawing.ToString();
    }

    /// <summary>A patch code with its first bar at the top.</summary>
    /// <param name="bars">"W" and "N", for instance "NWNW".</param>
    /// <param name="x">Left end.</param>
    /// <param name="y">Top.</param>
    /// <param name="length">Of the bars; negative: bars run down from y, the first one at the left.</param>
    public static string Patch(string bars, double x, double y, double length = 60)
    {
        var drawing = new StringBuilder();
        var at = 0.0;
        foreach (var bar in bars)
        {
            var width = bar == 'W' ? 5.08 : 2.03;
            drawing.Append(length > 0 ? Rectangle(x, y + at, length, width) : Rectangle(x + at, y, width, -length));
            at += width + 2.03;
        }

        return drawing.ToString();
    }

    public static string Rectangle(double x, double y, double width, double height) =>
        string.Create(CultureInfo.InvariantCulture, $"{x:0.###} {y:0.###} {width:0.###} {height:0.###} re f\n");
}
