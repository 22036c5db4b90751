using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Postlotse.Evidence;

/// <summary>
/// Hash chain (Nachweiskette) over a letter's events, over those of the accounts, and over those of what was learned: each event's hash
/// covers all its fields and the hash before it, so that a change, an omission or a reordering is seen by anyone who computes it again.
/// </summary>
public static class EvidenceChain
{
    /// <summary>What the first event names as its predecessor.</summary>
    public const string Start = "0000000000000000000000000000000000000000000000000000000000000000";

    /// <summary>Puts an event at the end of a letter's chain.</summary>
    /// <param name="letterId">Letter.</param>
    /// <param name="previousSequence">0 for the first event.</param>
    /// <param name="previousHash"><see cref="Start"/> for the first event.</param>
    /// <param name="at">Time; cut to milliseconds, in UTC.</param>
    /// <param name="event">What happened.</param>
    public static JourneyEvent Append(string letterId, int previousSequence, string previousHash, DateTimeOffset at, NewEvent @event)
    {
        ArgumentNullException.ThrowIfNull(@event);
        var time = DateTimeOffset.FromUnixTimeMilliseconds(at.ToUnixTimeMilliseconds());
        var unsigned = new JourneyEvent(letterId, previousSequence + 1, time, @event.Kind, @event.Actor, @event.Data, previousHash, "");
        return unsigned with { Hash = Hash(unsigned) };
    }

    /// <summary>Puts an event at the end of the accounts' chain; parameters as for a letter's.</summary>
    public static AccountEvent Append(
        string accountId, int previousSequence, string previousHash, DateTimeOffset at, AccountEventKind kind, string actor, string data)
    {
        var time = DateTimeOffset.FromUnixTimeMilliseconds(at.ToUnixTimeMilliseconds());
        var unsigned = new AccountEvent(accountId, previousSequence + 1, time, kind, actor, data, previousHash, "");
        return unsigned with { Hash = Hash(unsigned) };
    }

    /// <summary>Puts an event at the end of the model's chain; parameters as for a letter's.</summary>
    public static ModelEvent Append(
        int previousSequence, string previousHash, DateTimeOffset at, ModelEventKind kind, string actor, string data)
    {
        var time = DateTimeOffset.FromUnixTimeMilliseconds(at.ToUnixTimeMilliseconds());
        var unsigned = new ModelEvent(previousSequence + 1, time, kind, actor, data, previousHash, "");
        return unsigned with { Hash = Hash(unsigned) };
    }

    /// <summary>
    /// SHA-256 over the fields, each as UTF-8 with its length before it (32 bit, big endian), in the order of the record.
    /// </summary>
    public static string Hash(IChainedEvent @event)
    {
        ArgumentNullException.ThrowIfNull(@event);
        var culture = CultureInfo.InvariantCulture;
        return Hash(
            @event.Subject, @event.Sequence.ToString(culture), @event.At.ToUnixTimeMilliseconds().ToString(culture), @event.KindName,
            @event.Actor, @event.Data, @event.PreviousHash);
    }

    /// <summary>First event that does not hold, in German and English words; null when all hold.</summary>
    /// <param name="events">All events of one chain in order.</param>
    public static ChainFault? FindFault(IEnumerable<IChainedEvent> events)
    {
        ArgumentNullException.ThrowIfNull(events);
        var (sequence, hash) = (0, Start);
        foreach (var e in events)
        {
            if (e.Sequence != sequence + 1) return new(e, ChainFaultKind.Gap);
            if (!string.Equals(e.PreviousHash, hash, StringComparison.Ordinal)) return new(e, ChainFaultKind.BrokenLink);
            if (!string.Equals(e.Hash, Hash(e), StringComparison.Ordinal)) return new(e, ChainFaultKind.Changed);
            (sequence, hash) = (e.Sequence, e.Hash);
        }

        return null;
    }

    /// <summary>SHA-256 over fields of another chain, each as UTF-8 with its length before it.</summary>
    public static string Hash(params ReadOnlySpan<string> fields)
    {
        using var sha = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var field in fields) Add(sha, field);
        return Convert.ToHexStringLower(sha.GetHashAndReset());
    }

    private static void Add(IncrementalHash sha, string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        Span<byte> length = stackalloc byte[4];
        BinaryPrimitives.WriteInt32BigEndian(length, bytes.Length);
        sha.AppendData(length);
        sha.AppendData(bytes);
    }
}

/// <summary>An event that does not hold, and why.</summary>
public sealed record ChainFault(IChainedEvent Event, ChainFaultKind Kind);

/// <summary>How a chain can be broken.</summary>
public enum ChainFaultKind { Gap, BrokenLink, Changed }
