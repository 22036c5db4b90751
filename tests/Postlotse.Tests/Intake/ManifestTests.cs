using System.Text;
using System.Text.Json;
using Postlotse.Intake;
using Postlotse.Letters;
using Xunit;

namespace Postlotse.Tests.Intake;

public sealed class ManifestTests
{
    private static readonly StoredFile File = new(new string('a', 64), 10);

    [Fact]
    public void Json_SaysWhatTheScannerAnnouncedAndNothingOfItsOperator()
    {
        var hash = new string('A', 64);
        var manifest = Read($$$"""
            {"batch":"Mo-17","sheets":12,"pages":23,"duplex":true,"blanksDropped":1,"scanner":"Keller links","operator":"Meier",
             "startedAt":"2026-11-26T08:15:00+01:00","sha256":"{{{hash}}}","extra":{"a":[1]}}
            """);
        Assert.Equal(
            new(File)
            {
                Batch = "Mo-17", Sheets = 12, Pages = 23, Duplex = true, BlanksDropped = 1, Scanner = "Keller links",
                StartedAt = new(2026, 11, 26, 8, 15, 0, TimeSpan.FromHours(1)), Sha256 = hash.ToLowerInvariant(),
            }, manifest);
        var stored = JsonSerializer.Serialize(manifest, PostlotseJson.Compact);
        Assert.DoesNotContain("Meier", stored, StringComparison.Ordinal);
        Assert.Equal(manifest, JsonSerializer.Deserialize<ScanManifest>(stored, PostlotseJson.Compact));
    }

    [Fact]
    public void LinesOfNamesAndValues_AreReadInAnyUsualEncoding()
    {
        const string Text = "[Batch]\r\n; comment\r\nSheets = 3\r\nDUPLEX=False\r\nBlanksDropped=true\r\n";
        var expected = new ScanManifest(File) { Sheets = 3, Duplex = false, BlanksDropped = null };
        Assert.Equal(expected, Read(Text));
        Assert.Equal(expected, ManifestReader.Read([.. Encoding.Unicode.GetPreamble(), .. Encoding.Unicode.GetBytes(Text)], File));
        Assert.Equal(expected, ManifestReader.Read([.. Encoding.UTF8.GetPreamble(), .. Encoding.UTF8.GetBytes(Text)], File));
    }

    [Theory]
    [InlineData("", ManifestFault.Malformed, null)]
    [InlineData("{", ManifestFault.Malformed, null)]
    [InlineData("[1]", ManifestFault.Malformed, null)]
    [InlineData("no lines of ours", ManifestFault.Malformed, null)]
    [InlineData("{\"pages\":1,\"Pages\":2}", ManifestFault.Malformed, null)]
    [InlineData("{\"batch\":\"\\ud800\"}", ManifestFault.Malformed, null)]
    [InlineData("{}", ManifestFault.NothingAnnounced, null)]
    [InlineData("{\"images\":3,\"operator\":\"x\"}", ManifestFault.NothingAnnounced, null)]
    [InlineData("{\"pages\":-1}", ManifestFault.BadValue, "pages")]
    [InlineData("{\"pages\":1e3}", ManifestFault.BadValue, "pages")]
    [InlineData("{\"pages\":99999999999}", ManifestFault.BadValue, "pages")]
    [InlineData("{\"pages\":[3]}", ManifestFault.BadValue, "pages")]
    [InlineData("{\"pages\":3,\"blanksDropped\":-2}", ManifestFault.BadValue, "blanksDropped")]
    [InlineData("{\"sheets\":3}", ManifestFault.BadValue, "duplex")]
    [InlineData("{\"pages\":3,\"sha256\":\"abc\"}", ManifestFault.BadValue, "sha256")]
    [InlineData("{\"pages\":3,\"startedAt\":\"heute\"}", ManifestFault.BadValue, "startedAt")]
    public void WrongManifest_SaysWhatIsWrong(string text, ManifestFault fault, string? key) =>
        Assert.Equal(new(File, fault, key), Read(text));

    [Fact]
    public void AnyBytes_EndAsAManifest()
    {
        var random = new Random(7);
        for (var i = 0; i < 2000; i++)
        {
            var bytes = new byte[random.Next(200)];
            random.NextBytes(bytes);
            if (i % 2 == 0 && bytes.Length > 0) bytes[0] = (byte)'{';
            Assert.NotNull(ManifestReader.Read(bytes, File).Fault);
        }

        Assert.Equal(ManifestFault.TooLarge, ManifestReader.Read(new byte[ManifestReader.MostBytes + 1], File).Fault);
    }

    [Fact]
    public void Manifest_BelongsToTheFileWhoseNameItBears()
    {
        var pairs = ManifestNames.Pair(
        [
            "a.pdf", "a.pdf.manifest.json", "a.manifest.json", "b.tif", "sub/b.manifest.txt", "b.MANIFEST.JSON", "c.pdf", "c.tif",
            "c.manifest.json", "sub/d", "sub/d.manifest.json", "e.pdf", ".manifest.json", "sub/.manifest.txt",
        ]);
        Assert.Equal(
            ["a.pdf < a.pdf.manifest.json", "b.tif < b.MANIFEST.JSON", "sub/d < sub/d.manifest.json"],
            pairs.Select(p => p.Key + " < " + p.Value).Order(StringComparer.Ordinal));
        Assert.False(ScanManifest.IsName("manifest.json"));
    }

    private static ScanManifest Read(string text) => ManifestReader.Read(Encoding.UTF8.GetBytes(text), File);
}
