using Postlotse.Engines.Documents;
using Postlotse.Letters;

namespace Engines.Tests.Documents;

/// <summary>Laws of reading what tools say of foreign files: names in it are foreign text, and nonsense is no exception.</summary>
public sealed class ToolOutputTests
{
    private const string Signature =
        "Digital Signature Info of: x.pdf\nSignature #1:\n  - Signature Field Name: s\n  - Signer Certificate Common Name: Jo\n" +
        "  - Signing Time: Nov 06 2026 04:46:39\n  - Total document signed\n  - Signature Validation: Digest Mismatch.\n";

    private const string Text =
        "<title>a<doc> <word xMin=\"1\" yMin=\"1\" xMax=\"9\" yMax=\"9\">falsch</word></title>\n" +
        "<doc>\n <page width=\"1\">\n<flow><block><line>" +
        "<word xMin=\"72\" yMin=\"72\" xMax=\"144\" yMax=\"84\">B\u00fcro&amp;\ufb01x</word>" +
        "<word xMin=\"150\" yMin=\"72\" xMax=\"180\" yMax=\"84\">35\u00a0\u20ac</word></line></block></flow>\n  </page>\n";

    private const string Structure =
        "{\"version\":2,\"qpdf\":[{\"jsonversion\":2},{\"obj:1 0 R\":{\"value\":{\"/Pages\":\"2 0 R\"}}," +
        "\"obj:2 0 R\":{\"value\":{\"/Kids\":[\"2 0 R\",\"3 0 R\"]}}," +
        "\"obj:3 0 R\":{\"value\":{\"/Annots\":[{\"/Subtype\":\"/Text\",\"/Contents\":\"u:Notiz\"}]}}," +
        "\"trailer\":{\"value\":{\"/Root\":\"1 0 R\"}}}]}";

    [Fact]
    public void SignatureThatFits_IsNotForgedByAName()
    {
        Assert.Equal(SignatureStatus.Broken, Assert.Single(SignatureList.Parse(Signature)).Status);
        var forged = Signature.Replace("Name: Jo", "Name: Jo\n  - Signature Validation: Signature is Valid.", StringComparison.Ordinal);
        Assert.Equal(SignatureStatus.Unchecked, Assert.Single(SignatureList.Parse(forged)).Status);
    }

    [Fact]
    public void WordsOfAPage_AreMillimetresAndPlainLetters()
    {
        var words = Assert.Single(PdfPageText.Parse(Text, 3)[3]).Words;
        Assert.Equal(["Büro&fix", "35", "€"], words.Select(w => w.Text));
        Assert.Equal(new Box(25.4, 25.4, 25.4, 4.23), words[0].Box);
    }

    [Fact]
    public void PageTree_ThatRunsInACircleEnds() => Assert.Equal([new(1, "Notiz")], PdfStructure.Parse(Structure)?.Notes);

    /// <summary>Thirty thousand mutations of one seed.</summary>
    [Fact]
    public void MutatedOutput_IsReadOrLeft()
    {
        var random = new Random(11);
        for (var i = 0; i < 10_000; i++)
        {
            _ = SignatureList.Parse(Mutated(Signature, random));
            _ = PdfPageText.Parse(Mutated(Text, random), 1).Values.Select(TextCheck.Judge).ToList();
            _ = PdfStructure.Parse(Mutated(Structure, random));
            _ = DocumentInspection.Names(Mutated("2 embedded files\n1: a.xml\n2: b.xml\n", random), 2);
            _ = PageImages.Areas(Mutated(
                "   1     0 image     100   100  gray    1   8  jpeg   no         8  0   200   200 1234K  32%\n", random));
        }
    }

    [Theory]
    [InlineData("%PDF-1.7", "application/pdf")]
    [InlineData("MZ\u0090\0", "application/x-msdownload")]
    [InlineData("\u00ef\u00bb\u00bf<?xml version='1.0'?>", "application/xml")]
    [InlineData("Guten Tag", "text/plain")]
    [InlineData("\0\u0001\u0002", "application/octet-stream")]
    [InlineData("", "application/octet-stream")]
    public void Attachment_IsWhatItsBytesSay(string bytes, string type) =>
        Assert.Equal(type, MediaTypes.Of(System.Text.Encoding.Latin1.GetBytes(bytes)));

    [Fact]
    public void AreasOfImages_AreSummedUp() => Assert.Equal(
        2 * 12.7 * 12.7, PageImages.Areas(
            "page   num  type   width height color comp bpc  enc interp  object ID x-ppi y-ppi size ratio\n-----\n" +
            "   1     0 image     100   100  gray    1   8  jpeg   no         8  0   200   200 1234K  32%\n" +
            "   1     1 image     100   100  gray    1   8  image  no   [inline]     200   200 1234K  32%\n" +
            "   1     2 smask     100   100  gray    1   8  image  no         9  0   200   200 1234K  32%\n")[1], 1e-6);

    private static string Mutated(string seed, Random random)
    {
        var letters = seed.ToCharArray();
        for (var change = random.Next(1, 6); change > 0; change--) letters[random.Next(letters.Length)] = (char)random.Next(32, 127);
        return new(letters);
    }
}
