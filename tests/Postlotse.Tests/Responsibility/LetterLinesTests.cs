using System.Text;
using Postlotse.Responsibility;
using Xunit;

namespace Postlotse.Tests.Responsibility;

public sealed class LetterLinesTests
{
    [Fact]
    public void GoodLine_IsReadAsWritten()
    {
        var letter = Valid("""
            {"id":"a","recipient":"Stadt\nMarkt 1","sender":"s","date":"1.1.","subject":"b","reference":"r","body":"x\n\ny",
            "enclosures":"e","unit":"7","alsoAcceptable":["8"],"difficulty":3}
            """.ReplaceLineEndings(""));

        Assert.Equal(("a", "Stadt\nMarkt 1", "x\n\ny"), (letter.Content.Id, letter.Content.Recipient, letter.Content.Body));
        Assert.Equal(("s", "1.1.", "b"), (letter.Content.Sender, letter.Content.Date, letter.Content.Subject));
        Assert.Equal(("r", "e"), (letter.Content.Reference, letter.Content.Enclosures));
        Assert.Equal("7", letter.Unit);
        Assert.Equal(["8"], letter.AlsoAcceptable);
    }

    [Fact]
    public void Office_MayBeUnknownEmptyOrMissing()
    {
        Assert.Null(Valid("""{"id":"a","body":"x"}""").Unit);
        Assert.Null(Valid("""{"id":"a","body":"x","unit":null,"subject":null}""").Unit);
        Assert.Equal("", Valid("""{"id":"a","body":"x","unit":""}""").Unit);
    }

    [Theory]
    [InlineData("""{"body":"x"}""")]
    [InlineData("""{"id":"a"}""")]
    [InlineData("""{"id":"","body":"x"}""")]
    [InlineData("""{"id":"a","body":""}""")]
    [InlineData("""{"id":1,"body":"x"}""")]
    [InlineData("""{"id":"a","body":"x","subject":["s"]}""")]
    [InlineData("""{"id":"a","body":"x","alsoAcceptable":"7"}""")]
    [InlineData("""{"id":"a","body":"x","unit":7}""")]
    [InlineData("""{"id":"a","body":"\ud800"}""")]
    [InlineData("""{"id":"a","body":"x" """)]
    [InlineData("""["a"]""")]
    [InlineData("null")]
    [InlineData("Guten Tag")]
    public void BadLine_IsReportedWithItsNumberAndStopsNothing(string line)
    {
        var lines = Read("{\"id\":\"a\",\"body\":\"x\"}\n\n" + line + "\n{\"id\":\"b\",\"body\":\"y\"}");

        Assert.Equal([1, 3, 4], lines.Select(l => l.Number));
        Assert.NotEmpty(Assert.IsType<LetterLine.Invalid>(lines[1]).Problem);
        Assert.Equal("b", Assert.IsType<LetterLine.Valid>(lines[2]).Letter.Content.Id);
    }

    [Fact]
    public void MarksAndWindowsLineEnds_AreTolerated()
    {
        var lines = Read("\uFEFF{\"id\":\"a\",\"body\":\"x\"}\r\n \r\n{\"id\":\"b\",\"body\":\"y\"}\r\n");

        Assert.Equal([1, 3], lines.Select(l => l.Number));
        Assert.All(lines, l => Assert.IsType<LetterLine.Valid>(l));
    }

    [Fact]
    public void OtherEncoding_IsReported()
    {
        using var stream = new MemoryStream(Encoding.Latin1.GetBytes("""{"id":"a","body":"Gebühr"}"""));

        Assert.IsType<LetterLine.Invalid>(Assert.Single(LetterLines.Read(stream)));
    }

    [Fact]
    public void EndlessLine_IsReportedAndTheNextIsRead()
    {
        var lines = Read("{\"id\":\"a\",\"body\":\"" + new string('x', LetterLines.MaxLineBytes) + "\"}\n{\"id\":\"b\",\"body\":\"y\"}");

        Assert.IsType<LetterLine.Invalid>(lines[0]);
        Assert.Equal((2, "b"), (lines[1].Number, Assert.IsType<LetterLine.Valid>(lines[1]).Letter.Content.Id));
    }

    [Fact]
    public void LineAcrossReads_IsPutTogether()
    {
        var body = new string('ä', 100_000);

        Assert.Equal(body, Valid("{\"id\":\"a\",\"body\":\"" + body + "\"}").Content.Body);
    }

    private static LabelledLetter Valid(string line) => Assert.IsType<LetterLine.Valid>(Assert.Single(Read(line))).Letter;

    private static List<LetterLine> Read(string text)
    {
        using var stream = new MemoryStream(Encoding.UTF8.GetBytes(text));
        return [.. LetterLines.Read(stream)];
    }
}
