using System.Globalization;
using Postlotse.Language;
using Postlotse.Letters;

namespace Postlotse.Responsibility.Deadlines;

/// <summary>
/// Adds to a decision what must not wait: proposals for time limits (Fristen), flags and the urgency, each with its place in the letter.
/// No proposal never means that there is no limit. Pure, safe for many threads, below a millisecond for most letters.
/// </summary>
public sealed class LetterDeadlines
{
    private const int Most = 12;

    private static readonly CultureInfo German = CultureInfo.GetCultureInfo("de-DE");

    private readonly Holidays _holidays;

    /// <summary>Makes it for a city: its Land and local holidays say when a limit that ends on a holiday really ends.</summary>
    public LetterDeadlines(Organisation organisation)
    {
        ArgumentNullException.ThrowIfNull(organisation);
        var local = Enum.GetValues<LocalHoliday>()
            .Where(day => organisation.LocalHolidays.Contains(day.ToString(), StringComparer.OrdinalIgnoreCase));
        _holidays = new(Holidays.LandOf(organisation.State), [.. local]);
    }

    /// <summary>The decision with deadlines, soonest first, flags and urgency. A letter that must stay closed is not looked at.</summary>
    /// <param name="decision">Decision without them.</param>
    /// <param name="letter">What it decides.</param>
    /// <param name="receivedOn">Day of the legal receipt (Zugang); null when unknown: then the letter's own date stands for it.</param>
    public Decision Complete(Decision decision, LetterContent letter, DateOnly? receivedOn)
    {
        ArgumentNullException.ThrowIfNull(decision);
        ArgumentNullException.ThrowIfNull(letter);
        if (decision.MustStayClosed) return decision;
        IReadOnlyList<FoldedField> fields =
            [FoldedField.Of(LetterField.Subject, letter.Subject), FoldedField.Of(LetterField.Body, letter.Body)];
        var written = DateWords.FirstDate(GermanText.Fold(letter.Date));
        if (written > receivedOn) written = receivedOn;
        var days = new LetterDays(written ?? receivedOn, receivedOn, _holidays);
        var stated = fields.SelectMany(f => StatedLimits.In(f, days)).ToList();
        var limits = stated.Concat(StatutoryLimits.In(fields, GermanText.Fold(letter.Sender), days, stated.Count > 0));
        var (flags, urgency) = Signals.In(fields);
        IReadOnlyList<Deadline> deadlines = [.. Distinct(limits).OrderBy(l => l.Date).Take(Most).Select(l => Worded(l, letter, days))];
        return decision with
        {
            Deadlines = deadlines, Flags = flags,
            Urgency = deadlines.Count > 0 && urgency == Urgency.Normal ? Urgency.High : urgency,
        };
    }

    /// <summary>The same words counted twice, or the same limit stated again, is one proposal.</summary>
    private static List<Proposal> Distinct(IEnumerable<Proposal> limits)
    {
        var kept = new List<Proposal>();
        foreach (var limit in limits)
            if (!kept.Exists(k => k.Date == limit.Date && IsSame(k, limit))) kept.Add(limit);
        return kept;
    }

    private static bool IsSame(Proposal one, Proposal other) =>
        string.Equals(one.Kind, other.Kind, StringComparison.Ordinal) || Overlap(one.Span, other.Span);

    private static bool Overlap(TextSpan a, TextSpan b) =>
        a.Field == b.Field && a.Start < b.Start + b.Length && b.Start < a.Start + a.Length;

    private Deadline Worded(Proposal limit, LetterContent letter, LetterDays days)
    {
        var basis = limit.Quote.Length > 0 && limit.Start is not StartKind.Named
            ? DeadlineTexts.Of(limit.Basis, letter[limit.Span.Field].Substring(limit.Span.Start, limit.Span.Length).ReplaceLineEndings(" "))
            : DeadlineTexts.Of(limit.Basis);
        return new(DeadlineTexts.Of(limit.Kind), limit.Date, basis + "; " + From(limit, days), [limit.Span]);
    }

    /// <summary>What was counted, in words: without it nobody can check the day.</summary>
    private string From(Proposal limit, LetterDays days)
    {
        var text = limit.Start switch
        {
            null when _holidays.IsFree(limit.Date) => DeadlineTexts.Of("OnFreeDay", limit.Date.ToString("dddd", German)),
            null => DeadlineTexts.Of("DayNamed"),
            StartKind.Named => DeadlineTexts.Of("FromNamed", limit.Quote),
            StartKind.Written => DeadlineTexts.Of("FromWritten", Day(days.Start(StartKind.Written))),
            StartKind.Notified or StartKind.NotifiedTax => DeadlineTexts.Of("FromNotified", Day(days.Start(limit.Start.Value))),
            _ when days.Received is null => DeadlineTexts.Of("FromLetterDate", Day(days.Written)),
            _ => DeadlineTexts.Of("FromReceipt", Day(days.Received)),
        };
        return limit.Start is not null && _holidays.Land is null ? text + " " + DeadlineTexts.Of("LandUnknown") : text;
    }

    private static string Day(DateOnly? day) => day?.ToString("dd.MM.yyyy", CultureInfo.InvariantCulture) ?? "";
}
