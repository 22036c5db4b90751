using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Postlotse.Pdf;
using Postlotse.Separation;
using Postlotse.Web.Batches.Sheets;
using Xunit;

namespace Postlotse.App.Tests;

/// <summary>A scanned stack with the separator sheets that the web application prints.</summary>
public sealed class PrintedSheetTests
{
    [Fact]
    public async Task StackWithPrintedSheets_BecomesItsLetters()
    {
        using var folder = new TemporaryFolder();
        var key = SheetKey.New();
        await File.WriteAllTextAsync(folder["sheet.key"], key.ToHex(), TestContext.Current.CancellationToken);
        var scans = Path.Combine(Call.City, "scans");
        string[] pages =
        [
            await RasterAsync(folder, "upright", Sheet(key, 3)), .. await RasterAllAsync(folder, Path.Combine(scans, "D1-017.pdf")),
            await RasterAsync(folder, "turned", Sheet(key, 183)), .. await RasterAllAsync(folder, Path.Combine(scans, "D1-034.pdf")),
        ];
        Write(folder["stack.pdf"], pages);

        var result = await Call.RunAsync(
            "process", folder["stack.pdf"], "--org", Call.Organisation, "--out", folder["out"], "--sheet-key", folder["sheet.key"]);

        Assert.Equal(0, result.Code);
        var letters = Directory.GetFiles(folder["out"], "stack-p*.json").Order(StringComparer.Ordinal).Select(Place).ToList();
        var second = Array.FindIndex(pages, p => p.Contains("turned", StringComparison.Ordinal)) + 1;
        Assert.Equal([(2, second - 2), (second + 1, pages.Length - second)], letters);
    }

    private static (int First, int Count) Place(string file)
    {
        using var json = JsonDocument.Parse(File.ReadAllBytes(file));
        var source = json.RootElement.GetProperty("source");
        return (source.GetProperty("firstPage").GetInt32(), source.GetProperty("pageCount").GetInt32());
    }

    /// <summary>A4 with the application's own drawing of the code, 52 mm wide as its style prints it.</summary>
    private static byte[] Sheet(SheetKey key, double degrees)
    {
        var code = QrCode.Of(Separators.StartText(key));
        var module = 52 / 25.4 * 72 / (code.Modules + 8);
        var (sin, cos) = Math.SinCos(degrees * Math.PI / 180);
        var content = new StringBuilder();
        content.Append(CultureInfo.InvariantCulture, $"{cos:0.#####} {sin:0.#####} {-sin:0.#####} {cos:0.#####} 297 480 cm ");
        content.Append(CultureInfo.InvariantCulture, $"{module:0.###} 0 0 {-module:0.###} 0 0 cm 1 0 0 1 {-code.Modules / 2.0} 0 cm\n");
        foreach (var run in code.Path.Split('M', StringSplitOptions.RemoveEmptyEntries))
        {
            var numbers = run.Split([' ', 'h', 'v'], StringSplitOptions.RemoveEmptyEntries); // x y width 1 -width z
            content.Append(CultureInfo.InvariantCulture, $"{numbers[0]} {numbers[1]} {numbers[2]} 1 re f\n");
        }

        string[] objects =
        [
            "<</Type/Catalog/Pages 2 0 R>>", "<</Type/Pages/Count 1/Kids[3 0 R]>>",
            "<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R>>",
            string.Create(CultureInfo.InvariantCulture, $"<</Length {content.Length}>>\nstream\n{content}\nendstream"),
        ];
        var body = string.Concat(objects.Select((o, i) => string.Create(CultureInfo.InvariantCulture, $"{i + 1} 0 obj\n{o}\nendobj\n")));
        return Encoding.ASCII.GetBytes("%PDF-1.4\n" + body + "trailer\n<</Root 1 0 R/Size 5>>\n%%EOF\n");
    }

    private static async Task<string> RasterAsync(TemporaryFolder folder, string name, byte[] pdf)
    {
        await File.WriteAllBytesAsync(folder[name + ".pdf"], pdf);
        return (await RasterAllAsync(folder, folder[name + ".pdf"])).Single();
    }

    /// <summary>A file's pages as a scanner gives them: grey, 200 dpi.</summary>
    private static async Task<IReadOnlyList<string>> RasterAllAsync(TemporaryFolder folder, string pdf)
    {
        var prefix = folder[Path.GetFileNameWithoutExtension(pdf) + "-page"];
        using var tool = Process.Start("pdftoppm", ["-gray", "-jpeg", "-r", "200", pdf, prefix]);
        await tool.WaitForExitAsync();
        return [.. Directory.GetFiles(folder.Path, Path.GetFileName(prefix) + "*.jpg").Order(StringComparer.Ordinal)];
    }

    private static void Write(string path, IEnumerable<string> jpegs)
    {
        using var stream = File.Create(path);
        using var pdf = new PdfArchiveWriter(stream, new("Scan", "", DateTimeOffset.UnixEpoch));
        foreach (var jpeg in jpegs) pdf.AddPage(new(PdfImage.Jpeg(() => File.OpenRead(jpeg)), 210, 297, 0, 0, []));
        pdf.Finish();
    }
}
