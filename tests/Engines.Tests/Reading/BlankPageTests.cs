using System.Globalization;
using System.Text;
using Engines.Tests.Support;
using Postlotse.Engines.Child;
using Postlotse.Letters;
using Postlotse.Recognition;

namespace Engines.Tests.Reading;

/// <summary>Laws of blank pages: noise, shadows and punch holes are nothing; a few words are something.</summary>
public sealed class BlankPageTests(Engine engine) : IDisposable
{
    private readonly Folder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(false, 0, 0)]
    [InlineData(true, 0, 0)]
    [InlineData(false, 20, 60)]
    [InlineData(true, 25, 90)]
    public async Task NoisyEmptyPage_IsBlank(bool holes, int noise, int shade)
    {
        var read = await ReadAsync("", holes, noise, shade);
        Assert.True(read.Pages[0].Blank);
        Assert.Equal("", read.Pages[0].Text);
        Assert.Contains(new(FindingKind.AllPagesBlank), read.Findings);
    }

    [Theory]
    [InlineData("Siehe Anlage", false, 0, 0)]
    [InlineData("Siehe Anlage", true, 20, 60)]
    public async Task NoisyPageWithTwoWords_IsNotBlank(string text, bool holes, int noise, int shade)
    {
        var read = await ReadAsync(text, holes, noise, shade);
        Assert.False(read.Pages[0].Blank);
        Assert.Empty(read.Findings);
        Assert.Contains("Anlage", read.Pages[0].Text, StringComparison.Ordinal);
    }

    [Fact]
    public void Signature_IsNotBlank() => Assert.False(Blankness.IsBlank([(300, 900, 400, 80)], 1240, 1754, 150));

    [Fact]
    public void ShadowsAlongTheEdges_AreBlank() => Assert.True(Blankness.IsBlank([(0, 0, 20, 1754), (0, 1740, 1240, 14)], 1240, 1754, 150));

    private async Task<EngineAnswer.Read> ReadAsync(string text, bool holes, int noise, int shade)
    {
        var file = await Scan.RenderAsync(_folder, PrintedPage.Pdf(text, punchHoles: holes), "-gray");
        var (width, height, pixels) = Scan.GreyMap(file);
        var random = new Random(3);
        for (var i = 0; i < pixels.Length; i++)
            pixels[i] = (byte)Math.Clamp(pixels[i] - shade * (i % width) / width + (noise == 0 ? 0 : Gauss(random) * noise), 0, 255);
        byte[] map = [.. Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"P5\n{width} {height}\n255\n")), .. pixels];
        var answer = await engine.ReadAsync(_folder, _folder.Write("page.tif", Scan.Tiff(_folder.Write("page.pgm", map))), FileFormat.Tiff);
        return Assert.IsType<EngineAnswer.Read>(answer);
    }

    private static double Gauss(Random random) => Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
}
