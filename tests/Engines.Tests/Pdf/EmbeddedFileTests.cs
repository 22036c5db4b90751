using System.Security.Cryptography;
using System.Text.Json;
using Engines.Tests.Support;
using Postlotse.Engines;
using Postlotse.Letters;
using Postlotse.Pdf;
using Postlotse.Recognition;

namespace Engines.Tests.Pdf;

/// <summary>Laws of files inside our PDF (ISO 19005-3, 6.8), read back by foreign programs.</summary>
public sealed class EmbeddedFileTests(Engine engine) : IDisposable
{
    private const string Invoice =
        "<?xml version='1.0'?><rsm:CrossIndustryInvoice xmlns:rsm='urn:un:unece:uncefact:data:standard:CrossIndustryInvoice:100'/>";

    private readonly Folder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task EmbeddedFiles_ComeOutAsTheyWentIn()
    {
        byte[] plan = [.. Enumerable.Range(0, 70_000).Select(i => (byte)(i * i))];
        var pdf = Write(("factur-x.xml", Utf8(Invoice)), ("Größe (Plan).bin", plan), ("leer.txt", []));
        Assert.Contains("No syntax or stream encoding errors", await Tool.OutputAsync("qpdf", "--check", pdf), StringComparison.Ordinal);
        Assert.Equal(["Größe (Plan).bin", "factur-x.xml", "leer.txt"], (await NamesAsync(pdf)).Order(StringComparer.Ordinal));
        await Tool.OutputAsync("pdfdetach", "-saveall", "-o", _folder.New("out"), pdf);
        Assert.Equal(Utf8(Invoice), await Folder.BytesAsync(_folder.File("out/factur-x.xml")));
        Assert.Equal(plan, await Folder.BytesAsync(_folder.File("out/Größe (Plan).bin")));
        Assert.Empty(await Folder.BytesAsync(_folder.File("out/leer.txt")));
    }

    /// <summary>Each file is specified with both names, its relation, type, date and sum, and belongs to the document.</summary>
    [Fact]
    public async Task EmbeddedFiles_AreSpecifiedAsTheStandardAsks()
    {
        var pdf = Write(("b.txt", Utf8("b")), ("a.xml", Utf8(Invoice)));
        using var json = JsonDocument.Parse(await Tool.OutputAsync("qpdf", "--json=2", "--json-key=qpdf", pdf));
        var objects = json.RootElement.GetProperty("qpdf")[1];
        var catalogue = Value(objects, objects.GetProperty("trailer").GetProperty("value").GetProperty("/Root"));
        var names = catalogue.GetProperty("/Names").GetProperty("/EmbeddedFiles").GetProperty("/Names").EnumerateArray().ToList();
        Assert.Equal(["u:a.xml", "u:b.txt"], names.Where((_, i) => i % 2 == 0).Select(n => n.GetString()));
        Assert.Equal(
            names.Where((_, i) => i % 2 == 1).Select(n => n.GetString()),
            catalogue.GetProperty("/AF").EnumerateArray().Select(n => n.GetString()));
        var specification = Value(objects, names[1]);
        Assert.Equal(
            ("/Filespec", "u:a.xml", "u:a.xml", "/Data"),
            (Text(specification, "/Type"), Text(specification, "/F"), Text(specification, "/UF"), Text(specification, "/AFRelationship")));
        var file = objects.GetProperty("obj:" + Text(specification.GetProperty("/EF"), "/F")).GetProperty("stream").GetProperty("dict");
        Assert.Equal(("/EmbeddedFile", "/application/xml"), (Text(file, "/Type"), Text(file, "/Subtype")));
        var parameters = file.GetProperty("/Params");
        Assert.Equal(Invoice.Length, parameters.GetProperty("/Size").GetInt32());
        Assert.Equal("u:D:20260301103000+01'00'", Text(parameters, "/ModDate"));
#pragma warning disable CA5351 // The sum that PDF wants.
        Assert.Equal("b:" + Convert.ToHexStringLower(MD5.HashData(Utf8(Invoice))), Text(parameters, "/CheckSum"));
#pragma warning restore CA5351
    }

    [Fact]
    public async Task FileWithFiles_SaysItIsPart3AndDiffersFromItsTwinInNothingElse()
    {
        var pdf = Write(("a.xml", Utf8(Invoice)));
        Assert.Equal("3U", Claim(pdf));
        var verdict = await Tool.PreflightAsync(pdf);
        var errors = verdict.Split('\n').Where(l => l.Length > 0 && char.IsDigit(l[0])).Select(l => l.Split(' ')[0]);
        Assert.Equal(["1.4.7", "1.2.9", "7.11.1", "7.11.2"], errors); // files, which part 1 forbids; conformance and part
    }

    [Fact]
    public async Task SameFiles_GiveSameBytes() => Assert.Equal(
        await Folder.BytesAsync(Write(("a.xml", Utf8(Invoice)), ("b", [1]))),
        await Folder.BytesAsync(Write(("a.xml", Utf8(Invoice)), ("b", [1]))));

    [Fact]
    public void FileInAPartThatAllowsNone_OrWithoutNameOrType_IsRefused()
    {
        using var plain = new PdfArchiveWriter(new MemoryStream(), new("", "", DateTimeOffset.UnixEpoch));
        Assert.Throws<InvalidOperationException>(() => plain.AddFile(File("a", "text/plain")));
        using var writer = new PdfArchiveWriter(new MemoryStream(), new("", "", DateTimeOffset.UnixEpoch), PdfConformance.A3u);
        writer.AddFile(File("a", "text/plain"));
        Assert.Throws<ArgumentException>(() => writer.AddFile(File("a", "text/plain")));
        Assert.Throws<ArgumentException>(() => writer.AddFile(File("", "text/plain")));
        Assert.Throws<ArgumentException>(() => writer.AddFile(File("b", "text/plain>>/JS")));
    }

    /// <summary>Names are the sender's own: no folders, none twice.</summary>
    [Fact]
    public async Task LettersPdf_HoldsItsFilesUnderNamesThatCanBeSaved()
    {
        var read = Assert.IsType<EngineAnswer.Read>(
            await engine.ReadAsync(_folder, _folder.Write("a.pdf", PrintedPage.Pdf("Rechnung")), FileFormat.Pdf));
        var (one, two) = (_folder.Write("1", Utf8(Invoice)), _folder.Write("2", Utf8("Hallo")));
        FileInPdf[] files =
        [
            new("r.xml", one, "application/xml", FileRole.Invoice), new("R.xml", two, "text/plain", FileRole.Enclosed),
            new("sub/Scan 1.pdf", _folder.File("a.pdf"), "application/pdf", FileRole.Original),
        ];
        var pdf = _folder.File("letter.pdf");
        new LetterPdf().Write(read.PdfPath, 1, 1, new("Rechnung", "", "de", DateTimeOffset.UnixEpoch), files, pdf);
        Assert.Equal(["R (2).xml", "Scan 1.pdf", "r.xml"], (await NamesAsync(pdf)).Order(StringComparer.Ordinal));
        Assert.Contains("No syntax or stream encoding errors", await Tool.OutputAsync("qpdf", "--check", pdf), StringComparison.Ordinal);
        Assert.Equal("3U", Claim(pdf));
        var objects = await Tool.OutputAsync("qpdf", "--json=2", "--json-key=qpdf", pdf);
        foreach (var relation in new[] { "/Data", "/Unspecified", "/Source" })
            Assert.Contains($"\"/AFRelationship\": \"{relation}\"", objects, StringComparison.Ordinal);

        new LetterPdf().Write(pdf, 1, 1, new("Teil", "", "de", DateTimeOffset.UnixEpoch), [], _folder.File("part.pdf"));
        Assert.Empty(await NamesAsync(_folder.File("part.pdf"))); // pages taken out of it leave the files behind
        Assert.Equal("2U", Claim(_folder.File("part.pdf")));
    }

    /// <summary>Part and conformance by the metadata, which are not packed.</summary>
    private static string Claim(string pdf)
    {
        var text = System.Text.Encoding.Latin1.GetString(System.IO.File.ReadAllBytes(pdf));
        return Between(text, "<pdfaid:part>") + Between(text, "<pdfaid:conformance>");
    }

    private static string Between(string text, string tag)
    {
        var start = text.IndexOf(tag, StringComparison.Ordinal) + tag.Length;
        return text[start..text.IndexOf('<', start)];
    }

    private static PdfFile File(string name, string type) => new(name, type, PdfRelation.Unspecified, () => new MemoryStream());

    private string Write(params (string Name, byte[] Bytes)[] files)
    {
        var pdf = _folder.File(Guid.NewGuid().ToString("N") + ".pdf");
        using var stream = System.IO.File.Create(pdf);
        var date = new DateTimeOffset(2026, 3, 1, 10, 30, 0, TimeSpan.FromHours(1));
        using var writer = new PdfArchiveWriter(stream, new("Rechnung", "de", date), PdfConformance.A3u);
        writer.AddPage(new(new(1, 1, PdfColour.Grey, PdfCoding.Raw, () => new MemoryStream([255])), 100, 100, 0, 0, []));
        foreach (var (name, bytes) in files)
        {
            var relation = name.EndsWith(".xml", StringComparison.Ordinal) ? PdfRelation.Data : PdfRelation.Unspecified;
            var type = relation == PdfRelation.Data ? "application/xml" : "application/octet-stream";
            writer.AddFile(new(name, type, relation, () => new MemoryStream(bytes)));
        }

        writer.Finish();
        return pdf;
    }

    private static async Task<IReadOnlyList<string>> NamesAsync(string pdf) =>
    [
        .. (await Tool.OutputAsync("pdfdetach", "-list", pdf)).Split('\n').Skip(1).Where(l => l.Length > 0)
            .Select(l => l[(l.IndexOf(": ", StringComparison.Ordinal) + 2)..]),
    ];

    private static JsonElement Value(JsonElement objects, JsonElement reference) =>
        objects.GetProperty("obj:" + reference.GetString()).GetProperty("value");

    private static string? Text(JsonElement dictionary, string key) => dictionary.GetProperty(key).GetString();

    private static byte[] Utf8(string text) => System.Text.Encoding.UTF8.GetBytes(text);
}
