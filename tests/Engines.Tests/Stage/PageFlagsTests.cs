using Postlotse.Letters;
using Postlotse.Recognition;

namespace Engines.Tests.Stage;

/// <summary>Laws of what is said about a scan: what would be scanned again is said, all else is not.</summary>
public sealed class PageFlagsTests
{
    private static readonly PageScan Good = new(0.95, 0.2, 0.25);

    [Fact]
    public void GoodPage_HasNoFlag() => Assert.Empty(PageFlags.Of([Page(1)]));

    [Theory]
    [InlineData(0.95, 0.2, 0.9, 0.6, FindingKind.PageBlurred)]
    [InlineData(0.3, 0.02, 0.3, 0.6, FindingKind.PageTooDark)]
    [InlineData(0.4, 0.3, 0.3, 0.6, FindingKind.PageTooDark)]
    [InlineData(0.95, 0.85, 0.3, 0.6, FindingKind.PageTooLight)]
    [InlineData(0.95, 0.2, 0.9, 0.95, null)]
    [InlineData(0.3, 0.02, 0.3, 0.95, null)]
    [InlineData(0.95, 0.2, 0.3, 0.6, null)]
    public void BadScan_IsFlaggedOnlyWhenReadBadly(double paper, double ink, double edge, double confidence, FindingKind? kind)
    {
        var page = Page(1) with { Scan = new(paper, ink, edge), MeanConfidence = confidence };
        Assert.Equal(kind, PageFlags.Of([page]).SingleOrDefault()?.Kind);
    }

    [Theory]
    [InlineData(0.2, 120, 3, true)]
    [InlineData(70, 139.8, 3, true)]
    [InlineData(0.2, 120, 2, false)]
    [InlineData(12, 120, 9, false)]
    public void LinesAtTheEdge_AreCutOff(double x, double width, int lines, bool isCut)
    {
        var page = Page(1, [.. Enumerable.Range(0, lines).Select(i => Line("die Gebühr von", 100 + 8 * i, x, width)), Line("Gruß.", 260)]);
        Assert.Equal(isCut, PageFlags.Of([page]).Contains(new(FindingKind.PageCutOff, 1)));
    }

    [Theory]
    [InlineData("und deshalb bitte ich Sie um eine", true)]
    [InlineData("und deshalb bitte ich Sie um Antwort.", false)]
    [InlineData("Meyer", false)]
    public void SentenceThatBreaksOffHalfwayDown_IsHalfEmpty(string last, bool isHalf)
    {
        var lines = Enumerable.Range(0, 8).Select(i => Line("ich habe am Montag den Antrag gestellt", 80 + 7 * i));
        Assert.Equal(isHalf, PageFlags.Of([Page(1, [.. lines, Line(last, 140)])]).Contains(new(FindingKind.PageHalfEmpty, 1)));
        var full = Enumerable.Range(0, 25).Select(i => Line("ich habe am Montag den Antrag gestellt", 80 + 7 * i));
        Assert.Empty(PageFlags.Of([Page(1, [.. full, Line(last, 262)])]));
    }

    [Theory]
    [InlineData("1/4 2/4 4/4", 3)]
    [InlineData("1/4 2/4 3/4", 3)]
    [InlineData("2/2", 1)]
    [InlineData("1/2 1/3 2/3 3/3", 1)]
    [InlineData("1/4 2/4 3/4 4/4", null)]
    [InlineData("1/4 - 3/4 4/4", null)]
    [InlineData("1/2 2/2 1/3 2/3 3/3", null)]
    [InlineData("1/2 2/2 -", null)]
    [InlineData("- 1/2 2/2", null)]
    [InlineData("- - -", null)]
    [InlineData("1/2 blank 2/2", null)]
    [InlineData("7/2", null)]
    public void GapInPageNumbers_IsAMissingPage(string numbers, int? at)
    {
        var pages = numbers.Split(' ').Select((n, i) => n switch
        {
            "-" => Page(i + 1),
            "blank" => Page(i + 1) with { Blank = true, Lines = [] },
            _ => Page(i + 1, Line("Seite " + n.Replace("/", " von ", StringComparison.Ordinal), 280), Line("Guten Tag.", 100)),
        });
        Assert.Equal(at is null ? [] : [new Finding(FindingKind.PageMissing, at)], PageFlags.Of([.. pages]));
    }

    [Fact]
    public void PageFarLongerThanItsNeighbours_IsADoubleFeed()
    {
        var pages = new[] { Page(1), Page(2) with { Height = 420 }, Page(3) };
        Assert.Equal([new(FindingKind.DoubleFeed, 2)], PageFlags.Of(pages));
        Assert.Empty(PageFlags.Of([Page(1), Page(2) with { Height = 420 }])); // one neighbour says nothing
        Assert.Empty(PageFlags.Of([Page(1), Page(2) with { Height = 420, Width = 297 }, Page(3)])); // A3
    }

    [Fact]
    public void ManyUnsureWords_ArePartlyUnreadable()
    {
        var hand = Enumerable.Range(0, 4).Select(i => Line("Jiebe Ylnf drre", 100 + 9 * i, confidence: 0.3));
        Assert.Equal([new(FindingKind.PartlyUnreadable, 1)], PageFlags.Of([Page(1, [.. hand])]));
        Assert.Empty(PageFlags.Of([Page(1, Line("Jiebe Ylnf", 100, confidence: 0.3), Line("Guten Tag.", 150))]));
    }

    private static RecognisedPage Page(int number, params TextLine[] lines) => new()
    {
        Number = number, Width = 210, Height = 297, MeanConfidence = 0.95, Scan = Good,
        Lines = lines.Length > 0 ? lines : [Line("Sehr geehrte Damen und Herren,", 100), Line("danke für die Genehmigung.", 110)],
    };

    private static TextLine Line(string text, double y, double x = 25, double width = 160, double confidence = 0.95)
    {
        var words = text.Split(' ');
        var each = width / words.Length;
        return new(
            1, 1, new(x, y, width, 4), y + 4, [.. words.Select((w, i) => new Word(w, new(x + i * each, y, each, 4), confidence))]);
    }
}
