using Postlotse.Letters;
using Postlotse.Web.Letters;
using Xunit;

namespace Web.Tests.Letters;

public sealed class HighlightsTests
{
    private const string Body = "eins zwei drei vier";

    [Fact]
    public void WordsOfALine_ShareABox()
    {
        var span = new TextSpan(LetterField.Body, 0, 14);
        Assert.Equal("[[1,10,20,25,4],[1,10,30,10,4]]", Marks(span).BoxesOf([span]));
    }

    [Fact]
    public void PartOfAWord_MarksTheWholeWord() =>
        Assert.Equal("[[1,25,20,10,4]]", Marks(new TextSpan(LetterField.Body, 6, 2)).BoxesOf([new(LetterField.Body, 6, 2)]));

    [Fact]
    public void OverlappingSpans_CutTheTextIntoPieces()
    {
        var pieces = Marks(new(LetterField.Body, 0, 9), new(LetterField.Body, 5, 9)).PiecesOf(LetterField.Body);
        Assert.Equal(["eins :r0", "zwei:r0 r1", " drei:r1", " vier:"], pieces.Select(p => p.Text + ":" + p.Ids));
        Assert.Equal(Body, string.Concat(pieces.Select(p => p.Text)));
    }

    [Fact]
    public void SpanBeyondTheText_MarksNothing()
    {
        var pieces = Marks(new TextSpan(LetterField.Body, 15, 40)).PiecesOf(LetterField.Body);
        Assert.Equal([new TextPiece(Body, null)], pieces);
    }

    private static Highlights Marks(params TextSpan[] spans) => new(new Letter
    {
        Id = "a",
        Source = new("a.pdf", new string('0', 64), 1, FileFormat.Pdf),
        ReceivedAt = DateTimeOffset.UnixEpoch,
        Reading = new(new LetterContent { Id = "a", Body = Body }, [new(LetterField.Body, 1,
        [
            new(0, 4, 1, new(10, 20, 10, 4)), new(5, 4, 1, new(25, 20, 10, 4)),
            new(10, 4, 1, new(10, 30, 10, 4)), new(15, 4, 1, new(25, 30, 10, 4)),
        ])], [], [], null),
        Decision = new()
        {
            Id = "a", Outcome = Outcome.Review, Unit = "", Probability = 0, Ranking = [],
            Reasons = spans.Select(s => new Reason(ReasonKind.Concern, 1, "", [s])).ToList(),
        },
    });
}
