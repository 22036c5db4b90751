using System.Text.Json;
using Postlotse.Engines.Protocol;
using Postlotse.Letters;

namespace Engines.Tests.Reading;

/// <summary>Laws of the protocol: a child's answer is either what it may be, or refused.</summary>
public sealed class AnswerCheckTests
{
    private static readonly ChildRequest Request = new(1, ChildTask.Read, "/file", Number: 2);

    private static ChildAnswer Valid => new(
        1, ChildOutcome.Read, Page: new()
        {
            Number = 2, Width = 210, Height = 297, Text = "Guten Tag", MeanConfidence = 0.9,
            Scan = new(0.95, 0.2, 0.25), Barcodes = [new(BarcodeKind.Qr, "BCD\n002", new(150, 20, 20, 20))],
            Lines = [new(1, 1, new(20, 20, 40, 4), 24, [new("Guten", new(20, 20, 18, 4), 0.9), new("Tag", new(40, 20, 20, 4), 0.9)])],
        },
        Image: new(ChildImageKind.SourceJpeg, 100, 100), Milliseconds: 3);

    [Fact]
    public void ValidAnswer_ComesThroughUnchanged()
    {
        var answer = AnswerCheck.Parse(Bytes(Valid), Request);
        Assert.Equal("Guten Tag", answer.Page?.Text);
        Assert.Equal(2, answer.Page?.Lines[0].Words.Count);
    }

    public static TheoryData<string, string> Lies => new()
    {
        { "\"number\":2", "\"number\":1" },
        { "\"width\":210", "\"width\":-1" },
        { "\"height\":297", "\"height\":1e300" },
        { "\"language\":\"und\"", "\"language\":\"(\"" },
        { "\"language\":\"und\"", "\"language\":null" },
        { "\"rotation\":0", "\"rotation\":91" },
        { "\"skewDegrees\":0", "\"skewDegrees\":500" },
        { "\"meanConfidence\":0.9", "\"meanConfidence\":2" },
        { "\"confidence\":0.9", "\"confidence\":-1" },
        { "\"text\":\"Guten\"", "\"text\":null" },
        { "\"text\":\"Guten\"", "\"text\":\"a\\nb\"" },
        { "\"x\":20", "\"x\":9999" },
        { "\"baseline\":24", "\"baseline\":-500" },
        { "\"kind\":\"qr\"", "\"kind\":9" },
        { "\"text\":\"BCD\\n002\"", "\"text\":\"\"" },
        { "\"text\":\"BCD\\n002\"", "\"text\":null" },
        { "\"text\":\"BCD\\n002\"", "\"text\":\"\\u0000\"" },
        { "\"ink\":0.2", "\"ink\":-3" },
        { "\"edgeWidth\":0.25", "\"edgeWidth\":1e99" },
        { "\"x\":150", "\"x\":9999" },
        { "\"barcodes\":[{", "\"barcodes\":[null,{" },
        { "\"id\":1", "\"id\":2" },
        { "\"outcome\":\"read\"", "\"outcome\":\"differs\"" },
        { "\"outcome\":\"read\"", "\"outcome\":99" },
        { "\"kind\":\"sourceJpeg\"", "\"kind\":77" },
    };

    [Theory]
    [MemberData(nameof(Lies))]
    public void AnswerWithALie_IsRefused(string truth, string lie)
    {
        var json = JsonSerializer.Serialize(Valid, ChildJson.Options);
        Assert.Contains(truth, json, StringComparison.Ordinal);
        var at = json.IndexOf(truth, StringComparison.Ordinal);
        var changed = string.Concat(json.AsSpan(0, at), lie, json.AsSpan(at + truth.Length));
        Assert.Throws<InvalidDataException>(() => AnswerCheck.Parse(System.Text.Encoding.UTF8.GetBytes(changed), Request));
    }

    /// <summary>50 000 mutations of one seed: accepted within the limits, or refused by the one exception for it.</summary>
    [Fact]
    public void MutatedAnswers_AreAcceptedWithinLimitsOrRefused()
    {
        var random = new Random(42);
        var original = Bytes(Valid);
        var accepted = 0;
        for (var i = 0; i < 50_000; i++)
        {
            var bytes = random.Next(10) == 0 ? original[..random.Next(original.Length)] : original.ToArray();
            for (var change = random.Next(1, 4); change > 0 && bytes.Length > 0; change--) Mutate(bytes, random);
            try
            {
                var page = AnswerCheck.Parse(bytes, Request).Page;
                if (page is null) continue;
                accepted++;
                Assert.InRange(page.Width, 5, 5000);
                Assert.All(page.Lines.SelectMany(l => l.Words), w => Assert.InRange(w.Confidence, 0, 1));
            }
            catch (InvalidDataException)
            {
                // Refused, as it should be.
            }
        }

        Assert.InRange(accepted, 1, 49_999);
    }

    private static void Mutate(byte[] bytes, Random random)
    {
        var at = random.Next(bytes.Length);
        bytes[at] = random.Next(3) switch
        {
            0 => (byte)random.Next(256),
            1 => (byte)"0123456789-.eE[]{}\",:null"[random.Next(25)],
            _ => bytes[random.Next(bytes.Length)],
        };
    }

    private static byte[] Bytes(ChildAnswer answer) => JsonSerializer.SerializeToUtf8Bytes(answer, ChildJson.Options);
}
