using Postlotse.Letters;
using Xunit;

namespace Postlotse.Tests.Letters;

public sealed class SourcePagesTests
{
    [Theory]
    [InlineData("a.pdf", FileFormat.Pdf, false)]
    [InlineData("a.PDF", FileFormat.Tiff, true)]
    [InlineData("a.tif", FileFormat.Tiff, false)]
    [InlineData("a.jpeg", FileFormat.Png, true)]
    [InlineData("IMG_1.JPG", FileFormat.Heif, true)]
    [InlineData("IMG_1.HEIC", FileFormat.Heif, false)]
    [InlineData("a.jp2", FileFormat.Jpeg2000, false)]
    [InlineData("scan.0001", FileFormat.Pdf, false)]
    [InlineData("a.pdf", FileFormat.Unknown, false)]
    public void NameOfAnotherFormat_Contradicts(string name, FileFormat format, bool contradicts) =>
        Assert.Equal(contradicts, new SourcePages(name, "", 1, format).NameContradicts());
}
