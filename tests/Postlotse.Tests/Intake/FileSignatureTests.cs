using Postlotse.Intake;
using Postlotse.Letters;
using Xunit;

namespace Postlotse.Tests.Intake;

public sealed class FileSignatureTests
{
    [Theory]
    [InlineData("%PDF-1.7\n", FileFormat.Pdf)]
    [InlineData("junk before the header %PDF-1.4", FileFormat.Pdf)]
    [InlineData("II*\0", FileFormat.Tiff)]
    [InlineData("MM\0*", FileFormat.Tiff)]
    [InlineData("II+\0\b\0", FileFormat.Tiff)]
    [InlineData("MM\0+\0\b", FileFormat.Tiff)]
    [InlineData("\u00ff\u00d8\u00ff\u00e0", FileFormat.Jpeg)]
    [InlineData("\u0089PNG\r\n\u001a\n", FileFormat.Png)]
    [InlineData("\0\0\0\u000cjP  \r\n\u0087\n", FileFormat.Jpeg2000)]
    [InlineData("\u00ff\u004f\u00ff\u0051", FileFormat.Jpeg2000)]
    [InlineData("\0\0\0\u0018ftypheic", FileFormat.Heif)]
    [InlineData("\0\0\0\u0018ftypmif1", FileFormat.Heif)]
    [InlineData("\0\0\0\u001cftypavif", FileFormat.Heif)]
    [InlineData("\0\0\0\u0018ftypmp42", FileFormat.Unknown)]
    [InlineData("\0\0\0\u0018ftyp", FileFormat.Unknown)]
    [InlineData("", FileFormat.Unknown)]
    [InlineData("II", FileFormat.Unknown)]
    [InlineData("PK\u0003\u0004", FileFormat.Unknown)]
    [InlineData("<html>", FileFormat.Unknown)]
    public void Bytes_TellTheFormat(string head, FileFormat format) =>
        Assert.Equal(format, FileSignature.Detect(System.Text.Encoding.Latin1.GetBytes(head)));

    [Fact]
    public void PdfHeaderBehind1024Bytes_IsNoPdf()
    {
        Assert.Equal(FileFormat.Pdf, FileSignature.Detect([.. new byte[1019], .. "%PDF-"u8]));
        Assert.Equal(FileFormat.Unknown, FileSignature.Detect([.. new byte[1020], .. "%PDF-"u8]));
    }

    [Fact]
    public void UnfinishedFile_DoesNotLookFinished()
    {
        Assert.True(FileSignature.LooksFinished(FileFormat.Pdf, "xref\n%%EOF\n"u8));
        Assert.False(FileSignature.LooksFinished(FileFormat.Pdf, "stream"u8));
        Assert.False(FileSignature.LooksFinished(FileFormat.Jpeg, [1, 2, 3]));
        Assert.False(FileSignature.LooksFinished(FileFormat.Unknown, []));
        Assert.False(FileSignature.LooksFinished(FileFormat.Tiff, [1]));
    }
}
