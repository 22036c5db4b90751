using Postlotse.Engines.Child;

namespace Engines.Tests;

public sealed class ProbeTests
{
    [Fact]
    public void Probe()
    {
        using var e = new OcrEngine("deu");
        foreach (var file in Directory.GetFiles("/tmp/eb/imgs").Concat(Directory.GetFiles("/tmp/eb/var")).Order(StringComparer.Ordinal))
        {
            using var source = SourceImage.Read(file, 0, (210, 297), 80_000_000);
            using var page = PreparedPage.From(source.Pixels, source.DotsPerInchX, source.DotsPerInchY);
            var clock = System.Diagnostics.Stopwatch.StartNew();
            var s = ScanMeasures.Of(page);
            var ms = clock.Elapsed.TotalMilliseconds;
            var conf = 0.0;
            if (file.Contains("/var/", StringComparison.Ordinal))
            {
                var a = new PageReader(e, 80_000_000).Read(new(1, Postlotse.Engines.Protocol.ChildTask.Read, file, Width: 210, Height: 297, ImageTo: "/tmp/eb/out"));
                conf = a.Page!.MeanConfidence;
            }
            Console.WriteLine($"{Path.GetFileName(file)} {s} {ms:0.0} ms conf {conf:0.00}");
        }
    }
}
