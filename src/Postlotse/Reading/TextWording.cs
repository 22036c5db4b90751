using System.Text.RegularExpressions;
using static Postlotse.Reading.Patterns;

namespace Postlotse.Reading;

/// <summary>How letters greet, take their leave and name what they enclose. German first, and languages that citizens use.</summary>
internal static class TextWording
{
    public static readonly Regex Salutation = Pattern("^" + AnyOf(
        @"Sehr\s+[gvy]\w+", "Geehrte", @"Guten?\s+(Tag|Morgen|Abend)", @"Hallo\b", @"Hi\b", @"Liebe[rs]?\b", @"Lb\.", @"Grüß\s+(Gott|euch)",
        @"Gruess\s+Gott", "Grüezi", @"Werte[rs]?\s", "Verehrte", "Moin", "Servus", @"Dear\b", @"To\s+whom", "Mesdames", "Madame,",
        "Monsieur", @"Ch[eè]re?s?\b", "Bonjour", "Gentil[ei]", "Egregi", "Buongiorno", @"Good\s+(morning|day)"));

    /// <summary>"An die Stadt!" in the place of a greeting.</summary>
    public static readonly Regex CallToOffice = Pattern(@"^An\s+(die|das|den)\s.*[^\d]$");

    private const string Greeting = @"(Gr[uü][sßB8]+e?n?|Grüss\w*|Gruss|Grüsse|Grüßle|Hochachtung|Empfehlungen?)[,.!]?";

    public static readonly Regex Closing = Pattern("^" + AnyOf(
        @"(\S+\s){0,6}" + Greeting + @"(\s(aus|von|nach|vom|und|an|Ihre?r?)\s.*|,?\s\S+(\s\S+){0,2})?", "Hochachtungsvoll.*",
        @"Mit\s(\S+\s){1,3}Grü\S*.*", @"Es\sgrüßt.*", "Herzlichst?,?", @"Gut\sPfad", "Ihre?", @"LG\b.*", @"MfG\b.*", "Danke[!,.]?",
        @"Danke\s(und|im|sehr|schon)\b.*", @"Vielen\s(herzlichen\s)?Dank(\sim\sVoraus)?[!,.]?",
            @"(Auf|Im)\s(richterliche\s)?(An\w+|Auftrag)",
        @"i\.?\s?[AV]\.?(\s.*)?", @"gez\.\s.*", @"(Yours|Best|Kind|With)\s(\S+\s){0,3}(sincerely|faithfully|regards|wishes|truly)[,.]?",
        "Sincerely.*", "Cordialement.*", @"Con\s(\S+\s){0,2}saluti.*", @"Cordiali\ssaluti.*", @"(Meilleures|Sincères)\ssalutations.*",
        "Saluti.*", @"Maschinell\serstellt.*") + "$");

    public static readonly Regex Enclosure = Pattern(
        @"^\W?" + AnyOf(@"Anlagen?(\(n\))?", @"Anlg\.?", @"Anl\.", "Beilagen?", "Anhang", "Anhänge", "Anlagenverzeichnis", "Enclosures?",
            @"Encl?\.", @"Pi[eè]ces?\sjointes?", "Allegat[oi]")
        + @"\s*(\([0-9]+\)\s*)?(?<colon>:)?(\s|$)");

    public static readonly Regex SubjectLabel = Pattern(
        @"^(Betreff|Betrifft|Betr\.?|Subject|Objet|Oggetto|Re|Wg\.|Wegen)\s?:|^(Betreff|Betr\.)$");

    public static readonly Regex Footer = Pattern(AnyOf(
        "IBAN", @"\bBIC\b", "SWIFT", "Bankverbindung", "Sparkasse", "Volksbank", @"\bBLZ\b", "Konto-?Nr", @"\bHR\s?[AB]\b",
            "Handelsregister",
        "Registergericht", @"Amtsgericht\s\p{L}+\s?,?\s?(HR|VR)", "USt", "Steuer-?Nr", @"St\.-?Nr", "Geschäftsführ", "Vorstand:",
        @"Vorsitzende\w*:", @"www\.", "Sprechzeiten", "Öffnungszeiten", "Gläubiger"));

    public static readonly Regex PageNumber = Pattern("^" + AnyOf(
        @"[-–—]\s?[0-9]{1,2}\s?[-–—]", @"(Seite|Blatt|Page|S\.)\s?:?\s?[0-9]{1,2}(\s?(von|of|/)\s?[0-9]{1,2})?",
        @"[0-9]{1,2}\s?(/|von)\s?[0-9]{1,2}", @"\.{2,3}\s?/?\s?[0-9]{1,2}", "[0-9]{1,2}") + "$");

    /// <summary>What stands above the text of a letter's further pages.</summary>
    public static readonly Regex RunningHead = Pattern(AnyOf(
        @"^(Seite|Blatt)\s[0-9]", "^Fortsetzung", @"(zum|des)\s(Schreiben|Brief)\w*\s(vom|an)", @"Schreiben\svom\s.*\sSeite",
        @"\bSeite\s[0-9]{1,2}$"));

    /// <summary>First words of what people put behind a letter.</summary>
    public static readonly Regex EnclosureHeading = Pattern("^" + AnyOf(
        @"Anlagen?\b", "Kopie$", "Abschrift$", @"Vordruck\b", @"Formular\b", @"Foto\b", "Kontoauszug", "Vollmacht$", "Erklärung$",
        "Bescheid$", @"Bescheinigung\b", @"Quittung\b", @"Rechnung\b", "Lebenslauf$", @"Schweigepflicht\w+", @"Beglaubigte\s", "Zeugnis$",
        @"Antrag\sauf\b", @"Angaben\szum\b"));
}
