using System.Text.RegularExpressions;
using Postlotse.Language;
using Postlotse.Letters;

namespace Postlotse.Responsibility;

/// <summary>
/// Trigger words for letters that a person should see soon: danger at once, time limits (Fristsachen) before others. Only a flag; that it
/// is missing never means that there is no hurry.
/// </summary>
internal static partial class UrgencyWords
{
    private const RegexOptions Options = RegexOptions.CultureInvariant | RegexOptions.NonBacktracking;

    /// <summary>How quickly the letter should be seen, by its subject and body.</summary>
    public static Urgency Of(LetterContent letter)
    {
        var text = GermanText.Fold(letter.Subject + "\n" + letter.Body);
        if (Immediate().IsMatch(text)) return Urgency.Immediate;
        return High().IsMatch(text) ? Urgency.High : Urgency.Normal;
    }

    // The patterns meet folded text: lower case, ae for ä, ss for ß.
    [GeneratedRegex(
        @"\bkindeswohl|\bkindesmisshandl|\bschlaegt (?:das|sein|ihr|die|den) (?:kind|baby|sohn|tochter|jungen|maedchen)" +
        @"|\bsuizid|\bselbstmord|\b(?:mir|mich|sich) (?:das leben nehmen|umbringen)|\bnicht mehr leben\b" +
        @"|\bbombe\b|\bbombendrohung|\bmorddrohung|\bumbringen werde|\bamok|\binfektionsschutzgesetz|\bifsg\b" +
        @"|\bmeldepflichtige\w* (?:krankheit|erreger)|\bevakuier|\beilantrag|\beinstweilig\w* (?:anordnung|verfuegung|rechtsschutz)" +
        @"|\bpsychkhg|\bzwangseinweis|\bunterbringung nach|\b(?:heute|sofort|morgen) obdachlos|\bauf der strasse (?:stehe|schlafe)" +
        @"|\banmeldung einer (?:versammlung|demonstration|kundgebung)|\bversammlungsanmeldung|\bgefaehrliche\w* hund" +
        @"|\bhund\w* (?:hat|haben) [^.!?\n]{0,40}gebissen|\blebensmittelrueckruf|\brueckruf\w* lebensmittel" +
        @"|\bdatenpanne|\bverletzung des schutzes personenbezogener daten", Options)]
    private static partial Regex Immediate();

    [GeneratedRegex(
        @"\bfrist(?:en|gerecht|gemaess|los|ablauf|verlaengerung)?\b|\bbinnen\b|\bbis zum \d|\bbis (?:spaetestens|laengstens)\b" +
        @"|\binnerhalb (?:von |der )?(?:eine[rs]?|zwei|drei|vier|sechs|naechsten|\d{1,3}) \w*(?:woche|monat|tag)" +
        @"|\bspaetestens (?:bis|am)\b|\bnotfrist|\brechtsbehelf|\bwiderspruch|\beinspruch|\bklage(?:schrift|erwiderung)?\b" +
        @"|\bdienstaufsichtsbeschwerde|\bberufung\b|\bantrag auf zulassung|\bmahnbescheid|\bvollstreckungsbescheid|\bpfaendung" +
        @"|\bladung\b|\banhoerung\b|\bempfangsbekenntnis|\bzustellungsurkunde|\bkuendigung|\bwiedereinsetzung|\bverjaehr|\bskonto\b" +
        @"|\bletzte (?:mahnung|zahlungserinnerung)|\bvorkaufsrecht|\beinvernehmen\b|\bverwendungsnachweis", Options)]
    private static partial Regex High();
}
