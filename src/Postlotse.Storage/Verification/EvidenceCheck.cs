using System.Data;
using System.Diagnostics;
using System.Security.Cryptography;
using System.Text.Json;
using Postlotse.Evidence;
using Postlotse.Letters;

namespace Postlotse.Storage;

/// <summary>
/// Goes through the evidence of accounts, the versions of the city's plan, what was learned and all letters: chain of evidence, its
/// end, what letter and receipts say against it, and every file's bytes. Finds any change that is not followed through everywhere; a
/// letter removed with all its traces leaves nothing to find.
/// </summary>
/// <param name="database">Open database; may be in use.</param>
/// <param name="files">The files belonging to it.</param>
public sealed class EvidenceCheck(Database database, FolderFileStore files)
{
    private const int BatchSize = 200;

    private readonly HashSet<string> _sound = new(StringComparer.Ordinal);

    /// <summary>Checks until the first fault or the end.</summary>
    /// <param name="progress">Told the number of letters checked so far; may be null.</param>
    /// <param name="cancellationToken">Ends the check.</param>
    public async Task<EvidenceReport> RunAsync(IProgress<int>? progress, CancellationToken cancellationToken)
    {
        _sound.Clear();
        var (accountEvents, first) = await database.ReadAsync(AccountCheck.RunAsync, cancellationToken);
        first ??= await database.ReadAsync(PlanChain.FindFaultAsync, cancellationToken)
            ?? await database.ReadAsync(ModelCheck.FindFaultAsync, cancellationToken)
            ?? await database.ReadAsync(EvidenceRows.OrphanAsync, cancellationToken);
        var report = new EvidenceReport(0, 0, 0, 0, accountEvents, first);
        for (long last = 0; report.Fault is null;)
        {
            var (batch, fault) = await ReadAsync(last, cancellationToken);
            if (fault is not null) return report with { Letters = report.Letters + 1, Fault = fault };
            if (batch.Count == 0) break;
            last = batch[^1].Row.Number;
            foreach (var letter in batch)
            {
                report = await CheckAsync(letter, report, cancellationToken);
                if (report.Fault is not null) break;
                progress?.Report(report.Letters);
            }
        }

        return report;
    }

    /// <summary>The next letters; one at a time when a batch holds values that no program wrote, up to the one that is meant.</summary>
    private async Task<(List<LetterTraces> Batch, EvidenceFault? Fault)> ReadAsync(long last, CancellationToken cancellationToken)
    {
        foreach (var size in (int[])[BatchSize, 1])
        {
            try
            {
                return (await database.ReadAsync(session => EvidenceRows.ReadAsync(session, last, size), cancellationToken), null);
            }
            catch (Exception e) when (e is DataException or InvalidCastException or FormatException or OverflowException
                or ArgumentException)
            {
                if (size > 1) continue;
                var id = await database.ReadAsync(session => EvidenceRows.NextIdAsync(session, last), cancellationToken);
                return ([], Fault(EvidenceFaultKind.RowUnreadable, id, (e.InnerException ?? e).Message));
            }
        }

        throw new UnreachableException();
    }

    private async Task<EvidenceReport> CheckAsync(LetterTraces traces, EvidenceReport before, CancellationToken cancellationToken)
    {
        var fault = await FindAsync(traces, cancellationToken);
        return before with
        {
            Letters = before.Letters + 1, Events = before.Events + traces.Events.Count, Receipts = before.Receipts + traces.Receipts.Count,
            Files = _sound.Count, Fault = fault,
            Deleted = before.Deleted + (string.Equals(traces.Row.Place, nameof(Place.Deleted), StringComparison.Ordinal) ? 1 : 0),
        };
    }

    private async Task<EvidenceFault?> FindAsync(LetterTraces traces, CancellationToken cancellationToken)
    {
        Letter letter;
        try
        {
            letter = LetterTable.Read(traces.Row.State);
        }
        catch (JsonException e)
        {
            return Fault(EvidenceFaultKind.StateUnreadable, traces.Row.Id, e.Path);
        }

        return ChainFault(traces) ?? ColumnFault(traces, letter) ?? ContradictionFault(traces, letter) ?? BatchFault(traces)
            ?? StateFault(traces) ?? await FileFaultAsync(traces, letter, cancellationToken);
    }

    private static EvidenceFault? ChainFault(LetterTraces traces)
    {
        var id = traces.Row.Id;
        if (EvidenceChain.FindFault(traces.Events) is { } fault)
        {
            var kind = fault.Kind switch
            {
                ChainFaultKind.Gap => EvidenceFaultKind.EventMissing,
                ChainFaultKind.BrokenLink => EvidenceFaultKind.EventOutOfOrder,
                _ => EvidenceFaultKind.EventChanged,
            };
            return Fault(kind, id, fault.Event.Sequence, fault.Event.KindName);
        }

        var last = traces.Events.Count > 0 ? traces.Events[^1].Hash : EvidenceChain.Start;
        return traces.Events.Count != traces.Row.EventCount || !string.Equals(last, traces.Row.LastHash, StringComparison.Ordinal)
            ? Fault(EvidenceFaultKind.EventsCutOff, id, traces.Events.Count, traces.Row.EventCount)
            : null;
    }

    private static EvidenceFault? ColumnFault(LetterTraces traces, Letter letter)
    {
        var row = traces.Row;
        if (!row.Shows(letter)) return Fault(EvidenceFaultKind.ColumnsDiffer, row.Id);
        return string.Equals(row.Stage, row.JobStage, StringComparison.Ordinal) ? null : Fault(EvidenceFaultKind.QueueContradicted, row.Id);
    }

    /// <summary>Against the hash that the last event which changed the letter names.</summary>
    private static EvidenceFault? StateFault(LetterTraces traces)
    {
        var said = traces.Events.Select(e => EventData.Text(e.Data, LetterTable.StateFact)).LastOrDefault(hash => hash is not null);
        return string.Equals(said, LetterTable.StateHash(traces.Row.State), StringComparison.Ordinal)
            ? null : Fault(EvidenceFaultKind.StateContradicted, traces.Row.Id);
    }

    /// <summary>A batch and the letters taken out of it name each other, and share file and receipt.</summary>
    private static EvidenceFault? BatchFault(LetterTraces traces)
    {
        var named = traces.Events.Where(e => e.Kind == EventKind.Divided).SelectMany(e => EventData.Texts(e.Data, "letters", "letter"));
        return traces.Row.FitsItsBatch && named.ToHashSet(StringComparer.Ordinal).SetEquals(traces.Parts)
            ? null : Fault(EvidenceFaultKind.BatchContradicted, traces.Row.Id);
    }

    private static EvidenceFault? ContradictionFault(LetterTraces traces, Letter letter)
    {
        if (LetterEvidence.FindContradiction(letter, traces.Events, traces.Receipts) is not { } contradiction) return null;
        var kind = contradiction.Kind switch
        {
            ContradictionKind.Place => EvidenceFaultKind.PlaceContradicted,
            ContradictionKind.Receipt or ContradictionKind.ReceiptMissing => EvidenceFaultKind.ReceiptContradicted,
            _ => EvidenceFaultKind.FileContradicted,
        };
        return Fault(kind, letter.Id, contradiction.Subject);
    }

    private async Task<EvidenceFault?> FileFaultAsync(LetterTraces traces, Letter letter, CancellationToken cancellationToken)
    {
        // Gone, or needed by another letter, which is checked itself.
        if (letter.Place == Place.Deleted) return null;
        IEnumerable<string> named = traces.Receipts.Select(receipt => receipt.Sha256).Append(letter.Source.Sha256);
        if (letter.Manifest?.File is { } manifest) named = named.Append(manifest.Sha256);
        if (letter.Recognition is { } product) named = named.Concat(product.Files.Select(f => f.Sha256));
        foreach (var sha256 in named)
        {
            if (_sound.Contains(sha256)) continue;
            if (!files.Exists(sha256)) return Fault(EvidenceFaultKind.FileMissing, letter.Id, sha256);
            await using (var stream = File.OpenRead(files.PathOf(sha256)))
            {
                var hash = Convert.ToHexStringLower(await SHA256.HashDataAsync(stream, cancellationToken));
                if (!string.Equals(hash, sha256, StringComparison.Ordinal)) return Fault(EvidenceFaultKind.FileChanged, letter.Id, sha256);
            }

            _sound.Add(sha256);
        }

        return null;
    }

    internal static EvidenceFault Fault(EvidenceFaultKind kind, string? letterId, params ReadOnlySpan<object?> details)
    {
        object?[] values = [letterId, .. details];
        return new(kind, letterId, StorageTexts.Format("Evidence" + kind.ToString(), values));
    }
}
