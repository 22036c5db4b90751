using System.Text;
using Engines.Tests.Support;
using Postlotse.Engines;
using Postlotse.Letters;
using Postlotse.Recognition;

namespace Engines.Tests.Documents;

/// <summary>Laws of what a PDF holds besides its pages: told, kept, never run.</summary>
public sealed class DocumentInspectionTests(Engine engine) : IDisposable
{
    private const string Invoice =
        "<?xml version='1.0'?><rsm:CrossIndustryInvoice xmlns:rsm='urn:un:unece:uncefact:data:standard:CrossIndustryInvoice:100'/>";

    private readonly Folder _folder = new();

    public void Dispose() => _folder.Dispose();

    private static WrittenPdf Letter => new WrittenPdf().Print(70, 640, "Ich bitte um Nachricht und freue mich nicht, wenn wir warten.");

    [Fact]
    public async Task PlainLetter_HoldsNothingElse()
    {
        var read = await ReadAsync(Letter);
        Assert.Empty(read.Findings);
        Assert.Equivalent(DocumentContent.None, read.Document);
    }

    [Fact]
    public async Task SignedLetter_NamesItsSigner()
    {
        var read = await ReadAsync(await SignedPdf.CreateAsync(_folder, "Jörg Müßiggang"));
        var signature = Assert.Single(read.Document.Signatures);
        Assert.Equal((SignatureStatus.Valid, SignatureTrust.Unknown), (signature.Status, signature.Trust));
        Assert.Equal(("Jörg Müßiggang", true), (signature.Signer, signature.CoversFile));
        Assert.NotNull(signature.SignedAt);
        Assert.Empty(read.Findings);
    }

    [Fact]
    public async Task LetterChangedAfterSigning_IsTold()
    {
        var signed = Encoding.Latin1.GetString(await SignedPdf.CreateAsync(_folder, "Jörg"));
        var read = await ReadAsync(Encoding.Latin1.GetBytes(signed.Replace("Auszahlung", "Einzahlung", StringComparison.Ordinal)));
        Assert.Equal(SignatureStatus.Broken, Assert.Single(read.Document.Signatures).Status);
        Assert.Contains(new(FindingKind.SignatureBroken), read.Findings);
    }

    [Fact]
    public async Task BytesAppendedAfterSigning_AreTold()
    {
        var signed = await SignedPdf.CreateAsync(_folder, "Jörg");
        var signature = Assert.Single((await ReadAsync([.. signed, .. "\n% more\n%%EOF\n"u8])).Document.Signatures);
        Assert.Equal((SignatureStatus.Valid, false), (signature.Status, signature.CoversFile));
    }

    [Fact]
    public async Task AttachedInvoice_IsKeptByteForByte()
    {
        var read = await ReadAsync(WithFile("factur-x.xml", Invoice));
        var file = Assert.Single(read.Document.Attachments);
        Assert.Equal(("factur-x.xml", "application/xml", true), (file.Name, file.MediaType, file.Invoice));
        Assert.Equal(Invoice, await File.ReadAllTextAsync(file.Path, TestContext.Current.CancellationToken));
    }

    [Theory]
    [InlineData("../../etc/rechnung.txt", "rechnung.txt")]
    [InlineData("a\n2: b.txt", "1")]
    public async Task NameOfAnAttachment_IsNoPathAndNoOtherEntry(string name, string shown) =>
        Assert.Equal(shown, Assert.Single((await ReadAsync(WithFile(name, "Hallo"))).Document.Attachments).Name);

    [Fact]
    public async Task AttachmentLargerThanAllowed_StaysInTheOriginal()
    {
        using var strict = new EngineProcesses(Engine.Options with { AttachmentBytesPerFile = 1000 });
        var file = _folder.Write("large.pdf", WithFile("gross.txt", new string('x', 5000)).ToBytes());
        var read = Assert.IsType<EngineAnswer.Read>(await Engine.ReadAsync(strict, _folder, file, FileFormat.Pdf));
        Assert.Empty(read.Document.Attachments);
        Assert.Contains(new(FindingKind.AttachmentsLeftOut), read.Findings);
    }

    [Theory]
    [InlineData("/OpenAction<</S/JavaScript/JS(app.alert\\(1\\))>>")]
    [InlineData("/OpenAction<</S/Launch/F(cmd.exe)>>")]
    [InlineData("/OpenAction<</S/URI/URI(http://example.invalid)>>")]
    [InlineData("/AA<</WC<</S/SubmitForm/F(http://example.invalid)>>>>")]
    public async Task ActiveContent_IsTold(string catalog)
    {
        var letter = Letter;
        letter.Catalog = catalog;
        Assert.Contains(new(FindingKind.ActiveContent), (await ReadAsync(letter)).Findings);
    }

    [Fact]
    public async Task LinkToClick_IsNoActiveContent()
    {
        var letter = Letter;
        letter.Page = "/Annots[<</Type/Annot/Subtype/Link/Rect[70 630 200 650]/A<</S/URI/URI(http://example.invalid)>>>>]";
        Assert.Empty((await ReadAsync(letter)).Findings);
    }

    [Theory]
    [InlineData("true")]
    [InlineData("false")]
    public async Task ValuesOfAForm_AreRead(string needAppearances)
    {
        var letter = Letter;
        letter.Catalog = $"/AcroForm<</Fields[6 0 R]/NeedAppearances {needAppearances}/DR<</Font<</F 3 0 R>>>>/DA(/F 12 Tf 0 g)>>";
        letter.Page = "/Annots[6 0 R]";
        letter.Further.Add(
            "<</Type/Annot/Subtype/Widget/FT/Tx/T(name)/V(J\u00f6rg M\u00fcller)/Rect[200 595 400 615]/P 4 0 R/F 4/DA(/F 12 Tf 0 g)>>");
        Assert.Contains("Jörg Müller", Assert.Single((await ReadAsync(letter)).Pages).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task NoteOnAPage_IsKept()
    {
        var letter = Letter;
        letter.Page = "/Annots[<</Type/Annot/Subtype/Text/Contents(Bitte pr\u00fcfen)/Rect[300 300 320 320]>>]";
        Assert.Equal([new(1, "Bitte prüfen")], (await ReadAsync(letter)).Document.Notes);
    }

    [Fact]
    public async Task FormThatOnlyItsMakersProgramBuilds_IsUnusable()
    {
        var letter = Letter;
        letter.Catalog = "/NeedsRendering true/AcroForm<</Fields[]/XFA 6 0 R>>";
        letter.Further.Add(WrittenPdf.Stream("", "<xdp:xdp xmlns:xdp='http://ns.adobe.com/xdp/'/>"));
        var answer = await engine.ReadAsync(_folder, _folder.Write("xfa.pdf", letter.ToBytes()), FileFormat.Pdf);
        Assert.Equal(FindingKind.DynamicForm, Assert.IsType<EngineAnswer.Unusable>(answer).Finding.Kind);
    }

    [Fact]
    public async Task Portfolio_IsReadAndItsFilesKept()
    {
        var portfolio = WithFile("antrag.txt", "Antrag");
        portfolio.Catalog += "/Collection<</View/D>>";
        var read = await ReadAsync(portfolio);
        Assert.Contains(new(FindingKind.Portfolio), read.Findings);
        Assert.Equal("text/plain", Assert.Single(read.Document.Attachments).MediaType);
    }

    [Fact]
    public async Task LockedAgainstCopying_IsReadAllTheSame()
    {
        var file = _folder.Write("open.pdf", WithFile("factur-x.xml", Invoice).ToBytes());
        await Tool.OutputAsync(
            "qpdf", "--encrypt", "", "owner", "256", "--extract=n", "--print=none", "--", file, _folder.File("closed.pdf"));
        var read = await ReadAsync(await Folder.BytesAsync(_folder.File("closed.pdf")));
        Assert.Equal(TextSource.Document, Assert.Single(read.Pages).TextSource);
        Assert.True(Assert.Single(read.Document.Attachments).Invoice);
    }

    private static WrittenPdf WithFile(string name, string content)
    {
        var letter = Letter;
        letter.Catalog = "/Names<</EmbeddedFiles<</Names[(a) 6 0 R]>>>>";
        letter.Further.Add($"<</Type/Filespec/F({name})/UF({name})/EF<</F 7 0 R>>>>");
        letter.Further.Add(WrittenPdf.Stream("/Type/EmbeddedFile", content));
        return letter;
    }

    private Task<EngineAnswer.Read> ReadAsync(WrittenPdf pdf) => ReadAsync(pdf.ToBytes());

    private async Task<EngineAnswer.Read> ReadAsync(byte[] pdf) =>
        Assert.IsType<EngineAnswer.Read>(await engine.ReadAsync(_folder, _folder.Write("letter.pdf", pdf), FileFormat.Pdf));
}
