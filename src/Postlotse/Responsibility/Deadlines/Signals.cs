using System.Text.RegularExpressions;
using Postlotse.Letters;

namespace Postlotse.Responsibility.Deadlines;

/// <summary>
/// Words that a person should see soon: danger, court service, time limits, press. A word that is denied ("keine Kindeswohlgefährdung")
/// is flagged too, one step less urgent, and the flag says so: better one look too many.
/// </summary>
internal static class Signals
{
    private const string Person = @"(kind|kinder|baby|saeugling|sohn|tochter|jungen|maedchen|kleine[nr]?|enkel\w*)";

    private static readonly IReadOnlyList<Signal> All =
    [
        new(FlagKind.ChildEndangerment, Urgency.Immediate,
            @"\bkindeswohl|\b8a sgb viii|\bkindesmisshandl|\bschlaegt (das|sein|seine|seinen|ihr|ihre|ihren|die|den|dem) (\w+ )?" + Person
            + @"|\b" + Person + @"\b[^.!?\n]{0,50}\b(geschlagen|verpruegelt|misshandelt|missbraucht|eingesperrt|vernachlaessigt"
            + @"|angeschrien|unterernaehrt"
            + @"|verwahrlost|blaue flecken|haematome|hungert|wird geschuettelt)|\bblaue flecken\b[^.!?\n]{0,60}\b" + Person
            + @"|\b(schuettelt|misshandelt|missbraucht|vernachlaessigt|verpruegelt)\b[^.!?\n]{0,30}\b" + Person
            + @"|\b(laesst|lassen)\b[^.!?\n]{0,30}\b" + Person + @"\b[^.!?\n]{0,40}\ballein\w*"
            + @"|\b" + Person + @"\b[^.!?\n]{0,40}\b(stundenlang|nachts|tagelang) allein"
            + @"|\b(sexuelle\w* )?missbrauch\w*[^.!?\n]{0,40}\b" + Person + @"|\bangst um (das|die|den) (kleine\w* )?" + Person),
        new(FlagKind.SelfHarm, Urgency.Immediate,
            @"\bsuizid|\bselbstmord|\bselbsttoetung|\b(mir|mich|sich) (das leben nehmen|umbringen|etwas antun|was antun)|\b(nehme"
            + @"|nimmt) (mir|sich) das leben"
            + @"|\bnicht mehr leben\b|\bkeinen sinn mehr im leben|\bleben (hat|macht) (keinen|fuer mich keinen) sinn"
            + @"|\bmache ich schluss mit (allem|dem leben)"
            + @"|\balles ein ende (setzen|machen)|\bvon der bruecke springe|\bwill(st)? sterben\b|\blieber tot\b"),
        new(FlagKind.Threat, Urgency.Immediate,
            @"\bbombe\b|\bbombendrohung|\bmorddrohung|\bumbringen werde|\bbringe? (sie|euch|dich|ihn) (alle )?um\b|\bamok|\babstechen"
            + @"|\berschiess|\babknallen"
            + @"|\bschlage? (ihnen|euch|ihm) den schaedel|\bwerdet ihr (alle )?(buessen|bereuen)|\bzuende(n|t)? (ich |wir )?(das|euer"
            + @"|ihr) (rathaus|amt|haus)"
            + @"|\b(rathaus|amt) (an|ab)zuende|\bmit (der axt|dem messer|einem messer|der waffe|einer waffe)|\bich weiss,? wo (sie|du"
            + @"|ihr) wohn"),
        new(FlagKind.DangerToLife, Urgency.Immediate,
            @"\bgasgeruch|\bgas (stroemt|tritt) aus|\b(riecht|stinkt|gestank)\b[^.!?\n]{0,25}\bgas\b|\bgasleck|\bkohlenmonoxid"
            + @"|\beinsturz|\beinstuerz|\bstuerzt ein\b"
            + @"|\blebensgefahr|\bgefahr fuer leib und leben|\bakute gefahr|\boffene[sr]? (strom)?(leitung|kabel)|\bevakuier"
            + @"|\btrinkwasser\w*[^.!?\n]{0,40}\b(verseucht|verunreinigt|keime|kolibakterien)"
            + @"|\bfreiliegende\w* (strom)?(kabel|leitung)|\bumzustuerzen droht|\bdroht (umzustuerzen|einzustuerzen|herabzufallen"
            + @"|abzustuerzen)"),
        new(FlagKind.PublicSafety, Urgency.Immediate,
            @"\binfektionsschutzgesetz|\bifsg\b|\bmeldepflichtige\w* (krankheit|erreger)|\bpsychkh?g|\bzwangseinweis|\bunterbringung nach"
            + @"|\banmeldung einer (versammlung|demonstration|kundgebung)|\bversammlungsanmeldung|\bgefaehrliche\w* hund"
            + @"|\bhund\w*\b[^.!?\n]{0,40} (hat|haben) [^.!?\n]{0,40}gebissen|\blebensmittelrueckruf|\brueckruf\w* lebensmittel"
            + @"|\bmasern\w*|\bsalmonellen|\btuberkulose"),
        new(FlagKind.DataBreach, Urgency.Immediate,
            @"\bdatenpanne|\bverletzung des schutzes personenbezogener daten|\bdatenschutz(verletzung|vorfall|panne)|\bdatenleck"
            + @"|\bransomware|\bhackerangriff"
            + @"|\bfremde\w* (unterlagen|akten|daten)\b|\bbescheid eines (anderen|fremden|nachbarn)|\b(fremde|falsche)\w* (bescheid"
            + @"|unterlagen|akten|daten)\w*[^.!?\n]{0,40}\b(erhalten|bekommen|zugeschickt|zugesandt)"
            + @"|\b(an|bei) (einen |einem |den |dem )?falschen (empfaenger|adressaten)"),
        new(FlagKind.Eviction, Urgency.Immediate,
            @"\b(heute|sofort|morgen|bald) obdachlos|\bauf der strasse (stehe|schlafe|sitze|landen|stehen)|\bzwangsraeumung"
            + @"|\braeumungstermin|\braeumungsklage"
            + @"|\braeumungstitel|\bwohnung\b[^.!?\n]{0,40}\bgeraeumt|\bgerichtsvollzieher\w*[^.!?\n]{0,60}\b(raeum|wohnung|schloss)"
            + @"|\b(werden|wird|wurde|wurden) obdachlos|\b(verlier|verlust)\w*[^.!?\n]{0,30}\bdie wohnung|\bohne obdach|\bwir (muessen"
            + @"|sollen) (\w+ )?raus\b"),
        new(FlagKind.InterimRelief, Urgency.Immediate,
            @"\beilantrag|\beinstweilig\w* (anordnung|verfuegung|rechtsschutz)|\bvorlaeufige\w* rechtsschutz|\beilverfahren"),
        new(FlagKind.CourtService, Urgency.High,
            @"\bempfangsbekenntnis|\bzustellungsurkunde|\bklageschrift|\bklageerwiderung|\bverteidigungsanzeige|\bladung\b|\bnotfrist"
            + @"|\bmahnbescheid"
            + @"|\bvollstreckungsbescheid|\bpfaendung|\bversaeumnisurteil|\bin (der|dem) (verwaltungs(rechts|streit)\w*|rechtsstreit"
            + @"|rechtssache|familiensache)"
            + @"|\bnachpruefungsantrag|\bbeglaubigte abschrift|\bklage\b|\bberufung\b|\bantrag auf zulassung"),
        new(FlagKind.Press, Urgency.High,
            @"\bredaktionsschluss|\bpresseanfrage|\bmedienanfrage|\b(presse|medien)gesetz|\b(lokal"
            + @"|zeitungs)?redaktion\b[^\n]{0,200}\b(frage|stellungnahme|aeusser|antwort)"
            + @"|\bjournalist\w*[^\n]{0,120}\b(frage|stellungnahme|antwort)|\b(bericht|sendung|artikel)\w*[^.!?\n]{0,60}\bstellungnahme"),
        new(FlagKind.TimeLimit, Urgency.High,
            @"\bfrist(en|gerecht|gemaess|los|ablauf|verlaengerung)?\b|\bbinnen\b|\bbis zum \d|\bbis (spaetestens|laengstens)\b"
            + @"|\binnerhalb (von |der )?(eine[rs]?|zwei|drei|vier|sechs|naechsten|\d{1,3}) \w*(woche|monat|tag)"
            + @"|\bspaetestens (bis|am)\b|\brechtsbehelf|\bwiderspruch|\beinspruch|\bdienstaufsichtsbeschwerde|\banhoerung\b"
            + @"|\bkuendigung|\bwiedereinsetzung|\bverjaehr|\bskonto\b|\bletzte (mahnung|zahlungserinnerung)|\bvorkaufsrecht"
            + @"|\beinvernehmen\b"
            + @"|\bverwendungsnachweis|\buntaetigkeitsklage|\bnachpruefungsverfahren"),
    ];

    private static readonly Regex Denied = DateWords.Pattern(
        @"\b(keine?[nrsm]?|kein|nicht|ohne|weder|niemals|ausgeschlossen)\b[^.!?,;\n]{0,30}$");

    /// <summary>The flags of a letter, most urgent first, and how quickly it should be seen.</summary>
    public static (IReadOnlyList<Flag> Flags, Urgency Urgency) In(IReadOnlyList<FoldedField> fields)
    {
        var flags = new List<Flag>();
        var urgency = Urgency.Normal;
        foreach (var signal in All)
        {
            if (Spans(signal, fields, out var denied) is not { Count: > 0 } spans) continue;
            var own = denied && signal.Urgency == Urgency.Immediate ? Urgency.High : signal.Urgency;
            if (own > urgency) urgency = own;
            var text = DeadlineTexts.Of("Flag" + signal.Kind);
            flags.Add(new(signal.Kind, denied ? text + " " + DeadlineTexts.Of("FlagDenied") : text, spans));
        }

        return (flags, urgency);
    }

    private static List<TextSpan> Spans(Signal signal, IReadOnlyList<FoldedField> fields, out bool denied)
    {
        var spans = new List<TextSpan>();
        denied = true;
        foreach (var field in fields)
        {
            foreach (Match match in signal.Words.Matches(field.Text))
            {
                var from = Math.Max(0, match.Index - 45);
                denied &= Denied.IsMatch(field.Text[from..match.Index]);
                if (spans.Count < 5) spans.Add(field.SpanOf(match.Index, match.Length));
            }
        }

        return spans;
    }

    private sealed record Signal(FlagKind Kind, Urgency Urgency, string Pattern)
    {
        public Regex Words { get; } = DateWords.Pattern(Pattern);
    }
}
