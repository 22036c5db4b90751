using Engines.Tests.Support;
using Postlotse.Pdf;

namespace Engines.Tests.Pdf;

/// <summary>Laws of the PDF/A writer, judged by foreign programs.</summary>
public sealed class PdfArchiveTests : IDisposable
{
    private const double Size = 4;

    private readonly Folder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task TwinInA1b_IsValidForPreflight()
    {
        PdfPage[] images = [Raw(PdfColour.Grey), Raw(PdfColour.Rgb), FaxGroup4()];
        var pdf = await WriteAsync(PdfConformance.A1b, [Letter(0, 0), Letter(90, 0), Letter(180, 1.5), .. images]);
        Assert.Empty(await Tool.PreflightAsync(pdf));
    }

    [Fact]
    public async Task FileInA2u_DiffersFromItsTwinOnlyInWhatItClaims()
    {
        var verdict = await Tool.PreflightAsync(await WriteAsync(PdfConformance.A2u, Letter(270, -2)));
        var errors = verdict.Split('\n').Where(l => l.Length > 0 && char.IsDigit(l[0])).Select(l => l.Split(' ')[0]);
        Assert.Equal(["7.11.1", "7.11.2"], errors); // part and conformance are those of another part of the standard
    }

    [Theory]
    [InlineData(PdfConformance.A1b)]
    [InlineData(PdfConformance.A2u)]
    public async Task File_HasNoFaultForQpdf(PdfConformance conformance)
    {
        var pdf = await WriteAsync(conformance, Letter(0, 0), Raw(PdfColour.Rgb), FaxGroup4());
        Assert.Contains("No syntax or stream encoding errors", await Tool.OutputAsync("qpdf", "--check", pdf), StringComparison.Ordinal);
    }

    [Fact]
    public async Task SameInput_GivesSameBytes()
    {
        var first = await Folder.BytesAsync(await WriteAsync(PdfConformance.A2u, Letter(90, 1), Raw(PdfColour.Grey)));
        var second = await Folder.BytesAsync(await WriteAsync(PdfConformance.A2u, Letter(90, 1), Raw(PdfColour.Grey)));
        Assert.Equal(first, second);
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(90, 0)]
    [InlineData(180, 0)]
    [InlineData(270, 0)]
    public async Task Text_IsReadBackInOrder(int rotation, double skew)
    {
        var pdf = await WriteAsync(PdfConformance.A2u, Letter(rotation, skew));
        var words = Engine.Words(await Tool.OutputAsync("pdftotext", pdf, "-"));
        Assert.Equal(Engine.Words(PrintedPage.Letter), words);
    }

    /// <summary>By default pdftotext sorts by height and cuts leaning lines apart, but no word; in the file all is in order.</summary>
    [Theory]
    [InlineData(0, 1.2)]
    [InlineData(90, 3)]
    [InlineData(180, -2)]
    public async Task LeaningText_StandsInOrderAndItsWordsStayWhole(int rotation, double skew)
    {
        var pdf = await WriteAsync(PdfConformance.A2u, Letter(rotation, skew));
        Assert.Equal(Engine.Words(PrintedPage.Letter), Engine.Words(await Tool.OutputAsync("pdftotext", "-raw", pdf, "-")));
        Assert.Equal(Engine.Words(PrintedPage.Letter).Order(), Engine.Words(await Tool.OutputAsync("pdftotext", pdf, "-")).Order());
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(90, 0)]
    [InlineData(180, 2)]
    [InlineData(270, -2)]
    public async Task Words_LieWhereTheyWerePut(int rotation, double skew)
    {
        var page = Letter(rotation, skew);
        var boxes = await WordBoxes.ReadAsync(await WriteAsync(PdfConformance.A2u, page));
        var words = page.Lines.SelectMany(l => l.Words.Select(w => (Line: l, Word: w))).ToList();
        Assert.Equal(words.Count, boxes.Count);
        var (sin, cos) = Math.SinCos(skew * Math.PI / 180);
        double width = rotation is 90 or 270 ? page.Height : page.Width, height = rotation is 90 or 270 ? page.Width : page.Height;
        foreach (var (line, word) in words)
        {
            double dx = word.Left + word.Width / 2 - width / 2, dy = line.Baseline - height / 2;
            double x = width / 2 + dx * cos - dy * sin, y = height / 2 + dx * sin + dy * cos;
            Assert.Contains(boxes, b => b.Text == word.Text && Math.Abs((b.X + b.Right) / 2 - x) < 0.5 && Math.Abs(b.Bottom - y) < 1.5);
        }
    }

    [Fact]
    public async Task Jpeg_ComesOutIdentical()
    {
        var jpeg = await Scan.RenderAsync(_folder, PrintedPage.Pdf(PrintedPage.Letter), "-jpeg");
        var pdf = _folder.Write("scan.pdf", Scan.PdfOf(jpeg));
        await Tool.OutputAsync("pdfimages", "-all", pdf, _folder.File("out"));
        Assert.Equal(await Folder.BytesAsync(jpeg), await Folder.BytesAsync(_folder.File("out-000.jpg")));
    }

    [Fact]
    public async Task TitleWithUmlautsAndAngleBrackets_IsTheSameInBothMetadata()
    {
        var pdf = _folder.File("title.pdf");
        await using (var stream = File.Create(pdf))
        using (var writer = new PdfArchiveWriter(
            stream, new("Überweisung <an> \"Jörg\" & Söhne\u0001 😀", "de", DateTimeOffset.UnixEpoch), PdfConformance.A1b))
        {
            writer.AddPage(Raw(PdfColour.Grey));
            writer.Finish();
        }

        Assert.Empty(await Tool.PreflightAsync(pdf));
        Assert.Contains("Überweisung <an> \"Jörg\" & Söhne 😀", await Tool.OutputAsync("pdfinfo", pdf), StringComparison.Ordinal);
    }

    [Fact]
    public async Task CharactersForbiddenInPdfA_AreLeftOut()
    {
        var line = new PdfTextLine(50, 3, [new("a\uFEFFb\u0000c\uFFFE😀𝒳", 20, 30)]);
        var pdf = await WriteAsync(PdfConformance.A2u, Raw(PdfColour.Grey) with { Lines = [line], Width = 210, Height = 297 });
        Assert.Equal("abc😀𝒳", (await Tool.OutputAsync("pdftotext", pdf, "-")).Trim());
    }

    [Fact]
    public void JpegInCmyk_IsRefused()
    {
        var file = Path.Combine(AppContext.BaseDirectory, "corpus", "cmyk.jpg");
        Assert.Throws<InvalidDataException>(() => PdfImage.Jpeg(() => File.OpenRead(file)));
    }

    [Theory]
    [InlineData(PdfConformance.A1b)]
    [InlineData(PdfConformance.A2u)]
    public async Task CopiedPages_AreSoundAndTheSame(PdfConformance conformance)
    {
        var whole = await WriteAsync(conformance, Letter(0, 0), Letter(90, 1), Raw(PdfColour.Rgb), FaxGroup4());
        var part = await CopyAsync(whole, 2, 2, conformance);
        Assert.Contains("No syntax or stream encoding errors", await Tool.OutputAsync("qpdf", "--check", part), StringComparison.Ordinal);
        if (conformance == PdfConformance.A1b) Assert.Empty(await Tool.PreflightAsync(part));
        Assert.Equal(
            PagesOf(await Tool.OutputAsync("pdftotext", "-f", "2", "-l", "3", "-bbox", whole, "-")),
            PagesOf(await Tool.OutputAsync("pdftotext", "-bbox", part, "-")));
        var info = await Tool.OutputAsync("pdfinfo", part);
        Assert.Contains("Author:          Jörg <Süß>", info, StringComparison.Ordinal);
        Assert.Matches("Pages: +2\\n", info);
    }

    [Fact]
    public async Task PagesCopiedTwice_GiveTheSameBytes()
    {
        var whole = await WriteAsync(PdfConformance.A2u, Letter(0, 0), Letter(90, 1), Raw(PdfColour.Rgb));
        var (first, second) = (await CopyAsync(whole, 1, 2), await CopyAsync(whole, 1, 2));
        Assert.Equal(await Folder.BytesAsync(first), await Folder.BytesAsync(second));
        var again = await CopyAsync(first, 2, 1); // a copy can be copied
        Assert.Contains("No syntax or stream encoding errors", await Tool.OutputAsync("qpdf", "--check", again), StringComparison.Ordinal);
    }

    [Fact]
    public async Task PagesOfSomethingElse_AreRefused()
    {
        var whole = await Folder.BytesAsync(await WriteAsync(PdfConformance.A2u, Letter(0, 0), Raw(PdfColour.Grey)));
        Assert.Throws<InvalidDataException>(() => PdfSource.Open(new MemoryStream("%PDF-1.7 nothing"u8.ToArray())));
        using var good = PdfSource.Open(new MemoryStream(whole));
        using var writer = new PdfArchiveWriter(new MemoryStream(), new("", "", DateTimeOffset.UnixEpoch));
        Assert.Throws<InvalidDataException>(() => writer.AddPages(good, 2, 2));
        var random = new Random(1);
        for (var i = 0; i < 300; i++)
        {
            var bytes = random.Next(2) == 0 ? whole[..random.Next(whole.Length)] : [.. whole];
            for (var j = 0; bytes.Length > 0 && j < 20; j++) bytes[random.Next(bytes.Length)] = (byte)random.Next(256);
            Assert.True(IsCopiedOrRefused(bytes), $"mutation {i}");
        }
    }

    private static string PagesOf(string html) => html[html.IndexOf("<page", StringComparison.Ordinal)..];

    private static bool IsCopiedOrRefused(byte[] bytes)
    {
        try
        {
            using var source = PdfSource.Open(new MemoryStream(bytes));
            using var writer = new PdfArchiveWriter(new MemoryStream(), new("", "", DateTimeOffset.UnixEpoch));
            writer.AddPages(source, 1, source.PageCount);
            return true;
        }
        catch (InvalidDataException)
        {
            return true;
        }
    }

    private async Task<string> CopyAsync(string whole, int first, int count, PdfConformance conformance = PdfConformance.A2u)
    {
        var part = _folder.File(Guid.NewGuid().ToString("N") + ".pdf");
        await using var stream = File.Create(part);
        using var source = PdfSource.Open(File.OpenRead(whole));
        using var writer = new PdfArchiveWriter(
            stream, new("Teil", "de", DateTimeOffset.UnixEpoch, Author: "Jörg <Süß>"), conformance);
        writer.AddPages(source, first, count);
        writer.Finish();
        return part;
    }

    [Fact]
    public void DocumentWithoutPages_IsRefused()
    {
        using var stream = new MemoryStream();
        using var writer = new PdfArchiveWriter(stream, new("", "", DateTimeOffset.UnixEpoch));
        Assert.Throws<InvalidOperationException>(writer.Finish);
    }

    private async Task<string> WriteAsync(PdfConformance conformance, params PdfPage[] pages)
    {
        var pdf = _folder.File(Guid.NewGuid().ToString("N") + ".pdf");
        await using var stream = File.Create(pdf);
        var date = new DateTimeOffset(2026, 3, 1, 10, 30, 0, TimeSpan.FromHours(1));
        using var writer = new PdfArchiveWriter(stream, new("Brief an die Größe", "de", date), conformance);
        foreach (var page in pages) writer.AddPage(page);
        writer.Finish();
        return pdf;
    }

    /// <summary>The letter at known places: each letter 2 mm wide, lines every 9 mm.</summary>
    private static PdfPage Letter(int rotation, double skew)
    {
        var lines = new List<PdfTextLine>();
        foreach (var text in PrintedPage.Letter.Split('\n'))
        {
            var (words, left) = (new List<PdfWord>(), 25.0);
            foreach (var word in text.Split(' '))
            {
                words.Add(new(word, left, 2 * word.Length));
                left += 2 * word.Length + 2;
            }

            lines.Add(new(50 + 9 * lines.Count, 3, words));
        }

        var (width, height) = rotation is 90 or 270 ? (297.0, 210.0) : (210.0, 297.0);
        return Raw(PdfColour.Grey) with { Rotation = rotation, SkewDegrees = skew, Lines = lines, Width = width, Height = height };
    }

    private static PdfPage Raw(PdfColour colour)
    {
        var bytes = Enumerable.Range(0, (int)(Size * Size) * (colour == PdfColour.Rgb ? 3 : 1)).Select(i => (byte)(i * 5)).ToArray();
        return new(new((int)Size, (int)Size, colour, PdfCoding.Raw, () => new MemoryStream(bytes)), 100, 100, 0, 0, []);
    }

    /// <summary>Eight white rows of eight pixels: each is coded "V0", one bit; then the end of the block.</summary>
    private static PdfPage FaxGroup4() =>
        new(new(8, 8, PdfColour.BlackWhite, PdfCoding.FaxGroup4, () => new MemoryStream([0xFF, 0x00, 0x10, 0x01])), 100, 100, 0, 0, []);
}
