using System.Data;
using System.Globalization;
using Postlotse.Evidence;

namespace Postlotse.Storage;

/// <summary>Checks the chain of what was learned, its end, and that each event begins with the version that the one before left.</summary>
internal static class ModelCheck
{
    /// <summary>The first fault; null when all holds.</summary>
    public static async Task<EvidenceFault?> FindFaultAsync(Session session)
    {
        try
        {
            var events = await ModelEvents.ReadAsync(session);
            if (EvidenceChain.FindFault(events) is { } broken)
            {
                var changed = broken.Kind == ChainFaultKind.Changed;
                return Fault(changed ? EvidenceFaultKind.ModelEventChanged : EvidenceFaultKind.ModelEventOutOfOrder, broken.Event.Sequence);
            }

            var end = await ModelEvents.EndAsync(session);
            var last = events.Count > 0 ? events[^1].Hash : EvidenceChain.Start;
            if (events.Count != end.EventCount || !string.Equals(last, end.LastHash, StringComparison.Ordinal))
                return Fault(EvidenceFaultKind.ModelEventsCutOff, events.Count, end.EventCount);
            var before = "0";
            foreach (var e in events)
            {
                if (!string.Equals(EventData.Text(e.Data, "before"), before, StringComparison.Ordinal))
                    return Fault(EvidenceFaultKind.ModelEventOutOfOrder, e.Sequence);
                before = EventData.Text(e.Data, "version");
            }

            return null;
        }
        catch (Exception e) when (IsNoProgramsValue(e))
        {
            return Fault(EvidenceFaultKind.ModelEventChanged, "?");
        }
    }

    /// <summary>Whether a row could not be read because it holds a value that no program wrote.</summary>
    public static bool IsNoProgramsValue(Exception e) =>
        e is DataException or InvalidCastException or FormatException or OverflowException or ArgumentException;

    private static EvidenceFault Fault(EvidenceFaultKind kind, params ReadOnlySpan<object?> details) =>
        EvidenceCheck.Fault(kind, null, details);
}
