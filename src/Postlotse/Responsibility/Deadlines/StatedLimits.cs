using System.Text.RegularExpressions;
using Postlotse.Letters;

namespace Postlotse.Responsibility.Deadlines;

/// <summary>
/// Time limits that a letter states in its own words: "bis zum 14.12.2026", "binnen eines Monats nach Zustellung", "bis kommenden Freitag",
/// and days on which somebody must be somewhere.
/// </summary>
internal static class StatedLimits
{
    private static readonly Regex Explicit = DateWords.Pattern(
        @"\b(?<lead>(bis|spaetestens|laengstens|vor dem|fristende|fristablauf|frist|abgabeschluss|abgabetermin|einsendeschluss"
        + @"|redaktionsschluss"
        + @"|anmeldeschluss|bewerbungsschluss|meldeschluss|angebotsfrist|bindefrist|faellig|zahlbar|zahlungsziel|stichtag)"
        + @"( (ist|war|endet|laeuft|bis|ab|spaetestens|laengstens|zum|zu|am|der|den|dem"
        + @"|einschliesslich|inklusive|auf|beim)){0,6}[ :,-]{1,3}"
        + @"((" + DateWords.Weekday + @"|mo|di|mi|do|fr|sa|so)\.?,? (den |dem )?)?)" + DateWords.Day);

    private static readonly Regex DueOn = DateWords.Pattern(@"\bam " + DateWords.Day + @"[^.!?\n]{0,20} faellig");

    private static readonly Regex ByWord = DateWords.Pattern(
        @"\b((bis|spaetestens|abgabeschluss|redaktionsschluss|antwort|rueckmeldung) ((ist|bis|zum|am|noch|spaetestens|naechsten"
        + @"|kommenden|diesen) ){0,6}"
        + @"((?<today>heute)|(?<tomorrow>morgen)|(?<weekday>" + DateWords.Weekday + @")"
        + @"|((?<end>(zum )?ende (des |der )?)|(?<middle>mitte (des )?))(?<span>monats?|jahres|woche|januar|februar|maerz|april|mai|juni"
        + @"|juli"
        + @"|august|september|oktober|november|dezember)( (?<year>20\d\d))?|(zum )?(?<span>(monats|jahres|wochen)ende)))\b");

    private static readonly Regex Relative = DateWords.Pattern(
        @"\b((innerhalb|binnen|(ein|der|die|mit) (gesetzliche |neue )?(nach)?frist|frist|zahlungsziel|innert)"
        + @"( (von|der|einer|eines|frist|gesetzlichen|naechsten|kommenden|betraegt|laeuft|ist)){0,6}:?|in (den|der) (naechsten|kommenden)"
        + @"|spaetestens( in)?|zahlbar) " + DateWords.Length
        + @"( (nach|ab|seit|von) (?<from>((der|dem|des|diese[mrs]|ihre[mr]|heute) ?)?\w*))?");

    private static readonly Regex NamedPeriod = DateWords.Pattern(
        @"\b(?<count>monats|wochen|zweiwochen|dreiwochen|zwei-wochen|drei-wochen|drei-monats|dreimonats)-?frist");

    private static readonly Regex After = DateWords.Pattern(
        @"\b" + DateWords.Length + @" (nach|ab|seit) (?<from>((der|dem|des|diese[mrs]|ihre[mr]|erfolgter) ?)?"
        + @"(zustellung|zugang|erhalt|bekanntgabe|eingang|empfang|rechnungs\w+|datum))\b");

    private static readonly Regex Appointment = DateWords.Pattern(
        @"\b(?<what>geladen|ladung|muendliche[nr]? verhandlung|guetetermin|gueteverhandlung|eroerterungstermin|verhandlungstermin"
        + @"|beweistermin"
        + @"|raeumungstermin|zwangsraeumung|raeumung|gerichtsvollzieher\w*|anhoerungstermin)[^\n!?]{0,90}? ?(am|auf|auf den|den|:) "
        + @"((" + DateWords.Weekday + @"),? (den |dem )?)?" + DateWords.Day);

    private static readonly Regex RangeBefore = DateWords.Pattern(
        @"(\d\.?|\d uhr|januar|februar|maerz|april|mai|juni|juli|august|september|oktober|november|dezember|"
        + DateWords.Weekday + @") ?$");

    /// <summary>All limits of one field.</summary>
    public static IEnumerable<Proposal> In(FoldedField field, LetterDays days) =>
        [.. Fixed(field, days), .. Worded(field, days), .. Running(field, days), .. Appointments(field, days)];

    private static IEnumerable<Proposal> Fixed(FoldedField field, LetterDays days)
    {
        foreach (var match in Explicit.Matches(field.Text).Concat(DueOn.Matches(field.Text)))
        {
            if (DateWords.DayOf(match, days.Written) is not { } day || day < days.Written || IsRange(field.Text, match)) continue;
            yield return new(day, "StatedDate", "BasisLetter", field.SpanOf(match.Index, match.Length), Quote: match.Value);
        }
    }

    private static IEnumerable<Proposal> Worded(FoldedField field, LetterDays days)
    {
        if (days.Written is not { } written) yield break;
        foreach (Match match in ByWord.Matches(field.Text))
        {
            if (IsRange(field.Text, match)) continue;
            var span = field.SpanOf(match.Index, match.Length);
            yield return new(DayOf(match, written), "StatedDate", "BasisLetter", span, Quote: match.Value);
        }
    }

    private static DateOnly DayOf(Match match, DateOnly written)
    {
        if (match.Groups["today"].Success) return written;
        if (match.Groups["tomorrow"].Success) return written.AddDays(1);
        if (match.Groups["weekday"].Success) return DateWords.Next(match.Groups["weekday"].Value, written);
        var span = match.Groups["span"].Value;
        if (span.StartsWith("woche", StringComparison.Ordinal)) return DateWords.Next("sonntag", written.AddDays(-1)).AddDays(-2);
        var month = DateWords.MonthOf(span) is > 0 and var named
            ? named : span.StartsWith('j') ? 12 : written.Month;
        var year = match.Groups["year"] is { Success: true, Value: var text }
            ? int.Parse(text, System.Globalization.CultureInfo.InvariantCulture) : month < written.Month ? written.Year + 1 : written.Year;
        return new(year, month, match.Groups["middle"].Success ? 15 : DateTime.DaysInMonth(year, month));
    }

    private static IEnumerable<Proposal> Running(FoldedField field, LetterDays days)
    {
        foreach (Match match in Relative.Matches(field.Text))
            if (DateWords.PeriodOf(match) is { Count: > 0 } period && Counted(field, match, period, days) is { } found) yield return found;
        foreach (Match match in After.Matches(field.Text))
            if (DateWords.PeriodOf(match) is { Count: > 0 } period && Counted(field, match, period, days) is { } found) yield return found;
        foreach (Match match in NamedPeriod.Matches(field.Text))
        {
            var name = match.Groups["count"].Value;
            var count = name.StartsWith("zwei", StringComparison.Ordinal) ? 2 : name.StartsWith("drei", StringComparison.Ordinal) ? 3 : 1;
            var unit = name.Contains("monat", StringComparison.Ordinal) ? PeriodUnit.Months : PeriodUnit.Weeks;
            if (Counted(field, match, new(count, unit), days) is { } found) yield return found;
        }
    }

    private static Proposal? Counted(FoldedField field, Match match, Period period, LetterDays days)
    {
        var from = match.Groups["from"].Value;
        var start = from.Contains("datum", StringComparison.Ordinal) || from.Contains("heute", StringComparison.Ordinal)
            || from.Contains("rechnung", StringComparison.Ordinal) ? StartKind.Written
            : from.Contains("bekanntgabe", StringComparison.Ordinal) ? StartKind.Notified : StartKind.Received;
        if (days.Start(start) is not { } day) return null;
        var span = field.SpanOf(match.Index, match.Length);
        return new(period.EndFrom(day, days.Holidays), "StatedPeriod", "BasisLetter", span, start, match.Value);
    }

    private static IEnumerable<Proposal> Appointments(FoldedField field, LetterDays days)
    {
        foreach (Match match in Appointment.Matches(field.Text))
        {
            if (DateWords.DayOf(match, days.Written) is not { } day || day < days.Written) continue;
            var kind = match.Groups["what"].Value.Contains("raeumung", StringComparison.Ordinal)
                || match.Groups["what"].Value.StartsWith("gerichtsv", StringComparison.Ordinal) ? "Eviction" : "Appointment";
            yield return new(day, kind, "BasisLetter", field.SpanOf(match.Index, match.Length), Quote: match.Value);
        }
    }

    /// <summary>"7. April bis 29. Mai", "6 bis 9 Uhr" and "2023 bis 2025" are lengths of time, not limits.</summary>
    private static bool IsRange(string text, Match match)
    {
        if (!match.Value.StartsWith("bis", StringComparison.Ordinal)) return false;
        var from = Math.Max(0, match.Index - 40);
        var before = text[from..match.Index];
        if (RangeBefore.IsMatch(before)) return true;
        var end = match.Index + match.Length;
        return end + 4 <= text.Length && match.Groups["number"] is { Success: false } && match.Groups["month"] is { Success: false }
            && text.AsSpan(end, 4) is " uhr";
    }
}

/// <summary>A limit that was found, before it is put into words.</summary>
/// <param name="Date">Last day.</param>
/// <param name="Kind">Name of its text.</param>
/// <param name="Basis">Name of the text of its legal basis.</param>
/// <param name="Span">What says so.</param>
/// <param name="Start">What it was counted from; null for a day that the letter names.</param>
/// <param name="Quote">The letter's own words, folded; only to be replaced by the original.</param>
internal sealed record Proposal(
    DateOnly Date, string Kind, string Basis, TextSpan Span, StartKind? Start = null, string Quote = "");

/// <summary>What a limit is counted from.</summary>
internal enum StartKind { Received, Written, Notified, NotifiedTax, Named }

/// <summary>The days from which a letter's limits are counted.</summary>
/// <param name="Written">Its own date; else the day of receipt.</param>
/// <param name="Received">Day of receipt; null when it is not known.</param>
/// <param name="Holidays">At the place of the authority.</param>
internal sealed record LetterDays(DateOnly? Written, DateOnly? Received, Holidays Holidays)
{
    /// <summary>
    /// The day a limit starts. Of two possible days the earlier one: a proposal should rather end too early. Null when no day is known.
    /// </summary>
    public DateOnly? Start(StartKind kind)
    {
        if (kind is StartKind.Written) return Written ?? Received;
        if (kind is StartKind.Received || Written is not { } posted) return Received ?? Written;
        var notified = Period.NotifiedOn(posted, kind == StartKind.NotifiedTax, Holidays);
        return Received is { } received && received < notified ? received : notified;
    }
}
