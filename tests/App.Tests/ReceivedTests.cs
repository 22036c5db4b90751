using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Postlotse.App.Commands;
using Xunit;

namespace Postlotse.App.Tests;

/// <summary>process and the time of receipt that its caller states.</summary>
public sealed class ReceivedTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 26, 15, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData("2026-11-24", "2026-11-24T00:00:00+01:00")]
    [InlineData("2026-07-01", "2026-07-01T00:00:00+02:00")]
    [InlineData("2026-11-24T07:30", "2026-11-24T07:30:00+01:00")]
    [InlineData("2026-07-01T07:30:15", "2026-07-01T07:30:15+02:00")]
    [InlineData("2026-11-24T07:30Z", "2026-11-24T07:30:00+00:00")]
    [InlineData("2026-11-24T07:30:15.25-05:00", "2026-11-24T07:30:15.25-05:00")]
    public void StatedTime_IsUnderstoodInGermanTimeUnlessItSaysAnother(string text, string meant) =>
        Assert.Equal(DateTimeOffset.Parse(meant, System.Globalization.CultureInfo.InvariantCulture), ReceivedTime.Read(text, Now));

    [Theory]
    [InlineData("gestern")]
    [InlineData("24.11.2026")]
    [InlineData("2026-02-30")]
    [InlineData("2026-03-29T02:30")] // the clocks go from 2 to 3
    [InlineData("2026-11-27")]
    [InlineData("2026-11-26T15:00:01Z")]
    [InlineData("1926-11-24")]
    [InlineData("")]
    public void TextThatIsNoReceipt_IsRefused(string text) => Assert.Null(ReceivedTime.Read(text, Now));

    [Fact]
    public async Task UnfitTime_IsAWrongCall()
    {
        using var folder = new TemporaryFolder();
        var result = await Call.RunAsync(
            "process", folder.Path, "--org", Call.Organisation, "--out", folder["out"], "--received", "2999-01-01");
        Assert.Equal(2, result.Code);
        Assert.Contains("2999-01-01", result.Error, StringComparison.Ordinal);
        Assert.False(Directory.Exists(folder["out"]));
    }

    [Fact]
    public async Task StatedReceipt_GivesTheSameResultEachTime_WhateverTheFilesOwnTime()
    {
        using var folder = new TemporaryFolder();
        var (first, pdf) = await ProcessAsync(folder, "first", new(2020, 1, 2), "--received", "2026-11-24T07:30");
        var (second, again) = await ProcessAsync(folder, "second", new(2021, 3, 4), "--received", "2026-11-24T06:30Z");
        Assert.Contains("20261124063000", pdf, StringComparison.Ordinal);
        Assert.Equal(pdf, again);
        Assert.Equal(first, second);
    }

    [Fact]
    public async Task UnstatedReceipt_IsTheDayOfTheCall()
    {
        using var folder = new TemporaryFolder();
        var before = ReceivedTime.DayOf(TimeProvider.System.GetUtcNow());
        var (_, pdf) = await ProcessAsync(folder, "out", new(2020, 1, 2));
        var after = ReceivedTime.DayOf(TimeProvider.System.GetUtcNow());
        var told = pdf[(pdf.IndexOf("/CreationDate(D:", StringComparison.Ordinal) + "/CreationDate(D:".Length)..][..14];
        Assert.InRange(told, Spell(before), Spell(after), StringComparer.Ordinal);

        static string Spell(DateTimeOffset time) => time.ToString("yyyyMMddHHmmss", System.Globalization.CultureInfo.InvariantCulture);
    }

    [Theory]
    [InlineData("2026-11-26T22:59:59Z", "2026-11-25T23:00:00Z")]
    [InlineData("2026-11-26T23:00:00Z", "2026-11-26T23:00:00Z")]
    [InlineData("2026-07-01T21:59:59Z", "2026-06-30T22:00:00Z")]
    public void DayOfACall_BeginsAtMidnightInGermany(string now, string day) => Assert.Equal(
        DateTimeOffset.Parse(day, System.Globalization.CultureInfo.InvariantCulture),
        ReceivedTime.DayOf(DateTimeOffset.Parse(now, System.Globalization.CultureInfo.InvariantCulture)));

    /// <summary>The letter and its PDF (as Latin-1), without the times that processing took.</summary>
    private static async Task<(string Json, string Pdf)> ProcessAsync(
        TemporaryFolder folder, string output, DateTime written, params string[] options)
    {
        File.Copy(Path.Combine(Call.City, "scans", "D1-034.pdf"), folder["brief.pdf"], overwrite: true);
        File.SetLastWriteTimeUtc(folder["brief.pdf"], written);
        var result = await Call.RunAsync(
            ["process", folder["brief.pdf"], "--org", Call.Organisation, "--out", folder[output], .. options]);
        Assert.Equal(0, result.Code);
        var letter = JsonDocument.Parse(await File.ReadAllBytesAsync(folder[output + "/brief.json"])).RootElement;
        string[] compared = ["source", "pages", "letter", "language", "pdf", "findings"];
        var pdf = await File.ReadAllBytesAsync(folder[output + "/brief.pdf"]);
        Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(pdf)), letter.GetProperty("pdf").GetProperty("sha256").GetString());
        return (string.Join('\n', compared.Select(name => letter.GetProperty(name).GetRawText())), Encoding.Latin1.GetString(pdf));
    }
}
