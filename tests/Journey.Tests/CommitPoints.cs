using System.Diagnostics;
using Postlotse.Letters;

namespace Postlotse.Journeys;

/// <summary>Counts the moments before, within and after everything that is stored, and kills the process at one of them.</summary>
internal sealed class CommitPoints(int killAt)
{
    private int _count;

    public void Pass()
    {
        if (Interlocked.Increment(ref _count) != killAt) return;
        using var self = Process.GetCurrentProcess();
        self.Kill();

        // The signal takes effect at once; nothing after this point may run.
        while (true) Thread.SpinWait(1000);
    }

    public async Task<T> AroundAsync<T>(Func<Task<T>> store)
    {
        Pass();
        var result = await store();
        Pass();
        return result;
    }
}

/// <summary>A journey store with commit points around every transaction that changes something.</summary>
internal sealed class KillingStore(IJourneyStore inner, CommitPoints points) : IJourneyStore
{
    public Task<ReceiveResult> ReceiveAsync(NewReceipt receipt, CancellationToken cancellationToken) =>
        points.AroundAsync(() => inner.ReceiveAsync(receipt, cancellationToken));

    public async Task<Work?> ClaimAsync(TimeSpan lease, CancellationToken cancellationToken)
    {
        // Not around every look into an empty queue: their number depends on the time.
        var work = await inner.ClaimAsync(lease, cancellationToken);
        if (work is not null) points.Pass();
        return work;
    }

    public Task<bool> ExtendAsync(Work work, TimeSpan lease, CancellationToken cancellationToken) =>
        inner.ExtendAsync(work, lease, cancellationToken);

    public Task<bool> CompleteAsync(Work work, LetterChange change, CancellationToken cancellationToken) =>
        points.AroundAsync(() => inner.CompleteAsync(work, change, cancellationToken));

    public Task<bool> RetryAsync(Work work, string cause, TimeSpan delay, CancellationToken cancellationToken) =>
        points.AroundAsync(() => inner.RetryAsync(work, cause, delay, cancellationToken));

    public Task<bool> ReleaseAsync(Work work, CancellationToken cancellationToken) =>
        points.AroundAsync(() => inner.ReleaseAsync(work, cancellationToken));

    public Task<Letter?> ChangeAsync(string letterId, Func<Letter, LetterChange?> change, CancellationToken cancellationToken) =>
        points.AroundAsync(() => inner.ChangeAsync(letterId, change, cancellationToken));

    public Task<Letter?> ChangeBatchAsync(
        string batchId, Func<Letter, IReadOnlyList<Letter>, LetterChange?> change, CancellationToken cancellationToken) =>
        points.AroundAsync(() => inner.ChangeBatchAsync(batchId, change, cancellationToken));
}

/// <summary>A file store with commit points before, within and after every file.</summary>
internal sealed class KillingFiles(IFileStore inner, CommitPoints points) : IFileStore
{
    public Task<StoredFile> PutAsync(Stream content, CancellationToken cancellationToken) =>
        points.AroundAsync(() => inner.PutAsync(new KillingStream(content, points), cancellationToken));

    public Task<StoredFile> PutFileAsync(string path, CancellationToken cancellationToken) =>
        points.AroundAsync(() => inner.PutFileAsync(path, cancellationToken));

    public string PathOf(string sha256) => inner.PathOf(sha256);

    public bool Exists(string sha256) => inner.Exists(sha256);

    /// <summary>At its end all bytes are written to the temporary file, which has not got its name yet.</summary>
    private sealed class KillingStream(Stream inner, CommitPoints points) : MemoryStream
    {
        public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            var count = await inner.ReadAsync(buffer, cancellationToken);
            if (count == 0) points.Pass();
            return count;
        }
    }
}
