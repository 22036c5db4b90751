using Postlotse.Delivery;
using Postlotse.Letters;
using Xunit;

namespace Postlotse.Tests.Delivery;

/// <summary>Pages are written as "+L" (a letter begins), "L", "E" (enclosure), "B" (blank), "S" (separator sheet).</summary>
public sealed class RestateTests
{
    [Theory]
    [InlineData("+L L +L E", "+L L +L E")]
    [InlineData("L L", "+L L")]
    [InlineData("B L S B L E", "B +L S B +L E")]
    [InlineData("+L S E", "+L S +L")]
    [InlineData("+E +S L", "+L S +L")]
    [InlineData("+B L", "+B L")]
    [InlineData("B B", "B B")]
    public void PageWithPrint_BelongsToALetter(string stated, string becomes) =>
        Assert.Equal(becomes, Write(Repair.Restate(Batch("+L L L L L L", null), new HashSet<int>(), Read(stated))));

    [Fact]
    public void OfficeOnASheet_GoesForAllLettersUpToTheNextSheet()
    {
        var batch = Batch("S +L L L S +L", "1.1");
        Assert.Equal(
            [null, "1.1", null, "1.1", null, null],
            Repair.Restate(batch, new HashSet<int>(), Read("S +L L +L S +L")).Select(p => p.Unit));
        Assert.All(Repair.Restate(batch, new HashSet<int>(), Read("+L L L L S +L")), p => Assert.Null(p.Unit));
    }

    [Fact]
    public void FixedPage_StaysAsItIsAndEndsItsLetter()
    {
        var pages = Repair.Restate(Batch("+L +L L +L L L", null), new HashSet<int> { 2, 3 }, Read("+L L +E L B L"));
        Assert.Equal("+L +L L +L B L", Write(pages));
    }

    [Fact]
    public void PagesOfALetter_AreFixedUnlessItIsSeenAndAtRest()
    {
        Letter[] parts =
        [
            Part(1, Place.Postkorb), Part(2, Place.Clearing), Part(3, Place.Underway),
            Part(4, Place.Clearing) with { Decision = Some.Decision(Outcome.Sealed) },
            Part(5, Place.SetAside) with { PartOf = new("a", 1, [PageRole.Letter], Replaced: true) },
        ];
        Assert.Equal([1, 3, 4], Repair.FixedPages(Some.Account(Role.Mailroom), parts).Order());
        Assert.Equal([1, 3], Repair.FixedPages(Some.ClosedMail, parts).Order());
    }

    private static Letter Part(int page, Place place) => Some.Letter(place, place == Place.Postkorb ? "1.1" : null) with
    {
        Id = "a-p" + page, PartOf = new("a", 1, [PageRole.Letter]), Source = new("a.pdf", new string('0', 64), 1, FileFormat.Pdf, page, 1),
    };

    private static Letter Batch(string pages, string? firstUnit) => Some.Letter(Place.Divided) with
    {
        Division = new(1, [.. Read(pages).Select((p, i) => new DividedPage(
            i + 1, p.Begins, p.Role, p.Begins ? 1 : 0, p.Begins && i == 1 ? firstUnit : null))]),
    };

    private static StatedPage[] Read(string pages) => [.. pages.Split(' ').Select(p => new StatedPage(
        p[0] == '+', Enum.GetValues<PageRole>().Single(r => r.ToString()[0] == p[^1])))];

    private static string Write(IEnumerable<DividedPage> pages) =>
        string.Join(' ', pages.Select(p => (p.Begins ? "+" : "") + p.Role.ToString()[0]));
}
