using System.Diagnostics;
using System.Text;
using System.Text.Json;
using Engines.Tests.Support;
using Postlotse.Engines.Documents;
using Postlotse.Engines.Pool;
using Postlotse.Engines.Protocol;
using Postlotse.Engines.Scans;
using Postlotse.Intake;
using Postlotse.Letters;
using Postlotse.Pdf;

namespace Engines.Tests.Hostile;

/// <summary>
/// Laws of our own parsers under mutated input, by fixed seeds: no exception but the documented one, and little time for each input.
/// </summary>
public sealed class ParserFuzzTests
{
    private const int Rounds = 4000;

    /// <summary>What no single input may take, however busy the machine.</summary>
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(5);

    private const string Info =
        "Title:           Antrag\nPages:           3\nEncrypted:       no\nPage    1 size:  595.28 x 841.89 pts (A4)\n" +
        "Page    1 rot:   90\n" +
        "Page    2 size:  612 x 792 pts (letter)\nPage    2 rot:   0\nPage    3 size:  1e+09 x 2 pts\nPage    3 rot:   -90\n";

    private const string Images =
        "page   num  type   width height color comp bpc  enc interp  object ID x-ppi y-ppi size ratio\n-----\n" +
        "   1     0 image     100   100  gray    1   8  jpeg   no         8  0   200   200 1234K  32%\n" +
        "   2     1 stencil  2480  3508  -       1   1  ccitt  no   [inline]     300   300  1.2M 3.1%\n";

    private const string Words =
        "<title>a<doc></title>\n<doc>\n <page width=\"595\" height=\"842\">\n<flow><block xMin=\"1\"><line xMin=\"1\">" +
        "<word xMin=\"72.5\" yMin=\"72\" xMax=\"144\" yMax=\"84\">B\u00fcro&amp;\ufb01x&#x1F600;</word>" +
        "<word xMin=\"150\" yMin=\"72\" xMax=\"180\" yMax=\"84\">35\u00a0\u20ac</word></line></block></flow>\n  </page>\n";

    private const string Signatures =
        "Digital Signature Info of: x.pdf\nSignature #1:\n  - Signature Field Name: s\n  - Signer Certificate Common Name: Jo\n" +
        "  - Signing Time: Nov 06 2026 04:46:39\n  - Total document signed\n  - Signature Validation: Signature is Valid.\n" +
        "  - Certificate Validation: Certificate is Trusted.\n";

    private const string Objects =
        """
        {"version":2,"qpdf":[{"jsonversion":2},{"obj:1 0 R":{"value":{"/Type":"/Catalog","/Pages":"2 0 R",
        "/OpenAction":{"/S":"/JavaScript"}}},
        "obj:2 0 R":{"value":{"/Kids":["3 0 R","2 0 R"],"/MediaBox":[0,0,595.28,841.89],"/Count":1}},
        "obj:3 0 R":{"value":{"/Contents":["4 0 R"],"/CropBox":[0,0,595,841],"/Resources":{"/XObject":{"/I":"5 0 R"},
        "/Font":{"/F":"6 0 R"}},
        "/Annots":[{"/Subtype":"/Text","/Contents":"u:Notiz"},{"/Subtype":"/Link"}]}},"obj:4 0 R":{"stream":{"dict":{"/Length":40}}},
        "obj:5 0 R":{"stream":{"dict":{"/Subtype":"/Image","/ColorSpace":["/ICCBased","7 0 R"],"/Filter":"/DCTDecode","/Decode":[0,1]}}},
        "obj:6 0 R":{"value":{"/Subtype":"/Type1","/ByteRange":[0,1],"/EF":{}}},"obj:7 0 R":{"stream":{"dict":{"/N":3}}},
        "trailer":{"value":{"/Root":"1 0 R","/Size":8}}}]}
        """;

    private const string Content =
        "q 595.28 0 0 841.89 0 0 cm /I Do Q\nq 3 Tr BT /F 8 Tf [(Zu\\)) -20 (satz)] TJ <5A75> Tj ET Q /P <</MCID 0>> BDC EMC % end\n";

    private static readonly ChildRequest Request = new(1, ChildTask.Read, "/file", Number: 2);

    private static readonly string Answer = JsonSerializer.Serialize(
        new ChildAnswer(
            1, ChildOutcome.Read, Image: new(ChildImageKind.SourceJpeg, 100, 100), Milliseconds: 3, Page: new()
            {
                Number = 2, Width = 210, Height = 297, Text = "Guten Tag", MeanConfidence = 0.9, Scan = new(0.95, 0.2, 0.25),
                Barcodes = [new(BarcodeKind.Qr, "BCD\n002", new(150, 20, 20, 20))],
                Lines = [new(1, 1, new(20, 20, 40, 4), 24, [new("Guten", new(20, 20, 18, 4), 0.9), new("Tag", new(40, 20, 20, 4), 0.9)])],
            }),
        ChildJson.Options);

    private static readonly ScanCandidate Scan = new("/I", 5, true, [4], new(0, 0, 595.28, 841.89), true);

    private static byte[] Seed(string name) => File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "corpus", name));

    public static TheoryData<string> Texts => [.. TextParsers.Keys];

    private static Dictionary<string, (string Seed, Action<string> Parse)> TextParsers { get; } = new(StringComparer.Ordinal)
    {
        ["pdfinfo"] = (Info, text => Assert.All(
            PdfContent.Parse(new(0, text, "")).Pages, p => Assert.True(p.Width >= 0 && p.Turn is 0 or 90 or 180 or 270))),
        ["pdfinfo, errors"] = ("Syntax Error: x\nCommand Line Error: Incorrect password\n", text => PdfContent.Parse(new(1, "", text))),
        ["pdfimages"] = (Images, text => Assert.DoesNotContain(PageImages.Areas(text).Values, area => !(area > 0))),
        ["pdftotext"] = (Words, text => _ = PdfPageText.Parse(text, 1).Values.Select(TextCheck.Judge).ToList()),
        ["heif-info"] = ("image: 900x420 (id=1), primary\nimage: 999999999x999999999 (id=2)\n",
            text => Assert.DoesNotContain(HeifImages.Pixels(text), pixels => pixels < 0)),
        ["pdfsig"] = (Signatures, text => SignatureList.Parse(text)),
        ["pdfdetach"] = ("2 embedded files\n1: a.xml\n2: b.xml\n", text => Assert.Equal(2, DocumentInspection.Names(text, 2).Count)),
        ["qpdf, document"] = (Objects, text => PdfStructure.Parse(text)),
        ["qpdf, pages"] = (Objects, text => ScanCandidates.Parse(text)),
        ["child's answer"] = (Answer, text => Refused(() => AnswerCheck.Parse(Encoding.UTF8.GetBytes(text), Request))),
    };

    public static TheoryData<string> Files => [.. ByteParsers.Keys];

    private static Dictionary<string, (string Seed, Action<byte[]> Parse)> ByteParsers { get; } = new(StringComparer.Ordinal)
    {
        ["page content"] = ("", bytes => ScanContent.ShowsOnlyTheImage(bytes, Scan)),
        ["JPEG header"] = ("grey.jpg", bytes => JpegHeader.Parse(bytes)),
        ["JPEG header with EXIF"] = ("exif", bytes => Assert.InRange(JpegHeader.Parse(bytes)?.Orientation ?? 1, 1, 8)),
        ["TIFF directories"] = ("three.tif", bytes => TiffDirectories.AreWhole(new MemoryStream(bytes))),
        ["BigTIFF directories"] = ("big.tif", bytes => TiffDirectories.AreWhole(new MemoryStream(bytes))),
        ["tiles"] = ("tiled.tif", bytes => TiffDirectories.AreWhole(new MemoryStream(bytes))),
        ["signature"] = ("page.webp", bytes => FileSignature.LooksFinished(FileSignature.Detect(bytes), bytes)),
        ["foreign picture"] = ("page.webp", bytes => ForeignFormat.Of(bytes.AsSpan(0, Math.Min(bytes.Length, ForeignFormat.HeadLength)))),
        ["foreign mail"] = ("mail", bytes => ForeignFormat.Of(bytes.AsSpan(0, Math.Min(bytes.Length, ForeignFormat.HeadLength)))),
        ["attachment"] = ("mail", bytes => Assert.NotEmpty(MediaTypes.Of(bytes) + MediaTypes.IsInvoice(bytes))),
        ["copied pages"] = ("pdf", Copy),
    };

    [Theory]
    [MemberData(nameof(Texts))]
    public void WhatToolsAndChildrenSay_IsReadOrRefused(string parser)
    {
        var (seed, parse) = TextParsers[parser];
        Fuzz(random => Mutation.Of(seed, Objects, random), parse, Rounds);
    }

    [Theory]
    [MemberData(nameof(Files))]
    public void ForeignBytes_AreReadOrRefused(string parser)
    {
        var (name, parse) = ByteParsers[parser];
        var seed = name switch
        {
            "" => Encoding.Latin1.GetBytes(Content),
            "exif" => Support.Scan.WithOrientation(Seed("grey.jpg"), 6)[..400],
            "mail" => Encoding.UTF8.GetBytes("Received: from a\n by b\nFrom: a@example.org\nSubject: Antrag\n\n<html><svg>\n"),
            "pdf" => Pdf(),
            _ => Seed(name),
        };
        Fuzz(random => Mutation.Of(seed, Seed("g4.tif"), random), parse, seed.Length > 5000 ? Rounds / 4 : Rounds);
    }

    /// <summary>Frames of a child's output, cut anywhere: a line, an end, or the one exception; no more than the limit is kept.</summary>
    [Fact]
    public async Task Frames_AreALineOrRefused()
    {
        var random = new Random(3);
        var seed = Encoding.UTF8.GetBytes(Answer + "\n");
        for (var i = 0; i < 1000; i++)
        {
            using var stream = new MemoryStream(Mutation.Of(seed, "\n\n"u8.ToArray(), random));
            try
            {
                var line = await LimitedReader.ReadLineAsync(stream, 2000, TestContext.Current.CancellationToken);
                Assert.True(line is null || (line.Length <= 2000 && !line.Contains((byte)'\n')));
            }
            catch (InvalidDataException)
            {
                // Refused, as it should be.
            }
        }
    }

    private static void Fuzz<T>(Func<Random, T> make, Action<T> parse, int rounds)
    {
        var random = new Random(20261126);
        for (var i = 0; i < rounds; i++)
        {
            var input = make(random);
            var start = Stopwatch.GetTimestamp();
            try
            {
                parse(input);
            }
            catch (Exception e)
            {
                var text = input as string ?? Convert.ToBase64String((byte[])(object)input!);
                throw new InvalidOperationException($"round {i}: {e.GetType().Name}: {e.Message}; input {text}", e);
            }

            Assert.InRange(Stopwatch.GetElapsedTime(start), TimeSpan.Zero, Longest);
        }
    }

    private static void Refused(Action parse)
    {
        try
        {
            parse();
        }
        catch (InvalidDataException)
        {
            // The documented one.
        }
    }

    private static void Copy(byte[] bytes) => Refused(() =>
    {
        using var source = PdfSource.Open(new MemoryStream(bytes));
        using var target = new MemoryStream();
        using var pdf = new PdfArchiveWriter(target, new("x", "de", DateTimeOffset.UnixEpoch));
        pdf.AddPages(source, 1, Math.Min(source.PageCount, 3));
        pdf.AddPages(source, 1, 1);
        pdf.Finish();
    });

    private static byte[] Pdf()
    {
        using var stream = new MemoryStream();
        using var pdf = new PdfArchiveWriter(stream, new("Scan", "de", DateTimeOffset.UnixEpoch));
        var jpeg = Seed("grey.jpg")[..700];
        for (var i = 0; i < 3; i++)
            pdf.AddPage(new(PdfImage.Jpeg(() => new MemoryStream(jpeg)), 210, 297, 0, 0, [new(50, 4, [new("Guten", 20, 18)])]));
        pdf.Finish();
        return stream.ToArray();
    }
}
