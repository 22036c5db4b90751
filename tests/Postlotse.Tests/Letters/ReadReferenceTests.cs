using System.Text.Json;
using Postlotse.Letters;
using Xunit;

namespace Postlotse.Tests.Letters;

public sealed class ReadReferenceTests
{
    [Fact]
    public void ReferenceStoredBeforeItKeptItsPlace_IsStillRead()
    {
        var read = JsonSerializer.Deserialize<ReadReference[]>("""["22.1/7"]""", PostlotseJson.Compact)!.Single();
        Assert.Equal(("22.1/7", null), (read.Text, read.Confidence));
        Assert.Empty(read.Words);
    }

    [Fact]
    public void StoredReference_ComesBackWithPlaceAndConfidence()
    {
        var json = JsonSerializer.Serialize(
            new ReadReference("22.1/7", 0.75, [new(0, 6, 2, new(10, 20.5, 30, 4))]), PostlotseJson.Compact);
        var read = JsonSerializer.Deserialize<ReadReference>(json, PostlotseJson.Compact)!;
        Assert.Equal(("22.1/7", 0.75), (read.Text, read.Confidence));
        Assert.Equal(new PlacedWord(0, 6, 2, new(10, 20.5, 30, 4)), read.Words.Single());
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("""{"text":"22.1/7"}""")]
    [InlineData("7")]
    public void ReferenceThatNobodyWroteSo_IsAnError(string json) =>
        Assert.Throws<JsonException>(() => JsonSerializer.Deserialize<ReadReference>(json, PostlotseJson.Compact));
}
