using System.Text.RegularExpressions;

namespace Postlotse.Responsibility.Deadlines;

/// <summary>
/// Time limits that a statute attaches to what a letter is. Each rule stands with its sources in docs/law/deadlines.md; a hit is a
/// proposal for a person, so a rule would rather speak once too often.
/// </summary>
internal static class StatutoryLimits
{
    private const string Court = @"\b\w*gericht\b|\bin (der|dem|den) (verwaltungs(rechts|streit)\w*|rechtsstreit|rechtssache"
        + @"|familiensache|streitsache"
        + @"|insolvenz\w*|strafsache|nachlasssache|betreuungssache|zwangsvollstreckung\w*)";

    private static readonly Period AtOnce = new(0, PeriodUnit.Days);

    private static readonly IReadOnlyList<Rule> Rules =
    [
        new("Objection", Months(3),
            @"\b(lege|legen|erhebe|erheben|eingelegt|einlegen|einzulegen)\b[^.!?\n]{0,60}\bwiderspruch|\bwiderspruch (gegen|ein|einlegen"
            + @"|einzulegen)\b"
            + @"|\bwidersprech\w* (ich|wir)\b|\b(ich|wir) widersprech")
            { Unless = @"\bwiderspr\w+[^.!?\n]{0,60}\b(datenuebermittlung|weitergabe|uebermittlung|werbung|lastschrift|verarbeitung)" },
        new("DefendSuit", Weeks(2), @"\bverteidigungs(absicht|anzeige|bereitschaft)|\bschriftliche[ns]? vorverfahren\b|\b276 zpo\b"),
        new("DefaultJudgment", Weeks(2), @"\bversaeumnisurteil|\bvollstreckungsbescheid"),
        new("PaymentOrder", Weeks(2), @"\bmahnbescheid"),
        new("CourtOrder", Weeks(2), @"\bbeschluss\b|\bsofortige\w* beschwerde\b") { Sender = "gericht" },
        new("Judgment", Months(1), @"\burteil\b|\bgerichtsbescheid\b") { Sender = "gericht" },
        new("Interim", AtOnce,
            @"\beinstweilig\w* (anordnung|verfuegung|rechtsschutz)|\beilantrag|\beilverfahren|\bvorlaeufige\w* rechtsschutz"
            + @"|\b(80 abs\. ?5|123) vwgo")
            { Also = Court },
        new("ThirdPartyDebtor", Weeks(2),
            @"\bdrittschuldner|\bpfaendungs- und (ueberweisungs|einziehungs)\w+|\blohnpfaendung|\bgehaltspfaendung|\b840 zpo\b"),
        new("InsolvencyClaim", Weeks(2),
            @"\b(insolvenz|konkurs)\w*[^\n]{0,400}\b(anmeld|forderung|anspruech)\w*|\bforderungsanmeldung") { OnlyWithoutDate = true },
        new("PreemptionRight", Months(3), @"\bvorkaufsrecht|\bnegativ(zeugnis|attest)|\b28 (abs\. ?\d )?baugb"),
        new("MunicipalConsent", Months(2), @"\bgemeindliche\w* einvernehmen|\beinvernehmen (der|ihrer) (gemeinde|stadt)"
            + @"|\b36 (abs\. ?\d )?(s\. ?\d )?baugb"),
        new("HousingConsent", Months(3), @"\b(36a|246e) (abs\. ?\d )?baugb|\bbau-?turbo"),
        new("PlotDivision", Months(1), @"\b22 (abs\. ?\d )?baugb|\bteilung von wohnungseigentum"),
        new("BuildingNotice", Months(1), @"\bkenntnisgabeverfahren|\bgenehmigungsfreistellung"),
        new("DeemedPermit", Months(3), @"\bgenehmigungsfiktion|\b42a (abs\. ?\d )?vwvfg"),
        new("PublicBody", Months(1),
            @"\btraeger\w* oeffentlicher belange|\btoeb\b|\bbehoerdenbeteiligung|\b4 (abs\. ?\d )?baugb") { OnlyWithoutDate = true },
        new("InformationAccess", Months(1),
            @"\binformationsfreiheit|\b(l?ifg|uig|l?uvwg|vig)\b|\bumweltinformation|\bverbraucherinformation|\btransparenzgesetz"
            + @"|\bfragdenstaat"),
        new("DataSubject", Months(1),
            @"\bart(\.|ikel)? ?(15|16|17|18|20|21) (abs\. ?\d )?(der )?(ds-?gvo|datenschutz-?grundverordnung)|\bart\. ?12 abs\. ?3\b"
            + @"|\bauskunft\b[^.!?\n]{0,60}\b(personenbezogene|gespeicherte)\w*|\bselbstauskunft|\brecht auf (loeschung|vergessenwerden"
            + @"|auskunft)"
            + @"|\bwelche daten\b[^.!?\n]{0,60}\b(gespeichert|speicher)|\bdaten\b[^.!?\n]{0,40}\b(ueber mich|zu meiner person)"),
        new("DataBreach", new(72, PeriodUnit.Hours),
            @"\bdatenpanne|\bverletzung des schutzes personenbezogener daten|\bdatenschutz(verletzung|verstoss|vorfall|panne)|\bdatenleck"
            + @"|\bart(\.|ikel)? ?33 (abs\. ?\d )?(der )?ds-?gvo"),
        new("TenderReview", AtOnce, @"\bnachpruefungs(antrag|verfahren)|\bvergabekammer"),
        new("TenderComplaint", AtOnce, @"\b(ruegen?|geruegt)\b") { Also = @"\bvergabe|\bausschreib|\b160 gwb|\bbieter|\bangebot"
            + @"|\bzuschlag" },
        new("ParticipationBenefit", Weeks(2),
            @"\beingliederungshilfe|\b(schul|integrations)(begleit|helfer)\w*|\bleistung\w* zur teilhabe|\bteilhabeleistung")
            { Also = @"\bantrag|\bbeantrag" },
        new("Invoice", new(30, PeriodUnit.Days), @"^ ?\w*rechnung\b( nr| \d|$)") { OnlyWithoutDate = true },
    ];

    private static readonly Regex NamedDecision = DateWords.Pattern(
        @"\b(?<what>\w*(bescheid|verfuegung))(e[ns]?|s)?( \w+){0,2} vom " + DateWords.Day);

    private static readonly Regex ServedOn = DateWords.Pattern(@"\b(zugestellt|zustellung|erhalten|zugegangen) am " + DateWords.Day
        + "|" + @"\bam " + DateWords.Day + " (zugestellt|erhalten|zugegangen)");

    private static readonly Regex Waiting = DateWords.Pattern(@"\buntaetigkeitsklage|\b75 vwgo|\b88 sgg");

    private static readonly Regex NamedRequest = DateWords.Pattern(@"\b(antrag|widerspruch)s? vom " + DateWords.Day);

    private static readonly Regex Remedy = DateWords.Pattern(@"\b(widerspr\w+|einspruch\w*)\b");

    /// <summary>All limits of a letter.</summary>
    /// <param name="fields">Subject and body.</param>
    /// <param name="sender">Folded block of the sender.</param>
    /// <param name="days">What limits are counted from.</param>
    /// <param name="dated">The letter states a limit itself.</param>
    public static IEnumerable<Proposal> In(IReadOnlyList<FoldedField> fields, string sender, LetterDays days, bool dated)
    {
        foreach (var rule in Rules)
        {
            if (dated && rule.OnlyWithoutDate) continue;
            if (rule.Find(fields, sender) is not { } hit || days.Start(StartKind.Received) is not { } start) continue;
            yield return new(rule.Length.EndFrom(start, days.Holidays), rule.Name, rule.Name + "Basis", hit, StartKind.Received);
        }

        foreach (var found in fields.SelectMany(f => Remedies(f, fields, days))) yield return found;
    }

    /// <summary>Limits of whoever wrote: whether a remedy came in time, and how long the city may leave a request undecided.</summary>
    private static IEnumerable<Proposal> Remedies(FoldedField field, IReadOnlyList<FoldedField> fields, LetterDays days)
    {
        if (fields.Any(f => Waiting.IsMatch(f.Text)) && NamedRequest.Match(field.Text) is { Success: true } request
            && DateWords.DayOf(request, Before(days)) is { } requested)
            yield return new(Months(3).EndFrom(requested, days.Holidays), "Inactivity", "InactivityBasis",
                field.SpanOf(request.Index, request.Length), StartKind.Named, Display(requested));
        var remedy = fields.Select(f => Remedy.Match(f.Text)).FirstOrDefault(m => m.Success)?.Value;
        if (remedy is null || NamedDecision.Match(field.Text) is not { Success: true } named
            || DateWords.DayOf(named, Before(days)) is not { } posted) yield break;
        var span = field.SpanOf(named.Index, named.Length);
        var served = ServedOn.Match(field.Text) is { Success: true } service ? DateWords.DayOf(service, Before(days)) : null;
        var what = named.Groups["what"].Value;
        if (what.Contains("bussgeld", StringComparison.Ordinal))
            yield return new(Weeks(2).EndFrom(served ?? posted, days.Holidays), "FineObjection", "FineObjectionBasis", span,
                StartKind.Named, Display(served ?? posted));
        else
        {
            var tax = remedy.StartsWith("einspruch", StringComparison.Ordinal);
            var start = served ?? Period.NotifiedOn(posted, tax, days.Holidays);
            var name = tax ? "TaxObjection" : "ObjectionInTime";
            yield return new(Months(1).EndFrom(start, days.Holidays), name, name + "Basis", span, StartKind.Named,
                Display(start));
        }
    }

    private static Period Weeks(int count) => new(count, PeriodUnit.Weeks);

    private static Period Months(int count) => new(count, PeriodUnit.Months);

    /// <summary>A decision named without its year is one of the past eleven months.</summary>
    private static DateOnly? Before(LetterDays days) => days.Written?.AddMonths(-11);

    private static string Display(DateOnly day) => day.ToString("dd.MM.yyyy", System.Globalization.CultureInfo.InvariantCulture);

    /// <summary>A statute's limit and the words that call for it.</summary>
    private sealed class Rule
    {
        private readonly Regex _trigger;
        private readonly Regex? _also, _unless;

        public Rule(string name, Period length, string trigger) =>
            (Name, Length, _trigger) = (name, length, DateWords.Pattern(trigger));

        public string Name { get; }

        public Period Length { get; }

        /// <summary>Holds only for letters that state no limit themselves.</summary>
        public bool OnlyWithoutDate { get; init; }

        /// <summary>Must also stand somewhere in the letter or its sender.</summary>
        public string Also { init => _also = DateWords.Pattern(value); }

        /// <summary>Must not stand anywhere in the letter.</summary>
        public string Unless { init => _unless = DateWords.Pattern(value); }

        /// <summary>Part of the sender's block.</summary>
        public string Sender { private get; init; } = "";

        public Letters.TextSpan? Find(IReadOnlyList<FoldedField> fields, string sender)
        {
            if (!sender.Contains(Sender, StringComparison.Ordinal)) return null;
            foreach (var field in fields)
            {
                if (_trigger.Match(field.Text) is not { Success: true } match) continue;
                var holds = (_also is null || _also.IsMatch(sender) || fields.Any(f => _also.IsMatch(f.Text)))
                    && (_unless is null || !fields.Any(f => _unless.IsMatch(f.Text)));
                return holds ? field.SpanOf(match.Index, match.Length) : null;
            }

            return null;
        }
    }
}
