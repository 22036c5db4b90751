using Postlotse.Intake;
using Postlotse.Letters;
using Xunit;

namespace Postlotse.Tests.Intake;

public sealed class FolderWatchTests
{
    private static readonly DateTimeOffset Noon = new(2026, 11, 25, 12, 0, 0, TimeSpan.Zero);
    private readonly FolderWatch _watch = new(TimeSpan.FromSeconds(1));

    [Theory]
    [InlineData("scan.pdf", false)]
    [InlineData("scan.pdf.tmp", true)]
    [InlineData("scan.PART", true)]
    [InlineData("scan.filepart", true)]
    [InlineData("scan.crdownload", true)]
    [InlineData(".scan.pdf", true)]
    [InlineData("~scan.pdf", true)]
    [InlineData("partial", false)]
    public void NamesOfUnfinishedFiles_AreIgnored(string name, bool ignored) => Assert.Equal(ignored, FolderWatch.IsIgnored(name));

    [Fact]
    public void GrowingFile_IsTakenOnlyAfterTheQuietTime()
    {
        Assert.Empty(Look(0, File("a.pdf", 10, 0)));
        Assert.Empty(Look(0.5, File("a.pdf", 20, 0.5)));
        Assert.Empty(Look(1.0, File("a.pdf", 20, 0.5)));
        Assert.Single(Look(1.5, File("a.pdf", 20, 0.5)));
    }

    [Fact]
    public void FileRenamedIntoTheFolder_IsTakenAtTheSecondLook()
    {
        Assert.Empty(Look(0, File("a.pdf", 10, -60)));
        Assert.Single(Look(0.5, File("a.pdf", 10, -60)));
    }

    [Fact]
    public void FileFromTheFuture_IsTakenAfterTheQuietTime()
    {
        Assert.Empty(Look(0, File("a.pdf", 10, 3600)));
        Assert.Empty(Look(0.5, File("a.pdf", 10, 3600)));
        Assert.Single(Look(1, File("a.pdf", 10, 3600)));
    }

    [Fact]
    public void CompleteFiles_ComeOldestFirst()
    {
        FolderEntry[] files = [File("c.pdf", 1, -5), File("b.pdf", 1, -9), File("a.pdf", 1, -5)];
        Look(0, files);
        Assert.Equal(["b.pdf", "a.pdf", "c.pdf"], Look(1, files).Select(f => f.RelativePath));
    }

    [Fact]
    public void HeldFile_ComesBackWhenTheTimeIsOverOrItChanges()
    {
        var file = File("a.pdf", 1, -5);
        Look(0, file);
        _watch.Hold(file, Noon.AddSeconds(30));
        Assert.Empty(Look(10, file));
        Assert.Single(Look(30, file));

        _watch.Hold(file, Noon.AddSeconds(90));
        Look(31, File("a.pdf", 2, 31));
        Assert.Single(Look(32, File("a.pdf", 2, 31)));
    }

    [Fact]
    public void ClientKey_ChangesWithPathTimeAndContent()
    {
        var stored = new StoredFile("aa", 1);
        var keys = new[]
        {
            FolderWatch.ClientKey(File("a.pdf", 1, 0), stored),
            FolderWatch.ClientKey(File("b.pdf", 1, 0), stored),
            FolderWatch.ClientKey(File("a.pdf", 1, 1), stored),
            FolderWatch.ClientKey(File("a.pdf", 1, 0), new("bb", 1)),
        };
        Assert.Equal(4, keys.Distinct(StringComparer.Ordinal).Count());
        Assert.Equal(keys[0], FolderWatch.ClientKey(File("a.pdf", 1, 0), stored));
    }

    [Theory]
    [InlineData("a.pdf", 1, "2026-11-25/a.pdf")]
    [InlineData("a.pdf", 2, "2026-11-25/a (2).pdf")]
    [InlineData("x.y/a", 3, "2026-11-25/x.y/a (3)")]
    [InlineData("x.y/a.tar.gz", 2, "2026-11-25/x.y/a.tar (2).gz")]
    public void ArchiveNames_AreUnique(string path, int attempt, string expected) =>
        Assert.Equal(expected, FolderWatch.ArchiveName(path, new(2026, 11, 25), attempt));

    private static FolderEntry File(string path, long bytes, double second) => new(path, bytes, Noon.AddSeconds(second));

    private IReadOnlyList<FolderEntry> Look(double second, params FolderEntry[] files) => _watch.Look(files, Noon.AddSeconds(second));
}
