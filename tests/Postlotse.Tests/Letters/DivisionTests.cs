using Postlotse.Evidence;
using Postlotse.Letters;
using Xunit;

namespace Postlotse.Tests.Letters;

public sealed class DivisionTests
{
    /// <summary>L begins a letter, l goes on, e is an enclosure, b blank, s a separator sheet.</summary>
    private static Division Pages(string pages) => new(1, [.. pages.Select((c, i) => new DividedPage(i + 1, c == 'L', c switch
    {
        'e' => PageRole.Enclosure,
        'b' => PageRole.Blank,
        's' => PageRole.Separator,
        _ => PageRole.Letter,
    }, 1))]);

    [Theory]
    [InlineData("L", "1+1")]
    [InlineData("LlL", "1+2 3+1")]
    [InlineData("sLebsLb", "2+3 6+2")]
    [InlineData("bsLlsb", "3+2")]
    public void Letters_ReachToTheNextOneOrASheet(string pages, string letters) => Assert.Equal(
        letters, string.Join(' ', Pages(pages).Letters().Select(l => FormattableString.Invariant($"{l.FirstPage}+{l.PageCount}"))));

    [Theory]
    [InlineData("L", true)]
    [InlineData("sLbs", true)]
    [InlineData("lL", false)] // a printed page that belongs to nothing
    [InlineData("Lsl", false)]
    [InlineData("sb", false)]
    [InlineData("", false)]
    public void Division_LeavesNoPrintedPageOut(string pages, bool fits) => Assert.Equal(fits, Pages(pages).Fits(pages.Length));

    [Fact]
    public void DivisionOfOtherPages_DoesNotFit()
    {
        Assert.False(Pages("LL").Fits(3));
        Assert.False(new Division(1, [new(2, true, PageRole.Letter, 1), new(1, true, PageRole.Letter, 1)]).Fits(2));
        Assert.False(new Division(1, [new(1, true, PageRole.Letter, 1), new(2, true, PageRole.Separator, 1)]).Fits(2));
    }

    [Fact]
    public void SameDivision_GivesTheSameLetters()
    {
        var batch = new Letter
        {
            Id = "b", Source = new("b.pdf", "0", 1, FileFormat.Pdf), ReceivedAt = DateTimeOffset.UnixEpoch, Stage = StageName.Separation,
            Recognition = new(
                [.. Enumerable.Range(1, 3).Select(n => new PageSummary(n, 0, 0, false, 1))], new("p", 1), new("f", 1), "de", 1, 1),
            Findings = [new(FindingKind.TooManyPixels, 3), new(FindingKind.NameContradictsContent)],
        };
        var first = Batch.Divide(batch, Pages("LlL"), [], NewEvent.System).NewLetters;
        var second = Batch.Divide(batch, Pages("LlL"), [], NewEvent.System).NewLetters;
        Assert.Equal(["b-p001", "b-p003"], first.Select(l => l.Letter.Id));
        Assert.Equal(first.Select(l => l.Events[0]), second.Select(l => l.Events[0]));
        Assert.Equal(
            [new Finding(FindingKind.TooManyPixels, 1), new(FindingKind.NameContradictsContent)], first[1].Letter.Findings);
        Assert.Equal([new Finding(FindingKind.NameContradictsContent)], first[0].Letter.Findings);
    }

    [Fact]
    public void WhatWasFoundOfTheFile_GoesWithEveryLetter()
    {
        FindingKind[] all = Enum.GetValues<FindingKind>();
        var batch = new Letter
        {
            Id = "b", Source = new("b.pdf", "0", 1, FileFormat.Pdf), ReceivedAt = DateTimeOffset.UnixEpoch, Stage = StageName.Separation,
            Recognition = new([new(1, 0, 0, false, 1), new(2, 0, 0, false, 1)], new("p", 1), new("f", 1), "de", 1, 1)
            {
                Attachments = [new("a.xml", new("x", 1), "text/xml", false)],
            },
            Findings = [.. all.Select(kind => new Finding(kind))],
        };
        FindingKind[] handedOn =
        [
            FindingKind.NameContradictsContent, FindingKind.Damaged, FindingKind.DynamicForm, FindingKind.Portfolio,
            FindingKind.AttachmentsLeftOut, FindingKind.AttachmentsWithBatch, FindingKind.SignatureBroken, FindingKind.ActiveContent,
            FindingKind.DocumentUnchecked, .. all.Where(kind => new Finding(kind).KeepsPaper),
        ];
        foreach (var made in Batch.Divide(batch, Pages("LL"), [], NewEvent.System).NewLetters)
            Assert.Equal(handedOn, made.Letter.Findings.Select(f => f.Kind).Order());
    }
}
