using System.Globalization;
using Postlotse.Letters;
using Xunit;

namespace Postlotse.Tests.Letters;

public sealed class FindingTextsTests
{
    public static TheoryData<FindingKind> Kinds => [.. Enum.GetValues<FindingKind>()];

    [Theory]
    [MemberData(nameof(Kinds))]
    public void EveryFinding_HasAGermanAndAnEnglishText(FindingKind kind) => Assert.NotEqual(
        FindingTexts.Of(new(kind), CultureInfo.GetCultureInfo("de")), FindingTexts.Of(new(kind), CultureInfo.GetCultureInfo("en")));

    [Fact]
    public void PageAndDetail_CompleteTheText() => Assert.Equal(
        "Page 3: The file is damaged or incomplete. Please scan again. (x)",
        FindingTexts.Of(new(FindingKind.Damaged, 3, "x"), CultureInfo.GetCultureInfo("en")));
}
