using System.Security.Cryptography;
using Postlotse.Intake;
using Postlotse.Letters;
using Xunit;

namespace Postlotse.Tests.Intake;

public sealed class IntakeTests
{
    private static readonly byte[] Pdf = [.. "%PDF-1.7\n"u8, .. new byte[5000]];
    private readonly MemoryFiles _files = new();
    private readonly MemoryReceipts _receipts = new();

    [Fact]
    public async Task UploadedFile_IsStoredAndBooked()
    {
        var taken = Assert.IsType<IntakeResult.Taken>(await TakeAsync(Pdf, Channel.Upload, limit: 10_000));
        Assert.False(taken.Repeated);
        var booked = Assert.Single(_receipts.Booked);
        Assert.Equal(FileFormat.Pdf, booked.Format);
        Assert.Equal(Pdf, _files.Content[booked.File.Sha256]);
    }

    [Fact]
    public async Task UploadOverTheLimit_IsRefusedAndNothingStored()
    {
        var refused = Assert.IsType<IntakeResult.Refused>(await TakeAsync(Pdf, Channel.Upload, limit: 5000));
        Assert.Equal(FindingKind.FileTooLarge, refused.Finding.Kind);
        Assert.Empty(_files.Content);
        Assert.Empty(_receipts.Booked);
    }

    [Fact]
    public async Task EmptyUpload_IsRefused()
    {
        var refused = Assert.IsType<IntakeResult.Refused>(await TakeAsync([], Channel.Api, limit: 5000));
        Assert.Equal(FindingKind.EmptyFile, refused.Finding.Kind);
        Assert.Empty(_receipts.Booked);
    }

    [Fact]
    public async Task FromTheFolder_NothingIsRefused()
    {
        Assert.IsType<IntakeResult.Taken>(await TakeAsync([], Channel.Folder, limit: 5));
        Assert.IsType<IntakeResult.Taken>(await TakeAsync("unknown and too long"u8.ToArray(), Channel.Folder, limit: 5));
        Assert.All(_receipts.Booked, r => Assert.Equal(FileFormat.Unknown, r.Format));
    }

    [Fact]
    public async Task ContentInSmallPieces_IsDetectedAllTheSame()
    {
        await new Postlotse.Intake.Intake(_files, _receipts, 10_000).TakeAsync(
            new Dripping(Pdf), "a.pdf", Channel.Upload, null, null, null, CancellationToken.None);
        Assert.Equal(FileFormat.Pdf, Assert.Single(_receipts.Booked).Format);
    }

    private Task<IntakeResult> TakeAsync(byte[] content, Channel channel, long limit) =>
        new Postlotse.Intake.Intake(_files, _receipts, limit).TakeAsync(
            new MemoryStream(content), "a.pdf", channel, null, null, null, CancellationToken.None);

    /// <summary>Gives one byte at a time.</summary>
    private sealed class Dripping(byte[] content) : MemoryStream(content)
    {
        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
            base.ReadAsync(buffer[..Math.Min(1, buffer.Length)], cancellationToken);
    }

    private sealed class MemoryFiles : IFileStore
    {
        public Dictionary<string, byte[]> Content { get; } = new(StringComparer.Ordinal);

        public async Task<StoredFile> PutAsync(Stream content, CancellationToken cancellationToken)
        {
            using var copy = new MemoryStream();
            await content.CopyToAsync(copy, cancellationToken);
            var sha = Convert.ToHexStringLower(SHA256.HashData(copy.ToArray()));
            Content[sha] = copy.ToArray();
            return new(sha, copy.Length);
        }

        public Task<StoredFile> PutFileAsync(string path, CancellationToken cancellationToken) => throw new NotSupportedException();

        public string PathOf(string sha256) => throw new NotSupportedException();

        public bool Exists(string sha256) => Content.ContainsKey(sha256);
    }

    private sealed class MemoryReceipts : IJourneyStore
    {
        public List<NewReceipt> Booked { get; } = [];

        public Task<ReceiveResult> ReceiveAsync(NewReceipt receipt, CancellationToken cancellationToken)
        {
            Booked.Add(receipt);
            return Task.FromResult(new ReceiveResult(
                new("r", "l", default, ReceiptEvidence.Stored, receipt.Channel, receipt.SourceName, receipt.File.Sha256,
                    receipt.File.Bytes, default, receipt.ClientKey, null), false));
        }

        public Task<Work?> ClaimAsync(TimeSpan lease, CancellationToken cancellationToken) => throw new NotSupportedException();

        public Task<bool> ExtendAsync(Work work, TimeSpan lease, CancellationToken cancellationToken) => throw new NotSupportedException();

        public Task<bool> CompleteAsync(Work work, LetterChange change, CancellationToken cancellationToken) =>
            throw new NotSupportedException();

        public Task<bool> RetryAsync(Work work, string cause, TimeSpan delay, CancellationToken cancellationToken) =>
            throw new NotSupportedException();

        public Task<bool> ReleaseAsync(Work work, CancellationToken cancellationToken) => throw new NotSupportedException();

        public Task<Letter?> ChangeAsync(string letterId, Func<Letter, LetterChange?> change, CancellationToken cancellationToken) =>
            throw new NotSupportedException();

        public Task<Letter?> ChangeBatchAsync(
            string batchId, Func<Letter, IReadOnlyList<Letter>, LetterChange?> change, CancellationToken cancellationToken) =>
            throw new NotSupportedException();
    }
}
