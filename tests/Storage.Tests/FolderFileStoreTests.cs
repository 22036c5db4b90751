using System.Text;
using Postlotse.Letters;

namespace Postlotse.Storage.Tests;

/// <summary>Laws of the file store.</summary>
public sealed class FolderFileStoreTests : IDisposable
{
    private readonly TestFolder _folder = new();

    private string Root => _folder.At("files");

    private FolderFileStore Open() => new(Root, TimeProvider.System);

    private static async Task<StoredFile> PutAsync(FolderFileStore store, string text)
    {
        using var bytes = new MemoryStream(Encoding.UTF8.GetBytes(text));
        return await store.PutAsync(bytes, default);
    }

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task StoredFile_LiesUnderItsHash()
    {
        var store = Open();
        var file = await PutAsync(store, "letter");
        Assert.Equal(Samples.File("letter"), file);
        Assert.Equal(Path.Combine(Root, file.Sha256[..2], file.Sha256[2..4], file.Sha256), store.PathOf(file.Sha256));
        Assert.Equal("letter", await File.ReadAllTextAsync(store.PathOf(file.Sha256)));
        Assert.True(store.Exists(file.Sha256));
    }

    [Fact]
    public async Task EmptyFile_IsAFile()
    {
        var store = Open();
        var file = await PutAsync(store, "");
        Assert.Equal(0, file.Bytes);
        Assert.True(store.Exists(file.Sha256));
    }

    [Fact]
    public async Task SameBytesAgain_AreNotWrittenAgain_ButCountAsStoredNow()
    {
        var store = Open();
        var path = store.PathOf((await PutAsync(store, "letter")).Sha256);
        File.SetLastWriteTimeUtc(path, DateTime.UnixEpoch);
        if (OperatingSystem.IsWindows()) return; // has no modes to know the file by
        File.SetUnixFileMode(path, UnixFileMode.UserRead);
        await PutAsync(store, "letter");
        Assert.Equal(UnixFileMode.UserRead, File.GetUnixFileMode(path));
        Assert.False(store.TryRemove(Path.GetFileName(path), DateTimeOffset.UnixEpoch.AddDays(1)));
        Assert.Empty(Directory.GetFiles(Path.Combine(Root, "tmp")));
    }

    [Fact]
    public async Task SameBytesAtTheSameTime_AreOneFile()
    {
        var store = Open();
        var files = await Task.WhenAll(Enumerable.Range(0, 16).Select(_ => Task.Run(() => PutAsync(store, "letter"))));
        Assert.Single(files.Distinct());
        Assert.Single(Directory.GetFiles(Root, "*", SearchOption.AllDirectories));
    }

    [Fact]
    public async Task FinishedFile_IsMovedIn()
    {
        var store = Open();
        var product = _folder.At("product.pdf");
        await File.WriteAllTextAsync(product, "letter");
        var file = await store.PutFileAsync(product, default);
        Assert.Equal(Samples.File("letter"), file);
        Assert.Equal("letter", await File.ReadAllTextAsync(store.PathOf(file.Sha256)));
        Assert.False(File.Exists(product));

        await File.WriteAllTextAsync(product, "letter");
        Assert.Equal(file, await store.PutFileAsync(product, default));
        Assert.False(File.Exists(product));
    }

    [Fact]
    public async Task FileFromAnotherFileSystem_IsCopiedIn()
    {
        const string Memory = "/dev/shm";
        var elsewhere = Path.Combine(Directory.Exists(Memory) ? Memory : _folder.Path, "postlotse-" + Path.GetRandomFileName());
        await File.WriteAllTextAsync(elsewhere, "letter");
        var store = Open();
        var file = await store.PutFileAsync(elsewhere, default);
        Assert.Equal("letter", await File.ReadAllTextAsync(store.PathOf(file.Sha256)));
        Assert.False(File.Exists(elsewhere));
    }

    [Theory]
    [InlineData("let")]
    [InlineData("lettEr")]
    public async Task DamagedFile_IsReplacedByTheGoodBytes(string damaged)
    {
        var store = Open();
        var path = store.PathOf((await PutAsync(store, "letter")).Sha256);
        await File.WriteAllTextAsync(path, damaged);
        await PutAsync(store, "letter");
        Assert.Equal("letter", await File.ReadAllTextAsync(path));
    }

    [Fact]
    public async Task InterruptedWriting_LeavesNoFile()
    {
        var store = Open();
        await Assert.ThrowsAsync<IOException>(() => store.PutAsync(new BrokenStream(), default));
        Assert.Empty(Directory.GetFiles(Root, "*", SearchOption.AllDirectories));
    }

    [Fact]
    public async Task LeftoversOfACrash_AreSweptWhenOldAndHarmlessWhenYoung()
    {
        Open();
        var (old, young) = (Path.Combine(Root, "tmp", "old"), Path.Combine(Root, "tmp", "young"));
        await File.WriteAllTextAsync(old, "half a let");
        await File.WriteAllTextAsync(young, "half a let");
        File.SetLastWriteTimeUtc(old, (TimeProvider.System.GetUtcNow() - FolderFileStore.LeftoverAge * 2).UtcDateTime);
        var store = Open();
        Assert.False(File.Exists(old));
        Assert.True(File.Exists(young));
        Assert.False(store.Exists(Samples.File("half a let").Sha256));
    }

    [Fact]
    public async Task FilesAndFolders_AreTheOwnersAlone()
    {
        const UnixFileMode Owner = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        var store = Open();
        await PutAsync(store, "letter");
        var product = _folder.At("product.pdf");
        await File.WriteAllTextAsync(product, "product");
        await store.PutFileAsync(product, default);
        Assert.All(Directory.GetFiles(Root, "*", SearchOption.AllDirectories), file => Assert.Equal(Owner, TestFolder.ModeOf(file)));
        Assert.All(
            Directory.GetDirectories(Root, "*", SearchOption.AllDirectories).Append(Root),
            folder => Assert.Equal(Owner | UnixFileMode.UserExecute, TestFolder.ModeOf(folder)));
    }

    [Theory]
    [InlineData("")]
    [InlineData("../../../../etc/passwd")]
    [InlineData("ABCDEF0123456789ABCDEF0123456789ABCDEF0123456789ABCDEF0123456789")]
    public void NameThatIsNoHash_IsRefused(string name) => Assert.Throws<ArgumentException>(() => Open().Exists(name));

    [Fact]
    public void MissingFile_IsNamed()
    {
        var hash = Samples.File("never stored").Sha256;
        Assert.Contains(hash, Assert.Throws<FileNotFoundException>(() => Open().PathOf(hash)).Message);
    }

    private sealed class BrokenStream : MemoryStream
    {
        private int _reads;

        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
            ++_reads > 2 ? throw new IOException("cable pulled") : new(Math.Min(buffer.Length, 1000));
    }
}
